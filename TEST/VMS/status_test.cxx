#include "VMS/message.h"
#include "VMS/status.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <errno.h>
#include <jbcmsgdef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>
#include <ssdef.h>

using namespace mail;

struct ClassRow {
    boost::uint32_t sts, stv;
    bool ok, not_found, no_privilege, end, full, locked, retry;
};

static const ClassRow class_table[] = {
    /*                          ok     nofnd  nopriv end    full   locked retry */
    {SS$_NORMAL, 0,             true,  false, false, false, false, false, false},
    {SS$_BUFFEROVF, 0,          true,  false, false, false, false, false, false},
    {RMS$_FNF, 0,               false, true,  false, false, false, false, false},
    {RMS$_RNF, 0,               false, true,  false, false, false, false, false},
    {JBC$_NOSUCHQUE, 0,         false, true,  false, false, false, false, false},
    {MAIL$_NOSUCHUSR, 0,        false, true,  false, false, false, false, false},
    {SS$_NOPRIV, 0,             false, false, true,  false, false, false, false},
    {RMS$_PRV, 0,               false, false, true,  false, false, false, false},
    {RMS$_EOF, 0,               false, false, false, true,  false, false, false},
    {SS$_NOMOREITEMS, 0,        true,  false, false, true,  false, false, false},
    {RMS$_FUL, SS$_DEVICEFULL,  false, false, false, false, true,  false, true},
    {RMS$_WER, SS$_EXDISKQUOTA, false, false, false, false, true,  false, true},
    {RMS$_FLK, 0,               false, false, false, false, false, true,  true},
    {SS$_NOTQUEUED, 0,          false, false, false, false, false, true,  true},
    {JBC$_JOBQUEDIS, 0,         false, false, false, false, false, false, true},
    {SS$_LINKDISCON, 0,         false, false, false, false, false, false, true},
    {MAIL$_SENDERR, SS$_EXDISKQUOTA, false, false, false, false, true, false, true},
    {SS$_BADPARAM, 0,           false, false, false, false, false, false, false},
};

class StatusTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(StatusTest);
    CPPUNIT_TEST(test_classes_of_conditions);
    CPPUNIT_TEST(test_already_reported_bit_does_not_matter);
    CPPUNIT_TEST(test_errno_becomes_a_condition);
    CPPUNIT_TEST(test_text_names_both_conditions);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_classes_of_conditions()
    {
        for (size_t i = 0; i < sizeof class_table / sizeof class_table[0]; ++i) {
            const ClassRow &row = class_table[i];
            Status status(row.sts, row.stv);
            CPPUNIT_ASSERT_EQUAL(row.ok, status.ok());
            CPPUNIT_ASSERT_EQUAL(row.not_found, status.not_found());
            CPPUNIT_ASSERT_EQUAL(row.no_privilege, status.no_privilege());
            CPPUNIT_ASSERT_EQUAL(row.end, status.end_of_file());
            CPPUNIT_ASSERT_EQUAL(row.full, status.disk_full());
            CPPUNIT_ASSERT_EQUAL(row.locked, status.locked());
            CPPUNIT_ASSERT_EQUAL(row.retry, status.retryable());
        }
    }
    void test_already_reported_bit_does_not_matter()
    {
        CPPUNIT_ASSERT(Status(RMS$_FNF | 0x10000000).not_found());
    }
    void test_errno_becomes_a_condition()
    {
        CPPUNIT_ASSERT(Status::from_errno(ETIMEDOUT).timed_out());
        CPPUNIT_ASSERT(Status::from_errno(ECONNREFUSED).retryable());
        CPPUNIT_ASSERT(Status::from_errno(EACCES).no_privilege());
        CPPUNIT_ASSERT(!Status::from_errno(99999).ok());
        CPPUNIT_ASSERT_EQUAL(size_t(0), Status::from_errno(ECONNREFUSED).text().find("%SYSTEM-F-"));
        CPPUNIT_ASSERT(Status::from_errno(ECONNREFUSED).text().find("; Connection refused") !=
                       std::string::npos);
        /* no condition whose number an errno happens to have */
        CPPUNIT_ASSERT(!Status(SS$_ABORT, SS$_BADPARAM).text().empty());
        CPPUNIT_ASSERT(Status::from_errno(SS$_BADPARAM).text().find("BADPARAM") ==
                       std::string::npos);
    }
    void test_text_names_both_conditions()
    {
        ScratchRoot root;
        std::string text = Status(RMS$_FUL, SS$_DEVICEFULL).text();
        CPPUNIT_ASSERT(text.find("-FUL") != std::string::npos);
        CPPUNIT_ASSERT(text.find("-DEVICEFULL") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, Status(MAIL$_NOSUCHUSR).text().find('!'));
        CPPUNIT_ASSERT(Status(MAIL$_NOSUCHUSR).text().find("NOSUCHUSR, no such user") !=
                       std::string::npos);
        CPPUNIT_ASSERT(Status(SS$_NORMAL, SS$_DEVICEFULL).text().find("; ") == std::string::npos);
        CPPUNIT_ASSERT(message_text_only(RMS$_FNF).find("file not found") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(StatusTest);
