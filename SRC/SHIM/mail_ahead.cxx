/*
**  mail_ahead - the thread that reads ahead
*/
#include "mail_ahead.h"

#include "shim.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fcntl.h>
#include <mutex>
#include <sys/uio.h>
#include <thread>
#include <unistd.h>

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

/* Whoever makes a file BUSY, or takes it, may touch the rest of it. */
struct MailAhead::File {
    enum State { NEW, BUSY, OPEN, READ, TAKEN };
    std::atomic<int> state{NEW};
    std::shared_ptr<HostFolder> folder;
    std::string name, text;
    size_t bytes = 0; /* of the text, as the mail file has it */
    int fd = -1;
    ~File() { shut(); }
    void shut()
    {
        if (fd >= 0)
            close(fd);
        fd = -1;
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
    int take(File *file)
    {
        int was = file->state.load();
        for (;;) {
            if (was == File::BUSY) {
                wait_for(file);
                was = file->state.load();
            } else if (file->state.compare_exchange_weak(was, File::TAKEN)) {
                return was;
            }
        }
    }
    void drop(const std::deque<Wanted> &files)
    {
        for (const Wanted &one : files) {
            int was = one.file->state.load();
            while (was != File::BUSY && was != File::TAKEN &&
                   !one.file->state.compare_exchange_weak(was, File::TAKEN)) {
            } /* BUSY: the thread has it, and is its last owner */
        }
    }

private:
    typedef std::deque<std::shared_ptr<File>> Files;

    void wait_for(File *file)
    {
        std::unique_lock<std::mutex> guard(mutex_);
        waited_for_.store(file);
        while (file->state.load() == File::BUSY)
            done_.wait(guard);
        waited_for_.store(nullptr);
    }
    static bool begin(File *file, int from)
    {
        return file->state.compare_exchange_strong(from, File::BUSY);
    }
    /* Either the one who waits sees the new state, or he is seen here. */
    void end(File *file, File::State state)
    {
        file->state.store(state);
        if (waited_for_.load() != file)
            return;
        std::lock_guard<std::mutex> guard(mutex_);
        done_.notify_all();
    }
    /* More files, as many as may be open at once; waits when there is nothing else to do. */
    void take_files(Files *files, bool wait)
    {
        std::unique_lock<std::mutex> guard(mutex_);
        sleeping_ = wait;
        if (wait)
            work_.wait(guard, [this] { return !queue_.empty(); });
        sleeping_ = false;
        while (!queue_.empty() && files->size() < BATCH) {
            files->push_back(std::move(queue_.front()));
            queue_.pop_front();
        }
    }
    /*
    **  What is in memory is read at once, and the kernel is told of what is not.  After one that
    **  was not, the next is not tried.  One that cannot be opened is as one that was never begun.
    */
    void open(File *file)
    {
        if (!begin(file, File::NEW))
            return;
        file->fd = openat(file->folder->fd, file->name.c_str(), O_RDONLY | O_CLOEXEC);
        if (file->fd < 0) {
            end(file, File::NEW);
            return;
        }
        if (in_memory_ && read_from_memory(file)) {
            end(file, File::READ);
            return;
        }
        in_memory_ = false;
        posix_fadvise(file->fd, 0, 0, POSIX_FADV_WILLNEED);
        end(file, File::OPEN);
    }
    /* The whole of a small file that is as long as it should be: a part of it is no answer. */
    bool read_from_memory(File *file)
    {
        struct iovec place = {buffer_, sizeof buffer_};
        if (file->bytes >= sizeof buffer_ ||
            preadv2(file->fd, &place, 1, 0, RWF_NOWAIT) != static_cast<ssize_t>(file->bytes))
            return false;
        file->text.assign(buffer_, file->bytes);
        file->shut();
        return true;
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
        if (static_cast<size_t>(got) < sizeof buffer_)
            file->shut();
        end(file, File::READ);
    }
    /* BATCH files are on their way all the time: one is opened for each that was read. */
    void run()
    {
        Files fresh, begun;
        for (;;) {
            if (fresh.empty())
                take_files(&fresh, begun.empty());
            while (!fresh.empty() && begun.size() < BATCH) {
                open(fresh.front().get());
                if (fresh.front()->state.load() == File::OPEN)
                    begun.push_back(std::move(fresh.front()));
                fresh.pop_front();
            }
            if (begun.empty())
                continue;
            read(begun.front().get());
            begun.pop_front();
            in_memory_ = begun.empty(); /* perhaps the next ones are */
        }
    }

    std::mutex mutex_; /* of the queue, and of who waits */
    std::condition_variable work_, done_;
    Files queue_;
    std::atomic<File *> waited_for_{nullptr};
    bool started_ = false, sleeping_ = false;
    bool in_memory_ = true;    /* the thread's, from here on */
    char buffer_[AHEAD_BYTES];
};

/* The thread of the process that was forked is not here, and will not end what it had begun. */
void MailAhead::mind_fork()
{
    if (process_ == host_process())
        return;
    process_ = host_process();
    files_.clear();
    spare_.clear();
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
                     const std::string &name, size_t bytes)
{
    mind_fork();
    std::shared_ptr<File> file;
    if (spare_.empty()) {
        file = std::make_shared<File>();
    } else {
        file = std::move(spare_.back());
        spare_.pop_back();
        file->state.store(File::NEW);
    }
    file->folder = folder;
    file->name = name;
    file->bytes = bytes;
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
        int was = reader().take(file.get());
        if (!wanted)
            continue;
        if (was != File::READ && was != File::OPEN)
            return false;
        found->text.swap(file->text);
        found->fd = file->fd;
        file->fd = -1;
        if (file.use_count() == 1 && spare_.size() < AHEAD_FILES) /* the thread has let it go */
            spare_.push_back(std::move(file));
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
    spare_.clear();
    fresh_ = 0;
}

} // namespace shim
