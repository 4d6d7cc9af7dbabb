/*
**  mail_ahead - asks for files before they are wanted
*/
#include "mail_ahead.h"

#include "file_ring.h"
#include "shim.h"

#include <algorithm>
#include <fcntl.h>
#include <sys/uio.h>
#include <unistd.h>

namespace shim {

HostFolder::HostFolder(const std::string &path)
    : fd(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))
{
}

HostFolder::~HostFolder()
{
    if (fd >= 0)
        close(fd);
}

struct MailAhead::File {
    enum State { NEW, ASKED, UNOPENED, OPEN, READ, BAD } state = NEW;
    std::shared_ptr<HostFolder> folder;
    std::string name, text;
    size_t bytes = 0; /* of the text, as the mail file has it */
    int fd = -1;
    ~File() { shut(); }
    bool small() const { return bytes < AHEAD_BYTES; }
    void shut()
    {
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    void open()
    {
        fd = openat(folder->fd, name.c_str(), O_RDONLY | O_CLOEXEC);
        state = fd < 0 ? BAD : OPEN;
    }
    /* The whole of a small file that is as long as it should be: a part of it is no answer. */
    void read_from_memory()
    {
        text.resize(bytes + 1);
        struct iovec place = {&text[0], text.size()};
        const bool whole = preadv2(fd, &place, 1, 0, RWF_NOWAIT) == static_cast<ssize_t>(bytes);
        text.resize(whole ? bytes : 0);
        if (!whole)
            return;
        shut();
        state = READ;
    }
};

/* The process's ring, and the files that it has; a fork's child has another. */
class MailAhead::Ring {
public:
    const int process = host_process();

    static Ring &instance()
    {
        static Ring *only = nullptr;
        if (!only || only->process != host_process())
            only = new Ring; /* never deleted: the kernel may still write */
        return *only;
    }
    bool usable() const { return ring_.usable(); }
    void ask(const std::shared_ptr<File> &file)
    {
        while (ring_.full())
            wait();
        file->text.resize(file->bytes + 1);
        unsigned slot = ring_.read(file->folder->fd, file->name.c_str(), &file->text[0],
                                   file->text.size());
        file->state = File::ASKED;
        files_[slot] = file;
    }
    void submit()
    {
        ring_.submit(false);
        take_done();
    }
    void wait()
    {
        ring_.submit(true);
        take_done();
    }

private:
    void take_done()
    {
        unsigned slot;
        long got;
        while (ring_.next(&slot, &got)) {
            std::shared_ptr<File> file = std::move(files_[slot]);
            const bool whole = got == static_cast<long>(file->bytes);
            file->text.resize(whole ? file->bytes : 0);
            file->state = whole ? File::READ : File::BAD;
        }
    }
    FileRing ring_;
    std::shared_ptr<File> files_[RING_FILES]; /* by slot */
};

/* What the process that forked had asked for does not come here. */
void MailAhead::mind_fork()
{
    if (process_ == host_process())
        return;
    process_ = host_process();
    clear();
}

void MailAhead::clear()
{
    files_.clear();
    spare_.clear();
    fresh_ = bytes_ = 0;
    open_ = unopened_ = 0;
}

void MailAhead::want(uint32_t id, const std::shared_ptr<HostFolder> &folder,
                     const std::string &name, size_t bytes)
{
    mind_fork();
    std::shared_ptr<File> file;
    if (spare_.empty()) {
        file = std::make_shared<File>();
    } else {
        file = std::move(spare_.back());
        spare_.pop_back();
        file->state = File::NEW;
    }
    file->folder = folder;
    file->name = name;
    file->bytes = bytes;
    files_.push_back(Wanted{id, file});
    bytes_ += file->small() ? bytes : 0;
    ++fresh_;
}

void MailAhead::start()
{
    Ring &ring = Ring::instance();
    bool asked = false;
    for (; fresh_; --fresh_) {
        const std::shared_ptr<File> &file = files_[files_.size() - fresh_].file;
        if (file->small() && ring.usable()) {
            ring.ask(file);
            asked = true;
        } else {
            file->state = File::UNOPENED;
            ++unopened_;
        }
    }
    if (asked)
        ring.submit();
    open_more();
}

void MailAhead::open_more()
{
    for (size_t i = 0; i < files_.size() && unopened_ && open_ < AHEAD_OPEN; ++i) {
        File &file = *files_[i].file;
        if (file.state != File::UNOPENED)
            continue;
        --unopened_;
        file.open();
        if (file.small() && file.fd >= 0)
            file.read_from_memory();
        if (file.fd < 0)
            continue;
        posix_fadvise(file.fd, 0, 0, POSIX_FADV_WILLNEED);
        ++open_;
    }
}

/* The first of them. */
std::shared_ptr<MailAhead::File> MailAhead::pop()
{
    std::shared_ptr<File> file = std::move(files_.front().file);
    files_.pop_front();
    fresh_ = std::min(fresh_, files_.size());
    bytes_ -= file->small() ? file->bytes : 0;
    open_ -= file->state == File::OPEN;
    unopened_ -= file->state == File::UNOPENED;
    return file;
}

bool MailAhead::take(uint32_t id, AheadText *found)
{
    mind_fork();
    while (!files_.empty() && files_.front().id <= id) {
        const bool wanted = files_.front().id == id;
        std::shared_ptr<File> file = pop();
        if (!wanted)
            continue;
        open_more();
        while (file->state == File::ASKED)
            Ring::instance().wait();
        if (file->state != File::READ && file->state != File::OPEN)
            return false;
        found->text.swap(file->text);
        if (file->state == File::OPEN)
            found->text.clear();
        found->fd = file->fd;
        file->fd = -1;
        if (spare_.size() < AHEAD_FILES)
            spare_.push_back(std::move(file));
        return true;
    }
    return false;
}

void MailAhead::stop()
{
    mind_fork();
    clear();
}

} // namespace shim
