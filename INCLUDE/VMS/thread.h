/*
**  thread - mutex, condition, thread and counter on POSIX threads
**
**  A thread's routine is wrapped: an exception that escapes ends that thread with a trace to the
**  failure routine, never the process.  A mutex must not be locked by an AST routine
**  (spec/vms-api.md 7.8); an AST calls process_wake().
*/
#ifndef MAIL_VMS_THREAD_H
#define MAIL_VMS_THREAD_H

#include "VMS/status.h"

#include <pthread.h>

namespace mail {

class Mutex {
public:
    Mutex() { pthread_mutex_init(&mutex_, 0); }
    ~Mutex() { pthread_mutex_destroy(&mutex_); }
    void lock() { pthread_mutex_lock(&mutex_); }
    bool try_lock() { return pthread_mutex_trylock(&mutex_) == 0; }
    void unlock() { pthread_mutex_unlock(&mutex_); }

private:
    friend class Condition;
    Mutex(const Mutex &);
    Mutex &operator=(const Mutex &);
    pthread_mutex_t mutex_;
};

class MutexGuard {
public:
    explicit MutexGuard(Mutex &mutex) : mutex_(mutex) { mutex_.lock(); }
    ~MutexGuard() { mutex_.unlock(); }

private:
    MutexGuard(const MutexGuard &);
    MutexGuard &operator=(const MutexGuard &);
    Mutex &mutex_;
};

/* Every wait is done with the mutex locked, in a loop over its own predicate. */
class Condition {
public:
    Condition() { pthread_cond_init(&condition_, 0); }
    ~Condition() { pthread_cond_destroy(&condition_); }
    void wait(Mutex &mutex) { pthread_cond_wait(&condition_, &mutex.mutex_); }
    /* False after that many milliseconds without a signal. */
    bool wait_for(Mutex &mutex, boost::uint32_t milliseconds);
    void signal() { pthread_cond_signal(&condition_); }
    void broadcast() { pthread_cond_broadcast(&condition_); }

private:
    Condition(const Condition &);
    Condition &operator=(const Condition &);
    pthread_cond_t condition_;
};

/* The object outlives the thread: join() (or the destructor) waits for its end. */
class Thread {
public:
    typedef void (*Routine)(void *argument);
    Thread() : started_(false), routine_(0), argument_(0) {}
    ~Thread() { join(); }
    /* stack_bytes 0: the system's default. */
    Status start(Routine routine, void *argument, size_t stack_bytes = 0);
    void join();
    bool started() const { return started_; }

private:
    friend struct ThreadEntry;
    Thread(const Thread &);
    Thread &operator=(const Thread &);
    bool started_;
    pthread_t thread_;
    Routine routine_;
    void *argument_;
};

/* Told of an exception that a thread let out; text is what() or a fixed text. Set at start-up. */
typedef void (*ThreadFailure)(const char *text);
void thread_set_failure_routine(ThreadFailure routine);

/* For waits of milliseconds; the movable clock does not count. */
void thread_sleep(boost::uint32_t milliseconds);

/* A counter for statistics and small ids. */
class Counter {
public:
    explicit Counter(boost::uint32_t value = 0) : value_(value) {}
    boost::uint32_t add(boost::uint32_t amount); /* the new value */
    boost::uint32_t value() const;

private:
    Counter(const Counter &);
    Counter &operator=(const Counter &);
    mutable Mutex mutex_;
    boost::uint32_t value_;
};

} // namespace mail

#endif
