/*
**  queue_connection - one socket, many threads
**
**  The state is never destroyed: the reader thread may still run while the process ends.  A forked
**  child starts with a state of its own.
*/
#include "queue_connection.h"
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

/* One socket's life; the last user closes it. */
struct Link {
    std::mutex writing;
    std::mutex mutex;                     /* of the rest */
    const int fd;
    bool dead;
    uint32_t last_id;
    std::map<uint32_t, QueueDone> waiting;
    explicit Link(int socket) : fd(socket), dead(false), last_id(0) {}
    ~Link() { close(fd); }
};

struct Connection {
    std::mutex mutex;
    std::shared_ptr<Link> link;
    const pid_t process;
    Connection() : process(getpid()) {}
};

std::atomic<Connection *> current;

Connection *connection()
{
    Connection *now = current.load(std::memory_order_acquire);
    if (now && now->process == getpid())
        return now;
    Connection *fresh = new Connection;
    if (current.compare_exchange_strong(now, fresh))
        return fresh;
    delete fresh;
    return current.load();
}

void drop_connection()
{
    Connection *old = current.load();
    if (!old || old->process != getpid())
        return;
    std::lock_guard<std::mutex> lock(old->mutex);
    if (old->link)
        shutdown(old->link->fd, SHUT_RDWR);
    old->link.reset();
}

RootChange connection_change(drop_connection);

void lose(Link *link)
{
    std::map<uint32_t, QueueDone> waiting;
    {
        std::lock_guard<std::mutex> lock(link->mutex);
        link->dead = true;
        waiting.swap(link->waiting);
    }
    shutdown(link->fd, SHUT_RDWR);
    QueueAnswer answer;
    answer.status = JBC$_JOBQUEDIS;
    for (const auto &row : waiting)
        row.second(answer);
}

void give(Link *link, const QueueFrame &frame)
{
    QueueDone done;
    {
        std::lock_guard<std::mutex> lock(link->mutex);
        auto at = link->waiting.find(frame.id);
        if (at == link->waiting.end())
            return;
        done.swap(at->second);
        link->waiting.erase(at);
    }
    WireReader reader(frame.body);
    QueueAnswer answer;
    answer.status = reader.longword();
    answer.items = reader.rest();
    done(answer);
}

void read_answers(std::shared_ptr<Link> link)
{
    std::string buffer;
    std::unique_ptr<char[]> block(new char[READ_SIZE]);
    QueueFrame frame;
    for (;;) {
        ssize_t length = recv(link->fd, block.get(), READ_SIZE, 0);
        if (length < 0 && errno == EINTR)
            continue;
        if (length <= 0)
            break;
        buffer.append(block.get(), static_cast<size_t>(length));
        size_t at = 0;
        int taken;
        while ((taken = take_frame(buffer, &at, &frame)) == 1)
            give(link.get(), frame);
        buffer.erase(0, at);
        if (taken < 0)
            break;
    }
    lose(link.get());
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
    std::shared_ptr<Link> link = std::make_shared<Link>(fd);
    std::thread(read_answers, link).detach();
    return link;
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

uint32_t queue_send(uint16_t operation, uint16_t function, const std::string &body,
                    const QueueDone &done)
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
            link->waiting[id] = done;
        }
        if (write_all(link->fd, queue_frame(id, operation, function, body)))
            return SS$_NORMAL;
        /* not delivered as a whole, so not done: once more, unless the reader has answered it */
        std::lock_guard<std::mutex> lock(link->mutex);
        link->dead = true;
        if (link->waiting.erase(id) == 0)
            return SS$_NORMAL;
    }
    return SS$_DEVOFFLINE;
}

uint32_t queue_ask(uint16_t operation, uint16_t function, const std::string &body,
                   QueueAnswer *answer)
{
    struct Waiter {
        std::mutex mutex;
        std::condition_variable changed;
        bool done;
        QueueAnswer answer;
        Waiter() : done(false) {}
    };
    std::shared_ptr<Waiter> waiter = std::make_shared<Waiter>();
    uint32_t status = queue_send(operation, function, body, [waiter](const QueueAnswer &given) {
        std::lock_guard<std::mutex> lock(waiter->mutex);
        waiter->answer = given;
        waiter->done = true;
        waiter->changed.notify_one();
    });
    if ((status & 1) == 0)
        return status;
    std::unique_lock<std::mutex> lock(waiter->mutex);
    waiter->changed.wait(lock, [&waiter] { return waiter->done; });
    *answer = waiter->answer;
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
    std::string name = given;
    name.erase(name.find_last_not_of(" \t") + 1);
    for (char &c : name)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 'a' + 'A');
    for (int i = 0; i < TRANSLATIONS_MAX; ++i) {
        std::string value = translation(name);
        if (value.empty())
            break;
        name = value;
    }
    return name;
}

} // namespace shim
