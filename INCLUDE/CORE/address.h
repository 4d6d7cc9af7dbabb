/*
**  address - the address lists of header fields: From:, To:, Reply-To: ...
**
**  RFC 5322 3.4 with the obsolete forms of 4.4: routes, comments anywhere, white space around
**  periods, empty list elements, unquoted periods in names; a colon inside an address as DECnet
**  has it ("node::user").  What it does not understand it keeps word for word.  The writer
**  quotes.
*/
#ifndef CORE_ADDRESS_H
#define CORE_ADDRESS_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum {
    ADDRESS_LIST_MAX = 5000,     /* elements of one list; the rest is not read */
    ADDRESS_COMMENT_DEPTH = 100  /* nested comments */
};

struct Address {
    enum Kind {
        MAILBOX,     /* local@domain, or a local part alone (domain empty) */
        GROUP_BEGIN, /* name: */
        GROUP_END,   /* ; */
        STRANGE      /* none of these: raw holds what was written */
    };
    Kind kind;
    std::string name;    /* display name or group name, without quotes; encoded words as they are */
    std::string comment; /* text of the comments, nested ones with their parentheses */
    std::string route;   /* "@a,@b" */
    std::string local;   /* unquoted */
    std::string domain;  /* as written, without comments and white space; or "[literal]" */
    std::string raw;     /* the element as it was written, trimmed */
    Address() : kind(MAILBOX) {}
};

/*
**  Appends the elements of text (a field's value, folded or not) to *list.  False when an element
**  was STRANGE, a quote or comment was not closed, or ADDRESS_LIST_MAX was reached; what could be
**  read is in the list all the same.
*/
bool address_list_parse(const std::string &text, std::vector<Address> *list);

/* The one mailbox of text; false if there is none or more than one. */
bool address_parse(const std::string &text, Address *address);

/* "Name <local@domain>", "local@domain"; STRANGE ones as raw.  Comments only when there is no
   name. */
std::string address_print(const Address &address);
/* "local@domain" with the local part quoted where needed, "" for other kinds. */
std::string address_spec(const Address &address);
/* Elements with ", " between; groups closed. */
std::string address_list_print(const std::vector<Address> &list);
/* A phrase: as it is when it is made of atoms, else in quotes. */
std::string address_phrase_quoted(const std::string &name);

} // namespace mail
#endif
