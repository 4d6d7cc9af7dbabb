/*
**  mail_ahead - external files of a mail file that are read before their message is asked for
**
**  Whoever reads the bodies of a selection in order has the next AHEAD_FILES on their way: small
**  files are asked for in batches (file_ring.h), a larger one is opened and the kernel told of it.
**  What does not come as it should is read by who wants it, so nothing depends on this.
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

const uint32_t AHEAD_FILES = 128;
const size_t AHEAD_BYTES = 16384;       /* a file that is smaller is read whole */
const size_t AHEAD_TOTAL = 1024 * 1024; /* of those, on their way for one selection */
const unsigned AHEAD_OPEN = 16;         /* files that are held open for one selection */

/* A directory that files are opened in; closed when nobody has it any more. */
struct HostFolder {
    int fd;
    explicit HostFolder(const std::string &path);
    ~HostFolder();
    HostFolder(const HostFolder &) = delete;
    HostFolder &operator=(const HostFolder &) = delete;
};

/* A file's text, or the file: fd -1: it is all here. */
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

    bool full() const { return files_.size() >= AHEAD_FILES || bytes_ >= AHEAD_TOTAL; }
    /* Half of what may be on its way is not. */
    bool low() const { return files_.size() <= AHEAD_FILES / 2 && bytes_ <= AHEAD_TOTAL / 2; }
    /* The id of the last file that is on its way; 0: none. */
    uint32_t last() const { return files_.empty() ? 0 : files_.back().id; }
    /*
    **  In order of id; start() asks for what came since the last time.  bytes: how long the file
    **  should be.
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
    class Ring;
    void mind_fork();
    void clear();
    std::shared_ptr<File> pop();
    void open_more();
    std::deque<Wanted> files_;
    std::vector<std::shared_ptr<File>> spare_; /* nobody else has them */
    size_t fresh_ = 0;                 /* the last ones, which nobody has been asked for */
    size_t bytes_ = 0;                 /* of the small ones */
    unsigned open_ = 0, unopened_ = 0; /* of those that are not read by the ring */
    int process_ = 0;                  /* that asked for the files */
};

} // namespace shim

#endif
