/*
**  failure_test - message lines
*/
#include "failure.h"

#include <climsgdef.h>
#include <cppunit/extensions/HelperMacros.h>
#include <rmsdef.h>
#include <ssdef.h>

using namespace shim::dcl;

class FailureTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(FailureTest);
    CPPUNIT_TEST(test_lines_of_a_failure);
    CPPUNIT_TEST(test_fields);
    CPPUNIT_TEST(test_files);
    CPPUNIT_TEST_SUITE_END();

    std::string joined(const Failure &failure, const MessageFields &fields = MessageFields())
    {
        std::string all;
        for (const std::string &line : message_lines(failure, fields))
            all += line + "\n";
        return all;
    }

public:
    void test_lines_of_a_failure()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("%DCL-W-UNDSYM, undefined symbol - check validity and "
                                         "spelling\n \\FOO\\\n"),
                             joined(Failure(CLI$_UNDSYM, "FOO")));
        CPPUNIT_ASSERT_EQUAL(std::string("%SYSTEM-F-ABORT, abort\n"), joined(Failure(SS$_ABORT)));
        CPPUNIT_ASSERT_EQUAL(std::string(""), joined(Failure(SS$_ABORT | 0x10000000)));
        Failure previous(CLI$_SUPERSEDE);
        CPPUNIT_ASSERT_EQUAL(
            std::string("%DCL-I-SUPERSEDE, previous value of X!AS has been superseded\n"),
            joined(previous.with("X!AS")));
    }

    void test_fields()
    {
        MessageFields fields;
        fields.facility = fields.identification = false;
        CPPUNIT_ASSERT_EQUAL(std::string("%F, abort\n"), joined(Failure(SS$_ABORT), fields));
        fields.severity = false;
        CPPUNIT_ASSERT_EQUAL(std::string("abort\n"), joined(Failure(SS$_ABORT), fields));
        fields.text = false;
        CPPUNIT_ASSERT_EQUAL(std::string(""), joined(Failure(SS$_ABORT), fields));
        fields.identification = true;
        CPPUNIT_ASSERT_EQUAL(std::string("%ABORT\n"), joined(Failure(SS$_ABORT), fields));
    }

    void test_files()
    {
        Failure failure = file_failure(SHARED_OPENIN, "A:[B]C.D;", RMS$_FNF, 0);
        CPPUNIT_ASSERT_EQUAL(uint32_t(RMS$_FNF), failure.status);
        CPPUNIT_ASSERT_EQUAL(std::string("%DCL-E-OPENIN, error opening A:[B]C.D; as input\n"
                                         "-RMS-E-FNF, file not found\n"),
                             joined(failure));
        failure = file_failure(SHARED_OPENOUT, "X", RMS$_FUL, SS$_DEVICEFULL, FACILITY_TYPE);
        CPPUNIT_ASSERT(failure.status & 0x10000000);
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TYPE-F-OPENOUT, error opening X as output\n"
                        "-RMS-F-FUL, device full (insufficient space for allocation)\n"
                        "-SYSTEM-W-DEVICEFULL, device full; allocation failure\n"),
            joined(failure));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FailureTest);
