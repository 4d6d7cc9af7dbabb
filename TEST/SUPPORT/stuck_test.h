/*
**  stuck_test - a test that does not end says which it is and where its threads are, and aborts
**
**  Add a StuckTest to the runner's controller.  The time is generous: it is for what hangs, not for
**  what is slow; it must be shorter than CTest's own limit (.ci/run), which would say nothing.
*/
#ifndef MAIL_TEST_STUCK_TEST_H
#define MAIL_TEST_STUCK_TEST_H

#include <cppunit/Test.h>
#include <cppunit/TestListener.h>
#include <execinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

class StuckTest : public CppUnit::TestListener {
public:
    enum { SECONDS_MAX = 300 };
    StuckTest() { signal(SIGALRM, report); }
    ~StuckTest() override { alarm(0); }
    void startTest(CppUnit::Test *test) override
    {
        snprintf(name(), NAME_MAX_, "%s", test->getName().c_str());
        alarm(SECONDS_MAX);
    }
    void endTest(CppUnit::Test *) override { alarm(0); }

private:
    enum { NAME_MAX_ = 200 };
    static char *name()
    {
        static char text[NAME_MAX_];
        return text;
    }
    /* A signal handler: what it calls may be called there. */
    static void report(int)
    {
        static const char script[] =
            "echo \"stuck: $0\";"
            " for p in $1 $(ps -o pid= --ppid $1); do ps -ww -o pid,stat,args $p;"
            " for t in /proc/$p/task/*; do echo \"$(cat $t/wchan) $(cat $t/syscall)\"; done; done";
        char number[16];
        snprintf(number, sizeof number, "%d", int(getpid()));
        const pid_t child = _Fork();
        if (child == 0) {
            dup2(2, 1);
            execl("/bin/sh", "sh", "-c", script, name(), number, static_cast<char *>(nullptr));
            _exit(127);
        }
        waitpid(child, nullptr, 0);
        void *frames[24];
        backtrace_symbols_fd(frames, backtrace(frames, 24), 2);
        abort();
    }
};

#endif
