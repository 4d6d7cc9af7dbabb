/*
**  size_cache_test - sizes are kept while settings and identity stay
*/
#include "pop_fixture.h"

using namespace mail;

class SizeCacheTest : public PopFixture {
    CPPUNIT_TEST_SUITE(SizeCacheTest);
    CPPUNIT_TEST(test_facts_and_sizes);
    CPPUNIT_TEST(test_sizes_are_forgotten_with_their_settings);
    CPPUNIT_TEST(test_second_session_reads_no_text);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_facts_and_sizes()
    {
        PopTextFacts facts, found;
        boost::uint32_t octets = 0;
        facts.octets = 7;
        facts.bottom = 3;
        CPPUNIT_ASSERT(!SizeCache::find("a", &found));
        SizeCache::keep_size("a", 99); /* of a text that nobody has read */
        CPPUNIT_ASSERT(!SizeCache::find_size("a", &octets));
        SizeCache::keep("a", facts);
        CPPUNIT_ASSERT(SizeCache::find("a", &found) && !SizeCache::find("b", &found));
        CPPUNIT_ASSERT(found.octets == 7 && found.bottom == 3);
        CPPUNIT_ASSERT(!SizeCache::find_size("a", &octets));
        SizeCache::keep_size("a", 99);
        CPPUNIT_ASSERT(SizeCache::find_size("a", &octets) && octets == 99);
        SizeCache::forget_all();
        CPPUNIT_ASSERT(!SizeCache::find("a", &found));
    }

    void test_sizes_are_forgotten_with_their_settings()
    {
        boost::uint32_t octets = 0;
        PopTextFacts found;
        boost::shared_ptr<Settings> others(new Settings);
        SizeCache::use(settings_, identity_);
        SizeCache::keep("a", PopTextFacts());
        SizeCache::keep_size("a", 99);
        SizeCache::use(settings_, identity_);
        CPPUNIT_ASSERT(SizeCache::find_size("a", &octets));
        SizeCache::use(others, identity_);
        CPPUNIT_ASSERT(!SizeCache::find_size("a", &octets));
        CPPUNIT_ASSERT(SizeCache::find("a", &found));
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
