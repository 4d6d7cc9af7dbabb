/*
**  lock_manager_test - the lock manager (spec 7.2; System Services Reference Manual, $ENQ)
*/
#include "low_text.h"
#include "shim_root.h"

#include <efndef.h>
#include <lckdef.h>
#include <prvdef.h>
#include <shim_control.h>
#include <starlet.h>

#include <cppunit/extensions/HelperMacros.h>
#include <mutex>
#include <signal.h>
#include <sys/wait.h>
#include <thread>

namespace {

const char *const NAME = "TCPIP$SMTP_LOCK";

int enqw(LKSB *lksb, unsigned mode, unsigned flags = 0, const char *name = NAME)
{
    return sys$enqw(EFN$C_ENF, mode, lksb, flags, low_text(name), 0, nullptr, 0, nullptr, 0, 0);
}

/* A process that holds the lock until it is killed. */
pid_t holder(unsigned mode, bool with_value = false)
{
    int ready[2];
    CPPUNIT_ASSERT_EQUAL(0, pipe(ready));
    pid_t child = fork();
    if (child == 0) {
        LKSB lksb = {};
        int status = enqw(&lksb, mode, with_value ? LCK$M_VALBLK : 0);
        if (write(ready[1], status & 1 ? "y" : "n", 1) == 1)
            for (;;)
                pause();
        _exit(1);
    }
    char c = 'n';
    CPPUNIT_ASSERT_EQUAL(ssize_t(1), read(ready[0], &c, 1));
    CPPUNIT_ASSERT_EQUAL('y', c);
    close(ready[0]);
    close(ready[1]);
    return child;
}

void end(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
}

std::atomic<int> completed;

void complete(unsigned long long)
{
    ++completed;
}

} // namespace

class LockManagerTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LockManagerTest);
    CPPUNIT_TEST(test_compatibility_table);
    CPPUNIT_TEST(test_waits_until_the_holder_lets_go);
    CPPUNIT_TEST(test_killed_holder_frees_the_lock);
    CPPUNIT_TEST(test_waiters_are_served_in_order);
    CPPUNIT_TEST(test_conversion_up_and_down);
    CPPUNIT_TEST(test_conversion_deadlock_is_found);
    CPPUNIT_TEST(test_value_block_passes_on_and_is_lost_by_a_kill);
    CPPUNIT_TEST(test_asynchronous_request_completes);
    CPPUNIT_TEST(test_cancel_of_a_waiting_request);
    CPPUNIT_TEST(test_scopes_and_privilege);
    CPPUNIT_TEST(test_bad_arguments);
    CPPUNIT_TEST(test_threads_exclude_each_other);
    CPPUNIT_TEST_SUITE_END();

    ShimRoot *root_;

public:
    void setUp() { root_ = new ShimRoot; }
    void tearDown()
    {
        sys$deq(0, nullptr, 0, LCK$M_DEQALL);
        delete root_;
    }

    void test_compatibility_table()
    {
        /* rows: requested; columns: granted NL CR CW PR PW EX */
        static const char *const table[] = {"yyyyyy", "yyyyyn", "yyynnn",
                                            "yynynn", "yynnnn", "ynnnnn"};
        for (unsigned granted = 0; granted < 6; ++granted)
            for (unsigned requested = 0; requested < 6; ++requested) {
                LKSB first = {}, second = {};
                CPPUNIT_ASSERT_EQUAL(1, enqw(&first, granted));
                int expected = table[requested][granted] == 'y' ? 1 : int(SS$_NOTQUEUED);
                CPPUNIT_ASSERT_EQUAL(expected, enqw(&second, requested, LCK$M_NOQUEUE));
                if (expected & 1) {
                    CPPUNIT_ASSERT_EQUAL(1, int(second.lksb$w_status));
                    CPPUNIT_ASSERT_EQUAL(1, sys$deq(second.lksb$l_lkid, nullptr, 0, 0));
                }
                CPPUNIT_ASSERT_EQUAL(1, sys$deq(first.lksb$l_lkid, nullptr, 0, 0));
                CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOCKID),
                                     sys$deq(first.lksb$l_lkid, nullptr, 0, 0));
            }
    }

    void test_waits_until_the_holder_lets_go()
    {
        LKSB mine = {}, theirs = {};
        CPPUNIT_ASSERT_EQUAL(1, enqw(&mine, LCK$K_EXMODE));
        std::atomic<bool> got{false};
        std::thread other([&] {
            enqw(&theirs, LCK$K_EXMODE);
            got = true;
        });
        usleep(20000);
        CPPUNIT_ASSERT(!got.load());
        CPPUNIT_ASSERT_EQUAL(1, sys$deq(mine.lksb$l_lkid, nullptr, 0, 0));
        other.join();
        CPPUNIT_ASSERT_EQUAL(1, int(theirs.lksb$w_status));
    }

    void test_killed_holder_frees_the_lock()
    {
        pid_t child = holder(LCK$K_EXMODE);
        LKSB lksb = {};
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOTQUEUED), enqw(&lksb, LCK$K_EXMODE, LCK$M_NOQUEUE));
        end(child);
        CPPUNIT_ASSERT_EQUAL(1, enqw(&lksb, LCK$K_EXMODE, LCK$M_NOQUEUE));
        sys$deq(lksb.lksb$l_lkid, nullptr, 0, 0);
        child = holder(LCK$K_EXMODE);
        std::thread killer([child] {
            usleep(20000);
            end(child);
        });
        CPPUNIT_ASSERT_EQUAL(1, enqw(&lksb, LCK$K_EXMODE)); /* it waited when the holder died */
        killer.join();
    }

    void test_waiters_are_served_in_order()
    {
        LKSB mine = {}, locks[3] = {};
        enqw(&mine, LCK$K_PRMODE);
        std::vector<std::thread> threads;
        std::mutex mutex;
        std::vector<int> order;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([&, i] {
                enqw(&locks[i], LCK$K_EXMODE);
                {
                    std::lock_guard<std::mutex> guard(mutex);
                    order.push_back(i);
                }
                sys$deq(locks[i].lksb$l_lkid, nullptr, 0, 0);
            });
            while (__atomic_load_n(&locks[i].lksb$l_lkid, __ATOMIC_ACQUIRE) == 0)
                usleep(100);
        }
        LKSB late = {}; /* compatible with what is granted, but others were first */
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOTQUEUED), enqw(&late, LCK$K_PRMODE, LCK$M_NOQUEUE));
        sys$deq(mine.lksb$l_lkid, nullptr, 0, 0);
        for (std::thread &thread : threads)
            thread.join();
        CPPUNIT_ASSERT(order == std::vector<int>({0, 1, 2}));
    }

    void test_conversion_up_and_down()
    {
        LKSB mine = {}, other = {};
        enqw(&mine, LCK$K_NLMODE);
        enqw(&other, LCK$K_PRMODE);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOTQUEUED),
                             enqw(&mine, LCK$K_EXMODE, LCK$M_CONVERT | LCK$M_NOQUEUE));
        CPPUNIT_ASSERT_EQUAL(1, enqw(&mine, LCK$K_PRMODE, LCK$M_CONVERT));
        std::thread waiter([&] { enqw(&other, LCK$K_EXMODE, LCK$M_CONVERT); });
        usleep(20000);
        CPPUNIT_ASSERT_EQUAL(1, enqw(&mine, LCK$K_NLMODE, LCK$M_CONVERT));
        waiter.join();
        CPPUNIT_ASSERT_EQUAL(1, int(other.lksb$w_status));
        LKSB none = {};
        none.lksb$l_lkid = 77;
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOCKID), enqw(&none, LCK$K_NLMODE, LCK$M_CONVERT));
    }

    void test_conversion_deadlock_is_found()
    {
        LKSB first = {}, second = {};
        enqw(&first, LCK$K_PRMODE);
        enqw(&second, LCK$K_PRMODE);
        CPPUNIT_ASSERT_EQUAL(1, sys$enq(7, LCK$K_EXMODE, &first, LCK$M_CONVERT, nullptr, 0, nullptr,
                                        0, nullptr, 0, 0)); /* waits when this returns */
        CPPUNIT_ASSERT_EQUAL(int(SS$_DEADLOCK), enqw(&second, LCK$K_EXMODE, LCK$M_CONVERT));
        CPPUNIT_ASSERT_EQUAL(1, sys$deq(second.lksb$l_lkid, nullptr, 0, 0));
        CPPUNIT_ASSERT_EQUAL(1, sys$waitfr(7));
        CPPUNIT_ASSERT_EQUAL(1, int(__atomic_load_n(&first.lksb$w_status, __ATOMIC_ACQUIRE)));
    }

    void test_value_block_passes_on_and_is_lost_by_a_kill()
    {
        LKSB keeper = {}, lksb = {};
        enqw(&keeper, LCK$K_NLMODE);
        enqw(&lksb, LCK$K_EXMODE, LCK$M_VALBLK);
        CPPUNIT_ASSERT_EQUAL(0, int(lksb.lksb$b_valblk[0]));
        CPPUNIT_ASSERT_EQUAL(1, sys$deq(lksb.lksb$l_lkid, low_copy("0123456789abcdef", 16), 0, 0));
        CPPUNIT_ASSERT_EQUAL(1, enqw(&lksb, LCK$K_CRMODE, LCK$M_VALBLK));
        CPPUNIT_ASSERT_EQUAL(0, memcmp(lksb.lksb$b_valblk, "0123456789abcdef", 16));
        memset(lksb.lksb$b_valblk, 'z', 16);
        CPPUNIT_ASSERT_EQUAL(1, sys$deq(lksb.lksb$l_lkid, lksb.lksb$b_valblk, 0, 0));
        CPPUNIT_ASSERT_EQUAL(1,
                             enqw(&lksb, LCK$K_CRMODE, LCK$M_VALBLK)); /* a reader wrote nothing */
        CPPUNIT_ASSERT_EQUAL('0', char(lksb.lksb$b_valblk[0]));
        sys$deq(lksb.lksb$l_lkid, nullptr, 0, 0);
        end(holder(LCK$K_EXMODE, true));
        enqw(&lksb, LCK$K_PRMODE, LCK$M_VALBLK);
        CPPUNIT_ASSERT_EQUAL(int(SS$_VALNOTVALID), int(lksb.lksb$w_status));
    }

    void test_asynchronous_request_completes()
    {
        LKSB mine = {}, other = {};
        completed = 0;
        enqw(&mine, LCK$K_EXMODE);
        CPPUNIT_ASSERT_EQUAL(1, sys$enq(7, LCK$K_EXMODE, &other, 0, low_text(NAME), 0, complete, 0,
                                        nullptr, 0, 0));
        CPPUNIT_ASSERT_EQUAL(0, int(__atomic_load_n(&other.lksb$w_status, __ATOMIC_ACQUIRE)));
        sys$deq(mine.lksb$l_lkid, nullptr, 0, 0);
        CPPUNIT_ASSERT_EQUAL(1, sys$waitfr(7));
        CPPUNIT_ASSERT_EQUAL(1, int(__atomic_load_n(&other.lksb$w_status, __ATOMIC_ACQUIRE)));
        for (int i = 0; i < 1000 && !completed; ++i)
            usleep(1000);
        CPPUNIT_ASSERT_EQUAL(1, completed.load());
        LKSB null = {};
        CPPUNIT_ASSERT_EQUAL(int(SS$_SYNCH), enqw(&null, LCK$K_NLMODE, LCK$M_SYNCSTS));
    }

    void test_cancel_of_a_waiting_request()
    {
        LKSB mine = {}, other = {};
        enqw(&mine, LCK$K_EXMODE);
        sys$enq(8, LCK$K_EXMODE, &other, 0, low_text(NAME), 0, nullptr, 0, nullptr, 0, 0);
        CPPUNIT_ASSERT_EQUAL(int(SS$_CANCELGRANT),
                             sys$deq(mine.lksb$l_lkid, nullptr, 0, LCK$M_CANCEL));
        CPPUNIT_ASSERT_EQUAL(1, sys$deq(other.lksb$l_lkid, nullptr, 0, LCK$M_CANCEL));
        sys$waitfr(8);
        CPPUNIT_ASSERT_EQUAL(int(SS$_ABORT),
                             int(__atomic_load_n(&other.lksb$w_status, __ATOMIC_ACQUIRE)));
    }

    void test_scopes_and_privilege()
    {
        LKSB group = {}, system = {}, again = {};
        CPPUNIT_ASSERT_EQUAL(1, enqw(&group, LCK$K_EXMODE));
        CPPUNIT_ASSERT_EQUAL(1, enqw(&system, LCK$K_EXMODE, LCK$M_SYSTEM | LCK$M_NOQUEUE));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOTQUEUED),
                             enqw(&again, LCK$K_EXMODE, LCK$M_SYSTEM | LCK$M_NOQUEUE));
        shim_set_privileges(0);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOSYSLCK), enqw(&again, LCK$K_EXMODE, LCK$M_SYSTEM));
    }

    void test_bad_arguments()
    {
        LKSB lksb = {};
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVBUFLEN),
                             enqw(&lksb, 0, 0, "A_NAME_OF_THIRTY_TWO_CHARACTERS_"));
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVBUFLEN), enqw(&lksb, 0, 0, ""));
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), enqw(&lksb, 6));
        CPPUNIT_ASSERT_EQUAL(int(SS$_ACCVIO), enqw(nullptr, 0));
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOCKID), sys$deq(1, nullptr, 0, 0));
    }

    void test_threads_exclude_each_other()
    {
        int count = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&] {
                for (int j = 0; j < 50; ++j) {
                    LKSB lksb = {};
                    enqw(&lksb, LCK$K_EXMODE);
                    ++count;
                    sys$deq(lksb.lksb$l_lkid, nullptr, 0, 0);
                }
            });
        for (std::thread &thread : threads)
            thread.join();
        CPPUNIT_ASSERT_EQUAL(200, count);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LockManagerTest);
