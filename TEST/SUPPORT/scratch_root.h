/*
**  scratch_root - a VMSROOT of one test: folders, standard logical names, users; removed at its end
**
**  No process of the "system" runs in it.  The test's process is SYSTEM with all privileges, as a
**  process without SHIM_PID is.
*/
#ifndef TEST_SCRATCH_ROOT_H
#define TEST_SCRATCH_ROOT_H

#include "../../SRC/SHIM/rms_spec.h"
#include "../../SRC/SHIM/uaf.h"

#include <shim_control.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

class ScratchRoot {
public:
    ScratchRoot() : members_(0)
    {
        char path[] = "/tmp/vmsrootXXXXXX";
        if (!mkdtemp(path))
            abort();
        path_ = path;
        setenv("VMSROOT", path, 1);
        shim_use_root(path);
        if (!(shim::define_standard_logicals() & 1)) {
            fprintf(stderr, "scratch_root: no standard logical names\n");
            abort();
        }
    }
    ~ScratchRoot() { nftw(path_.c_str(), remove_one, 16, FTW_DEPTH | FTW_PHYS); }

    const std::string &path() const { return path_; }

    /* SYS$SYSDEVICE:[user], password as typed; flags are UAI$M_ bits. */
    void add_user(const std::string &user, const std::string &password, unsigned int flags = 0)
    {
        shim::UafRecord record;
        record.user = user;
        record.owner = user;
        record.device = "SYS$SYSDEVICE:";
        record.directory = "[" + user + "]";
        record.uic = (0200u << 16) | ++members_;
        record.flags = flags;
        shim::uaf_set_password(&record, password);
        record.flags = flags; /* a new password clears PWD_EXPIRED */
        if (!(shim::uaf_add(record) & 1))
            abort();
        make_folder("/" + user);
    }
    void make_folder(const std::string &name) { mkdir((path_ + name).c_str(), 0770); }
    static void move_clock(long long seconds) { shim_move_clock(seconds * 10000000); }

private:
    ScratchRoot(const ScratchRoot &);
    ScratchRoot &operator=(const ScratchRoot &);
    static int remove_one(const char *path, const struct stat *, int, struct FTW *)
    {
        return remove(path);
    }
    std::string path_;
    unsigned int members_;
};

#endif
