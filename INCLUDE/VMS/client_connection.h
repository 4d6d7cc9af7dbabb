/*
**  client_connection - a client's connection to a server, in clear or over TLS
**
**  Blocking, with a time for each step in milliseconds of net_milliseconds().  The waits are cut
**  into slices, between which a StopFlag is asked: who runs for a job ends soon when the job is
**  stopped.  One thread at a time.
*/
#ifndef MAIL_VMS_CLIENT_CONNECTION_H
#define MAIL_VMS_CLIENT_CONNECTION_H

#include "VMS/net.h"
#include "VMS/tls.h"

namespace mail {

/* Asked between waits: true when the work has to stop. */
class StopFlag {
public:
    virtual ~StopFlag() {}
    virtual bool stopped() const = 0;
};

class ClientConnection {
public:
    ClientConnection() : fd_(-1), transport_(0) {}
    ~ClientConnection() { close(); }

    /*
    **  stop may be 0 everywhere.  Errors: as net_connect; timeout() when the time is over;
    **  cancelled() when stop said so; link_lost() when the peer closed the connection or it broke.
    **  After any of them all that is left is to close().
    */
    Status open(const NetAddress &server, boost::uint32_t timeout_ms, const StopFlag *stop);
    /* From here on all goes through TLS; as TlsClient::connect(), the client outlives it. */
    Status secure(TlsClient *client, const std::string &host, boost::uint32_t timeout_ms);
    /* At least one byte. */
    Status read(char *buffer, size_t size, boost::uint32_t timeout_ms, const StopFlag *stop,
                size_t *count);
    /* All of it. */
    Status write(const std::string &data, boost::uint32_t timeout_ms, const StopFlag *stop);
    /* Tells the peer first where TLS can; harmless when nothing is open. */
    void close();

    bool is_open() const { return fd_ >= 0; }
    bool is_secured() const { return transport_ != 0; }

private:
    ClientConnection(const ClientConnection &);
    ClientConnection &operator=(const ClientConnection &);
    Status wait(bool readable, boost::uint64_t end, const StopFlag *stop) const;

    int fd_;
    Transport *transport_; /* 0: in clear */
};

} // namespace mail

#endif
