/*
**  smtp_grammar - SMTP command lines: verb, argument, limits
**
**  RFC 5321 4.1.1, 4.5.3.1; RFC 1870 and 2920 raise no limit for us.  The verbs are rows of
**  smtp_verbs.def: what a session offers and what it does with them is the receiver's table.
*/
#ifndef CORE_SMTP_GRAMMAR_H
#define CORE_SMTP_GRAMMAR_H

#include <string>
#include "boostset.h"

namespace mail {

enum {
    SMTP_LINE_MAX = 512,          /* RFC 5321 4.5.3.1.4: command with CRLF; the floor */
    SMTP_COMMAND_LINE_MAX = 2048, /* what we take: extensions add to MAIL and RCPT */
    SMTP_TEXT_LINE_MAX = 1000,    /* 4.5.3.1.6: text line with CRLF */
    SMTP_REPLY_LINE_MAX = 512     /* 4.5.3.1.5: reply line with CRLF; what we write */
};

enum SmtpVerb {
#define SMTP_VERB(id, name, argument, flags, syntax, help) SMTP_##id,
#include "CORE/smtp_verbs.def"
#undef SMTP_VERB
    SMTP_VERB_COUNT,
    SMTP_UNKNOWN = SMTP_VERB_COUNT
};

enum SmtpArgument { ARG_NONE, ARG_MAY, ARG_MUST, ARG_PATH };
enum SmtpVerbFlag { VERB_SYNC = 1, VERB_JUNK = 2, VERB_TURNS = 4 };

struct SmtpVerbRow {
    SmtpVerb verb;
    const char *name;
    SmtpArgument argument;
    unsigned flags;      /* SmtpVerbFlag bits */
    const char *syntax;  /* for HELP and 501 replies */
    const char *help;
};
/* verb must not be SMTP_UNKNOWN. */
const SmtpVerbRow &smtp_verb_row(SmtpVerb verb);
/* Any case. */
SmtpVerb smtp_verb_find(const std::string &word);

enum SmtpLineError {
    SMTP_LINE_OK,
    SMTP_LINE_UNKNOWN,  /* no such verb: 500 */
    SMTP_LINE_CONTROLS, /* controls in the line: 500 */
    SMTP_LINE_ARGUMENT  /* an argument is missing, superfluous, or lacks FROM: or TO:: 501 */
};

struct SmtpCommandLine {
    SmtpVerb verb;
    std::string word;     /* upper case, at most 32 bytes; for the log */
    std::string argument; /* trimmed; for ARG_PATH what follows FROM: or TO: */
    SmtpCommandLine() : verb(SMTP_UNKNOWN) {}
};

/*
**  line: without CRLF.  White space at its end is ignored, several blanks or tabs between verb and
**  argument are taken, and blanks around the "FROM" and its colon (common and harmless).
*/
SmtpLineError smtp_line_parse(const std::string &line, SmtpCommandLine *command);

/* The argument of BDAT, "size [LAST]" (RFC 3030 2).  False when it is not that. */
bool smtp_chunk_parse(const std::string &argument, boost::uint64_t *size, bool *last);

} // namespace mail
#endif
