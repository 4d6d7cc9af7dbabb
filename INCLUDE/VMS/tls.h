/*
**  tls - TLS for servers and clients over a non-blocking descriptor (OpenSSL; SSL3 on VMS)
**
**  Certificates and keys are PEM text read through RMS, so a VMS specification and its protection
**  work as for any file.  TLS 1.2 and later.  A server context is a TransportFactory of the
**  connection engine.  HP 8.7, spec/hp-smtp-pop.md 8.7.
**
**  A context may be shared by threads; a connection is used by one thread at a time.
*/
#ifndef MAIL_VMS_TLS_H
#define MAIL_VMS_TLS_H

#include "VMS/service.h"

namespace mail {

class TlsServer : public TransportFactory {
public:
    TlsServer() : context_(0) {}
    virtual ~TlsServer();
    /* PEM certificate chain and unencrypted key. */
    Status load(const std::string &certificate_spec, const std::string &key_spec);
    bool is_loaded() const { return context_ != 0; }
    virtual Transport *create(int fd);

private:
    TlsServer(const TlsServer &);
    TlsServer &operator=(const TlsServer &);
    void *context_;
};

class TlsClient {
public:
    TlsClient() : context_(0) {}
    ~TlsClient();
    /* authority_spec: PEM of trusted roots; empty: the peer is not verified (opportunistic). */
    Status load(const std::string &authority_spec);
    /* Handshake within the time. host: for SNI and, when verifying, the name to match. The caller
       deletes the Transport, then closes fd. */
    Status connect(int fd, const std::string &host, boost::uint32_t timeout_ms,
                   Transport **transport);

private:
    TlsClient(const TlsClient &);
    TlsClient &operator=(const TlsClient &);
    void *context_;
};

} // namespace mail

#endif
