/*
**  mail_ahead - the thread that reads ahead
*/
#include "mail_ahead.h"

#include "shim.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <thread>
#include <unistd.h>
#include <vector>

namespace shim {

namespace {

const size_t BATCH = 16; /* files that the kernel is told of before the first is read */

} // namespace

HostFolder::HostFolder(const std::string &path)
    : fd(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))
{
}

HostFolder::~HostFolder()
{
    if (fd >= 0)
        close(fd);
}

/* Whoever makes a file BUSY, or takes it, may touch the rest of it; the state is the reader's. */
struct MailAhead::File {
    enum State { NEW, BUSY, OPEN, READ, TAKEN } state = NEW;
    std::shared_ptr<HostFolder> folder;
    std::string name, text;
    int fd = -1;
    ~File()
    {
        if (fd >= 0)
            close(fd);
    }
};

class MailAhead::Reader {
public:
    const int process = host_process();

    void add(const std::deque<Wanted> &files, size_t fresh)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        for (size_t i = files.size() - fresh; i < files.size(); ++i)
            queue_.push_back(files[i].file);
        if (!started_)
            std::thread(&Reader::run, this).detach();
        else if (sleeping_)
            work_.notify_one();
        started_ = true;
    }
    /* The state in which it was; it is the caller's now. */
    File::State take(File *file)
    {
        std::unique_lock<std::mutex> guard(mutex_);
        while (file->state == File::BUSY) {
            waited_for_ = file;
            done_.wait(guard);
        }
        File::State was = file->state;
        file->state = File::TAKEN;
        return was;
    }
    void drop(const std::deque<Wanted> &files)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        for (const Wanted &one : files)
            if (one.file->state != File::BUSY) /* else the thread has it, and is its last owner */
                one.file->state = File::TAKEN;
    }

private:
    bool begin(File *file, File::State from)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        if (file->state != from)
            return false;
        file->state = File::BUSY;
        return true;
    }
    void end(File *file, File::State state)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        file->state = state;
        if (waited_for_ == file) {
            waited_for_ = nullptr;
            done_.notify_all();
        }
    }
    void next_batch(std::vector<std::shared_ptr<File>> *batch)
    {
        std::unique_lock<std::mutex> guard(mutex_);
        sleeping_ = true;
        work_.wait(guard, [this] { return !queue_.empty(); });
        sleeping_ = false;
        while (!queue_.empty() && batch->size() < BATCH) {
            batch->push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
    }
    /* One that cannot be opened is as one that was never begun. */
    void open(File *file)
    {
        if (!begin(file, File::NEW))
            return;
        file->fd = openat(file->folder->fd, file->name.c_str(), O_RDONLY | O_CLOEXEC);
        if (file->fd >= 0)
            posix_fadvise(file->fd, 0, 0, POSIX_FADV_WILLNEED);
        end(file, file->fd >= 0 ? File::OPEN : File::NEW);
    }
    void read(File *file)
    {
        if (!begin(file, File::OPEN))
            return;
        ssize_t got = ::read(file->fd, buffer_, sizeof buffer_);
        if (got < 0) {
            end(file, File::OPEN);
            return;
        }
        file->text.assign(buffer_, static_cast<size_t>(got));
        if (static_cast<size_t>(got) < sizeof buffer_) {
            close(file->fd);
            file->fd = -1;
        }
        end(file, File::READ);
    }
    void run()
    {
        std::vector<std::shared_ptr<File>> batch;
        for (;; batch.clear()) {
            next_batch(&batch);
            for (const std::shared_ptr<File> &file : batch)
                open(file.get());
            for (const std::shared_ptr<File> &file : batch)
                read(file.get());
        }
    }

    std::mutex mutex_;
    std::condition_variable work_, done_;
    std::deque<std::shared_ptr<File>> queue_;
    File *waited_for_ = nullptr;
    bool started_ = false, sleeping_ = false;
    char buffer_[AHEAD_BYTES]; /* the thread's */
};

/* The thread of the process that was forked is not here, and will not end what it had begun. */
void MailAhead::mind_fork()
{
    if (process_ == host_process())
        return;
    process_ = host_process();
    files_.clear();
    fresh_ = 0;
}

/* Never deleted: its thread outlives the end of main(). */
MailAhead::Reader &MailAhead::reader()
{
    static Reader *only = nullptr;
    if (!only || only->process != host_process())
        only = new Reader;
    return *only;
}

void MailAhead::want(uint32_t id, const std::shared_ptr<HostFolder> &folder,
                     const std::string &name)
{
    mind_fork();
    std::shared_ptr<File> file = std::make_shared<File>();
    file->folder = folder;
    file->name = name;
    files_.push_back(Wanted{id, file});
    ++fresh_;
}

void MailAhead::start()
{
    if (fresh_)
        reader().add(files_, std::min(fresh_, files_.size()));
    fresh_ = 0;
}

bool MailAhead::take(uint32_t id, AheadText *found)
{
    mind_fork();
    while (!files_.empty() && files_.front().id <= id) {
        std::shared_ptr<File> file = std::move(files_.front().file);
        bool wanted = files_.front().id == id;
        files_.pop_front();
        File::State was = reader().take(file.get());
        if (!wanted)
            continue;
        if (was != File::READ && was != File::OPEN)
            return false;
        found->text.swap(file->text);
        found->fd = file->fd;
        file->fd = -1;
        return true;
    }
    return false;
}

void MailAhead::stop()
{
    mind_fork();
    if (!files_.empty())
        reader().drop(files_);
    files_.clear();
    fresh_ = 0;
}

} // namespace shim
