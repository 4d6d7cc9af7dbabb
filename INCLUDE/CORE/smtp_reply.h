/*
**  smtp_reply - SMTP replies: ours as table rows, those of a remote server by an incremental reader
**
**  RFC 5321 4.2, RFC 2034 and 3463 (enhanced codes).  Arguments are cleaned when they are filled
**  in, so no text of a client can forge a second reply line.
*/
#ifndef CORE_SMTP_REPLY_H
#define CORE_SMTP_REPLY_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum SmtpReplyId {
#define SMTP_REPLY(id, code, enhanced, text) id,
#include "CORE/smtp_replies.def"
#undef SMTP_REPLY
    SMTP_REPLY_COUNT
};

struct SmtpReplyRow {
    SmtpReplyId id;
    const char *name;     /* "RPL_OK": for the log */
    int code;
    const char *enhanced; /* "5.1.1" or "" */
    const char *text;
};
const SmtpReplyRow &smtp_reply_row(SmtpReplyId id);

/* A reply of ours before it is written.  A value. */
struct SmtpReply {
    int code;
    std::string enhanced;           /* may be empty */
    std::vector<std::string> lines; /* at least one; no controls */
    SmtpReply() : code(0) {}
};

SmtpReply smtp_reply_make(SmtpReplyId id);
SmtpReply smtp_reply_make(SmtpReplyId id, const std::string &a);
SmtpReply smtp_reply_make(SmtpReplyId id, const std::string &a, const std::string &b);
SmtpReply smtp_reply_make(SmtpReplyId id, const std::string &a, const std::string &b,
                          const std::string &c);
/* Of a code, enhanced code and text that came from elsewhere (Outcome); \n separates lines. */
SmtpReply smtp_reply_make(int code, const std::string &enhanced, const std::string &text);

/* "550-5.7.1 text" CRLF "550 5.7.1 text" CRLF; lines are cut to SMTP_REPLY_LINE_MAX. */
std::string smtp_reply_print(const SmtpReply &reply);

enum {
    SMTP_REPLY_READ_LINE = 2048,   /* longest line taken from a server, with its line end */
    SMTP_REPLY_READ_LINES = 200,   /* most lines of one reply */
    SMTP_REPLY_READ_TOTAL = 32768  /* most bytes of one reply */
};

/*
**  Reads the reply of a server.  As line_reader, it never takes a byte behind the reply.  A lone LF
**  ends a line too; text is cleaned of controls.  One thread at a time.
*/
class SmtpReplyReader {
public:
    enum State {
        MORE,
        READY,
        BAD /* not a reply, codes of the lines differ, or a limit: drop the connection */
    };
    SmtpReplyReader();

    /* Bytes consumed; nothing is consumed in READY and BAD. */
    size_t feed(const char *data, size_t size);
    State state() const { return state_; }
    /* In READY.  Lines are without code, hyphen and enhanced code. */
    const SmtpReply &reply() const { return reply_; }
    int code() const { return reply_.code; }
    /* In BAD: the line that was wrong, for the log. */
    const std::string &bad_line() const { return line_; }
    /* Ready for the next reply. */
    void next();

private:
    void end_line();
    State state_;
    SmtpReply reply_;
    std::string line_;
    size_t total_;
};

/* "5.1.1" at the beginning of text that fits the class of the code; *rest is what follows. */
bool smtp_enhanced_split(int code, const std::string &text, std::string *enhanced,
                         std::string *rest);
/* All lines in one, separated by blanks; for logs and reports.  "550 5.1.1 text" */
std::string smtp_reply_one_line(const SmtpReply &reply);

} // namespace mail
#endif
