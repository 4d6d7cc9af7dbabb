/*
**  client_connection - steps that do not wait, and waits in slices between them
*/
#include "VMS/client_connection.h"

namespace mail {

namespace {

const boost::uint32_t SLICE_MS = 500; /* a stop is noticed after this */

boost::uint32_t slice_until(boost::uint64_t end)
{
    boost::uint64_t now = net_milliseconds();
    if (now >= end)
        return 0;
    return end - now < SLICE_MS ? static_cast<boost::uint32_t>(end - now) : SLICE_MS;
}

} // namespace

Status ClientConnection::open(const NetAddress &server, boost::uint32_t timeout_ms,
                              const StopFlag *stop)
{
    close();
    boost::uint64_t end = net_milliseconds() + timeout_ms;
    Status status = net_connect_start(server, 0, &fd_);
    while (status.ok()) {
        boost::uint32_t slice = slice_until(end);
        status = net_connect_wait(fd_, slice);
        if (!status.timed_out() || slice == 0)
            break;
        status = stop && stop->stopped() ? Status::cancelled() : Status();
    }
    if (status.ok())
        net_set_no_delay(fd_);
    else
        close();
    return status;
}

Status ClientConnection::secure(TlsClient *client, const std::string &host,
                                boost::uint32_t timeout_ms)
{
    return client->connect(fd_, host, timeout_ms, &transport_);
}

Status ClientConnection::wait(bool readable, boost::uint64_t end, const StopFlag *stop) const
{
    if (stop && stop->stopped())
        return Status::cancelled();
    boost::uint32_t slice = slice_until(end);
    if (slice == 0)
        return Status::timeout();
    int left = static_cast<int>(slice);
    int ready = readable ? net_wait_readable(fd_, left) : net_wait_writable(fd_, left);
    return ready < 0 ? Status::link_lost() : Status();
}

Status ClientConnection::read(char *buffer, size_t size, boost::uint32_t timeout_ms,
                              const StopFlag *stop, size_t *count)
{
    boost::uint64_t end = net_milliseconds() + timeout_ms;
    Status status;
    while (status.ok()) {
        int some = transport_ ? transport_->read(buffer, size) : net_read_some(fd_, buffer, size);
        *count = some > 0 ? static_cast<size_t>(some) : 0;
        if (some > 0)
            break;
        status = some == NET_AGAIN ? wait(!transport_ || !transport_->read_wants_write(), end, stop)
                                   : Status::link_lost();
    }
    return status;
}

Status ClientConnection::write(const std::string &data, boost::uint32_t timeout_ms,
                               const StopFlag *stop)
{
    boost::uint64_t end = net_milliseconds() + timeout_ms;
    Status status;
    for (size_t at = 0; status.ok() && at < data.size();) {
        const char *rest = data.data() + at;
        int some = transport_ ? transport_->write(rest, data.size() - at)
                              : net_write_some(fd_, rest, data.size() - at);
        if (some > 0)
            at += static_cast<size_t>(some);
        else
            status = some == NET_AGAIN ? wait(false, end, stop) : Status::link_lost();
    }
    return status;
}

void ClientConnection::close()
{
    if (transport_)
        transport_->shut();
    delete transport_;
    transport_ = 0;
    if (fd_ >= 0)
        net_close(fd_);
    fd_ = -1;
}

} // namespace mail
