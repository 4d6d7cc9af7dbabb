/*
**  reject_rules - TCPware's file of rules that reject, discard or rewrite
**
**  TW Rejecting Mail, spec/tcpware.md 3.  Two kinds of lines:
**
**      from_user [from_ip to_user action action-data]
**      :Header-name: pattern
**
**  "#include file" in column 1 suspends a file for another one; otherwise ";", "!" and "#" in
**  column 1 make a comment.  Patterns are VMS wildcards, case-blind, for the whole text;
**  "<pattern>" is the same as "pattern" and "<>" is the null sender.  Missing fields are *, *, n.
**  The first envelope rule that matches decides.  Pure but for the reader of files that the caller
**  brings.
*/
#ifndef CORE_REJECT_RULES_H
#define CORE_REJECT_RULES_H

#include <string>
#include <vector>
#include "CORE/header_fields.h"
#include "boostset.h"

namespace mail {

enum {
    REJECT_RULES_MAX = 100000,
    REJECT_FILES_MAX = 1000,  /* reads of files for one set of rules */
    REJECT_DEPTH_MAX = 100,   /* files inside each other: the manual's "arbitrary", and an end */
    REJECT_PROBLEMS_MAX = 100,
    REJECT_TEXT_MAX = 480     /* bytes of a formatted text, which must fit a reply line */
};

enum RejectAction {
    REJECT_ACCEPT,   /* n without data */
    REJECT_REWRITE,  /* n with data: deliver to the data */
    REJECT_REFUSE,   /* y */
    REJECT_DISCARD   /* q: taken and dropped */
};

struct RejectPlace {
    std::string file; /* as the reader names it */
    size_t line;      /* from 1 */
    RejectPlace() : line(0) {}
};

struct RejectRule {
    std::string from, ip, to; /* patterns, brackets removed */
    RejectAction action;
    std::string data;         /* address, or format of the refusal; may be empty */
    RejectPlace place;
    RejectRule() : action(REJECT_ACCEPT) {}
};

struct RejectHeaderRule {
    std::string name, pattern;
    RejectPlace place;
};

struct RejectProblem {
    RejectPlace place;
    std::string text;
};

/* Reads a file; *full is its full name, by which loops are found. */
class RejectReader {
public:
    virtual ~RejectReader() {}
    /* False and *text the reason when it cannot be read. */
    virtual bool read(const std::string &file, std::string *full, std::string *text) = 0;
};

struct RejectRules {
    std::vector<RejectRule> rules;
    std::vector<RejectHeaderRule> header_rules;
    std::vector<RejectProblem> problems; /* lines that were left out and why */
    std::vector<std::string> files;      /* full names of all that were read, in order */
};

/* Replaces *rules.  False when `file` itself could not be read; the problem is noted. */
bool reject_parse(const std::string &file, RejectReader &reader, RejectRules *rules);

/*
**  The first rule whose three patterns match, or 0.  from: mailbox, "" is <>; ip: text of the
**  address ("::ffff:a.b.c.d" counts as a.b.c.d); to: as in RCPT, source route included, without
**  brackets.  In `to`, but not in `from`, every % is read as @.
*/
const RejectRule *reject_find(const RejectRules &rules, const std::string &from,
                              const std::string &ip, const std::string &to);
/* The first header rule that a field of the message matches, or 0.  Folds are undone. */
const RejectHeaderRule *reject_find_header(const RejectRules &rules, const HeaderFields &fields);

/* The data of a REFUSE rule with from, to and host filled in; "" when it has none. */
std::string reject_text(const RejectRule &rule, const std::string &from, const std::string &to,
                        const std::string &host);

} // namespace mail
#endif
