/*
**  service_db_test - records, limits and rules of the services database (spec/hp-smtp-pop.md 3.10)
*/
#include "shim_root.h"

#include <service_db.h>

#include <cppunit/extensions/HelperMacros.h>
#include <sys/stat.h>

using namespace shim;

class ServiceDbTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServiceDbTest);
    CPPUNIT_TEST(test_record_comes_back_as_it_went_in);
    CPPUNIT_TEST(test_wrong_records_are_refused_with_a_reason);
    CPPUNIT_TEST(test_rules_admit_and_refuse);
    CPPUNIT_TEST(test_rules_survive_the_environment);
    CPPUNIT_TEST(test_known_images);
    CPPUNIT_TEST_SUITE_END();

    static ServiceRecord smtp()
    {
        ServiceRecord r;
        r.name = "SMTP";
        r.port = 25;
        r.process_name = "TCPIP$SMTP";
        r.user = "TCPIP$SMTP";
        r.file = "SYS$SYSTEM:X.EXE";
        r.limit = 3;
        r.listen = true;
        r.rules.reject_message = "no, thank you";
        r.rules.reject_hosts.push_back("192.0.2.9");
        return r;
    }
    ShimRoot *root_;

public:
    void setUp() override
    {
        root_ = new ShimRoot;
        mkdir((root_->path() + "/VMS$COMMON").c_str(), 0755);
        mkdir((root_->path() + "/VMS$COMMON/SYSEXE").c_str(), 0755);
    }
    void tearDown() override { delete root_; }

    void test_record_comes_back_as_it_went_in()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(), service_put(smtp()));
        ServiceRecord r;
        CPPUNIT_ASSERT(service_get("smtp", &r));
        CPPUNIT_ASSERT_EQUAL(25, r.port);
        CPPUNIT_ASSERT_EQUAL(3, r.limit);
        CPPUNIT_ASSERT(r.listen && !r.enabled);
        CPPUNIT_ASSERT_EQUAL(std::string("no, thank you"), r.rules.reject_message);
        CPPUNIT_ASSERT_EQUAL(size_t(1), service_list().size());
        CPPUNIT_ASSERT(service_remove("SMTP"));
        CPPUNIT_ASSERT(!service_remove("SMTP"));
        CPPUNIT_ASSERT(!service_get("SMTP", &r));
    }

    void test_wrong_records_are_refused_with_a_reason()
    {
        for (int wrong = 0; wrong < 9; ++wrong) {
            ServiceRecord r = smtp();
            if (wrong == 0)
                r.name = "SEVENTEEN_LETTERS";
            else if (wrong == 1)
                r.name = "A B";
            else if (wrong == 2)
                r.port = 0;
            else if (wrong == 3)
                r.process_name = "SIXTEEN_LETTERS_";
            else if (wrong == 4)
                r.user = "";
            else if (wrong == 5)
                r.limit = 0;
            else if (wrong == 6)
                r.rules.accept_hosts.assign(33, "192.0.2.1");
            else if (wrong == 7)
                r.rules.reject_networks.assign(1, "example.com/24");
            else
                r.rules.reject_message = std::string(64, 'x');
            CPPUNIT_ASSERT(!service_put(r).empty());
        }
        CPPUNIT_ASSERT(service_list().empty());
    }

    void test_rules_admit_and_refuse()
    {
        ServiceRules r;
        CPPUNIT_ASSERT(r.admits("192.0.2.1") && r.admits("2001:db8::1"));
        r.reject_networks.push_back("10.0.0.0/8");
        CPPUNIT_ASSERT(!r.admits("10.255.0.1") && r.admits("11.0.0.1"));
        r.accept_hosts.push_back("192.0.2.1");
        r.accept_networks.push_back("2001:db8::/32");
        CPPUNIT_ASSERT(r.admits("192.0.2.1") && !r.admits("192.0.2.2"));
        CPPUNIT_ASSERT(r.admits("2001:db8:1::5") && !r.admits("2001:db9::1"));
        r.reject_hosts.push_back("192.0.2.1");
        CPPUNIT_ASSERT(!r.admits("192.0.2.1"));
        CPPUNIT_ASSERT(!r.admits("::ffff:192.0.2.1"));
    }

    void test_rules_survive_the_environment()
    {
        ServiceRules r = smtp().rules, back;
        r.accept_networks.push_back("127.0.0.0/8");
        r.log_rejects = false;
        CPPUNIT_ASSERT(back.decode(r.encode()));
        CPPUNIT_ASSERT(back.accept_networks == r.accept_networks &&
                       back.reject_hosts == r.reject_hosts);
        CPPUNIT_ASSERT_EQUAL(r.reject_message, back.reject_message);
        CPPUNIT_ASSERT(!back.log_rejects);
    }

    void test_known_images()
    {
        known_image_put("TCPIP$POP_SERVER", 5);
        CPPUNIT_ASSERT_EQUAL(uint64_t(5),
                             known_image_privileges("SYS$SYSTEM:TCPIP$POP_SERVER.EXE;3"));
        CPPUNIT_ASSERT_EQUAL(uint64_t(0), known_image_privileges("SYS$SYSTEM:OTHER.EXE"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceDbTest);
