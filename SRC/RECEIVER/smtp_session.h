/*
**  smtp_session - one SMTP connection of the receiver: bytes in, replies out
**
**  RFC 5321, 1870, 2034, 2920, 3030, 3207, 3461, 4954, 6152, 6409; HP 18.1.1.  No socket: the
**  engine (VMS/service.h) feeds it, and so do the tests.  Commands are rows of the table in
**  smtp_commands.cxx: check decides, proceed acts.  One function changes the state and logs it; one
**  function ends a transaction.
*/
#ifndef RECEIVER_SMTP_SESSION_H
#define RECEIVER_SMTP_SESSION_H

#include <string>
#include "CORE/line_reader.h"
#include "CORE/sasl.h"
#include "CORE/smtp_grammar.h"
#include "CORE/smtp_reply.h"
#include "MTA/config.h"
#include "MTA/identity.h"
#include "VMS/service.h"
#include "antispam.h"
#include "smtp_transaction.h"

namespace mail {

/* Where accepted messages go; one sink per message, owned by who asks. */
class SinkMaker {
public:
    virtual ~SinkMaker() {}
    virtual MessageSink *make() = 0;
};

/* What kind of port the client came by; follows from the settings (receiver.cxx). */
struct SmtpPort {
    boost::uint32_t number;
    bool submission;  /* users only: they must log in before MAIL */
    bool login;       /* AUTH is offered under TLS */
    bool secured;     /* TLS from the first byte */
    bool can_secure;  /* STARTTLS is offered */
    SmtpPort() : number(25), submission(false), login(false), secured(false), can_secure(false) {}
};

/* What a session is given; the pointers outlive it. */
struct SmtpEnvironment {
    SpamRules rules;            /* with settings and identity */
    SinkMaker *sinks;
    SmtpPort port;
    std::string client_address; /* "10.1.2.3" */
    std::string id;             /* for the log */
    SmtpEnvironment() : sinks(0) {}
};

/* Bits, so that a command's row can name the states it is allowed in. */
enum SmtpState {
    SMTP_HELLO = 1,   /* nobody has introduced himself */
    SMTP_READY = 2,   /* no transaction */
    SMTP_SENDER = 4,  /* MAIL accepted */
    SMTP_NAMED = 8,   /* at least one RCPT accepted */
    SMTP_TEXT = 16,   /* inside DATA */
    SMTP_CHUNK = 32,  /* inside the bytes of a BDAT */
    SMTP_CHUNKS = 64, /* between one BDAT and the next */
    SMTP_LOGIN = 128, /* inside AUTH: the next line is a response */
    SMTP_CLOSING = 256 /* the last reply is written */
};
const char *smtp_state_name(SmtpState state);

class SmtpSession : public Session {
public:
    explicit SmtpSession(const SmtpEnvironment &environment);
    virtual ~SmtpSession();

    virtual void start(Output *out);
    virtual bool ready(const char *data, size_t size);
    virtual size_t step(const char *data, size_t size, Output *out);
    virtual bool wants_close() const { return state_ == SMTP_CLOSING; }
    virtual void on_timeout(Output *out);
    virtual void on_disconnect(DisconnectReason reason);
    virtual bool wants_tls();
    virtual void on_tls(bool secured);

    /* ---- for the commands ---- */

    SmtpState state() const { return state_; }
    void enter(SmtpState state);
    const SmtpEnvironment &environment() const { return env_; }
    const Settings &settings() const { return *env_.rules.settings; }
    const Identity &identity() const { return *env_.rules.identity; }
    SmtpTransaction *transaction() { return transaction_.get(); }
    void begin_transaction(SmtpTransaction *transaction); /* takes it over */
    void end_transaction();
    /* The name the client gave itself; esmtp: by EHLO. */
    void introduce(const std::string &client_name, bool esmtp);
    bool is_esmtp() const { return esmtp_; }
    bool is_secured() const { return secured_; }
    const std::string &user() const { return user_; } /* who has logged in; "" nobody */
    /* The checks' view of the session; the caller fills in sender and recipient. */
    SpamCase spam_case() const;
    /* May he be told who is on a list: a user, or a client of Good-Clients. */
    bool is_trusted() const { return !user_.empty() || standing_ == CLIENT_GOOD; }
    /* DATA and the first BDAT: the message, our Received: line; not DONE: nothing is left of it. */
    Outcome begin_message();
    /* BDAT: so many bytes belong to the chunk. */
    void begin_chunk(boost::uint64_t size, bool last);
    /* So many bytes are thrown away before `reply` is given. */
    void swallow(boost::uint64_t size, const SmtpReply &reply);
    /* STARTTLS was answered. */
    void want_tls() { tls_wanted_ = true; }
    /* AUTH goes on with the client's next line; takes it over. */
    void begin_login(SaslServer *login);
    /* The mechanism is through: asks SYSUAF.  True: the connection has had its attempts. */
    bool end_login(SmtpReply *reply);
    /* A refused attempt to relay; true when the connection has had enough of them. */
    bool relay_refused();

private:
    size_t step_command(const char *data, size_t size, Output *out);
    size_t step_text(const char *data, size_t size, Output *out);
    size_t step_chunk(const char *data, size_t size, Output *out);
    size_t step_swallow(size_t size, Output *out);
    void trace(const char *event, const std::string &text, bool secret);
    bool is_secret(const std::string &line) const;
    void run_command(const std::string &line, unsigned flags, Output *out);
    void run_response(const std::string &line, unsigned flags, Output *out);
    void dispatch(const std::string &line, unsigned flags, struct SmtpRequest *request,
                  SmtpReply *reply);
    void after_reply(const SmtpReply &reply, bool finished, Output *out);
    void end_chunk(Output *out);
    void end_message(Output *out);
    void refuse_stream(Output *out);
    bool verdict_of_message(SmtpReply *reply);
    bool verdict_of_text(SmtpReply *reply);
    void accept_message(SmtpReply *reply);
    void answer(const SmtpReply &reply, Output *out);
    void close_with(const SmtpReply &reply, Output *out);
    bool out_of_time() const;
    ControlEnvelope envelope_of_message(std::vector<ControlRecipient> *recipients) const;

    SmtpEnvironment env_;
    SmtpState state_;
    LineReader line_;
    std::string client_name_, client_host_, user_;
    ClientStanding standing_;
    bool esmtp_, trace_, secured_, tls_wanted_;
    boost::uint32_t errors_, relays_refused_, messages_, login_failures_;
    VmsTime end_of_life_;
    boost::scoped_ptr<SmtpTransaction> transaction_;
    boost::scoped_ptr<SaslServer> login_;
    boost::uint64_t chunk_size_, chunk_left_, swallow_left_; /* of BDAT */
    bool chunk_last_;
    SmtpReply swallow_reply_;
};

} // namespace mail
#endif
