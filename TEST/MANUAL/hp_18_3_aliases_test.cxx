/*
**  hp_18_3_aliases_test - HP TCP/IP Services Management, 18.3: the local alias file
*/
#include "MTA/config_store.h"
#include "VMS/recfile.h"
#include "smtp_fixture.h"

using namespace mail;

class Hp183AliasesTest : public SmtpFixture {
    CPPUNIT_TEST_SUITE(Hp183AliasesTest);
    CPPUNIT_TEST(test_hp_18_3_mail_for_an_alias_is_local);
    CPPUNIT_TEST(test_hp_18_3_other_domains_are_not_local);
    CPPUNIT_TEST(test_hp_18_3_comments_and_limits);
    CPPUNIT_TEST(test_hp_18_3_files_are_found_in_order);
    CPPUNIT_TEST_SUITE_END();

    static void write_file(const char *name, const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(config_common_file(name), "").ok());
        CPPUNIT_ASSERT(writer.write(text).ok());
        CPPUNIT_ASSERT(writer.close().ok());
    }
    /* A new identity, as after a restart of SMTP. */
    static IdentityPtr restarted()
    {
        config_use(SettingsPtr(new Settings));
        return identity_current();
    }

public:
    void tearDown()
    {
        file_erase(config_common_file("TCPIP$SMTP_LOCAL_ALIASES.TXT"));
        file_erase(config_common_file("UCX$SMTP_LOCAL_ALIASES.TXT"));
        SmtpFixture::tearDown();
    }

    void test_hp_18_3_mail_for_an_alias_is_local()
    {
        identity().add_alias("x.y.com");
        identity().add_alias("y.z.com");
        open();
        line("HELO x");
        line("MAIL FROM:<a@example.com>");
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("RCPT TO:<smith@x.y.com>")));
        CPPUNIT_ASSERT_EQUAL(std::string("250"), codes(line("RCPT TO:<smith@Y.Z.COM>")));
        CPPUNIT_ASSERT_EQUAL(std::string("550"), codes(line("RCPT TO:<nobody@x.y.com>")));
    }

    void test_hp_18_3_other_domains_are_not_local()
    {
        identity().add_alias("x.y.com");
        open();
        line("HELO x");
        line("MAIL FROM:<a@example.com>");
        CPPUNIT_ASSERT_EQUAL(std::string("550 5.7.1 User not local, Relay disabled.\r\n"),
                             line("RCPT TO:<smith@y.com>"));
    }

    void test_hp_18_3_comments_and_limits()
    {
        Identity us;
        us.set_host("host.abc.com", "", "HOST");
        CPPUNIT_ASSERT_EQUAL(size_t(1),
                             identity_parse_aliases("!\n! This is the local alias file.\n!\n"
                                                    "ourdomain.edu\nourdomain1.edu\n" +
                                                        std::string(65, 'x') + "\n",
                                                    &us));
        CPPUNIT_ASSERT(us.is_local("ourdomain.edu") && us.is_local("ourdomain1.edu"));
        CPPUNIT_ASSERT_EQUAL(size_t(2), us.alias_count());
    }

    void test_hp_18_3_files_are_found_in_order()
    {
        write_file("UCX$SMTP_LOCAL_ALIASES.TXT", "ucx.edu");
        CPPUNIT_ASSERT(restarted()->is_local("ucx.edu"));
        write_file("TCPIP$SMTP_LOCAL_ALIASES.TXT", "tcpip.edu");
        CPPUNIT_ASSERT(restarted()->is_local("tcpip.edu"));
        CPPUNIT_ASSERT(!restarted()->is_local("ucx.edu"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp183AliasesTest);
