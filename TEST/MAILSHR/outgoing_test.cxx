/*
**  outgoing_test - From:, To:, Cc: and addresses of mail that leaves MAIL (spec 2.4, 6.5, 6.6)
*/
#include "outgoing.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class OutgoingTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(OutgoingTest);
    CPPUNIT_TEST(test_senders);
    CPPUNIT_TEST(test_aliases);
    CPPUNIT_TEST(test_prohibited_alias);
    CPPUNIT_TEST(test_message_router);
    CPPUNIT_TEST(test_addresses);
    CPPUNIT_TEST(test_to_and_cc);
    CPPUNIT_TEST_SUITE_END();

    Settings settings_;
    Identity identity_;

    OutgoingSender sender(const char *from, const char *alias = "")
    {
        identity_.apply(settings_);
        return outgoing_sender(from, alias, settings_, identity_);
    }
    void set(ParamId id, const char *value)
    {
        CPPUNIT_ASSERT(settings_.set(id, value, ORIGIN_TEST, "", 0));
    }

public:
    void setUp()
    {
        settings_ = Settings();
        identity_ = Identity();
        identity_.set_host("host.x.com", "", "HOST");
    }

    void test_senders()
    {
        struct {
            const char *from, *header, *mailbox;
        } rows[] = {
            {"USR", "usr@host.x.com", "usr@host.x.com"},
            {"USR \"Full Name\"", "\"Full Name\" <usr@host.x.com>", "usr@host.x.com"},
            {"HOST::USR", "usr@host.x.com", "usr@host.x.com"},
            {"FAR::USR", "\"FAR::USR\"@host.x.com", "\"FAR::USR\"@host.x.com"},
            {"SMTP%\"a@b.org\"", "a@b.org", "a@b.org"},
            {"FAR::SMTP%\"a@b.org\"", "a@b.org", "a@b.org"},
            {"USR \"J. \xD6hn\"", "=?UTF-8?B?Si4gw5Zobg==?= <usr@host.x.com>", "usr@host.x.com"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].header), sender(rows[i].from).header);
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].mailbox), sender(rows[i].from).mailbox);
        }
        set(P_SUBSTITUTE_DOMAIN, "x.com");
        CPPUNIT_ASSERT_EQUAL(std::string("usr@x.com"), sender("USR").header);
    }

    /* HP User's Guide 5.3 */
    void test_aliases()
    {
        static const char from[] = "USR \"Bill L. Smith Phone: 123-456-8000\"";
        CPPUNIT_ASSERT_EQUAL(
            std::string("bill.smith@xxx.com (Bill L. Smith Phone: 123-456-8000)"),
            sender(from, "bill.smith@xxx.com").header);
        CPPUNIT_ASSERT_EQUAL(std::string("bill.smith@xxx.com"),
                             sender(from, "bill.smith@xxx.com").mailbox);
        CPPUNIT_ASSERT_EQUAL(std::string("bill.smith@xxx.com (text)"),
                             sender(from, "bill.smith@xxx.com (text)").header);
        CPPUNIT_ASSERT_EQUAL(std::string("bill.smith@host.x.com"),
                             sender(from, "bill smith").header);
        set(P_SUBSTITUTE_DOMAIN, "x.com");
        CPPUNIT_ASSERT_EQUAL(std::string("bill.smith@x.com"), sender(from, "bill.smith").header);
        /* what is no comment becomes one */
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.c (open)"), sender("USR", "a@b.c (open").header);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.c (x\\) y)"), sender("USR", "a@b.c (x) y").header);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.c (x \\(y\\))"),
                             sender("USR", "a@b.c (x (y))").header);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.c (=?UTF-8?B?SsO2cmc=?=)"),
                             sender("USR", "a@b.c (J\xC3\xB6rg)").header);
        /* mail for it could not come back */
        CPPUNIT_ASSERT_EQUAL(std::string("usr@x.com"), sender("USR", "j\xC3\xB6rg@b.c").mailbox);
        /* the form that is not allowed: the user's own address counts */
        CPPUNIT_ASSERT_EQUAL(std::string("usr@x.com"),
                             sender("USR", "\"personal name\" <user@host>").mailbox);
    }

    void test_prohibited_alias()
    {
        set(P_SMTP_FROM, "bill@xxx.com");
        CPPUNIT_ASSERT_EQUAL(std::string("bill@xxx.com"), outgoing_alias(settings_));
        set(P_PROHIBIT_USER_HEADERS, "1");
        CPPUNIT_ASSERT_EQUAL(std::string(), outgoing_alias(settings_));
    }

    void test_message_router()
    {
        static const char from[] = "MRGATE::\"A1::SMITH\"";
        CPPUNIT_ASSERT(sender(from).mailbox.find("MRGATE") != std::string::npos);
        set(P_REWRITE_MTS_FROM, "1");
        CPPUNIT_ASSERT_EQUAL(std::string("smith@host.x.com"), sender(from).mailbox);
        CPPUNIT_ASSERT_EQUAL(
            std::string("vivaldi@host.x.com"),
            sender("SMTP%\"\xA2" "ABCMTS::MRGATE::\\\xA2" "ABCDEF::VIVALDI\\\xA2\xA2@xyz.org\"")
                .mailbox);
        CPPUNIT_ASSERT_EQUAL(std::string("usr@host.x.com"), sender("USR").mailbox);
    }

    void test_addresses()
    {
        struct {
            const char *addressee, *mailbox; /* "": refused */
        } rows[] = {
            {"a@b.org", "a@b.org"},
            {"<a@b.org>", "a@b.org"},
            {"smith", "smith@host.x.com"},
            {"a@[10.1.2.3]", "a@[10.1.2.3]"},
            {"\xA2" "A::B\xA2@b.org", "\"A::B\"@b.org"},
            {"site!user", "site!user@host.x.com"},
            {"a b@c.org", ""},
            {"a@", ""},
            {"", ""},
            {"j\xFCrgen@b.org", ""},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            std::string mailbox;
            Outcome outcome = outgoing_address(rows[i].addressee, identity_, &mailbox);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(rows[i].addressee, rows[i].mailbox[0] != '\0',
                                         outcome.is_done());
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].mailbox), mailbox);
        }
    }

    /* Spec 6.6: local users are left out, a list is shown by its members. */
    void test_to_and_cc()
    {
        std::vector<std::string> recipients;
        std::string to, cc;
        recipients.push_back("a@x.example");
        recipients.push_back("list@y.example");
        recipients.push_back("b@z.example");
        recipients.push_back("dev@w.example");
        outgoing_lists("SMTP%\"a@x.example\", SMTP%\"list@y.example\"",
                       "SMTP%\"b@z.example\", DEV, USR", recipients, &to, &cc);
        CPPUNIT_ASSERT_EQUAL(std::string("a@x.example, list@y.example"), to);
        CPPUNIT_ASSERT_EQUAL(std::string("b@z.example, dev@w.example"), cc);
        /* no source route where a header shows an address */
        outgoing_lists("SMTP%\"@hub.test:a@x.example\"", "", std::vector<std::string>(), &to, &cc);
        CPPUNIT_ASSERT_EQUAL(std::string("a@x.example"), to);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(OutgoingTest);
