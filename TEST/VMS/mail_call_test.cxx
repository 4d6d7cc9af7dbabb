#include "mail_fixture.h"

#include "VMS/thread.h"

class MailCallTest : public MailFixture {
    CPPUNIT_TEST_SUITE(MailCallTest);
    CPPUNIT_TEST(test_threads_take_turns_in_mail);
    CPPUNIT_TEST_SUITE_END();

    struct Job {
        const char *user;
        bool good;
        static void run(void *self)
        {
            Job *job = static_cast<Job *>(self);
            for (int i = 0; i < 10 && job->good; ++i) {
                MailSender sender;
                MailProfile profile;
                job->good = sender.begin().ok() && sender.add_address(job->user).ok() &&
                            sender.add_record("text").ok() && sender.send().ok() &&
                            mailstore_profile(job->user, &profile).ok();
            }
        }
    };

public:
    /* tearDown looks for violations: SHIM notes two threads in MAIL at once */
    void test_threads_take_turns_in_mail()
    {
        Job jobs[8];
        Thread threads[8];
        for (int i = 0; i < 8; ++i) {
            jobs[i].user = i % 2 ? "SMITH" : "JONES";
            jobs[i].good = true;
            CPPUNIT_ASSERT(threads[i].start(Job::run, &jobs[i]).ok());
        }
        for (int i = 0; i < 8; ++i) {
            threads[i].join();
            CPPUNIT_ASSERT(jobs[i].good);
        }
        open_newmail("SMITH");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(40), items_.size());
        close_all();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailCallTest);
