/*
**  sff_syntax - the envelope lines of a file for Send From File
**
**  HP 18.7, spec 5.1:  MAIL FROM:<sender>, one or more RCPT TO:<recipient>, DATA, then the message
**  up to the end of the file.  White space is taken leniently (a TAB behind MAIL and RCPT, blanks
**  around the colon), verbs in any case.  Fed line by line; pure.
*/
#ifndef CORE_SFF_SYNTAX_H
#define CORE_SFF_SYNTAX_H

#include <set>
#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum { SFF_RECIPIENTS_MAX = 32000 };

class SffReader {
public:
    SffReader() : line_(0), have_sender_(false), in_text_(false) {}
    /*
    **  The next line, without its line end.  False: it is wrong; error() is a sentence that names
    **  the line's number.  Lines behind DATA are not looked at: the caller keeps them.
    */
    bool feed(const std::string &line);
    /* The file is over: false when something is missing. */
    bool finish();
    /* DATA was seen: what follows is the message. */
    bool in_text() const { return in_text_; }
    const std::string &sender() const { return sender_; } /* "" is <> */
    /* Each once. */
    const std::vector<std::string> &recipients() const { return recipients_; }
    const std::string &error() const { return error_; }
    size_t line() const { return line_; }

private:
    bool fail(const std::string &why);
    bool take_sender(const std::string &rest);
    bool take_recipient(const std::string &rest);
    size_t line_;
    bool have_sender_, in_text_;
    std::string sender_, error_;
    std::vector<std::string> recipients_;
    std::set<std::string> known_; /* of recipients_, in lower case */
};

} // namespace mail
#endif
