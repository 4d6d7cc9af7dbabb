/*
**  smtp_session - one SMTP connection of the receiver: bytes in, replies out
**
**  RFC 5321, 1870, 2034, 2920, 6152; HP 18.1.1.  No socket: the engine (VMS/service.h) feeds it,
**  and so do the tests.  Commands are rows of the table in smtp_commands.cxx: check decides,
**  proceed acts.  One function changes the state and logs it; one function ends a transaction.
*/
#ifndef RECEIVER_SMTP_SESSION_H
#define RECEIVER_SMTP_SESSION_H

#include <string>
#include "CORE/line_reader.h"
#include "CORE/smtp_grammar.h"
#include "CORE/smtp_reply.h"
#include "MTA/config.h"
#include "MTA/identity.h"
#include "VMS/service.h"
#include "relay_policy.h"
#include "smtp_transaction.h"

namespace mail {

/* Where accepted messages go; one sink per message, owned by who asks. */
class SinkMaker {
public:
    virtual ~SinkMaker() {}
    virtual MessageSink *make() = 0;
};

/* What a session is given; the pointers outlive it. */
struct SmtpEnvironment {
    SettingsPtr settings;
    IdentityPtr identity;
    boost::shared_ptr<const RelayPolicy> relay;
    SinkMaker *sinks;
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
    SMTP_CLOSING = 32 /* the last reply is written */
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

    /* ---- for the commands ---- */

    SmtpState state() const { return state_; }
    void enter(SmtpState state);
    const SmtpEnvironment &environment() const { return env_; }
    const Settings &settings() const { return *env_.settings; }
    SmtpTransaction *transaction() { return transaction_.get(); }
    void begin_transaction(SmtpTransaction *transaction); /* takes it over */
    void end_transaction();
    /* The name the client gave itself; esmtp: by EHLO. */
    void introduce(const std::string &client_name, bool esmtp);
    bool is_esmtp() const { return esmtp_; }
    /* DATA: makes the sink and writes our Received: line; not DONE: nothing is left of it. */
    Outcome begin_message();
    /* A refused attempt to relay; true when the connection has had enough of them. */
    bool relay_refused();

private:
    size_t step_command(const char *data, size_t size, Output *out);
    size_t step_text(const char *data, size_t size, Output *out);
    void run_command(const std::string &line, unsigned flags, Output *out);
    void end_message(Output *out);
    void refuse_stream(Output *out);
    bool verdict_of_message(SmtpReply *reply);
    void accept_message(SmtpReply *reply);
    void answer(const SmtpReply &reply, Output *out);
    void close_with(const SmtpReply &reply, Output *out);
    bool out_of_time() const;

    SmtpEnvironment env_;
    SmtpState state_;
    LineReader line_;
    std::string client_name_;
    bool esmtp_, trace_;
    boost::uint32_t errors_, relays_refused_, messages_;
    VmsTime end_of_life_;
    boost::scoped_ptr<SmtpTransaction> transaction_;
};

} // namespace mail
#endif
