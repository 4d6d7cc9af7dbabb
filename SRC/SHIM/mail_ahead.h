/*
**  mail_ahead - external files of a mail file that are read before their message is asked for
**
**  Whoever reads the bodies of a selection in order has the next AHEAD_FILES on their way: one
**  thread of the process, outside callable MAIL, opens them, reads what is in memory, tells the
**  kernel of the others and reads what is small; of a larger one it reads the beginning.  What it
**  has not begun when it is wanted is read by who wants it, so nothing depends on that thread.
**
**  Threads: a MailAhead is used inside callable MAIL, which lets one thread in.
*/
#ifndef SHIM_MAIL_AHEAD_H
#define SHIM_MAIL_AHEAD_H

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <vector>

namespace shim {

const uint32_t AHEAD_FILES = 32;
const size_t AHEAD_BYTES = 16384; /* of one file */

/* A directory that files are opened in; closed when nobody has it any more. */
struct HostFolder {
    int fd;
    explicit HostFolder(const std::string &path);
    ~HostFolder();
    HostFolder(const HostFolder &) = delete;
    HostFolder &operator=(const HostFolder &) = delete;
};

/* What is known of a file's text: its beginning, and the rest from fd; fd -1: that is all. */
struct AheadText {
    std::string text;
    int fd;
};

class MailAhead {
public:
    MailAhead() {}
    ~MailAhead() { stop(); }
    MailAhead(const MailAhead &) = delete;
    MailAhead &operator=(const MailAhead &) = delete;

    bool empty() const { return files_.empty(); }
    size_t size() const { return files_.size(); }
    /* The id of the last file that is on its way; 0: none. */
    uint32_t last() const { return files_.empty() ? 0 : files_.back().id; }
    /*
    **  In order of id; start() makes the thread look at what came since the last time.  bytes: how
    **  long the file should be.
    */
    void want(uint32_t id, const std::shared_ptr<HostFolder> &folder, const std::string &name,
              size_t bytes);
    void start();
    /*
    **  False: this file is not here, or there is something wrong with it that the caller will find
    **  out.  Those of lower ids are forgotten.  The descriptor is the caller's.  The space of the
    **  text that was in *found is used again.
    */
    bool take(uint32_t id, AheadText *found);
    void stop();

private:
    struct File;
    struct Wanted {
        uint32_t id;
        std::shared_ptr<File> file;
    };
    class Reader;
    static Reader &reader();
    void mind_fork();
    std::deque<Wanted> files_;
    std::vector<std::shared_ptr<File>> spare_; /* nobody else has them */
    size_t fresh_ = 0; /* the last ones, which the thread has not been told of */
    int process_ = 0;  /* whose thread has the files */
};

} // namespace shim

#endif
