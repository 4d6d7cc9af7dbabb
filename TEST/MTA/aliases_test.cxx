/*
**  aliases_test - local parts to users; postmaster; the '.' that means '$'; kept answers
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/aliases.h"
#include "MTA/config.h"
#include "MTA/config_store.h"
#include "VMS/recfile.h"
#include "scratch_system.h"

using namespace mail;

static int lookups;
static bool with_postmaster;

static LocalUser::Verdict stand_in(const std::string &user, std::string *forward)
{
    ++lookups;
    if (user == "SMITH" || user == "SYSTEM" || user == "B$C" || (user == "D.E"))
        return LocalUser::DELIVER;
    if (user == "POSTMASTER" && with_postmaster) {
        *forward = "SYSTEM";
        return LocalUser::DELIVER;
    }
    if (user == "CLOSED")
        return LocalUser::REFUSED;
    if (user == "BROKEN")
        return LocalUser::TROUBLE;
    return LocalUser::UNKNOWN;
}

class AliasesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AliasesTest);
    CPPUNIT_TEST(test_verdicts);
    CPPUNIT_TEST(test_postmaster_falls_back);
    CPPUNIT_TEST(test_period_may_mean_dollar);
    CPPUNIT_TEST(test_answers_are_kept_but_not_trouble);
    CPPUNIT_TEST(test_other_addresses_are_never_looked_up);
    CPPUNIT_TEST(test_lists_stand_behind_users);
    CPPUNIT_TEST_SUITE_END();

    Identity identity_;

public:
    void setUp()
    {
        scratch_system();
        config_use(SettingsPtr(new Settings));
        lookups = 0;
        with_postmaster = true;
        alias_use(stand_in);
        identity_.set_host("condor.eagle.org", "", "CONDOR");
    }
    void tearDown()
    {
        alias_use(0);
        config_use(SettingsPtr());
    }

    void test_lists_stand_behind_users()
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(config_common_file("STAFF.DIS"), "").ok());
        CPPUNIT_ASSERT(writer.close().ok());
        CPPUNIT_ASSERT(writer.create(config_common_file("SMITH.DIS"), "").ok());
        CPPUNIT_ASSERT(writer.close().ok());
        LocalUser answer = alias_resolve("staff", identity_);
        CPPUNIT_ASSERT_EQUAL(LocalUser::LIST, answer.verdict);
        CPPUNIT_ASSERT_EQUAL(config_common_file("STAFF.DIS"), answer.list);
        answer = alias_resolve("smith", identity_);
        CPPUNIT_ASSERT_EQUAL(LocalUser::DELIVER, answer.verdict);
        CPPUNIT_ASSERT(answer.list.empty());
        file_erase(config_common_file("STAFF.DIS"));
        file_erase(config_common_file("SMITH.DIS"));
    }

    void test_verdicts()
    {
        struct Row {
            const char *local;
            LocalUser::Verdict verdict;
            const char *user;
        };
        static const Row table[] = {{"smith", LocalUser::DELIVER, "SMITH"},
                                    {"SmItH", LocalUser::DELIVER, "SMITH"},
                                    {"nobody", LocalUser::UNKNOWN, "NOBODY"},
                                    {"closed", LocalUser::REFUSED, "CLOSED"},
                                    {"broken", LocalUser::TROUBLE, "BROKEN"},
                                    {"", LocalUser::UNKNOWN, ""}};
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            LocalUser user = alias_resolve(table[i].local, identity_);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].local, table[i].verdict, user.verdict);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].user), user.user);
            CPPUNIT_ASSERT(!user.reason.empty());
        }
    }

    void test_postmaster_falls_back()
    {
        LocalUser user = alias_resolve("Postmaster", identity_);
        CPPUNIT_ASSERT_EQUAL(std::string("POSTMASTER"), user.user);
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), user.forward);
        with_postmaster = false;
        alias_forget();
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), alias_resolve("Postmaster", identity_).user);
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), alias_resolve("tcpip$smtp", identity_).user);
    }

    void test_period_may_mean_dollar()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("B$C"), alias_resolve("b.c", identity_).user);
        CPPUNIT_ASSERT_EQUAL(std::string("D.E"), alias_resolve("d.e", identity_).user);
        CPPUNIT_ASSERT_EQUAL(LocalUser::UNKNOWN, alias_resolve("x.y", identity_).verdict);
    }

    void test_answers_are_kept_but_not_trouble()
    {
        alias_resolve("smith", identity_);
        alias_resolve("SMITH", identity_);
        CPPUNIT_ASSERT_EQUAL(1, lookups);
        alias_resolve("broken", identity_);
        alias_resolve("broken", identity_);
        CPPUNIT_ASSERT_EQUAL(3, lookups);
        alias_forget();
        alias_resolve("smith", identity_);
        CPPUNIT_ASSERT_EQUAL(4, lookups);
    }

    void test_other_addresses_are_never_looked_up()
    {
        static const char *const locals[] = {"a%b", "n::u", "SMTP%\"a@b\"", "@list", "a,b", "a b",
                                             "a/b", "smith;", "a\r\nb", "\xE4"};
        for (size_t i = 0; i < sizeof locals / sizeof *locals; ++i)
            CPPUNIT_ASSERT_EQUAL(LocalUser::UNKNOWN, alias_resolve(locals[i], identity_).verdict);
        CPPUNIT_ASSERT_EQUAL(LocalUser::UNKNOWN,
                             alias_resolve(std::string(32, 'a'), identity_).verdict);
        CPPUNIT_ASSERT_EQUAL(0, lookups);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AliasesTest);
