/*
**  condition_test - handlers, signals and unwinding (spec 7.5)
*/
#include "system_support.h"

#include <lib$routines.h>
#include <libdef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <sys/wait.h>
#include <thread>

namespace
{

thread_local std::vector<unsigned> seen; /* what the handlers were given */
thread_local unsigned last_count;
int destroyed;

struct Guard {
    ~Guard() { destroyed++; }
};

int resignals(chf$signal_array *signal, chf$mech_array *)
{
    seen.push_back(signal->chf$l_sig_name);
    last_count = signal->chf$l_sig_args;
    return SS$_RESIGNAL;
}

int continues(chf$signal_array *signal, chf$mech_array *)
{
    seen.push_back(signal->chf$l_sig_name);
    last_count = signal->chf$l_sig_args;
    return SS$_CONTINUE;
}

int returns_status(chf$signal_array *signal, chf$mech_array *mechanism)
{
    return lib$sig_to_ret(signal, mechanism);
}

int unwinds_to_establisher(chf$signal_array *signal, chf$mech_array *mechanism)
{
    if (signal->chf$l_sig_name == SS$_UNWIND)
        return SS$_RESIGNAL;
    mechanism->chf$ih_mch_savr0 = 4711;
    return sys$unwind(&mechanism->chf$is_mch_depth, 0);
}

__attribute__((noinline)) int signals(unsigned condition)
{
    Guard guard;
    lib$signal(condition);
    asm volatile("");
    return 7;
}

__attribute__((noinline)) int with_resignal(unsigned condition)
{
    lib$establish(resignals);
    int value = signals(condition);
    asm volatile("");
    return value + 1;
}

__attribute__((noinline)) int with_return(unsigned condition)
{
    lib$establish(returns_status);
    int value = with_resignal(condition);
    asm volatile("");
    return value + 100;
}

__attribute__((noinline)) int with_unwind_here()
{
    volatile int after = 0;
    lib$establish(unwinds_to_establisher);
    after = signals(SS$_ABORT);
    return after;
}

__attribute__((noinline)) void returned_with_handler()
{
    lib$establish(continues);
    asm volatile("");
}

/* A frame of another size each time. */
__attribute__((noinline)) int establishes_with_room(size_t room)
{
    volatile char *space = static_cast<volatile char *>(__builtin_alloca(room));
    space[0] = 1;
    space[room - 1] = 1;
    lib$establish(unwinds_to_establisher);
    int value = signals(MAIL$_NOSUCHUSR);
    return space[0] == 1 ? value : 0;
}

__attribute__((noinline)) int deeper(size_t room)
{
    volatile char space[300];
    space[0] = static_cast<char>(room);
    int value = establishes_with_room(room);
    return space[0] == static_cast<char>(room) ? value : 0;
}

__attribute__((noinline)) int reestablish()
{
    bool first = lib$establish(resignals) == 0;
    bool second = lib$establish(continues) == resignals;
    bool third = lib$revert() == continues;
    return first && second && third && lib$revert() == 0;
}

int signals_again(chf$signal_array *signal, chf$mech_array *)
{
    seen.push_back(signal->chf$l_sig_name);
    if (signal->chf$l_sig_name == SS$_ABORT)
        lib$signal(SS$_TIMEOUT);
    return SS$_CONTINUE;
}

__attribute__((noinline)) void nested()
{
    lib$establish(signals_again);
    signals(SS$_ABORT);
    asm volatile("");
}

/* Runs routine in a child with both outputs in one file; its text and exit status. */
bool in_child = false; /* a fork has not the threads whose memory LeakSanitizer would ask about */

template <class Routine> std::string child(Routine routine, int *status)
{
    char path[] = "/tmp/condXXXXXX";
    int fd = mkstemp(path);
    pid_t pid = fork();
    if (pid == 0) {
        in_child = true;
        dup2(fd, 1);
        dup2(fd, 2);
        routine();
        _exit(99);
    }
    waitpid(pid, status, 0);
    char text[2000];
    ssize_t size = pread(fd, text, sizeof text, 0);
    close(fd);
    unlink(path);
    return std::string(text, size > 0 ? size : 0);
}

} // namespace

/* LeakSanitizer asks; nobody else calls it. */
extern "C" int __lsan_is_turned_off();
extern "C" int __lsan_is_turned_off()
{
    return in_child;
}

class ConditionTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(ConditionTest);
    CPPUNIT_TEST(test_handlers_are_called_from_the_inside_out);
    CPPUNIT_TEST(test_continue_returns_to_the_signaller);
    CPPUNIT_TEST(test_establisher_is_found_on_every_path);
    CPPUNIT_TEST(test_sig_to_ret_returns_status_of_the_establisher);
    CPPUNIT_TEST(test_unwind_runs_destructors);
    CPPUNIT_TEST(test_unwind_to_the_establisher);
    CPPUNIT_TEST(test_handler_ends_with_its_routine);
    CPPUNIT_TEST(test_establish_gives_the_old_handler);
    CPPUNIT_TEST(test_signal_in_a_handler_passes_over_it);
    CPPUNIT_TEST(test_arguments_are_in_the_array);
    CPPUNIT_TEST(test_threads_have_their_own_handlers);
    CPPUNIT_TEST(test_match_cond);
    CPPUNIT_TEST(test_unwind_without_signal_is_refused);
    CPPUNIT_TEST(test_shim_signal_counts_fao_arguments);
    CPPUNIT_TEST(test_unhandled_error_prints_and_goes_on);
    CPPUNIT_TEST(test_unhandled_severe_ends_the_image);
    CPPUNIT_TEST(test_stop_cannot_be_continued);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

public:
    void tearDown() { root_.reset(); }
    void setUp()
    {
        root_.reset(new ShimRoot);
        seen.clear();
        destroyed = 0;
    }
    void test_handlers_are_called_from_the_inside_out()
    {
        lib$establish(continues);
        CPPUNIT_ASSERT_EQUAL(8, with_resignal(SS$_TIMEOUT));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), seen.size());
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(SS$_TIMEOUT), seen[1]);
        lib$revert();
    }
    void test_continue_returns_to_the_signaller()
    {
        lib$establish(continues);
        CPPUNIT_ASSERT_EQUAL(7, signals(SS$_ABORT));
        CPPUNIT_ASSERT_EQUAL(3u, last_count); /* condition, PC, PSL */
        lib$revert();
    }
    void test_establisher_is_found_on_every_path()
    {
        for (int round = 0; round < 3; ++round)
            for (size_t room = 64; room < 3000; room = room * 2 - 16) {
                CPPUNIT_ASSERT_EQUAL(4711, establishes_with_room(room));
                CPPUNIT_ASSERT_EQUAL(4711, deeper(room));
            }
    }
    void test_sig_to_ret_returns_status_of_the_establisher()
    {
        volatile int kept = 5;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_DEVICEFULL), with_return(SS$_DEVICEFULL));
        CPPUNIT_ASSERT_EQUAL(5, static_cast<int>(kept));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_ABORT), with_return(SS$_ABORT));
        /* resignalled, then told of the unwind: twice each */
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(4), seen.size());
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(SS$_UNWIND), seen[1]);
    }
    void test_unwind_runs_destructors()
    {
        with_return(SS$_ABORT);
        CPPUNIT_ASSERT_EQUAL(1, destroyed);
    }
    void test_unwind_to_the_establisher()
    {
        CPPUNIT_ASSERT_EQUAL(4711, with_unwind_here());
        CPPUNIT_ASSERT_EQUAL(1, destroyed);
    }
    void test_handler_ends_with_its_routine()
    {
        lib$establish(resignals);
        returned_with_handler();
        shim_handler_t mine = lib$revert();
        CPPUNIT_ASSERT(mine == resignals);
        lib$establish(continues);
        signals(SS$_ABORT);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), seen.size());
        lib$revert();
    }
    void test_establish_gives_the_old_handler() { CPPUNIT_ASSERT(reestablish()); }
    void test_signal_in_a_handler_passes_over_it()
    {
        lib$establish(continues);
        nested();
        const unsigned expected[] = {SS$_ABORT, SS$_TIMEOUT};
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), seen.size());
        CPPUNIT_ASSERT(seen[0] == expected[0] && seen[1] == expected[1]);
        lib$revert();
    }
    void test_arguments_are_in_the_array()
    {
        lib$establish(continues);
        lib$signal(MAIL$_NOSUCHUSR, 1, 17, SS$_NOPRIV);
        CPPUNIT_ASSERT_EQUAL(6u, last_count);
        lib$revert();
    }
    void test_threads_have_their_own_handlers()
    {
        lib$establish(resignals);
        size_t other = 0;
        std::thread thread([&other] {
            lib$establish(continues);
            for (int i = 0; i < 100; i++)
                signals(SS$_ABORT);
            other = seen.size();
        });
        thread.join();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(100), other);
        CPPUNIT_ASSERT(seen.empty());
        lib$revert();
    }
    void test_match_cond()
    {
        unsigned condition = SS$_NOPRIV, a = SS$_ABORT, b = (SS$_NOPRIV & ~7u) | 2;
        CPPUNIT_ASSERT_EQUAL(2, lib$match_cond(&condition, &a, &b));
        CPPUNIT_ASSERT_EQUAL(0, lib$match_cond(&condition, &a));
    }
    void test_unwind_without_signal_is_refused()
    {
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_NOSIGNAL), sys$unwind(0, 0));
    }
    void test_shim_signal_counts_fao_arguments()
    {
        lib$establish(continues);
        shim::signal(MAIL$_NOSUCHUSR, {5});
        CPPUNIT_ASSERT_EQUAL(5u, last_count);
        shim::signal(SS$_ABORT, {});
        CPPUNIT_ASSERT_EQUAL(3u, last_count);
        lib$revert();
    }
    void test_unhandled_error_prints_and_goes_on()
    {
        int status;
        std::string text = child([] { lib$signal(RMS$_RNF, 0); }, &status);
        CPPUNIT_ASSERT_EQUAL(std::string("%RMS-E-RNF, record not found\n"), text);
        CPPUNIT_ASSERT_EQUAL(99, WEXITSTATUS(status));
    }
    void test_unhandled_severe_ends_the_image()
    {
        int status;
        std::string text = child([] { signals(SS$_NOSUCHUSER); }, &status);
        CPPUNIT_ASSERT_EQUAL(
            std::string("%SYSTEM-F-NOSUCHUSER, login information invalid at remote node\n"), text);
        CPPUNIT_ASSERT(WIFEXITED(status) && WEXITSTATUS(status) != 0 && WEXITSTATUS(status) != 99);
    }
    void test_stop_cannot_be_continued()
    {
        int status;
        std::string text = child(
            [] {
                lib$establish(continues);
                lib$stop(RMS$_RNF, 0);
            },
            &status);
        CPPUNIT_ASSERT(text.find("attempt to continue from stop") != std::string::npos);
        CPPUNIT_ASSERT(WEXITSTATUS(status) != 99);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ConditionTest);
