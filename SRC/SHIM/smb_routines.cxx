/*
**  smb_routines - the SMB$ routines: a symbiont's side of its channel to the job controller
**
**  The channel (SHIM_SMB names its descriptor) is read by the AST thread, or by one of its own when
**  there is no AST routine; messages are kept in order, the AST routine is called once for each.
**  When the channel ends, the job controller has gone and gives this process's jobs to another: the
**  process ends at once.  A message buffer is the 12-byte request header and the items.
**  spec/vms-api.md 1.1-1.3.
*/
#include "queue_wire.h"
#include "shim.h"

#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <memory>
#include <mutex>
#include <smb$routines.h>
#include <smbdef.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

using namespace shim;

const size_t HEADER = SMBMSG$S_REQUEST_HEADER;
const size_t READ_SIZE = 32768;
const unsigned ERRORS_MAX = 100;     /* conditions of one error vector */

struct Channel {
    std::mutex mutex, writing;
    std::condition_variable changed;
    std::deque<std::string> messages;
    std::atomic<int> fd;               /* -1 before smb$initialize */
    unsigned streams;
    uint32_t symbiont;
    void (*ast)(void);
    Channel() : fd(-1), streams(1), symbiont(0), ast(nullptr) {}
};

Channel &channel()
{
    static Channel *only = new Channel; /* its thread may outlive static objects */
    return *only;
}

/* One recv() and what it brings; false: the job controller has gone. */
bool read_channel(int fd, std::string *buffer)
{
    Channel &to = channel();
    std::string body;
    char block[READ_SIZE];
    ssize_t length;
    do
        length = recv(fd, block, sizeof block, 0);
    while (length < 0 && errno == EINTR);
    if (length <= 0)
        return false;
    buffer->append(block, static_cast<size_t>(length));
    size_t at = 0;
    while (take_smb_body(*buffer, &at, &body) == 1) {
        {
            std::lock_guard<std::mutex> lock(to.mutex);
            to.messages.push_back(body);
            to.changed.notify_one();
        }
        if (to.ast)
            deliver_ast(to.ast);
    }
    buffer->erase(0, at);
    return true;
}

[[noreturn]] void leave()
{
    trace("smb: the job controller has gone");
    _exit(EXIT_FAILURE);
}

void read_messages(int fd)
{
    std::string buffer;
    while (read_channel(fd, &buffer))
        continue;
    leave();
}

/* With an AST routine the AST thread reads, so that no other thread has to wake it. */
void begin_reading(int fd, bool ast)
{
    if (!ast) {
        std::thread(read_messages, fd).detach();
        return;
    }
    std::shared_ptr<std::string> buffer = std::make_shared<std::string>();
    watch_fd(fd, [fd, buffer] {
        if (!read_channel(fd, buffer.get()))
            leave();
        return true;
    });
}

bool write_frame(Channel &to, const SmbMessage &message)
{
    std::string frame = smb_frame(message);
    std::lock_guard<std::mutex> lock(to.writing);
    size_t at = 0;
    while (at < frame.size()) {
        ssize_t sent = send(to.fd, frame.data() + at, frame.size() - at, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        at += static_cast<size_t>(sent);
    }
    return true;
}

uint32_t check_text(const dsc$descriptor *descriptor, std::string *text)
{
    return descriptor ? get_text(descriptor, text) : static_cast<uint32_t>(SS$_NORMAL);
}

std::string error_vector(const unsigned int *error)
{
    std::string vector;
    unsigned count = error && *error < ERRORS_MAX ? *error : 0;
    for (unsigned i = 0; i < count; ++i)
        for (int bits = 0; bits < 32; bits += 8)
            vector.push_back(static_cast<char>(error[i + 1] >> bits));
    return vector;
}

} // namespace

extern "C" unsigned int smb$initialize(const unsigned int *structure_level,
                                       void (*ast_routine)(void), const unsigned int *streams)
{
    SHIM_SERVICE("smb$initialize");
    Channel &at = channel();
    const char *name = getenv("SHIM_SMB");
    if (!structure_level || *structure_level != SMBMSG$K_STRUCTURE_LEVEL)
        return SMB$_INVSTRLEV;
    unsigned count = streams ? *streams : 1;
    if (count < 1 || count > SMBMSG$K_ARCH_MAX_STREAMS)
        return SMB$_INVSTMNBR;
    std::unique_lock<std::mutex> lock(at.mutex);
    int fd = name ? static_cast<int>(strtol(name, nullptr, 10)) : -1;
    if (at.fd >= 0)
        return SS$_DEVACTIVE;
    if (fd < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return SS$_DEVOFFLINE;
    at.streams = count;
    at.ast = ast_routine;
    at.symbiont = self().pid;
    at.fd = fd;
    lock.unlock();
    SmbMessage hello = {SMBMSG$K_START_SYMBIONT, SMBMSG$K_STRUCTURE_LEVEL, 0, at.symbiont, 0,
                        std::string()};
    add_long(&hello.items, SMBMSG$K_MAXIMUM_STREAMS, count);
    if (!write_frame(at, hello))
        return SS$_DEVOFFLINE;
    begin_reading(fd, ast_routine != nullptr);
    return SS$_NORMAL;
}

extern "C" unsigned int smb$check_for_message(void)
{
    SHIM_SERVICE("smb$check_for_message");
    Channel &at = channel();
    std::lock_guard<std::mutex> lock(at.mutex);
    return at.messages.empty() ? 0 : SS$_NORMAL;
}

extern "C" unsigned int smb$read_message(unsigned int *stream, dsc$descriptor *buffer,
                                         unsigned int *request)
{
    SHIM_SERVICE("smb$read_message");
    Channel &at = channel();
    std::string body;
    SmbMessage message;
    {
        std::unique_lock<std::mutex> lock(at.mutex);
        if (at.fd < 0)
            return SS$_DEVOFFLINE;
        at.changed.wait(lock, [&at] { return !at.messages.empty(); });
        body.swap(at.messages.front());
        at.messages.pop_front();
    }
    if (!parse_smb_body(body, &message))
        return SS$_BADPARAM;
    uint32_t status = put_text(buffer, body, nullptr);
    if (stream)
        *stream = message.stream;
    if (request)
        *request = message.request;
    return status;
}

extern "C" unsigned int smb$read_message_item(dsc$descriptor *message, unsigned int *context,
                                              unsigned int *item_code, dsc$descriptor *buffer,
                                              unsigned short *size)
{
    SHIM_SERVICE("smb$read_message_item");
    std::string data, value;
    uint32_t status = get_text(message, &data);
    if ((status & 1) == 0)
        return status;
    size_t at = *context ? *context : HEADER;
    uint16_t code;
    ItemReader reader(data, at);
    if (!reader.next(&code, &value)) {
        *context = 0;
        return SMB$_NOMOREITEMS;
    }
    unsigned short length = 0;
    status = put_text(buffer, value, &length);
    if ((status & 1) == 0)
        return status;
    *context = static_cast<unsigned int>(at + SMBMSG$S_ITEM_HEADER + value.size());
    *item_code = code;
    if (size)
        *size = length;
    return status;
}

extern "C" unsigned int smb$send_to_jobctl(const unsigned int *stream, const unsigned int *request,
                                           dsc$descriptor *accounting, dsc$descriptor *checkpoint,
                                           const unsigned int *device_status,
                                           const unsigned int *error)
{
    SHIM_SERVICE("smb$send_to_jobctl");
    Channel &at = channel();
    std::string account, check;
    uint32_t status = check_text(accounting, &account);
    if (status & 1)
        status = check_text(checkpoint, &check);
    if ((status & 1) == 0)
        return status;
    if (at.fd < 0)
        return SS$_DEVOFFLINE;
    if (!stream || *stream >= at.streams)
        return SMB$_INVSTMNBR;
    unsigned code = request ? *request : static_cast<unsigned>(SMBMSG$K_TASK_STATUS);
    if (code < SMBMSG$K_PAUSE_TASK || code > SMBMSG$K_TASK_STATUS)
        return SS$_BADPARAM;
    SmbMessage message = {static_cast<uint16_t>(code), SMBMSG$K_STRUCTURE_LEVEL,
                          static_cast<uint8_t>(*stream), at.symbiont, 0, std::string()};
    if (accounting)
        add_item(&message.items, SMBMSG$K_ACCOUNTING_DATA, account);
    if (checkpoint)
        add_item(&message.items, SMBMSG$K_CHECKPOINT_DATA, check);
    if (device_status)
        add_long(&message.items, SMBMSG$K_DEVICE_STATUS, *device_status);
    if (error && *error)
        add_item(&message.items, SMBMSG$K_CONDITION_VECTOR, error_vector(error));
    return write_frame(at, message) ? SS$_NORMAL : SS$_DEVOFFLINE;
}
