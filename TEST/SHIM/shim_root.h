/*
**  shim_root - a scratch VMSROOT for one test, removed at its end
*/
#ifndef TEST_SHIM_ROOT_H
#define TEST_SHIM_ROOT_H

#include <shim.h>

#include <cstdlib>
#include <ftw.h>
#include <string>
#include <unistd.h>

class ShimRoot {
public:
    ShimRoot()
    {
        char path[] = "/tmp/shimXXXXXX";
        if (!mkdtemp(path))
            abort();
        path_ = path;
        shim::change_root(path_);
    }
    ~ShimRoot() { nftw(path_.c_str(), remove_one, 16, FTW_DEPTH | FTW_PHYS); }
    const std::string &path() const { return path_; }

private:
    static int remove_one(const char *path, const struct stat *, int, struct FTW *)
    {
        return remove(path);
    }
    std::string path_;
};

#endif
