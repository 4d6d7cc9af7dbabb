/*
**  smtp_commands - the table of the receiver's commands
**
**  {verb, states, offered, check, proceed}; name, argument rule, syntax and help stand in CORE's
**  smtp_verbs.def, what EHLO lists in smtp_extensions, parameters of MAIL and RCPT in
**  smtp_parameters.  check decides and may refuse, proceed acts: rules can be put between them
**  without touching either.
*/
#ifndef RECEIVER_SMTP_COMMANDS_H
#define RECEIVER_SMTP_COMMANDS_H

#include <string>
#include "CORE/control_codec.h"
#include "CORE/smtp_grammar.h"
#include "CORE/smtp_path.h"
#include "CORE/smtp_reply.h"

namespace mail {

class SaslServer;
class SmtpSession;

/* What check found out and proceed uses. */
struct SmtpRequest {
    SmtpCommandLine line;
    SmtpPath path;
    bool eight_bit;            /* MAIL BODY= */
    ControlReturn returned;    /* MAIL RET= */
    std::string envelope_id;   /* MAIL ENVID= */
    unsigned notify;           /* RCPT NOTIFY= */
    std::string original;      /* RCPT ORCPT= */
    bool local;                /* RCPT: for a user here */
    bool discard;              /* RCPT: taken and dropped */
    boost::uint64_t chunk;     /* BDAT: size */
    bool last;                 /* BDAT: LAST */
    bool finished;             /* close the connection after the reply */
    bool silent;               /* the reply comes later (BDAT) */
    SmtpRequest()
        : eight_bit(false), returned(CONTROL_RETURN_UNSAID), notify(0), local(false),
          discard(false), chunk(0), last(false), finished(false), silent(false)
    {
    }
};

struct SmtpCommandRow {
    SmtpVerb verb;
    unsigned states;     /* SmtpState bits in which it is allowed */
    /* Is there such a command for this client? 0: always. */
    bool (*offered)(const SmtpSession &session);
    /* False: *reply refuses. */
    bool (*check)(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
    void (*proceed)(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
};

/* 0 for a verb that the receiver does not have. */
const SmtpCommandRow *smtp_command_find(SmtpVerb verb);
/* Is it there for this client? */
bool smtp_command_offered(const SmtpCommandRow &row, const SmtpSession &session);
/* The reply to a command that came in the wrong state. */
SmtpReply smtp_command_misplaced(const SmtpSession &session, SmtpVerb verb);

/* ---- smtp_login.cxx: STARTTLS and AUTH ---- */

bool smtp_starttls_offered(const SmtpSession &session);
bool smtp_check_starttls(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
void smtp_proceed_starttls(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
/* On this port at all; under TLS or not. */
bool smtp_auth_offered(const SmtpSession &session);
/* AUTH's words behind its keyword: "PLAIN LOGIN"; "" when it is not offered now. */
std::string smtp_auth_mechanisms(const SmtpSession &session);
bool smtp_check_auth(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
void smtp_proceed_auth(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
/* What the state of the exchange answers; MORE: a challenge.  DONE: the session decides. */
SmtpReply smtp_login_reply(const SaslServer &login);
/* False: a port for users and nobody has logged in; *reply says so. */
bool smtp_check_logged_in(SmtpSession &session, SmtpReply *reply);

} // namespace mail
#endif
