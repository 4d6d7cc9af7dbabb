/*
**  subprocess - a copy of the interpreter that goes on as a process of its own: SPAWN, PIPE
**
**  The child is a fork: symbols, options and names are there.  It has one command level, without a
**  procedure.
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
    /* In the child: sets it up, runs `body` and ends with $STATUS.  Throws in the parent. */
    Subprocess(Session &session, const SubprocessOptions &options,
               const std::function<void(Session &)> &body);
    ~Subprocess();
    Subprocess(const Subprocess &) = delete;
    Subprocess &operator=(const Subprocess &) = delete;
    pid_t pid() const { return pid_; }
    const std::string &name() const { return name_; }
    /* Waits for its end; its final $STATUS.  Interrupts are those of a foreground child; with
       another one they are this session's, which may give it up: throws, and stop() is due. */
    uint32_t wait(Session &session);
    /* It and its images. */
    void stop();

private:
    struct Shared;
    Shared *shared_; /* in memory of both */
    pid_t pid_;
    std::string name_;
    bool waited_, own_group_;
};

} // namespace dcl
} // namespace shim

#endif
