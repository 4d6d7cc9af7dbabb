/*
**  service_connection - one connection's bytes: transport, pending output, the reading buffer
*/
#include "service_engine.h"

#include <string.h>

namespace mail {

Connection::Connection(int descriptor)
    : fd(descriptor), event(EVENT_NEW), backoff(0), closing(false), draining(false),
      want_write(false), want_read(true), tls_wanted(false), handshaking(false), timed_out(false),
      counted(false), parked_ms(0), deadline(0), hold(0), session(0), transport(0), sent(0),
      drained(0), previous(0), next(0)
{
}

Connection::~Connection()
{
    delete session;
    delete transport;
    net_close(fd);
}

int Connection::read_some(char *buffer, size_t size)
{
    return transport ? transport->read(buffer, size) : net_read_some(fd, buffer, size);
}

int Connection::write_some(const char *data, size_t size)
{
    return transport ? transport->write(data, size) : net_write_some(fd, data, size);
}

bool Connection::send_pending(bool *progress)
{
    *progress = false;
    while (pending() > 0) {
        int count = write_some(output.data() + sent, pending());
        if (count == NET_FAILED)
            return false;
        if (count <= 0)
            break;
        sent += static_cast<size_t>(count);
        *progress = true;
    }
    if (pending() == 0) {
        output.clear();
        sent = 0;
    } else if (sent > output.size() / 2) {
        output.erase(0, sent);
        sent = 0;
    }
    return true;
}

ReadBuffer::ReadBuffer(size_t bound)
    : bytes_(new char[bound + ENGINE_READ_SIZE]), capacity_(bound + ENGINE_READ_SIZE), begin_(0),
      end_(0)
{
}

void ReadBuffer::load(std::string *saved)
{
    begin_ = 0;
    end_ = saved->size() < capacity_ ? saved->size() : capacity_;
    if (end_)
        memcpy(bytes_, saved->data(), end_);
    std::string().swap(*saved);
}

void ReadBuffer::save(std::string *saved)
{
    if (size())
        saved->assign(data(), size());
    clear();
}

char *ReadBuffer::room()
{
    if (begin_ == end_) {
        begin_ = end_ = 0;
    } else if (capacity_ - end_ < ENGINE_READ_SIZE) {
        memmove(bytes_, bytes_ + begin_, size());
        end_ -= begin_;
        begin_ = 0;
    }
    return bytes_ + end_;
}

} // namespace mail
