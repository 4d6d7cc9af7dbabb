/*
**  vms_address_test - CORE/vms_address.h (spec/hp-smtp-pop.md 6.5, 8.4)
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/vms_address.h"

using namespace mail;

class VmsAddressTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(VmsAddressTest);
    CPPUNIT_TEST(test_from_lines_are_classified);
    CPPUNIT_TEST(test_cent_signs_hide_quotes);
    CPPUNIT_TEST(test_split_knows_quotes);
    CPPUNIT_TEST(test_generic_escapes);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_from_lines_are_classified()
    {
        static const struct {
            const char *line;
            VmsAddress::Kind kind;
            const char *node, *user, *address, *name;
        } table[] = {
            { "SMITH", VmsAddress::USER, "", "SMITH", "", "" },
            { "SMITH     \"Joe Smith\"", VmsAddress::USER, "", "SMITH", "", "Joe Smith" },
            { "ORDERS::J_SMITH", VmsAddress::NODE_USER, "ORDERS", "J_SMITH", "", "" },
            { "a::b::smith \"J\"", VmsAddress::NODE_USER, "A::B", "smith", "", "J" },
            { "ORDERS::\"j@x.org\"", VmsAddress::NODE_QUOTED, "ORDERS", "", "j@x.org", "" },
            { "ORDERS::SMTP%\"j@x.org\"", VmsAddress::NODE_FOREIGN, "ORDERS", "", "j@x.org", "" },
            { "SMTP%\"j@x.org\"", VmsAddress::FOREIGN, "", "", "j@x.org", "" },
            { "smtp%\"j@x.org\"  \"J. Ohn\"", VmsAddress::FOREIGN, "", "", "j@x.org", "J. Ohn" },
            { "MX%\"j@x.org\"", VmsAddress::FOREIGN, "", "", "j@x.org", "" },
            { "SMTP%j@x.org", VmsAddress::FOREIGN, "", "", "j@x.org", "" },
            { "SMTP%\"\xA2" "A::B\xA2@x.org\"", VmsAddress::FOREIGN, "", "", "\"A::B\"@x.org", "" },
            { "j@x.org", VmsAddress::INTERNET, "", "", "j@x.org", "" },
            { "\"j@x.org\"", VmsAddress::INTERNET, "", "", "j@x.org", "" },
            { "joe%a.com@b.com", VmsAddress::INTERNET, "", "", "joe%a.com@b.com", "" },
            { "", VmsAddress::OTHER, "", "", "", "" },
            { "@LIST.DIS", VmsAddress::OTHER, "", "", "", "" },
            { "A::B C", VmsAddress::OTHER, "A", "", "", "" },
            { "SMTP%\"\"", VmsAddress::OTHER, "", "", "", "" },
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            VmsAddress a = vms_address_parse(table[i].line);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].line, table[i].kind, a.kind);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].node), a.node);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].user), a.user);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].address), a.address);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].name), a.personal_name);
        }
    }
    void test_cent_signs_hide_quotes()
    {
        // HP 19.2.6.1: the address of an X.400 user behind the Message Router
        const std::string plain("\"ABCMTS::MRGATE::\\\"ABCDEF::VIVALDI\\\"\"@xyz.org");
        const std::string wrapped("SMTP%\"\xA2" "ABCMTS::MRGATE::\\\xA2" "ABCDEF::VIVALDI\\\xA2\xA2"
                                  "@xyz.org\"");
        std::string back, transport;
        CPPUNIT_ASSERT_EQUAL(wrapped, vms_address_wrap(plain));
        CPPUNIT_ASSERT(vms_address_unwrap(wrapped, &back, &transport));
        CPPUNIT_ASSERT_EQUAL(plain, back);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP"), transport);
        CPPUNIT_ASSERT(!vms_address_unwrap("user%host@relay", &back, 0));
        CPPUNIT_ASSERT(!vms_address_unwrap("SMTP%\"a\"b\"", &back, 0));
    }
    void test_split_knows_quotes()
    {
        std::vector<std::string> e;
        vms_address_split("SMTP%\"a,b@c\", DEV,USR,, ", &e);
        CPPUNIT_ASSERT_EQUAL(size_t(3), e.size());
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"a,b@c\""), e[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("USR"), e[2]);
        vms_address_split("SMTP%\"a b@c\" SMTP%\"d@e\"\tUSR \"U. Ser\" ,DEV ", &e);
        CPPUNIT_ASSERT_EQUAL(size_t(4), e.size());
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"a b@c\""), e[0]);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"d@e\""), e[1]);
        CPPUNIT_ASSERT_EQUAL(std::string("USR \"U. Ser\""), e[2]);
        CPPUNIT_ASSERT_EQUAL(std::string("DEV"), e[3]);
    }
    void test_generic_escapes()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("\"ORDERS::\\\"u@h\\\"\"@host"),
                             vms_address_generic("ORDERS::\"u@h\"", "host"));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(VmsAddressTest);
