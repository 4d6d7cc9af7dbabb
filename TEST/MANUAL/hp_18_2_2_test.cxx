/*
**  hp_18_2_2_test - HP TCP/IP Services Management, 18.2.2: the postmaster account
**
**  Real accounts, MAIL profiles and queues of a scratch system; the job is run by the test.
*/
#include "../SYMBIONT/symbiont_fixture.h"
#include "job.h"

#include "VMS/mailstore.h"
#include "VMS/recfile.h"

using namespace mail;

class Hp1822Test : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(Hp1822Test);
    CPPUNIT_TEST(test_hp_18_2_2_bounced_mail_goes_to_tcpip_smtp);
    CPPUNIT_TEST(test_hp_18_2_2_forwarding_takes_it_to_system);
    CPPUNIT_TEST(test_hp_18_2_2_alias_names_another_user);
    CPPUNIT_TEST_SUITE_END();

    Connections connections_;

    void run(const std::string &file)
    {
        Job job(job_request(file), connections_, never_);
        CPPUNIT_ASSERT_MESSAGE(log_, job.run().ok());
        CPPUNIT_ASSERT_MESSAGE(log_, !file_exists(file, ""));
    }
    static boost::uint32_t newmail(const std::string &user)
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0;
        if (file.open("SYS$SYSDEVICE:[" + user + "]").ok())
            folder.select(&file, "NEWMAIL", &count);
        return count;
    }
    /* Neither recipient nor sender is to be found: the control file of the report about it. */
    std::string bounced()
    {
        run(control_file("", "nobody@us.test"));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        return list[0].file;
    }

public:
    void test_hp_18_2_2_bounced_mail_goes_to_tcpip_smtp()
    {
        std::string to, from;
        read_text(bounced(), &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP@us.test"), to);
        CPPUNIT_ASSERT_EQUAL(std::string(""), from);
    }

    void test_hp_18_2_2_forwarding_takes_it_to_system()
    {
        CPPUNIT_ASSERT(mailstore_set_forwarding("POSTMASTER", "SYSTEM").ok());
        CPPUNIT_ASSERT(mailstore_set_forwarding("TCPIP$SMTP", "SYSTEM").ok());
        CPPUNIT_ASSERT(mailstore_set_forwarding("UCX_SMTP", "SYSTEM").ok());
        alias_forget();
        run(control_file("a@b.test", "postmaster@us.test"));
        CPPUNIT_ASSERT_EQUAL(1U, newmail("SYSTEM"));
        run(control_file("a@b.test", "ucx_smtp@us.test"));
        CPPUNIT_ASSERT_EQUAL(2U, newmail("SYSTEM"));
        run(bounced());
        CPPUNIT_ASSERT_EQUAL(3U, newmail("SYSTEM"));
    }

    void test_hp_18_2_2_alias_names_another_user()
    {
        set(P_POSTMASTER_ALIAS, "JONES");
        identity_->apply(*settings_);
        alias_forget();
        run(bounced());
        CPPUNIT_ASSERT_EQUAL(1U, newmail("JONES"));
        CPPUNIT_ASSERT_EQUAL(0U, newmail("SYSTEM"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp1822Test);
