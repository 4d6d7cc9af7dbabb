/*
**  smtp_commands - the table of the receiver's commands
**
**  {verb, states, EHLO keywords, check, proceed}; name, argument rule, syntax and help stand in
**  CORE's smtp_verbs.def.  check decides and may refuse, proceed acts: rules can be put between
**  them without touching either.
*/
#ifndef RECEIVER_SMTP_COMMANDS_H
#define RECEIVER_SMTP_COMMANDS_H

#include "CORE/smtp_grammar.h"
#include "CORE/smtp_reply.h"
#include "CORE/smtp_path.h"

namespace mail {

class SmtpSession;

/* What check found out and proceed uses. */
struct SmtpRequest {
    SmtpCommandLine line;
    SmtpPath path;
    bool eight_bit;
    bool local;          /* RCPT: for a user here */
    bool finished;       /* close the connection after the reply */
    SmtpRequest() : eight_bit(false), local(false), finished(false) {}
};

struct SmtpCommandRow {
    SmtpVerb verb;
    unsigned states;     /* SmtpState bits in which it is allowed */
    /* keywords that EHLO lists for it, blank-separated; "%s" is the size limit */
    const char *ehlo;
    /* False: *reply refuses. */
    bool (*check)(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
    void (*proceed)(SmtpSession &session, SmtpRequest *request, SmtpReply *reply);
};

/* 0 for a verb that the receiver does not have. */
const SmtpCommandRow *smtp_command_find(SmtpVerb verb);
/* The reply to a command that came in the wrong state. */
SmtpReply smtp_command_misplaced(const SmtpSession &session, SmtpVerb verb);

} // namespace mail
#endif
