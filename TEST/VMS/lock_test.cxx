#include "VMS/lock.h"
#include "VMS/thread.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>

using namespace mail;

static const unsigned int SS_ABORT = 44;

class LockTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LockTest);
    CPPUNIT_TEST(test_lock_excludes_another);
    CPPUNIT_TEST(test_bad_lock_names_are_refused);
    CPPUNIT_TEST(test_failed_release_is_mended_at_next_acquire);
    CPPUNIT_TEST_SUITE_END();

    std::auto_ptr<ScratchRoot> root_;

public:
    void setUp() { root_.reset(new ScratchRoot); }
    void tearDown()
    {
        shim_set_privileges(~0ULL);
        root_.reset();
    }
    struct Attempt {
        Status status;
        static void run(void *self)
        {
            Lock lock;
            static_cast<Attempt *>(self)->status = lock.acquire("T_MAILDROP", false);
        }
    };

    void test_lock_excludes_another()
    {
        Lock lock, second;
        CPPUNIT_ASSERT(lock.acquire("T_MAILDROP", false).ok());
        CPPUNIT_ASSERT(lock.held());
        CPPUNIT_ASSERT(second.acquire("T_MAILDROP", false).locked());
        Attempt attempt;
        Thread thread;
        CPPUNIT_ASSERT(thread.start(Attempt::run, &attempt).ok());
        thread.join();
        CPPUNIT_ASSERT(attempt.status.locked());
        lock.release();
        CPPUNIT_ASSERT(second.acquire("T_MAILDROP", false).ok());
    }

    void test_bad_lock_names_are_refused()
    {
        Lock lock;
        CPPUNIT_ASSERT(!lock.acquire("", false).ok());
        CPPUNIT_ASSERT(!lock.acquire(std::string(32, 'X'), false).ok());
        CPPUNIT_ASSERT(!lock.held());
    }

    void test_failed_release_is_mended_at_next_acquire()
    {
        Lock lock, second;
        CPPUNIT_ASSERT(lock.acquire("T_MAILDROP", false).ok());
        CPPUNIT_ASSERT(shim_arm_fault("*", "sys$deq", 1, 1, SS_ABORT));
        lock.release();
        shim_clear_faults();
        CPPUNIT_ASSERT(!lock.held());
        CPPUNIT_ASSERT(second.acquire("T_MAILDROP", false).ok());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LockTest);
