/*
**  smtp_client - one connection to a remote SMTP server and the transactions over it
**
**  RFC 5321 (client), RFC 2920 (pipelining), RFC 1870 (SIZE), RFC 6152 (8BITMIME), RFC 3461 (DSN),
**  RFC 3030 (CHUNKING), RFC 3207 (STARTTLS), RFC 4954 (AUTH); HP 18.1.1, time-outs of SET
**  CONFIGURATION SMTP /SEND_TIMEOUT.  SMTPUTF8 (RFC 6531) is not spoken: an address that needs it
**  is refused here.  Synchronous: the caller's thread waits, in
**  slices, so that a stopped job ends soon.  One thread at a time.
*/
#ifndef MAIL_SYMBIONT_SMTP_CLIENT_H
#define MAIL_SYMBIONT_SMTP_CLIENT_H

#include "send_tls.h"
#include "server_login.h"

#include "CORE/control_codec.h"
#include "CORE/dot_codec.h"
#include "CORE/smtp_reply.h"
#include "MTA/config.h"
#include "MTA/outcome.h"
#include "VMS/client_connection.h"

#include <string>
#include <vector>

namespace mail {

/* Gives the message's text in pieces. */
class TextSource {
public:
    virtual ~TextSource() {}
    /* Appends up to most bytes to *data; false and *trouble when the text cannot be read. */
    virtual bool next(size_t most, std::string *data, bool *end, Outcome *trouble) = 0;
};

/* What the sender wants to hear of a recipient (RFC 3461). */
struct SmtpWish {
    unsigned notify;      /* ControlNotify bits */
    std::string original; /* "rfc822;user@domain", decoded */
    SmtpWish() : notify(0) {}
};

struct SendTransaction {
    std::string sender;                  /* mailbox; "" is <> */
    std::vector<std::string> recipients; /* mailboxes */
    std::vector<SmtpWish> wishes;        /* one per recipient, or none at all */
    ControlReturn returned;
    std::string envelope_id;
    boost::uint64_t size;                /* bytes of the text */
    bool eight_bit;                      /* body is declared 8BITMIME */
    bool clear_eighth_bit;               /* option NOEIGHT_BIT */
    SendTransaction()
        : returned(CONTROL_RETURN_UNSAID), size(0), eight_bit(false), clear_eighth_bit(false)
    {
    }
};

/* How safe the connection must be, and who we are for the server. */
struct ClientSecurity {
    TlsLevel level;
    bool tls_first; /* TLS from the first byte (port 465) */
    bool has_login;
    ServerLogin login;
    std::string host; /* that it is for: a certificate is good for one host only */
    ClientSecurity() : level(TLS_OFF), tls_first(false), has_login(false) {}
};

class SmtpClient {
public:
    /* id: of the job, for the log.  settings outlive the client. */
    SmtpClient(const SettingsPtr &settings, const std::string &own_name);

    /* Before connect().  Without it: in clear, no login. */
    void set_security(const ClientSecurity &security) { security_ = security; }

    /*
    **  Connects, says hello, begins TLS, logs in.  LATER: not reached, or not
    **  willing now: try the next host.
    **  FAILED: the server refuses all mail (5xx greeting): try the next host too, the caller keeps
    **  the last word.  A login or TLS that does not work is LATER: mail waits for the manager.
    */
    Outcome connect(const NetAddress &address, const std::string &host, const StopFlag &stop);

    /*
    **  One message.  (*results)[i] is for recipients[i].  False: the connection broke before an
    **  answer for all was known; those without one are LATER and may be tried at another host.
    */
    bool send(const SendTransaction &transaction, TextSource &text, const StopFlag &stop,
              std::vector<Outcome> *results);

    /* Fit for another transaction. */
    bool usable() const { return connection_.is_open() && !broken_; }
    bool secured() const { return connection_.is_secured(); }
    bool takes_eight_bit() const { return eight_bit_mime_; }
    /* A kept connection serves only who wants the same security. */
    static std::string security_key(const ClientSecurity &security);
    std::string key() const { return security_key(security_); }
    boost::uint32_t messages() const { return messages_; }
    const std::string &host() const { return host_; }
    /* RSET the peer's state before a kept connection is used again?  No: each MAIL begins anew. */
    void quit();

private:
    SmtpClient(const SmtpClient &);
    SmtpClient &operator=(const SmtpClient &);

    Outcome connect_once(const NetAddress &address, const StopFlag &stop, bool *try_in_clear);
    Outcome hello(const StopFlag &stop);
    void read_extensions(const SmtpReply &reply);
    void extension(const std::string &word, const std::string &line, size_t at);
    Outcome secure(const StopFlag &stop, bool *try_in_clear);
    Outcome handshake();
    Outcome log_in(const StopFlag &stop);
    Outcome exchange_login(LoginMechanism mechanism, const StopFlag &stop);
    bool ask(const std::string &command, const std::string &shown, boost::uint32_t seconds,
             const StopFlag &stop, SmtpReply *reply);
    bool write(const std::string &data, boost::uint32_t seconds, const StopFlag &stop);
    bool read_reply(boost::uint32_t seconds, const StopFlag &stop, SmtpReply *reply);
    Outcome from_reply(const SmtpReply &reply, const std::string &command) const;
    Outcome lost(const char *phase) const;
    bool refused_here(const SendTransaction &t, std::vector<Outcome> *results) const;
    void commands_of(const SendTransaction &t, std::vector<std::string> *commands) const;
    bool write_all(const std::vector<std::string> &commands, const StopFlag &stop);
    bool envelope(const SendTransaction &t, const StopFlag &stop, std::vector<Outcome> *results,
                  size_t *accepted, bool *data_open);
    bool reset_peer(const StopFlag &stop);
    bool next_piece(const SendTransaction &t, TextSource &text, size_t most, std::string *piece,
                    bool *end, Outcome *outcome);
    bool send_text(const SendTransaction &t, TextSource &text, const StopFlag &stop,
                   Outcome *outcome);
    bool send_chunks(const SendTransaction &t, TextSource &text, const StopFlag &stop,
                     Outcome *outcome);
    bool end_empty(const StopFlag &stop);
    void note_reports(std::vector<Outcome> *results) const;
    std::string mail_command(const SendTransaction &t) const;
    std::string rcpt_command(const SendTransaction &t, size_t index) const;
    void trace(const char *direction, const std::string &line) const;

    SettingsPtr settings_;
    std::string own_name_, host_, input_, failure_;
    ClientSecurity security_;
    ClientConnection connection_;
    bool broken_, pipelining_, size_, eight_bit_mime_, dsn_, chunking_, starttls_;
    bool open_;   /* the peer may still be inside a transaction */
    std::string mechanisms_; /* " PLAIN LOGIN " */
    boost::uint64_t size_limit_;
    boost::uint32_t messages_;
};

/* Has the address characters outside of ASCII?  *outcome: the refusal. */
bool smtp_needs_utf8(const std::string &address, Outcome *outcome);

} // namespace mail

#endif
