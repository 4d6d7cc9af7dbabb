/*
**  pop_headers_test - HP 19.1.6 and 19.1.6.1, spec 8.4: every row and example
*/
#include "pop_headers.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

namespace {

bool lookup(const std::string &node, std::string *host)
{
    if (node == "ORDERS")
        *host = "orders.acme.com";
    else if (node == "LOCAL")
        *host = "ucxsys.acme.com";
    else
        return false;
    return true;
}

struct FromRow {
    const char *decnet, *quoted, *mail_from, *expected;
};

} // namespace

class PopHeadersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PopHeadersTest);
    CPPUNIT_TEST(test_from_table);
    CPPUNIT_TEST(test_from_without_substitute_domain);
    CPPUNIT_TEST(test_personal_name_only_when_asked);
    CPPUNIT_TEST(test_block_has_documented_headers);
    CPPUNIT_TEST(test_id_headers_only_when_asked);
    CPPUNIT_TEST(test_a_line_end_in_a_field_makes_no_header);
    CPPUNIT_TEST(test_smtp_addresses_are_recognised);
    CPPUNIT_TEST(test_headers_on_top_is_the_smtp_option);
    CPPUNIT_TEST_SUITE_END();

    Settings settings_;
    Identity identity_;

    void set(ParamId id, const char *value)
    {
        const char *reason = "";
        CPPUNIT_ASSERT_MESSAGE(value, settings_.set(id, value, ORIGIN_TEST, "", &reason));
    }

public:
    void setUp()
    {
        settings_ = Settings();
        identity_ = Identity();
        identity_.set_host("ucxsys.acme.com", "acme.com", "UCXSYS");
        set(P_SUBSTITUTE_DOMAIN, "xyz.org");
        identity_.apply(settings_);
    }

    void test_from_table()
    {
        static const FromRow rows[] = {
            /* HP 19.1.6.1 "SMTP Address" */
            {"TRANSFORM", "TRANSFORM", "SMTP%\"james.jones@federation.gov\"",
             "james.jones@federation.gov"},
            {"TRANSFORM", "TRANSFORM",
             "SMTP%\"\xA2"
             "ABCMTS::MRGATE::\\\xA2"
             "ABCDEF::VIVALDI\\\xA2\xA2@xyz.org\"",
             "\"ABCMTS::MRGATE::\\\"ABCDEF::VIVALDI\\\"\"@xyz.org"},
            /* "DECnet Address" */
            {"GENERIC", "TRANSFORM", "ORDERS::J_SMITH", "\"ORDERS::J_SMITH\"@ucxsys.acme.com"},
            {"NONE", "TRANSFORM", "ORDERS::J_SMITH", "ORDERS::J_SMITH"},
            {"TRANSFORM", "TRANSFORM", "ORDERS::J_SMITH", "j_smith@orders.acme.com"},
            {"TRANSFORM", "TRANSFORM", "LOCAL::J_SMITH", "j_smith@xyz.org"},
            {"TRANSFORM", "TRANSFORM", "NOWHRE::J_SMITH", "\"NOWHRE::J_SMITH\"@ucxsys.acme.com"},
            /* "User Name" */
            {"TRANSFORM", "TRANSFORM", "J_SMITH", "j_smith@xyz.org"},
            /* "DECnet Address That Contains Quotation Marks" */
            {"TRANSFORM", "GENERIC", "ORDERS::\"j_smith@acme.com\"",
             "\"ORDERS::\\\"j_smith@acme.com\\\"\"@ucxsys.acme.com"},
            {"TRANSFORM", "NONE", "ORDERS::\"j_smith@acme.com\"", "ORDERS::\"j_smith@acme.com\""},
            {"TRANSFORM", "TRANSFORM", "ORDERS::\"j_smith@acme.com\"", "j_smith@acme.com"},
            /* "Cluster-Forwarding SMTP Address" */
            {"TRANSFORM", "TRANSFORM", "ABCDEF::SMTP%\"james.jones@federation.gov\"",
             "james.jones@federation.gov"},
            /* "All Other Addresses" */
            {"TRANSFORM", "TRANSFORM", "ABCMTS::MRGATE::\"ORDERS::SPECIAL\"",
             "\"ABCMTS::MRGATE::\\\"ORDERS::SPECIAL\\\"\"@xyz.org"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
            set(P_POP_DECNET_REWRITE, rows[i].decnet);
            set(P_POP_QUOTED_DECNET_REWRITE, rows[i].quoted);
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].expected),
                                 pop_from_value(vms_address_parse(rows[i].mail_from), settings_,
                                                identity_, lookup));
        }
    }

    void test_from_without_substitute_domain()
    {
        set(P_SUBSTITUTE_DOMAIN, "");
        identity_ = Identity();
        identity_.set_host("ucxsys.acme.com", "acme.com", "UCXSYS");
        identity_.apply(settings_);
        CPPUNIT_ASSERT_EQUAL(std::string("j_smith@ucxsys.acme.com"),
                             pop_from_value(vms_address_parse("J_SMITH"), settings_, identity_,
                                            lookup));
        CPPUNIT_ASSERT_EQUAL(std::string("j_smith@ucxsys.acme.com"),
                             pop_from_value(vms_address_parse("LOCAL::J_SMITH"), settings_,
                                            identity_, lookup));
    }

    void test_personal_name_only_when_asked()
    {
        const char *line = "SMTP%\"jones@acme.com\" \"Jones, James\"";
        CPPUNIT_ASSERT_EQUAL(std::string("jones@acme.com"),
                             pop_from_value(vms_address_parse(line), settings_, identity_, lookup));
        set(P_POP_PERSONAL_NAME, "1");
        CPPUNIT_ASSERT_EQUAL(std::string("\"Jones, James\" <jones@acme.com>"),
                             pop_from_value(vms_address_parse(line), settings_, identity_, lookup));
    }

    MailItem item()
    {
        MailItem m;
        m.from = "SMTP%\"jones@acme.com\"";
        m.to = "SMITH";
        m.cc = "BROWN";
        m.subject = "Orders";
        m.date = static_cast<VmsTime>(0x00AFB0C5U) << 32;
        return m;
    }

    std::string block_of(const MailItem &m)
    {
        return pop_header_block(m, vms_address_parse(m.from), "SMITH_1", settings_, identity_,
                                header_zone());
    }

    void test_block_has_documented_headers()
    {
        std::string block = block_of(item());
        CPPUNIT_ASSERT(block.find("Date: ") == 0);
        CPPUNIT_ASSERT(block.find("\r\nFrom: jones@acme.com\r\n") != std::string::npos);
        CPPUNIT_ASSERT(block.find("\r\nTo: SMITH\r\n") != std::string::npos);
        CPPUNIT_ASSERT(block.find("\r\nCC: BROWN\r\n") != std::string::npos);
        CPPUNIT_ASSERT(block.find("\r\nSubject: Orders\r\n") != std::string::npos);
        CPPUNIT_ASSERT(block.find("\r\nX-VMS-From: SMTP%\"jones@acme.com\"\r\n") !=
                       std::string::npos);
        CPPUNIT_ASSERT(block.find("X-POP3") == std::string::npos);
        CPPUNIT_ASSERT_EQUAL(block.size() - 2, block.rfind("\r\n"));
    }

    void test_id_headers_only_when_asked()
    {
        set(P_POP_SEND_ID_HEADERS, "1");
        std::string block = block_of(item());
        CPPUNIT_ASSERT(block.find("\r\nX-POP3-Server: ucxsys.acme.com") != std::string::npos);
        CPPUNIT_ASSERT(block.find("\r\nX-POP3-ID: SMITH_1\r\n") != std::string::npos);
    }

    void test_a_line_end_in_a_field_makes_no_header()
    {
        MailItem m = item();
        m.subject = "one\r\nBcc: evil@example.com";
        std::string block = block_of(m);
        CPPUNIT_ASSERT(block.find("\nBcc:") == std::string::npos);
    }

    void test_smtp_addresses_are_recognised()
    {
        CPPUNIT_ASSERT(pop_from_is_smtp(vms_address_parse("SMTP%\"a@b.c\"")));
        CPPUNIT_ASSERT(pop_from_is_smtp(vms_address_parse("NODE::SMTP%\"a@b.c\"")));
        CPPUNIT_ASSERT(!pop_from_is_smtp(vms_address_parse("NODE::USER")));
        CPPUNIT_ASSERT(!pop_from_is_smtp(vms_address_parse("MX%\"a@b.c\"")));
        CPPUNIT_ASSERT(!pop_from_is_smtp(vms_address_parse("USER")));
    }

    void test_headers_on_top_is_the_smtp_option()
    {
        CPPUNIT_ASSERT(!pop_headers_on_top(settings_));
        set(P_HEADERS, "TOP");
        CPPUNIT_ASSERT(pop_headers_on_top(settings_));
        set(P_HEADERS, "NONE");
        CPPUNIT_ASSERT(!pop_headers_on_top(settings_));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopHeadersTest);
