/*
**  size_files_test - sizes of large mailboxes come through the end of the server
*/
#include "pop_fixture.h"

#include "size_files.h"

using namespace mail;

class SizeFilesTest : public PopFixture {
    CPPUNIT_TEST_SUITE(SizeFilesTest);
    CPPUNIT_TEST(test_what_is_written_is_read);
    CPPUNIT_TEST(test_other_headers_keep_the_facts_alone);
    CPPUNIT_TEST(test_a_file_that_is_not_good_is_none);
    CPPUNIT_TEST(test_one_version_is_kept);
    CPPUNIT_TEST(test_next_server_reads_no_text);
    CPPUNIT_TEST(test_small_mailboxes_have_none);
    CPPUNIT_TEST_SUITE_END();

    SizeFile file()
    {
        SizeFile f;
        f.place = "SYS$SYSDEVICE:[TCPIP$POP].POP_SIZES";
        f.user = "SMITH";
        f.directory = "SYS$SYSDEVICE:[SMITH]";
        f.print = pop_size_print(*settings_, *identity_);
        return f;
    }
    static KnownSizes some(size_t count)
    {
        KnownSizes sizes;
        for (size_t i = 0; i < count; ++i) {
            KnownSize one(0x00BC615DD91A5800ULL + i);
            one.facts.octets = 5000 + static_cast<boost::uint32_t>(i);
            one.facts.bottom = 300;
            one.facts.fields = 280;
            one.facts.more = 70;
            one.facts.on_top = i % 2 != 0;
            one.octets = 4800;
            one.fixed = i % 3 != 0;
            sizes.push_back(one);
        }
        return sizes;
    }
    std::string host_path(const char *version = "1")
    {
        return root_->path() + "/TCPIP$POP/SMITH.POP_SIZES;" + version;
    }
    static bool is_there(const std::string &path) { return access(path.c_str(), F_OK) == 0; }
    size_t read_back()
    {
        KnownSizes sizes;
        return size_file_read(file(), &sizes) ? sizes.size() : 0;
    }
    /* A session that asks for all sizes; how many texts MAIL was asked for. */
    unsigned long long session(std::string *list)
    {
        unsigned long long before = shim_calls("*", "mail$message_get");
        PopClient client(context_);
        client.login("smith", "sesame");
        *list = client.say("LIST\r\nQUIT\r\n");
        return shim_calls("*", "mail$message_get") - before;
    }

public:
    virtual void setUp()
    {
        PopFixture::setUp();
        root_->make_folder("/TCPIP$POP");
    }

    void test_what_is_written_is_read()
    {
        static const size_t counts[] = {1, 19, 20, 21, 1000};
        for (size_t k = 0; k < sizeof counts / sizeof *counts; ++k) {
            KnownSizes sizes = some(counts[k]), found;
            CPPUNIT_ASSERT(size_file_write(file(), sizes).ok());
            CPPUNIT_ASSERT(size_file_read(file(), &found));
            CPPUNIT_ASSERT_EQUAL(counts[k], found.size());
            for (size_t i = 0; i < found.size(); ++i) {
                CPPUNIT_ASSERT(found[i].date == sizes[i].date);
                CPPUNIT_ASSERT(found[i].facts.octets == sizes[i].facts.octets);
                CPPUNIT_ASSERT(found[i].facts.bottom == 300 && found[i].facts.fields == 280);
                CPPUNIT_ASSERT(found[i].facts.more == 70);
                CPPUNIT_ASSERT(found[i].facts.on_top == sizes[i].facts.on_top);
                CPPUNIT_ASSERT(found[i].fixed == sizes[i].fixed);
                CPPUNIT_ASSERT(found[i].octets == (sizes[i].fixed ? 4800U : 0U));
            }
        }
    }

    void test_other_headers_keep_the_facts_alone()
    {
        CPPUNIT_ASSERT(size_file_write(file(), some(5)).ok());
        set(P_POP_SEND_ID_HEADERS, "1");
        KnownSizes found;
        CPPUNIT_ASSERT(size_file_read(file(), &found));
        for (size_t i = 0; i < found.size(); ++i)
            CPPUNIT_ASSERT(found[i].octets == 0 && found[i].facts.octets == 5000 + i);
        SizeFile moved = file();
        moved.directory = "SYS$SYSDEVICE:[SMITX]";
        CPPUNIT_ASSERT(!size_file_read(moved, &found));
    }

    /* Every byte that differs, every cut: refused, or a size that is only smaller or larger. */
    void test_a_file_that_is_not_good_is_none()
    {
        CPPUNIT_ASSERT(size_file_write(file(), some(45)).ok());
        std::string whole;
        CPPUNIT_ASSERT(::access(host_path().c_str(), R_OK) == 0);
        FILE *in = fopen(host_path().c_str(), "rb");
        char buffer[8192];
        whole.assign(buffer, fread(buffer, 1, sizeof buffer, in));
        fclose(in);
        for (size_t cut = 0; cut < whole.size(); cut += 97) {
            CPPUNIT_ASSERT_EQUAL(0, truncate(host_path().c_str(), static_cast<off_t>(cut)));
            CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), read_back());
        }
        for (size_t at = 0; at < whole.size(); at += 31) {
            std::string bad = whole;
            bad[at] = 'x'; /* no digit */
            FILE *out = fopen(host_path().c_str(), "wb");
            fwrite(bad.data(), 1, bad.size(), out);
            fclose(out);
            size_t got = read_back();
            CPPUNIT_ASSERT(got == 0 || bad == whole || at < 64); /* the print may differ */
        }
    }

    void test_one_version_is_kept()
    {
        for (int i = 0; i < 3; ++i)
            CPPUNIT_ASSERT(size_file_write(file(), some(3)).ok());
        CPPUNIT_ASSERT(!is_there(host_path("1")) && !is_there(host_path("2")));
        CPPUNIT_ASSERT(is_there(host_path("3")));
        SizeFile nowhere = file();
        nowhere.place = "SYS$SYSDEVICE:[NOWHERE].POP_SIZES";
        CPPUNIT_ASSERT(!size_file_write(nowhere, some(3)).ok());
    }

    void test_next_server_reads_no_text()
    {
        for (int i = 0; i < POP_SIZE_FILE_LEAST; ++i)
            deliver("SMITH", "one", "1\r\n", i % 2 ? "SMTP%\"a@b.test\"" : "JONES");
        std::string first, second, third;
        CPPUNIT_ASSERT(session(&first) != 0);
        CPPUNIT_ASSERT(is_there(host_path()));
        SizeCache::forget_all(); /* the server ends */
        CPPUNIT_ASSERT(session(&second) == 0);
        CPPUNIT_ASSERT_EQUAL(first, second);
        deliver("SMITH", "two", "another\r\n");
        SizeCache::forget_all();
        CPPUNIT_ASSERT(session(&third) != 0);
        CPPUNIT_ASSERT(third.size() > second.size());
        CPPUNIT_ASSERT(!is_there(host_path("2"))); /* one new size is not worth a file */
    }

    void test_small_mailboxes_have_none()
    {
        deliver("SMITH", "one", "1\r\n");
        std::string list;
        session(&list);
        CPPUNIT_ASSERT(!is_there(host_path()));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SizeFilesTest);
