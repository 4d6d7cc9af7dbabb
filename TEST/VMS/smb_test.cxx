#include "VMS/smb.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

/* The conversation with a job controller is tested with the symbiont itself (TEST/SYMBIONT). */
class SmbTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SmbTest);
    CPPUNIT_TEST(test_without_job_controller_nothing_starts);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_without_job_controller_nothing_starts()
    {
        ScratchRoot root;
        SmbMessage message;
        CPPUNIT_ASSERT(!smb_initialise(SMB_STREAMS_MAX + 1).ok());
        Status status = smb_initialise(4);
        CPPUNIT_ASSERT_MESSAGE(status.text(), !status.ok());
        CPPUNIT_ASSERT(!smb_next(&message));
        CPPUNIT_ASSERT(!smb_task_complete(0, Status(), 0).ok());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmbTest);
