/*
**  thread - POSIX threads with an exception barrier
**
**  The only place where a thread of ours begins.  An exception that reaches the barrier is told to
**  the failure routine; on VMS it would otherwise run into the condition handler of the image.
*/
#include "VMS/thread.h"

#include <errno.h>
#include <exception>
#include <stdio.h>
#include <sys/time.h>
#include <unistd.h>

namespace mail {

static ThreadFailure failure_routine = 0;

void thread_set_failure_routine(ThreadFailure routine)
{
    failure_routine = routine;
}

static void report_failure(const char *text)
{
    if (failure_routine)
        failure_routine(text);
}

struct ThreadEntry {
    static void run(Thread *thread)
    {
        try {
            thread->routine_(thread->argument_);
        } catch (const std::exception &error) {
            report_failure(error.what());
        } catch (...) {
            report_failure("unknown exception");
        }
    }
};

extern "C" {
static void *mail_thread_entry(void *argument)
{
    ThreadEntry::run(static_cast<Thread *>(argument));
    return 0;
}
}

Status Thread::start(Routine routine, void *argument, size_t stack_bytes)
{
    if (started_)
        return Status::bad_parameter();
    routine_ = routine;
    argument_ = argument;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    int error = 0;
    if (stack_bytes)
        error = pthread_attr_setstacksize(&attributes, stack_bytes);
    if (!error)
        error = pthread_create(&thread_, &attributes, mail_thread_entry, this);
    pthread_attr_destroy(&attributes);
    started_ = error == 0;
    return error ? Status::from_errno(error) : Status();
}

void Thread::join()
{
    if (!started_)
        return;
    pthread_join(thread_, 0);
    started_ = false;
}

bool Condition::wait_for(Mutex &mutex, boost::uint32_t milliseconds)
{
    struct timeval now;
    gettimeofday(&now, 0);
    boost::uint32_t micro = static_cast<boost::uint32_t>(now.tv_usec) + milliseconds % 1000 * 1000;
    struct timespec until;
    until.tv_sec = now.tv_sec + milliseconds / 1000 + micro / 1000000;
    until.tv_nsec = static_cast<int>(micro % 1000000 * 1000);
    return pthread_cond_timedwait(&condition_, &mutex.mutex_, &until) != ETIMEDOUT;
}

void thread_sleep(boost::uint32_t milliseconds)
{
    usleep(milliseconds * 1000);
}

boost::uint32_t Counter::add(boost::uint32_t amount)
{
    MutexGuard guard(mutex_);
    value_ += amount;
    return value_;
}

boost::uint32_t Counter::value() const
{
    MutexGuard guard(mutex_);
    return value_;
}

} // namespace mail
