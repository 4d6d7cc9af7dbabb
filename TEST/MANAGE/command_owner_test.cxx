/*
**  command_owner_test - which commands are ours, which the vendor's
*/
#include "command_owner.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

struct OwnerCase {
    const char *command;
    CommandOwner owner;
};

class CommandOwnerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(CommandOwnerTest);
    CPPUNIT_TEST(test_commands);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_commands()
    {
        static const OwnerCase cases[] = {
            {"SHOW MAIL", OWNER_MAIL},
            {"show mail smith/full", OWNER_MAIL},
            {"SH MAI", OWNER_MAIL},
            {"SHOW/FULL MAIL", OWNER_MAIL},
            {"SHOW M", OWNER_MAIL},
            {"SHOW MX relay.abc.com", OWNER_MAIL},
            {"SHOW MX_RECORDS", OWNER_MAIL},
            {"SET NOMX_RECORD x", OWNER_MAIL},
            {"SET CONFIGURATION SMTP/ZONE=\"a/b SET\"", OWNER_MAIL},
            {"SET CONFIGURATION/ZONE=(a b) NOSMTP", OWNER_MAIL},
            {"SHOW CONF SMTP", OWNER_MAIL},
            {"ANALYZE MAIL /REPAIR", OWNER_MAIL},
            {"ANALYZE CONFIGURATION", OWNER_MAIL},
            {"SEND MAIL/ENTRY=3", OWNER_MAIL},
            {"REMOVE MAIL", OWNER_MAIL},
            {"START MAIL", OWNER_MAIL},
            {"STOP MAIL", OWNER_MAIL},
            {"HELP SHOW", OWNER_MAIL},
            {"EXIT", OWNER_MAIL},
            {"SHOW HOST x", OWNER_MAIL},
            {"SHOW HOST", OWNER_VENDOR},
            {"SHOW CONFIGURATION", OWNER_VENDOR},
            {"SHOW CONFIGURATION COMMUNICATION", OWNER_VENDOR},
            {"SET CONFIGURATION ENABLE SERVICE SMTP", OWNER_VENDOR},
            {"SET SERVICE SMTP/PORT=25", OWNER_VENDOR},
            {"ENABLE SERVICE SMTP", OWNER_VENDOR},
            {"SHOW ROUTES", OWNER_VENDOR},
            {"SHOW ROUTE 10.1.1.1", OWNER_VENDOR},
            {"SHOW ROUTE smith@abc.com", OWNER_MAIL},
            {"START ROUTING", OWNER_VENDOR},
            {"SHOW ! MAIL", OWNER_VENDOR},
            {"SHOW \"MAIL\"", OWNER_VENDOR},
            {"SHOW", OWNER_VENDOR},
            {"", OWNER_VENDOR}};
        for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(cases[i].command, int(cases[i].owner),
                                         int(command_owner(cases[i].command)));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(CommandOwnerTest);
