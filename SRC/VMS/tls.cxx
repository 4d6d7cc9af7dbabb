/*
**  tls - OpenSSL below the Transport seam
**
**  PEM texts come through RMS into memory BIOs, so no file name of the C run-time is involved.
**  The error queue of OpenSSL belongs to the thread: it is emptied before each operation, or an
**  old error would be taken for a new one.
*/
#include "VMS/tls.h"

#include <limits.h>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "VMS/process.h"
#include "VMS/recfile.h"

namespace mail {

static const size_t PEM_MAX = 1024 * 1024;

class TlsTransport : public Transport {
public:
    explicit TlsTransport(SSL *ssl) : ssl_(ssl), wants_write_(false), broken_(false) {}
    virtual ~TlsTransport() { SSL_free(ssl_); }

    virtual int handshake()
    {
        ERR_clear_error();
        int count = result(SSL_do_handshake(ssl_));
        return count == 0 ? NET_FAILED : count;
    }
    virtual int read(char *buffer, size_t size)
    {
        ERR_clear_error();
        return result(SSL_read(ssl_, buffer, limited(size)));
    }
    virtual int write(const char *data, size_t size)
    {
        ERR_clear_error();
        int count = result(SSL_write(ssl_, data, limited(size)));
        return count == 0 ? NET_FAILED : count;
    }
    virtual bool pending() const { return SSL_pending(ssl_) > 0; }
    virtual bool read_wants_write() const { return wants_write_; }
    virtual void shut()
    {
        if (broken_)
            return; /* OpenSSL forbids it after a fatal error */
        ERR_clear_error();
        SSL_shutdown(ssl_);
    }

private:
    static int limited(size_t size) { return size > INT_MAX ? INT_MAX : static_cast<int>(size); }
    int result(int count)
    {
        wants_write_ = false;
        if (count > 0)
            return count;
        switch (SSL_get_error(ssl_, count)) {
        case SSL_ERROR_WANT_WRITE:
            wants_write_ = true;
            return NET_AGAIN;
        case SSL_ERROR_WANT_READ:
            return NET_AGAIN;
        case SSL_ERROR_ZERO_RETURN:
            return 0;
        default:
            broken_ = true;
            return NET_FAILED;
        }
    }
    SSL *ssl_;
    bool wants_write_, broken_;
};

static SSL_CTX *as_context(void *context)
{
    return static_cast<SSL_CTX *>(context);
}

static SSL_CTX *new_context(const SSL_METHOD *method)
{
    SSL_CTX *context = SSL_CTX_new(method);
    if (!context)
        return 0;
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    /* output moves in our buffers between two tries */
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                  SSL_MODE_RELEASE_BUFFERS);
    return context;
}

static Status read_pem(const std::string &spec, const std::string &defaults, std::string *text)
{
    return file_read_text(spec, defaults, PEM_MAX, "\n", text);
}

static bool add_chain(SSL_CTX *context, BIO *bio)
{
    for (X509 *next = 0; (next = PEM_read_bio_X509(bio, 0, 0, 0)) != 0;) {
        if (SSL_CTX_add_extra_chain_cert(context, next) != 1) { /* takes it over on success */
            X509_free(next);
            return false;
        }
    }
    return true;
}

/* "ee key too small" and the like, for a phrase; empties the queue. */
static std::string openssl_reason()
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    std::string text = reason ? std::string(" (") + reason + ")" : std::string();
    ERR_clear_error();
    return text;
}

/* Empty, or what is wrong. */
static std::string use_certificates(SSL_CTX *context, const std::string &text)
{
    BIO *bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
    X509 *own = bio ? PEM_read_bio_X509(bio, 0, 0, 0) : 0;
    std::string wrong;
    if (!own)
        wrong = "holds no certificate";
    else if (SSL_CTX_use_certificate(context, own) != 1 || !add_chain(context, bio))
        wrong = "cannot be used" + openssl_reason();
    X509_free(own);
    BIO_free(bio);
    ERR_clear_error();
    return wrong;
}

extern "C" {
/* An encrypted key would ask SYS$INPUT for its password. */
static int mail_no_password(char *, int, int, void *)
{
    return 0;
}
}

/* Empty, or what is wrong. */
static std::string use_key(SSL_CTX *context, const std::string &text)
{
    if (text.find("BEGIN ENCRYPTED PRIVATE KEY") != std::string::npos ||
        text.find("Proc-Type: 4,ENCRYPTED") != std::string::npos)
        return "is encrypted: encrypted private keys are not supported";
    BIO *bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
    EVP_PKEY *key = bio ? PEM_read_bio_PrivateKey(bio, 0, mail_no_password, 0) : 0;
    std::string wrong;
    if (!key)
        wrong = "holds no private key";
    else if (SSL_CTX_use_PrivateKey(context, key) != 1 || SSL_CTX_check_private_key(context) != 1)
        wrong = "does not belong to the certificate";
    EVP_PKEY_free(key);
    BIO_free(bio);
    ERR_clear_error();
    return wrong;
}

/* ---- server ---- */

TlsServer::~TlsServer()
{
    SSL_CTX_free(as_context(context_));
}

static std::string phrase(const char *kind, const std::string &spec, const std::string &what)
{
    return std::string(kind) + " file " + spec + " " + what;
}

/* HP 19.5.5: nobody but this server's account ought to read the key. */
static void check_protection(const std::string &spec, const std::string &defaults,
                             TlsReport *report)
{
    FileProtection protection;
    if (!file_protection(spec, defaults, &protection).ok())
        return;
    if (protection.world_reads || protection.group_reads)
        report->warnings.push_back(phrase("key", report->key,
                                          protection.world_reads
                                              ? "can be read by everybody"
                                              : "can be read by the owner's group"));
    if (protection.owner != process_uic())
        report->warnings.push_back(phrase("key", report->key, "belongs to another account"));
}

static void check_dates(SSL_CTX *context, TlsReport *report)
{
    time_t now = static_cast<time_t>(vmstime_to_unix(vmstime_now()));
    X509 *own = SSL_CTX_get0_certificate(context);
    if (X509_cmp_time(X509_get0_notAfter(own), &now) < 0)
        report->warnings.push_back(phrase("certificate", report->certificate, "has expired"));
    if (X509_cmp_time(X509_get0_notBefore(own), &now) > 0)
        report->warnings.push_back(phrase("certificate", report->certificate, "is not valid yet"));
}

/* The full specification, or what was given where that is none. */
static std::string full_name(const std::string &spec, const std::string &defaults)
{
    std::string full;
    return file_parse(spec, defaults, &full).ok() ? full : spec.empty() ? defaults : spec;
}

static SSL_CTX *new_server_context()
{
    SSL_CTX *context = new_context(TLS_server_method());
    if (!context)
        return 0;
    SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE);
    /* tickets let a client resume; a cache would grow with every client that ever came */
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_num_tickets(context, 1);
    return context;
}

Status TlsServer::load(const TlsFiles &files, TlsReport *report)
{
    std::string certificates, key;
    *report = TlsReport();
    report->certificate = full_name(files.certificate, files.certificate_defaults);
    report->key = full_name(files.key, files.key_defaults);
    Status status = read_pem(files.certificate, files.certificate_defaults, &certificates);
    if (!status.ok()) {
        report->problem =
            phrase("certificate", report->certificate, "cannot be read: " + status.text());
        return status;
    }
    status = read_pem(files.key, files.key_defaults, &key);
    if (!status.ok()) {
        report->problem = phrase("key", report->key, "cannot be read: " + status.text());
        return status;
    }
    SSL_CTX *context = new_server_context();
    if (!context) {
        report->problem = "no context" + openssl_reason();
        return Status::no_memory();
    }
    std::string wrong = use_certificates(context, certificates);
    if (!wrong.empty())
        report->problem = phrase("certificate", report->certificate, wrong);
    else if (!(wrong = use_key(context, key)).empty())
        report->problem = phrase("key", report->key, wrong);
    OPENSSL_cleanse(&key[0], key.size());
    if (!report->problem.empty()) {
        SSL_CTX_free(context);
        return Status::bad_parameter();
    }
    check_protection(files.key, files.key_defaults, report);
    check_dates(context, report);
    SSL_CTX_free(as_context(context_));
    context_ = context;
    return Status();
}

Transport *TlsServer::create(int fd)
{
    SSL *ssl = context_ ? SSL_new(as_context(context_)) : 0;
    if (!ssl)
        return 0;
    if (SSL_set_fd(ssl, fd) != 1) {
        SSL_free(ssl);
        return 0;
    }
    SSL_set_accept_state(ssl);
    return new TlsTransport(ssl);
}

/* ---- client ---- */

TlsClient::~TlsClient()
{
    SSL_CTX_free(as_context(context_));
}

static bool add_authorities(SSL_CTX *context, const std::string &text)
{
    BIO *bio = BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
    X509_STORE *store = SSL_CTX_get_cert_store(context);
    int count = 0;
    for (X509 *next = 0; bio && (next = PEM_read_bio_X509(bio, 0, 0, 0)) != 0; ++count) {
        X509_STORE_add_cert(store, next);
        X509_free(next);
    }
    BIO_free(bio);
    ERR_clear_error();
    return count > 0;
}

Status TlsClient::load(const std::string &authority_spec)
{
    SSL_CTX *context = new_context(TLS_client_method());
    if (!context)
        return Status::no_memory();
    Status status;
    if (!authority_spec.empty()) {
        std::string text;
        status = read_pem(authority_spec, ".PEM", &text);
        if (status.ok() && !add_authorities(context, text))
            status = Status::bad_parameter();
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, 0);
    }
    if (!status.ok()) {
        SSL_CTX_free(context);
        return status;
    }
    SSL_CTX_free(as_context(context_));
    context_ = context;
    return status;
}

Status TlsClient::connect(int fd, const std::string &host, boost::uint32_t timeout_ms,
                          Transport **transport)
{
    SSL *ssl = context_ ? SSL_new(as_context(context_)) : 0;
    if (!ssl)
        return Status::no_memory();
    SSL_set_connect_state(ssl);
    TlsTransport *fresh = new TlsTransport(ssl);
    bool verify = SSL_CTX_get_verify_mode(as_context(context_)) == SSL_VERIFY_PEER;
    bool ready = SSL_set_fd(ssl, fd) == 1 &&
                 (host.empty() || SSL_set_tlsext_host_name(ssl, host.c_str()) == 1) &&
                 (!verify || (!host.empty() && SSL_set1_host(ssl, host.c_str()) == 1));
    boost::uint64_t end = net_milliseconds() + timeout_ms;
    Status status = ready ? Status() : Status::bad_parameter();
    while (status.ok()) {
        int count = fresh->handshake();
        if (count > 0) {
            *transport = fresh;
            return status;
        }
        boost::uint64_t now = net_milliseconds();
        int left = now < end ? static_cast<int>(end - now) : 0;
        if (count == NET_FAILED)
            status = Status::link_lost();
        else if ((fresh->read_wants_write() ? net_wait_writable(fd, left)
                                            : net_wait_readable(fd, left)) == 0)
            status = Status::timeout();
    }
    delete fresh;
    return status;
}

} // namespace mail
