/*
**  pop_replies - the POP server's answers by name; the texts stand in pop_replies.def only
*/
#ifndef MAIL_POP_REPLIES_H
#define MAIL_POP_REPLIES_H

#include <string>

namespace mail {

enum PopReplyId {
#define POP_REPLY(id, positive, code, text) SAY_##id,
#include "pop_replies.def"
#undef POP_REPLY
    SAY_COUNT
};

/*
**  "+OK text" or "-ERR [CODE] text" with CRLF.  Arguments replace %s in order; controls in them
**  become '?', so that a name which a client sent cannot begin a line.
*/
std::string pop_reply(PopReplyId id, const std::string &a = "", const std::string &b = "",
                      const std::string &c = "", const std::string &d = "");
bool pop_reply_positive(PopReplyId id);

} // namespace mail

#endif
