/*
**  hp_19_1_6_headers_test - HP TCP/IP Services Management, 19.1.6, 19.1.6.1: POP's headers
**
**  The manual misprints two of its examples: a quotation mark behind xyz.org, and ORDER for ORDERS.
*/
#include "pop_fixture.h"

#include "pop_headers.h"
#include "pop_server.h"

using namespace mail;

static bool orders_hosts(const std::string &node, std::string *host)
{
    static const char *const known[][2] = {{"ORDERS", "orders.acme.widgets.com"},
                                           {"HOST12", "host12.acme.widgets.com"}};
    for (size_t i = 0; i < 2; ++i)
        if (node == known[i][0]) {
            *host = known[i][1];
            return true;
        }
    return false;
}

class Hp1916HeadersTest : public PopFixture {
    CPPUNIT_TEST_SUITE(Hp1916HeadersTest);
    CPPUNIT_TEST(test_hp_19_1_6_date_is_the_arrival);
    CPPUNIT_TEST(test_hp_19_1_6_from_is_rebuilt);
    CPPUNIT_TEST(test_hp_19_1_6_to_cc_subject_are_not_rebuilt);
    CPPUNIT_TEST(test_hp_19_1_6_x_vms_from_is_not_rebuilt);
    CPPUNIT_TEST(test_hp_19_1_6_id_headers_when_defined);
    CPPUNIT_TEST(test_hp_19_1_6_headers_stay_away_only_under_all_three_conditions);
    CPPUNIT_TEST(test_hp_19_1_6_missing_top_headers_is_warned_of);
    CPPUNIT_TEST(test_hp_19_1_6_1_local_host_names);
    CPPUNIT_TEST(test_hp_19_1_6_1_personal_name);
    CPPUNIT_TEST(test_hp_19_1_6_1_1_smtp_address);
    CPPUNIT_TEST(test_hp_19_1_6_1_1_cent_signs_become_quotation_marks);
    CPPUNIT_TEST(test_hp_19_1_6_1_2_decnet_generic);
    CPPUNIT_TEST(test_hp_19_1_6_1_2_decnet_none);
    CPPUNIT_TEST(test_hp_19_1_6_1_2_decnet_transform);
    CPPUNIT_TEST(test_hp_19_1_6_1_3_user_name_only);
    CPPUNIT_TEST(test_hp_19_1_6_1_4_quoted_decnet_generic);
    CPPUNIT_TEST(test_hp_19_1_6_1_4_quoted_decnet_none);
    CPPUNIT_TEST(test_hp_19_1_6_1_4_quoted_decnet_transform);
    CPPUNIT_TEST(test_hp_19_1_6_1_5_cluster_forwarding_address);
    CPPUNIT_TEST(test_hp_19_1_6_1_6_all_other_formats);
    CPPUNIT_TEST_SUITE_END();

    void be(const char *host, const char *domain, const char *node, const char *substitute)
    {
        set(P_SUBSTITUTE_DOMAIN, substitute);
        *identity_ = Identity();
        identity_->set_host(host, domain, node);
        identity_->apply(*settings_);
    }
    void check(const char *mail_from, const char *expected)
    {
        CPPUNIT_ASSERT_EQUAL(std::string(expected),
                             pop_from_value(vms_address_parse(mail_from), *settings_, *identity_,
                                            orders_hosts));
    }
    std::string fetched(const char *command = "RETR 1\r\n")
    {
        PopClient client(context_);
        client.login("smith", "sesame");
        return client.say(command);
    }
    static bool has(const std::string &text, const std::string &part)
    {
        return text.find(part) != std::string::npos;
    }

public:
    void test_hp_19_1_6_date_is_the_arrival()
    {
        VmsTime before = vmstime_now();
        deliver("SMITH", "x", "Date: Mon, 1 Jan 1990 00:00:00 +0000\r\n");
        std::string text = fetched();
        VmsTimeFields f;
        CPPUNIT_ASSERT(vmstime_fields(before, &f));
        char year[20];
        snprintf(year, sizeof year, " %04d ", f.year);
        size_t at = text.find("\r\nDate: ") + 2;
        CPPUNIT_ASSERT(has(text.substr(at, text.find("\r\n", at) - at), year));
    }

    void test_hp_19_1_6_from_is_rebuilt()
    {
        deliver("SMITH", "x", "1\r\n", "SMTP%\"james.jones@federation.gov\"");
        CPPUNIT_ASSERT(has(fetched(), "\r\nFrom: james.jones@federation.gov\r\n"));
    }

    void test_hp_19_1_6_to_cc_subject_are_not_rebuilt()
    {
        MailItem item;
        item.to = "NODE::SMITH, SMTP%\"a@b.c\"";
        item.cc = "@FRIENDS";
        item.subject = "Subj: of MAIL";
        std::string block = PopMessage(item, "SMITH_1", *settings_, *identity_).headers();
        CPPUNIT_ASSERT(has(block, "\r\nTo: NODE::SMITH, SMTP%\"a@b.c\"\r\n"));
        CPPUNIT_ASSERT(has(block, "\r\nCC: @FRIENDS\r\n"));
        CPPUNIT_ASSERT(has(block, "\r\nSubject: Subj: of MAIL\r\n"));
    }

    void test_hp_19_1_6_x_vms_from_is_not_rebuilt()
    {
        deliver("SMITH", "x", "1\r\n", "ORDERS::J_SMITH \"John Smith\"");
        CPPUNIT_ASSERT(has(fetched(), "\r\nX-VMS-From: ORDERS::J_SMITH \"John Smith\"\r\n"));
    }

    void test_hp_19_1_6_id_headers_when_defined()
    {
        deliver("SMITH", "x", "1\r\n");
        CPPUNIT_ASSERT(!has(fetched(), "X-POP3-"));
        set(P_POP_SEND_ID_HEADERS, "1");
        std::string text = fetched("UIDL 1\r\nRETR 1\r\n");
        std::string uid = text.substr(6, text.find("\r\n") - 6);
        CPPUNIT_ASSERT(has(text, "\r\nX-POP3-Server: ucxsys.acme.com"));
        CPPUNIT_ASSERT(has(text, "\r\nX-POP3-ID: " + uid + "\r\n"));
    }

    void test_hp_19_1_6_headers_stay_away_only_under_all_three_conditions()
    {
        const std::string own = "From: own@header.example\r\n\r\nbody\r\n";
        for (int condition = 0; condition < 8; ++condition) {
            tearDown();
            setUp();
            set(P_POP_IGNORE_MAIL11_HEADERS, (condition & 1) ? "1" : "0");
            set(P_HEADERS, (condition & 2) ? "TOP" : "BOTTOM");
            deliver("SMITH", "x", own, (condition & 4) ? "SMTP%\"a@b.test\"" : "NODE::JONES");
            std::string text = fetched();
            CPPUNIT_ASSERT_EQUAL(condition != 7, has(text, "\r\nX-VMS-From: "));
            CPPUNIT_ASSERT_EQUAL(condition == 7, has(text, "octets\r\n" + own + ".\r\n"));
        }
    }

    void test_hp_19_1_6_missing_top_headers_is_warned_of()
    {
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        CPPUNIT_ASSERT(has(pop_setting_warnings(*settings_)[0], "TCPIP$POP_IGNORE_MAIL11_HEADERS"));
        set(P_HEADERS, "TOP");
        CPPUNIT_ASSERT(pop_setting_warnings(*settings_).empty());
    }

    void test_hp_19_1_6_1_local_host_names()
    {
        be("ucxsys.acme.com", "acme.com", "UCXSYS", "xyz.org");
        identity_->add_alias("alias.org");
        CPPUNIT_ASSERT(identity_->is_local("xyz.org"));
        CPPUNIT_ASSERT(identity_->is_local("alias.org"));
        CPPUNIT_ASSERT(!identity_->is_local("other.org"));
    }

    void test_hp_19_1_6_1_personal_name()
    {
        check("SMTP%\"jones@acme.com\" \"Jones, James\"", "jones@acme.com");
        set(P_POP_PERSONAL_NAME, "1");
        check("SMTP%\"jones@acme.com\" \"Jones, James\"", "\"Jones, James\" <jones@acme.com>");
        check("SMTP%\"jones@acme.com\"", "jones@acme.com");
    }

    void test_hp_19_1_6_1_1_smtp_address()
    {
        check("SMTP%\"james.jones@federation.gov\"", "james.jones@federation.gov");
    }

    void test_hp_19_1_6_1_1_cent_signs_become_quotation_marks()
    {
        check("SMTP%\"\xA2"
              "ABCMTS::MRGATE::\\\xA2"
              "ABCDEF::VIVALDI\\\xA2\xA2@xyz.org\"",
              "\"ABCMTS::MRGATE::\\\"ABCDEF::VIVALDI\\\"\"@xyz.org");
    }

    void test_hp_19_1_6_1_2_decnet_generic()
    {
        be("widgets.xyzcorp.com", "xyzcorp.com", "WIDGETS", "");
        set(P_POP_DECNET_REWRITE, "GENERIC");
        check("ORDERS::J_SMITH", "\"ORDERS::J_SMITH\"@widgets.xyzcorp.com");
    }

    void test_hp_19_1_6_1_2_decnet_none()
    {
        set(P_POP_DECNET_REWRITE, "NONE");
        check("ORDERS::J_SMITH", "ORDERS::J_SMITH");
    }

    void test_hp_19_1_6_1_2_decnet_transform()
    {
        set(P_POP_DECNET_REWRITE, "TRANSFORM");
        be("orders.acme.widgets.com", "acme.widgets.com", "ORDERS", "");
        check("ORDERS::J_SMITH", "j_smith@orders.acme.widgets.com");
        check("HOST12::J_JONES", "j_jones@host12.acme.widgets.com");
        check("HOST13::J_JONES", "\"HOST13::J_JONES\"@orders.acme.widgets.com");
        be("orders.acme.widgets.com", "acme.widgets.com", "ORDERS", "acme.widgets.com");
        check("ORDERS::J_SMITH", "j_smith@acme.widgets.com");
    }

    void test_hp_19_1_6_1_3_user_name_only()
    {
        be("orders.acme.widgets.com", "acme.widgets.com", "ORDERS", "acme.widgets.com");
        check("Smith", "smith@acme.widgets.com");
        be("orders.acme.widgets.com", "acme.widgets.com", "ORDERS", "");
        check("Smith", "smith@orders.acme.widgets.com");
    }

    void test_hp_19_1_6_1_4_quoted_decnet_generic()
    {
        be("widgets.xyzcorp.com", "xyzcorp.com", "WIDGETS", "");
        set(P_POP_QUOTED_DECNET_REWRITE, "GENERIC");
        check("ORDERS::\"j_smith@acme.com\"",
              "\"ORDERS::\\\"j_smith@acme.com\\\"\"@widgets.xyzcorp.com");
    }

    void test_hp_19_1_6_1_4_quoted_decnet_none()
    {
        set(P_POP_QUOTED_DECNET_REWRITE, "NONE");
        check("ORDERS::\"j_smith@acme.com\"", "ORDERS::\"j_smith@acme.com\"");
    }

    void test_hp_19_1_6_1_4_quoted_decnet_transform()
    {
        set(P_POP_QUOTED_DECNET_REWRITE, "TRANSFORM");
        check("ORDERS::\"j.smith@acme.com\"", "j.smith@acme.com");
    }

    void test_hp_19_1_6_1_5_cluster_forwarding_address()
    {
        check("ABCDEF::SMTP%\"james.jones@federation.gov\"", "james.jones@federation.gov");
    }

    void test_hp_19_1_6_1_6_all_other_formats()
    {
        be("ucxsys.acme.com", "acme.com", "UCXSYS", "xyz.org");
        check("ABCMTS::MRGATE::\"ORDERS::SPECIAL\"",
              "\"ABCMTS::MRGATE::\\\"ORDERS::SPECIAL\\\"\"@xyz.org");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp1916HeadersTest);
