#include "VMS/account.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <prvdef.h>
#include <ssdef.h>
#include <uaidef.h>

using namespace mail;

struct FlagRow {
    const char *user;
    unsigned int flags;
    Authentication expected; /* with the right password */
};

static const FlagRow flag_table[] = {
    {"PLAIN", 0, AUTHENTICATION_OK},
    {"NOLOGIN", UAI$M_DISACNT, AUTHENTICATION_DISABLED},
    {"NOMAIL", UAI$M_NOMAIL, AUTHENTICATION_DISABLED},
    {"QUIET", UAI$M_DISMAIL, AUTHENTICATION_OK}, /* no announcement at login: not our concern */
    {"OLD", UAI$M_PWD_EXPIRED, AUTHENTICATION_PASSWORD_EXPIRED},
    {"OUTSIDE", UAI$M_EXTAUTH, AUTHENTICATION_REFUSED},
};

class AccountTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AccountTest);
    CPPUNIT_TEST(test_lookup_tells_the_record);
    CPPUNIT_TEST(test_unknown_and_impossible_names_are_not_found);
    CPPUNIT_TEST(test_flags_decide_after_the_password);
    CPPUNIT_TEST(test_wrong_password_and_unknown_user_look_alike);
    CPPUNIT_TEST(test_password_case_counts_only_with_pwdmix);
    CPPUNIT_TEST(test_intruder_is_refused_with_the_right_password);
    CPPUNIT_TEST(test_other_source_is_no_intruder);
    CPPUNIT_TEST(test_proof_instead_of_password);
    CPPUNIT_TEST(test_failing_user_file_is_not_a_refusal);
    CPPUNIT_TEST(test_access_hours_are_obeyed_when_asked);
    CPPUNIT_TEST(test_operator_is_who_is_authorized_for_oper);
    CPPUNIT_TEST(test_login_is_noted);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;
    AuthenticationSource source_;
    AuthenticationPolicy policy_;

public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        source_.service = "POP";
        source_.address = "192.0.2.1";
        root_->add_user("SMITH", "SecretWord");
    }
    void tearDown()
    {
        shim_clear_faults();
        root_.reset();
    }
    Authentication check(const std::string &user, const std::string &password)
    {
        return account_authenticate(user, password, source_, policy_, 0);
    }

    void test_lookup_tells_the_record()
    {
        Account account;
        CPPUNIT_ASSERT(account_lookup("smith", &account).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH"), account.user);
        CPPUNIT_ASSERT_EQUAL(std::string("SYS$SYSDEVICE:"), account.device);
        CPPUNIT_ASSERT_EQUAL(std::string("[SMITH]"), account.directory);
        CPPUNIT_ASSERT(!account.disabled && !account.mail_denied && !account.expired);
    }
    void test_unknown_and_impossible_names_are_not_found()
    {
        static const char *const name_table[] = {"NOBODY", "", "A B", "THIRTEENCHARS", "A.B",
                                                 "\xe4"};
        for (size_t i = 0; i < sizeof name_table / sizeof name_table[0]; ++i) {
            Account account;
            Status status = account_lookup(name_table[i], &account);
            CPPUNIT_ASSERT_MESSAGE(name_table[i], status.not_found());
        }
    }
    void test_flags_decide_after_the_password()
    {
        for (size_t i = 0; i < sizeof flag_table / sizeof flag_table[0]; ++i) {
            const FlagRow &row = flag_table[i];
            root_->add_user(row.user, "GOODPASS", row.flags);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.user, row.expected, check(row.user, "GOODPASS"));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.user, AUTHENTICATION_REFUSED,
                                         check(row.user, "BADPASS"));
        }
        policy_.ignore_password_expired = policy_.ignore_mail_denied = true;
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK, check("OLD", "GOODPASS"));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK, check("NOMAIL", "GOODPASS"));
    }
    void test_wrong_password_and_unknown_user_look_alike()
    {
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED, check("SMITH", "WRONG"));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED, check("NOBODY", "WRONG"));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED, check("SMITH", ""));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED, check("SMITH", std::string(1000, 'X')));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED, check(std::string(1000, 'X'), "WRONG"));
        unsigned long long before = shim_calls("*", "sys$hash_password");
        check("NOBODY", "WRONG");
        CPPUNIT_ASSERT_EQUAL(before + 1, shim_calls("*", "sys$hash_password"));
    }
    void test_password_case_counts_only_with_pwdmix()
    {
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK, check("smith", "secretword"));
        root_->add_user("MIXED", "SecretWord", UAI$M_PWDMIX);
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK, check("mixed", "SecretWord"));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED, check("mixed", "SECRETWORD"));
    }
    void test_intruder_is_refused_with_the_right_password()
    {
        Authentication last = AUTHENTICATION_OK;
        for (int i = 0; i < 10; ++i)
            last = check("SMITH", "WRONG");
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_INTRUDER, last);
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_INTRUDER, check("SMITH", "SecretWord"));
        ScratchRoot::move_clock(86400);
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK, check("SMITH", "SecretWord"));
    }
    void test_other_source_is_no_intruder()
    {
        for (int i = 0; i < 10; ++i)
            check("SMITH", "WRONG");
        source_.address = "192.0.2.2";
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK, check("SMITH", "SecretWord"));
    }
    void test_proof_instead_of_password()
    {
        Account account;
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK,
                             account_admit("SMITH", true, source_, policy_, &account));
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH"), account.user);
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED,
                             account_admit("SMITH", false, source_, policy_, 0));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED,
                             account_admit("NOBODY", true, source_, policy_, 0));
    }
    void test_failing_user_file_is_not_a_refusal()
    {
        shim_arm_fault("*", "sys$getuai", 1, 0, SS$_NOPRIV);
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_UNAVAILABLE, check("SMITH", "SecretWord"));
        shim_clear_faults();
        shim_arm_fault("*", "sys$scan_intrusion", 1, 0, SS$_NOSECURITY);
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_UNAVAILABLE, check("SMITH", "SecretWord"));
    }
    /* A Wednesday and a Saturday; 9 to 17 is open on prime days, nothing at the week's end. */
    void test_access_hours_are_obeyed_when_asked()
    {
        shim::UafRecord record;
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &record) & 1);
        for (int hour = 0; hour < 24; ++hour) {
            if (hour < 9 || hour > 17)
                record.access[0][hour / 8] |= static_cast<uint8_t>(1 << hour % 8);
            record.access[1][hour / 8] |= static_cast<uint8_t>(1 << hour % 8);
        }
        CPPUNIT_ASSERT(shim::uaf_modify(record) & 1);
        static const struct {
            const char *time;
            bool allowed;
        } cases[] = {{"25-NOV-2026 08:59:59.00", false},
                     {"25-NOV-2026 09:00:00.00", true},
                     {"25-NOV-2026 17:59:59.00", true},
                     {"25-NOV-2026 18:00:00.00", false},
                     {"28-NOV-2026 12:00:00.00", false},
                     {"29-NOV-2026 12:00:00.00", false},
                     {"30-NOV-2026 12:00:00.00", true}};
        Account account;
        CPPUNIT_ASSERT(account_lookup("SMITH", &account).ok());
        for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
            VmsTime when = 0;
            CPPUNIT_ASSERT(vmstime_parse(cases[i].time, &when));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(cases[i].time, cases[i].allowed,
                                         account_hour_allowed(account, when));
        }
        for (int i = 0; i < 3; ++i)
            record.access[0][i] = record.access[1][i] = 0xff;
        CPPUNIT_ASSERT(shim::uaf_modify(record) & 1);
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_OK, check("SMITH", "SecretWord"));
        policy_.obey_access_hours = true;
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_BAD_HOUR, check("SMITH", "SecretWord"));
        CPPUNIT_ASSERT_EQUAL(AUTHENTICATION_REFUSED, check("SMITH", "WRONG"));
    }
    void test_operator_is_who_is_authorized_for_oper()
    {
        Account account;
        CPPUNIT_ASSERT(account_lookup("SMITH", &account).ok());
        CPPUNIT_ASSERT(!account_is_operator(account));
        shim::UafRecord record;
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &record) & 1);
        record.authorized |= PRV$M_OPER;
        CPPUNIT_ASSERT(shim::uaf_modify(record) & 1);
        CPPUNIT_ASSERT(account_lookup("SMITH", &account).ok());
        CPPUNIT_ASSERT(account_is_operator(account));
    }
    void test_login_is_noted()
    {
        shim::UafRecord before, after;
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &before) & 1);
        CPPUNIT_ASSERT_EQUAL(uint64_t(0), before.last_network);
        VmsTime now = vmstime_now();
        CPPUNIT_ASSERT(account_note_login("smith").ok());
        CPPUNIT_ASSERT(shim::uaf_read("SMITH", &after) & 1);
        CPPUNIT_ASSERT(after.last_network >= now && after.last_network <= vmstime_now());
        CPPUNIT_ASSERT_EQUAL(before.last_interactive, after.last_interactive);
        CPPUNIT_ASSERT(account_note_login("NOBODY").not_found());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AccountTest);
