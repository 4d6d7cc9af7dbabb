/*
**  subprocess - a copy of the interpreter that goes on as a process of its own: SPAWN, PIPE
**
**  The child is a fork: symbols, options and names are there.  It has one command level, without a
**  procedure.  It does nothing before go(): what is said of it stands before what it says.
*/
#ifndef SHIM_DCL_SUBPROCESS_H
#define SHIM_DCL_SUBPROCESS_H

#include "session.h"

#include <sys/types.h>

namespace shim {
namespace dcl {

struct SubprocessOptions {
    std::string name;         /* empty: USER_n */
    bool symbols = true;      /* global and local ones are copied */
    bool logical_names = true;
    int input = -1;           /* becomes SYS$INPUT; -1: as it is */
    bool foreground = true;   /* false: Ctrl-Y and Ctrl-C of the terminal are not its affair */
    std::shared_ptr<Output> output, error; /* 0: as they are */
};

class Subprocess {
public:
    /* In the child: sets it up, runs `body` and ends with $STATUS.  Throws in the parent when there
       is no such process: SS$_DUPLNAM, SS$_EXQUOTA, SS$_INSFMEM. */
    Subprocess(Session &session, const SubprocessOptions &options,
               const std::function<void(Session &)> &body);
    ~Subprocess();
    Subprocess(const Subprocess &) = delete;
    Subprocess &operator=(const Subprocess &) = delete;
    ChildProcess process() const { return ChildProcess{host_, pid_}; }
    const std::string &name() const { return name_; }
    void go(); /* wait() and the destructor do it too */
    /* Waits for its end; its final $STATUS.  Interrupts are those of a foreground child; with
       another one they are this session's, which may give it up: throws, and stop() is due. */
    uint32_t wait(Session &session);
    /* It and its images. */
    void stop();
    /* Its end was seen elsewhere; its final $STATUS. */
    uint32_t ended();

private:
    struct Shared;
    Shared *shared_; /* in memory of both */
    pid_t host_;
    uint32_t pid_;
    std::string name_;
    int start_; /* the child waits for a byte from this pipe */
    bool waited_, own_group_;

    [[noreturn]] void live(Session &session, const SubprocessOptions &options,
                           const std::function<void(Session &)> &body, int begun, int start);
    void await_begin(int begun);
};

} // namespace dcl
} // namespace shim

#endif
