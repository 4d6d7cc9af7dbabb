/*
**  scratch_system - a VMSROOT for this test process, made at the first use, removed at its end
**
**  Call scratch_system() before anything that reaches a VMS service.
*/
#ifndef TEST_SCRATCH_SYSTEM_H
#define TEST_SCRATCH_SYSTEM_H

#include <shim_control.h>

#include <ftw.h>
#include <stdio.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
uint32_t define_standard_logicals(); /* SRC/SHIM/rms_spec.h */
}

static std::string &scratch_path()
{
    static std::string path;
    return path;
}

static inline int scratch_remove_one(const char *path, const struct stat *, int, struct FTW *)
{
    return remove(path);
}

static inline void scratch_remove()
{
    nftw(scratch_path().c_str(), scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/*
**  The host path of the root; the process works in it from here on, also when a test before this
**  one used another.  Shared by all suites of a process that call it.
*/
static inline const std::string &scratch_system()
{
    std::string &path = scratch_path();
    const char *made = getenv("MAIL_TEST_ROOT"); /* by another suite of this process */
    const char *now = getenv("VMSROOT");
    if (path.empty() && made)
        path = made;
    if (!path.empty()) {
        if (!now || path != now) {
            setenv("VMSROOT", path.c_str(), 1);
            shim_use_root(path.c_str());
        }
        return path;
    }
    char name[] = "/tmp/mailtestXXXXXX";
    if (!mkdtemp(name))
        abort();
    path = name;
    setenv("MAIL_TEST_ROOT", name, 1);
    setenv("VMSROOT", name, 1);
    setenv("SHIM_NODE", "TESTND", 1);
    shim_use_root(name);
    mkdir((path + "/SYS0").c_str(), 0755);
    mkdir((path + "/SYS0/TCPIP$SMTP").c_str(), 0755);
    if (!(shim::define_standard_logicals() & 1))
        abort();
    atexit(scratch_remove);
    return path;
}

#endif
