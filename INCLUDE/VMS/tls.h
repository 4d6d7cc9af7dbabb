/*
**  tls - TLS for servers and clients over a non-blocking descriptor (OpenSSL; SSL3 on VMS)
**
**  Certificates and keys are PEM text read through RMS, so a VMS specification and its protection
**  work as for any file.  TLS 1.2 and later.  A server context is a TransportFactory of the
**  connection engine.  HP 19.5.3 - 19.5.6, spec/hp-smtp-pop.md 8.7.
**
**  A context may be shared by threads; a connection is used by one thread at a time.
*/
#ifndef MAIL_VMS_TLS_H
#define MAIL_VMS_TLS_H

#include "VMS/service.h"

namespace mail {

/*
**  Where a server's certificate and key are.  Each may be a full or a partial specification, or
**  empty; the missing parts come from the defaults (HP 19.5.4): "TCPIP$POP" with
**  "SSL$CERTS:SERVER.CRT" is SSL$CERTS:TCPIP$POP.CRT.
*/
struct TlsFiles {
    std::string certificate, certificate_defaults; /* PEM: own certificate first, then the chain */
    std::string key, key_defaults;                 /* PEM, not encrypted (HP 19.5.6) */
};

/* What there is to tell a manager; for logs, never for clients. */
struct TlsReport {
    std::string certificate, key;      /* full specifications */
    std::string problem;               /* why load() failed: one phrase, names the file */
    std::vector<std::string> warnings; /* phrases; loaded all the same */
};

class TlsServer : public TransportFactory {
public:
    TlsServer() : context_(0) {}
    virtual ~TlsServer();
    /*
    **  Before the service starts.  The files are read with the rights of the process's account
    **  alone (privileges that are enabled now count).  not_found() when one is not there;
    **  no_privilege() when it may not be read; bad_parameter() for what is no certificate or no
    **  key, an encrypted key, or a key of another certificate.  Warned of: a key that others can
    **  read or that is another account's (HP 19.5.5), a certificate that is not valid now.
    */
    Status load(const TlsFiles &files, TlsReport *report);
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
    /* Handshake within the time. host: for SNI and, when verifying, the name to match; it may be
       empty when there is nothing to verify. The caller deletes the Transport, then closes fd. */
    Status connect(int fd, const std::string &host, boost::uint32_t timeout_ms,
                   Transport **transport);

private:
    TlsClient(const TlsClient &);
    TlsClient &operator=(const TlsClient &);
    void *context_;
};

} // namespace mail

#endif
