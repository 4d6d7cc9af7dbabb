/*
**  pop_session - one POP connection: states, user, maildrop; bytes in, bytes out
**
**  RFC 1939 3-6; HP 19.1.3 (two attempts), 19.3.  The engine (VMS/service) feeds it with bytes and
**  sends what it answers; there is no socket in it, so a test drives it directly.  Used by one
**  thread at a time, by different threads over its life.
*/
#ifndef MAIL_POP_SESSION_H
#define MAIL_POP_SESSION_H

#include "maildrop.h"
#include "pop_replies.h"
#include "pop_stats.h"

#include "CORE/dot_codec.h"
#include "CORE/pop_grammar.h"
#include "MTA/log.h"
#include "VMS/service.h"

namespace mail {

enum {
    POP_CHUNK = 65536,    /* bytes of an answer that are made at a time */
    POP_AUTH_ATTEMPTS = 2 /* HP 19.1.3 */
};

/* Besides POP_AUTH_STATE and POP_TRANSACTION_STATE of the grammar. */
const unsigned POP_ENDED_STATE = 0;

/* What a session may ask of its server.  Any thread. */
class PopControl {
public:
    virtual ~PopControl() {}
    virtual ServiceCounts counts() = 0;
    /* New clients are refused; the server ends when the last of these sessions has ended. */
    virtual void shut_down() = 0;
};

/* What all sessions of a server share; outlives them. */
struct PopContext {
    std::string version;  /* "V1.0, OpenVMS V8.4 Alpha" */
    std::string up_since; /* "1999-04-04 06:42:17" */
    bool secured;         /* this connection came by the TLS port */
    bool may_cleartext;   /* false: DISABLE_CLEARTEXT */
    bool tls_available;   /* STLS works */
    PopStats *stats;      /* may be 0 */
    PopControl *control;  /* may be 0 */
    PopContext() : secured(false), may_cleartext(true), tls_available(false), stats(0), control(0)
    {
    }
};

class PopSession : public Session {
public:
    /* address: text of the client's address, for the log and the intrusion scan. */
    PopSession(const PopContext &context, boost::uint32_t number, const std::string &address);
    virtual ~PopSession();

    virtual void start(Output *out);
    virtual bool ready(const char *data, size_t size);
    virtual size_t step(const char *data, size_t size, Output *out);
    virtual bool wants_close() const { return state_ == POP_ENDED_STATE && sending_.empty(); }
    virtual bool has_more() const { return !sending_.empty(); }
    virtual void produce(Output *out);
    virtual void pause() { drop_.read_ahead(); }
    virtual boost::uint32_t timeout_seconds() const;
    virtual void on_timeout(Output *out);
    virtual void on_disconnect(DisconnectReason reason);
    virtual bool wants_tls();
    virtual void on_tls(bool secured);
    virtual VmsTime take_hold();

    unsigned state() const { return state_; }

    /* ---- for pop_commands ---- */
    void reply(PopReplyId id, const std::string &a = "", const std::string &b = "");
    /* The same, when the log has been told already: a refusal is no error of the command. */
    void reply_logged(PopReplyId id, const std::string &a = "", const std::string &b = "");
    void raw(const std::string &text) { out_->write(text); }
    /* The rest of a multi-line answer: dot-stuffed, ended by "."; taken over by swap. */
    void send_text(std::string *text);
    const Settings &settings() const { return *settings_; }
    const Identity &identity() const { return *identity_; }
    const PopContext &context() const { return context_; }
    const std::string &stamp() const { return stamp_; }
    const std::string &address() const { return address_; }
    const std::string &id() const { return id_; }
    Maildrop &drop() { return drop_; }
    std::string user; /* given by USER, as typed; empty: none */
    /* The SYSUAF's name of who has logged in; empty before. */
    const std::string &account() const { return account_; }
    bool is_operator() const { return operator_; }
    bool secured() const { return secured_; }
    /* The answer to STLS is said. */
    void begin_tls() { wants_tls_ = true; }
    /* Says "+": the next line is AUTH's response. */
    void expect_response();
    /* A refused attempt to log in; closes after the second one.  held: the answer waits until
       POP_REFUSAL_DELAY after the command. */
    void refused(PopReplyId id, const std::string &name, bool held);
    /* Opens the maildrop of an admitted user. */
    void admit(const Account &account);
    /* QUIT, or the end for another reason. */
    void end(bool update);

private:
    void enter(unsigned state);
    void run_line(const std::string &line);
    size_t line_limit() const;
    bool traces(LogLevel *level) const;
    void trace(const char *direction, const std::string &line);
    void count_error();
    void leave(bool normally);

    const PopContext &context_;
    SettingsPtr settings_;
    IdentityPtr identity_;
    boost::uint32_t number_;
    std::string id_, address_, stamp_, account_;
    std::string command_; /* verb of the last line, in capitals; "?" for an unknown one */
    unsigned state_;
    Output *out_;
    Maildrop drop_;
    std::string sending_; /* what is left of a long answer */
    size_t sent_;         /* how much of it has left */
    unsigned attempts_, errors_;
    VmsTime began_, hold_; /* when the command came; until when its answer is held */
    bool skipping_;        /* in a line that was too long */
    bool ending_;          /* the last reply is being said: it counts as no error */
    bool left_;            /* counted as disconnected */
    bool secured_, wants_tls_, operator_;
    bool awaiting_response_; /* the next line belongs to AUTH */
};

/* "<2020046C._21_NOV_2026_08_33_36_12@host>": new for every call of a process (RFC 1939 7). */
std::string pop_stamp(const Identity &identity);

} // namespace mail

#endif
