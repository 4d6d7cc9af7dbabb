/*
**  size_cache_test - sizes are kept while settings and identity stay
*/
#include "pop_fixture.h"

using namespace mail;

class SizeCacheTest : public PopFixture {
    CPPUNIT_TEST_SUITE(SizeCacheTest);
    CPPUNIT_TEST(test_facts_and_sizes);
    CPPUNIT_TEST(test_sizes_are_forgotten_with_their_settings);
    CPPUNIT_TEST(test_mailboxes_used_longest_ago_go);
    CPPUNIT_TEST(test_second_session_reads_no_text);
    CPPUNIT_TEST_SUITE_END();

public:
    KnownSize known(VmsTime date, boost::uint32_t octets)
    {
        KnownSize one(date);
        one.facts.octets = octets - 1;
        one.octets = octets;
        return one;
    }
    void give(const std::string &directory, size_t count)
    {
        KnownSizes sizes(count, known(7, 99));
        SizeCache::give(directory, settings_, identity_, &sizes);
        CPPUNIT_ASSERT(sizes.empty());
    }
    size_t taken(const std::string &directory)
    {
        KnownSizes sizes;
        SizeCache::take(directory, settings_, identity_, &sizes);
        return sizes.size();
    }

    void test_facts_and_sizes()
    {
        KnownSizes sizes;
        sizes.push_back(known(9, 90));
        sizes.push_back(known(5, 50));
        SizeCache::sort(&sizes);
        SizeCache::give("a", settings_, identity_, &sizes);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), taken("b"));
        SizeCache::take("a", settings_, identity_, &sizes);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), sizes.size());
        CPPUNIT_ASSERT(SizeCache::find(sizes, 5)->octets == 50);
        CPPUNIT_ASSERT(SizeCache::find(sizes, 9)->facts.octets == 89);
        CPPUNIT_ASSERT(!SizeCache::find(sizes, 4) && !SizeCache::find(sizes, 10));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), taken("a")); /* they are ours now */
    }

    void test_sizes_are_forgotten_with_their_settings()
    {
        boost::shared_ptr<Settings> others(new Settings);
        KnownSizes sizes(1, known(5, 50));
        SizeCache::give("a", settings_, identity_, &sizes);
        SizeCache::take("a", settings_, identity_, &sizes);
        CPPUNIT_ASSERT(sizes[0].octets == 50);
        SizeCache::give("a", settings_, identity_, &sizes);
        SizeCache::take("a", others, identity_, &sizes);
        CPPUNIT_ASSERT(sizes[0].octets == 0 && sizes[0].facts.octets == 49);
    }

    void test_mailboxes_used_longest_ago_go()
    {
        give("a", POP_SIZE_CACHE_MAX / 2);
        give("b", POP_SIZE_CACHE_MAX / 4);
        give("c", POP_SIZE_CACHE_MAX / 4);
        give("d", 1);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), taken("a"));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(POP_SIZE_CACHE_MAX / 4), taken("b"));
        give("e", POP_SIZE_CACHE_MAX + 1); /* more than everything */
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), taken("e"));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), taken("d"));
        give("c", 3); /* instead of what was there */
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(3), taken("c"));
    }

    void test_second_session_reads_no_text()
    {
        for (int i = 0; i < 5; ++i)
            deliver("SMITH", "one", "1\r\n");
        std::string first, second;
        {
            PopClient client(context_);
            client.login("smith", "sesame");
            first = client.say("LIST\r\n");
        }
        unsigned long long reads = shim_calls("*", "mail$message_get");
        PopClient client(context_);
        client.login("smith", "sesame");
        second = client.say("LIST\r\n");
        CPPUNIT_ASSERT_EQUAL(first, second);
        CPPUNIT_ASSERT_EQUAL(reads, shim_calls("*", "mail$message_get"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SizeCacheTest);
