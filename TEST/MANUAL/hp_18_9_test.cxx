/*
**  hp_18_9_test - HP TCP/IP Services Management, 18.9: solving SMTP problems
**
**  Lost mail (step 4) and the log (steps 1 and 2); for ANALYZE MAIL see hp_18_9_1_test.
*/
#include "../SYMBIONT/symbiont_fixture.h"
#include "job.h"

#include "VMS/recfile.h"

using namespace mail;

class Hp189Test : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(Hp189Test);
    CPPUNIT_TEST(test_hp_18_9_lost_mail_stays_in_the_directory);
    CPPUNIT_TEST(test_hp_18_9_undeliverable_mail_with_a_sender_is_not_lost);
    CPPUNIT_TEST(test_hp_18_9_log_tells_why);
    CPPUNIT_TEST_SUITE_END();

    Connections connections_;

    Status run(const std::string &file)
    {
        Job job(job_request(file), connections_, never_);
        return job.run();
    }
    static LocalUser::Verdict nobody(const std::string &, std::string *)
    {
        return LocalUser::UNKNOWN;
    }

public:
    void setUp()
    {
        SymbiontFixture::setUp();
        alias_use(nobody);
    }
    void tearDown()
    {
        alias_use(0);
        SymbiontFixture::tearDown();
    }

    /* The message fails, then the report about it: the report's control file is left. */
    void test_hp_18_9_lost_mail_stays_in_the_directory()
    {
        std::string file = control_file("ghost@us.test", "nobody@us.test"), to, from;
        const char *const next[] = {"ghost@us.test", "TCPIP$SMTP@us.test"};
        for (size_t i = 0; i < 2; ++i) {
            CPPUNIT_ASSERT(run(file).ok());
            CPPUNIT_ASSERT(!file_exists(file, ""));
            std::vector<QueueEntry> list = entries();
            CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
            file = list[0].file;
            read_text(file, &to, &from);
            CPPUNIT_ASSERT_EQUAL(std::string(next[i]), to);
            CPPUNIT_ASSERT_EQUAL(std::string(""), from);
            CPPUNIT_ASSERT(queue_delete_entry(list[0].entry).ok()); /* this run is its end */
        }
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(file_exists(file, ""));
        CPPUNIT_ASSERT_MESSAGE(file, file.find("[TCPIP$SMTP]") != std::string::npos);
        CPPUNIT_ASSERT(entries().empty());
    }

    void test_hp_18_9_undeliverable_mail_with_a_sender_is_not_lost()
    {
        std::string file = control_file("a@b.test", "postmaster@us.test");
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(!file_exists(file, ""));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), entries().size());
    }

    void test_hp_18_9_log_tells_why()
    {
        std::string file = control_file("", "postmaster@us.test");
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT_MESSAGE(log_, log_.find(" lost_mail ") != std::string::npos);
        CPPUNIT_ASSERT_MESSAGE(log_, log_.find("to=postmaster@us.test") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp189Test);
