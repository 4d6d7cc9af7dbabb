/*
**  scratch_system - a VMSROOT for this test process, made at the first use, removed at its end
**
**  Call scratch_system() before anything that reaches a VMS service.
*/
#ifndef TEST_SCRATCH_SYSTEM_H
#define TEST_SCRATCH_SYSTEM_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

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

/* The host path of the root.  Shared by all suites of a process: SHIM reads it once. */
static inline const std::string &scratch_system()
{
    if (scratch_path().empty()) {
        const char *given = getenv("MAIL_TEST_ROOT"); /* another suite of this process made it */
        if (given) {
            scratch_path() = given;
            return scratch_path();
        }
        char path[] = "/tmp/mailtestXXXXXX";
        if (!mkdtemp(path))
            abort();
        scratch_path() = path;
        setenv("MAIL_TEST_ROOT", path, 1);
        setenv("VMSROOT", path, 1);
        setenv("SHIM_NODE", "TESTND", 1);
        mkdir((scratch_path() + "/SYS0").c_str(), 0755);
        mkdir((scratch_path() + "/SYS0/TCPIP$SMTP").c_str(), 0755);
        atexit(scratch_remove);
    }
    return scratch_path();
}

#endif
