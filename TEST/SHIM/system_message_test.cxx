/*
**  system_message_test - $GETMSG, $PUTMSG, message data (spec 7.5, Appendix E 36)
*/
#include "system_support.h"
#include "system_text.h"

#include <jbcmsgdef.h>
#include <lgimsgdef.h>
#include <lib$routines.h>
#include <libdef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>
#include <secsrvmsgdef.h>
#include <strdef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <cstdio>
#include <sys/stat.h>

namespace
{

std::vector<std::string> lines;
unsigned long long parameter;

int collect(void *line, unsigned long long actprm)
{
    const dsc$descriptor_s *d = static_cast<const dsc$descriptor_s *>(line);
    lines.push_back(std::string(d->dsc$a_pointer, d->dsc$w_length));
    parameter = actprm;
    return 0;
}

} // namespace

class SystemMessageTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(SystemMessageTest);
    CPPUNIT_TEST(test_flags_choose_the_parts);
    CPPUNIT_TEST(test_facilities_table);
    CPPUNIT_TEST(test_unknown_code_has_its_number);
    CPPUNIT_TEST(test_truncation_is_a_success);
    CPPUNIT_TEST(test_putmsg_system_code_takes_no_count);
    CPPUNIT_TEST(test_putmsg_rms_code_is_followed_by_stv);
    CPPUNIT_TEST(test_putmsg_arguments_and_options);
    CPPUNIT_TEST(test_putmsg_facility_and_inhibit);
    CPPUNIT_TEST(test_putmsg_survives_short_vectors);
    CPPUNIT_TEST(test_message_data_is_loaded_when_asked_for);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    static std::string message(unsigned code, unsigned flags, int expected = SS$_NORMAL)
    {
        LowText out(256);
        unsigned short length = 0;
        CPPUNIT_ASSERT_EQUAL(expected, sys$getmsg(code, &length, out, flags, 0));
        return out.text(length);
    }
    static std::string put(const std::vector<unsigned> &vector, dsc$descriptor_s *facility = 0)
    {
        lines.clear();
        std::vector<unsigned> copy(vector);
        CPPUNIT_ASSERT_EQUAL(1, sys$putmsg(copy.data(), collect, facility, 42));
        std::string all;
        for (size_t i = 0; i < lines.size(); i++)
            all += (i ? "|" : "") + lines[i];
        return all;
    }

public:
    void tearDown() { root_.reset(); }
    void setUp() { root_.reset(new ShimRoot); }
    void test_flags_choose_the_parts()
    {
        static const struct {
            unsigned flags;
            const char *out;
        } table[] = {
            {15, "%SYSTEM-F-ABORT, abort"},
            {0, "%SYSTEM-F-ABORT, abort"},
            {1, "abort"},
            {2, "%ABORT"},
            {3, "%ABORT, abort"},
            {7, "%F-ABORT, abort"},
            {14, "%SYSTEM-F-ABORT"},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].out), message(SS$_ABORT, table[i].flags));
    }
    void test_facilities_table()
    {
        static const struct {
            unsigned code;
            const char *out;
        } table[] = {
            {SS$_NORMAL, "%SYSTEM-S-NORMAL"},
            {SS$_BUFFEROVF, "%SYSTEM-S-BUFFEROVF"},
            {SS$_NOOPER, "%SYSTEM-F-NOOPER"},
            {RMS$_RNF, "%RMS-E-RNF"},
            {RMS$_FNF, "%RMS-E-FNF"},
            {LIB$_ATTCONSTO, "%LIB-F-ATTCONSTO"},
            {SS$_PERSONADELPEND, "%SYSTEM-S-PERSONADELPEND"},
            {RMS$_OK_RLK, "%RMS-S-OK_RLK"},
            {STR$_WRONUMARG, "%STR-F-WRONUMARG"},
            {JBC$_NOOPER, "%JBC-E-NOOPER"},
            {JBC$_NOSUCHQUE, "%JBC-E-NOSUCHQUE"},
            {JBC$_PRIOSMALL, "%JBC-I-PRIOSMALL"},
            {JBC$_QUE_CLOSED, "%JBC-E-QUE_CLOSED"},
            {MAIL$_NOSUCHUSR, "%MAIL-E-NOSUCHUSR"},
            {MAIL$_NOMOREREC, "%MAIL-W-NOMOREREC"},
            {LGI$_DISUSER, "%LOGIN-F-DISUSER"},
            {SECSRV$_INTRUDER, "%SECSRV-I-INTRUDER"},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].out), message(table[i].code, 14));
    }
    void test_unknown_code_has_its_number()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("%NONAME-W-NOMSG, Message number 0ABC8000"),
                             message(0x0ABC8000, 15, SS$_MSGNOTFND));
    }
    void test_truncation_is_a_success()
    {
        LowText out(static_cast<size_t>(4));
        unsigned short length = 0;
        unsigned char details[4] = {9, 9, 9, 9};
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BUFFEROVF),
                             sys$getmsg(MAIL$_NOSUCHUSR, &length, out, 15, details));
        CPPUNIT_ASSERT_EQUAL(std::string("%MAI"), out.text(length));
        CPPUNIT_ASSERT_EQUAL(1, static_cast<int>(details[1]));
    }
    void test_putmsg_system_code_takes_no_count()
    {
        CPPUNIT_ASSERT_EQUAL(
            std::string("%SYSTEM-F-ABORT, abort|-SYSTEM-F-TIMEOUT, device timeout"),
            put({2, SS$_ABORT, SS$_TIMEOUT}));
        CPPUNIT_ASSERT_EQUAL(42ull, parameter);
    }
    void test_putmsg_rms_code_is_followed_by_stv()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("%RMS-F-SYS, QIO system service request failed"
                                         "|-SYSTEM-F-ABORT, abort"),
                             put({2, RMS$_SYS, SS$_ABORT}));
        CPPUNIT_ASSERT_EQUAL(std::string("%RMS-E-RNF, record not found|-SYSTEM-F-ABORT, abort"),
                             put({3, RMS$_RNF, 0, SS$_ABORT}));
        /* RMS$_CHK */
        CPPUNIT_ASSERT_EQUAL(std::string("%RMS-F-CHK, bucket format check failed for VBN = 12"),
                             put({2, 99492, 12}));
    }
    void test_putmsg_arguments_and_options()
    {
        LowText user(std::string("SMITH"));
        CPPUNIT_ASSERT_EQUAL(std::string("%MAIL-E-NOSUCHUSR, no such user SMITH|-RMS-E-RNF, record "
                                         "not found"),
                             put({5, MAIL$_NOSUCHUSR, 1, user.address(), RMS$_RNF, 0}));
        CPPUNIT_ASSERT_EQUAL(std::string("no such user SMITH"),
                             put({3 | 1 << 16, MAIL$_NOSUCHUSR, 1, user.address()}));
        CPPUNIT_ASSERT_EQUAL(std::string("%NOSUCHUSR, no such user SMITH|-ABORT, abort"),
                             put({4, MAIL$_NOSUCHUSR, 1 | 3 << 16, user.address(), SS$_ABORT}));
    }
    void test_putmsg_facility_and_inhibit()
    {
        LowText name(std::string("MYPROG"));
        CPPUNIT_ASSERT_EQUAL(std::string("%MYPROG-F-ABORT, abort"), put({1, SS$_ABORT}, name));
        CPPUNIT_ASSERT_EQUAL(std::string(""), put({1, SS$_ABORT | STS$M_INHIB_MSG}));
    }
    void test_putmsg_survives_short_vectors()
    {
        std::vector<unsigned> none(1, 0);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_INSFARG), sys$putmsg(none.data(), 0, 0, 0));
        put({1, MAIL$_NOSUCHUSR});
        put({2, MAIL$_NOSUCHUSR, 200});
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), lines.size());
    }
    void test_message_data_is_loaded_when_asked_for()
    {
        const unsigned code = (1099 | 0x800) << 16 | 0x8000 | 5 << 3 | 2;
        message(code, 15, SS$_MSGNOTFND);
        std::string folder = root_->path() + "/VMS$COMMON";
        mkdir(folder.c_str(), 0777);
        mkdir((folder += "/SYSMSG").c_str(), 0777);
        FILE *file = fopen((folder + "/X_MSG.MSGDATA;1").c_str(), "w");
        fprintf(file, "! test\n%u\tXFAC\tXID\t1\tvalue is !UL\n", code);
        fclose(file);
        CPPUNIT_ASSERT_EQUAL(std::string("%XFAC-E-XID, value is !UL"), message(code, 15));
        CPPUNIT_ASSERT_EQUAL(std::string("%XFAC-E-XID, value is 9"), put({3, code, 1, 9}));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(SystemMessageTest);
