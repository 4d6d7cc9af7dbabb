/*
**  queue_connection - one socket, many threads
**
**  A thread that waits for its answer reads the socket itself, for the others too while it does;
**  then the next one that sleeps takes over.  Only requests that nobody waits for need a thread of
**  their own.
**  The state is never destroyed: threads may still run while the process ends.  A forked child
**  starts with a state of its own.
*/
#include "queue_connection.h"
#include "plain_text.h"
#include "shim.h"

#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <jbcmsgdef.h>
#include <lnmdef.h>
#include <map>
#include <memory>
#include <mutex>
#include <starlet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>

namespace shim {

namespace {

const size_t READ_SIZE = 32768;

/* What came of a request. */
struct Request {
    bool settled;
    bool waits;           /* a thread sleeps until `changed` */
    QueueDone done;       /* empty: a thread waits, or will */
    QueueAnswer answer;
    std::condition_variable changed; /* settled, or its thread is to read */
    Request() : settled(false), waits(false) {}
};

/* One socket's life; the last user closes it. */
struct Link {
    std::mutex writing;
    std::mutex mutex;                     /* of the rest */
    std::condition_variable changed;      /* for the reader thread: there is something to read */
    const int fd;
    bool dead, reading, has_reader;       /* reading: a thread is in recv() */
    uint32_t last_id;
    std::map<uint32_t, std::shared_ptr<Request>> waiting;
    std::string buffer;                   /* of the thread that reads */
    explicit Link(int socket)
        : fd(socket), dead(false), reading(false), has_reader(false), last_id(0)
    {
    }
    ~Link() { close(fd); }
};

struct Connection {
    std::mutex mutex;
    std::shared_ptr<Link> link;
    const pid_t process;
    Connection() : process(host_process()) {}
};

std::atomic<Connection *> current;

Connection *connection()
{
    Connection *now = current.load(std::memory_order_acquire);
    if (now && now->process == host_process())
        return now;
    Connection *fresh = new Connection;
    if (current.compare_exchange_strong(now, fresh))
        return fresh;
    delete fresh;
    return current.load();
}

typedef std::vector<std::shared_ptr<Request>> Requests;

/* The mutex is held.  Those with a routine of their own go to *calls. */
void settle(const std::shared_ptr<Request> &request, Requests *calls)
{
    request->settled = true;
    if (request->done)
        calls->push_back(request);
    else
        request->changed.notify_one();
}

/* The mutex is held. */
void lose(Link *link, Requests *calls)
{
    link->dead = true;
    shutdown(link->fd, SHUT_RDWR);
    for (const auto &row : link->waiting) {
        row.second->answer.status = JBC$_JOBQUEDIS;
        settle(row.second, calls);
    }
    link->waiting.clear();
    link->changed.notify_all();
}

void drop_connection()
{
    Connection *old = current.load();
    if (!old || old->process != host_process())
        return;
    Requests calls;
    std::lock_guard<std::mutex> lock(old->mutex);
    if (old->link) {
        std::lock_guard<std::mutex> inner(old->link->mutex);
        lose(old->link.get(), &calls);
    }
    for (const std::shared_ptr<Request> &one : calls)
        one->done(one->answer);
    old->link.reset();
}

RootChange connection_change(drop_connection);

/* The mutex is held. */
void give(Link *link, const QueueFrame &frame, Requests *calls)
{
    auto at = link->waiting.find(frame.id);
    if (at == link->waiting.end())
        return;
    WireReader reader(frame.body);
    at->second->answer.status = reader.longword();
    at->second->answer.items = reader.rest();
    settle(at->second, calls);
    link->waiting.erase(at);
}

/* One recv() and what it brings.  The mutex is held, and free meanwhile; nobody else reads. */
void read_answers(Link *link, std::unique_lock<std::mutex> &lock)
{
    char block[READ_SIZE];
    Requests calls;
    QueueFrame frame;
    link->reading = true;
    lock.unlock();
    ssize_t length;
    do
        length = recv(link->fd, block, sizeof block, 0);
    while (length < 0 && errno == EINTR);
    lock.lock();
    link->reading = false;
    int taken = length > 0 ? 0 : -1;
    if (length > 0) {
        size_t at = 0;
        link->buffer.append(block, static_cast<size_t>(length));
        while ((taken = take_frame(link->buffer, &at, &frame)) == 1)
            give(link, frame, &calls);
        link->buffer.erase(0, at);
    }
    if (taken < 0)
        lose(link, &calls);
    if (calls.empty())
        return;
    lock.unlock();
    for (const std::shared_ptr<Request> &one : calls)
        one->done(one->answer);
    lock.lock();
}

/* For requests whose answers nobody waits for. */
void reader_thread(std::shared_ptr<Link> link)
{
    std::unique_lock<std::mutex> lock(link->mutex);
    while (!link->dead) {
        if (link->reading || link->waiting.empty())
            link->changed.wait(lock);
        else
            read_answers(link.get(), lock);
    }
}

/* The mutex is held.  This thread has its answer: another one reads, if any waits. */
void hand_over(Link *link)
{
    if (link->reading)
        return;
    for (const auto &row : link->waiting)
        if (row.second->waits) {
            row.second->changed.notify_one();
            return;
        }
    if (!link->waiting.empty())
        link->changed.notify_all();
}

/* Until it is settled this thread reads, or waits for the one that does. */
void wait_for(Link *link, const std::shared_ptr<Request> &request)
{
    std::unique_lock<std::mutex> lock(link->mutex);
    while (!request->settled) {
        if (!link->reading) {
            read_answers(link, lock);
            continue;
        }
        request->waits = true;
        request->changed.wait(lock);
        request->waits = false;
    }
    hand_over(link);
}

std::shared_ptr<Link> connect_now()
{
    struct sockaddr_un address = {};
    std::string path = store_path("queue.sock");
    address.sun_family = AF_UNIX;
    if (path.copy(address.sun_path, sizeof address.sun_path - 1) != path.size())
        return nullptr;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return nullptr;
    if (connect(fd, reinterpret_cast<struct sockaddr *>(&address), sizeof address) != 0) {
        close(fd);
        return nullptr;
    }
    return std::make_shared<Link>(fd);
}

/* The link of this process, made when there is none that works. */
std::shared_ptr<Link> working_link()
{
    Connection *at = connection();
    std::lock_guard<std::mutex> lock(at->mutex);
    bool dead = true;
    if (at->link) {
        std::lock_guard<std::mutex> inner(at->link->mutex);
        dead = at->link->dead;
    }
    if (dead)
        at->link = connect_now();
    return at->link;
}

bool write_all(int fd, const std::string &data)
{
    size_t at = 0;
    while (at < data.size()) {
        ssize_t sent = send(fd, data.data() + at, data.size() - at, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += static_cast<size_t>(sent);
    }
    return true;
}

/* The first translation of a logical name, empty when there is none. */
std::string translation(const std::string &name)
{
    struct Block { /* 32-bit addressable, as $TRNLNM wants it */
        dsc$descriptor_s table, name;
        ILE3 items[2];
        unsigned short length;
        char table_text[16], name_text[256], value[256];
    };
    Block *block = static_cast<Block *>(arena_get(sizeof(Block)));
    if (!block)
        return std::string();
    memset(block, 0, sizeof *block);
    block->table.dsc$w_length =
        static_cast<unsigned short>(std::string("LNM$FILE_DEV").copy(block->table_text, 15));
    block->table.dsc$a_pointer = block->table_text;
    block->name.dsc$w_length = static_cast<unsigned short>(name.copy(block->name_text, 255));
    block->name.dsc$a_pointer = block->name_text;
    block->table.dsc$b_dtype = block->name.dsc$b_dtype = DSC$K_DTYPE_T;
    block->table.dsc$b_class = block->name.dsc$b_class = DSC$K_CLASS_S;
    block->items[0].ile3$w_length = 255;
    block->items[0].ile3$w_code = LNM$_STRING;
    block->items[0].ile3$ps_bufaddr = block->value;
    block->items[0].ile3$ps_retlen_addr = &block->length;
    std::string value;
    if (sys$trnlnm(nullptr, &block->table, &block->name, nullptr, block->items) & 1)
        value.assign(block->value, block->length);
    arena_free(block, sizeof(Block));
    return value;
}

} // namespace

namespace {

/* SS$_DEVOFFLINE: it will never be settled.  *number: its id on that link. */
uint32_t post(uint16_t operation, uint16_t function, const std::string &body,
              const std::shared_ptr<Request> &request, std::shared_ptr<Link> *by,
              uint32_t *number = nullptr)
{
    for (int attempt = 0; attempt < 2; ++attempt) {
        std::shared_ptr<Link> link = working_link();
        if (!link)
            return SS$_DEVOFFLINE;
        std::lock_guard<std::mutex> writing(link->writing);
        uint32_t id;
        {
            std::lock_guard<std::mutex> lock(link->mutex);
            if (link->dead)
                continue;
            id = ++link->last_id;
            link->waiting[id] = request;
            *by = link;
            if (number)
                *number = id;
        }
        if (write_all(link->fd, queue_frame(id, operation, function, body)))
            return SS$_NORMAL;
        /* not delivered as a whole, so not done: once more, unless it has been settled */
        std::lock_guard<std::mutex> lock(link->mutex);
        link->dead = true;
        if (link->waiting.erase(id) == 0)
            return SS$_NORMAL;
    }
    return SS$_DEVOFFLINE;
}

std::string settled_body(uint32_t id)
{
    WireWriter body;
    body.longword(id);
    return body.data();
}

/* No answer comes.  When it cannot be sent the queue manager sees the link's end instead. */
void settle_on_disk(Link *link, uint32_t id)
{
    std::lock_guard<std::mutex> writing(link->writing);
    if (write_all(link->fd, queue_frame(0, QUEUE_SETTLED, QUEUE_ON_DISK, settled_body(id))))
        return;
    std::lock_guard<std::mutex> lock(link->mutex);
    if (!link->dead)
        shutdown(link->fd, SHUT_RDWR); /* who reads finds its end, and tells all that wait */
}

} // namespace

uint32_t queue_send(uint16_t operation, uint16_t function, const std::string &body,
                    const QueueDone &done)
{
    std::shared_ptr<Request> request = std::make_shared<Request>();
    std::shared_ptr<Link> link;
    request->done = done;
    uint32_t status = post(operation, function, body, request, &link);
    if (!(status & 1))
        return status;
    std::lock_guard<std::mutex> lock(link->mutex);
    if (!link->has_reader) {
        link->has_reader = true;
        std::thread(reader_thread, link).detach();
    }
    link->changed.notify_all();
    return status;
}

uint32_t queue_ask(uint16_t operation, uint16_t function, const std::string &body,
                   QueueAnswer *answer)
{
    std::shared_ptr<Request> request = std::make_shared<Request>();
    std::shared_ptr<Link> link;
    uint32_t status = post(operation, function, body, request, &link);
    if (!(status & 1))
        return status;
    wait_for(link.get(), request);
    *answer = request->answer;
    return status;
}

uint32_t queue_ask_logging(uint16_t function, const std::string &body,
                           const std::function<bool()> &log, QueueAnswer *answer)
{
    std::shared_ptr<Request> request = std::make_shared<Request>();
    std::shared_ptr<Link> link;
    uint32_t id = 0;
    uint32_t status = post(QUEUE_LOGGING, function, body, request, &link, &id);
    if (!(status & 1))
        return status;
    bool logged = log();
    if (logged)
        settle_on_disk(link.get(), id);
    wait_for(link.get(), request);
    *answer = request->answer;
    if (logged || !(answer->status & 1))
        return status;
    QueueAnswer flushed;
    status = queue_ask(QUEUE_SETTLED, QUEUE_NOT_ON_DISK, settled_body(id), &flushed);
    answer->status = flushed.status & 1 ? answer->status : flushed.status;
    return status;
}

QueueCaller queue_caller()
{
    Identity identity = self();
    QueueCaller caller;
    caller.pid = identity.pid;
    caller.uic = identity.uic;
    caller.privileges = identity.current;
    caller.user = identity.user;
    caller.node = node_name();
    return caller;
}

std::string queue_name_of(const std::string &given)
{
    const int TRANSLATIONS_MAX = 10;
    std::string name = upper(given);
    name.erase(name.find_last_not_of(" \t") + 1);
    for (int i = 0; i < TRANSLATIONS_MAX; ++i) {
        std::string value = translation(name);
        if (value.empty())
            break;
        name = value;
    }
    return name;
}

} // namespace shim
