/*
**  vms_address - addresses as OpenVMS Mail writes them
**
**  HP 6.5, 19.2.6 (spec/hp-smtp-pop.md 6.5, 8.4): SMTP%"user@host", NODE::USER,
**  NODE::"user@host", USER, each with an optional personal name in quotes behind it.  MAIL cannot
**  nest double quotes, so inner ones travel as cent signs (0xA2).  Text is DEC MCS.  Pure
**  functions.
*/
#ifndef CORE_VMS_ADDRESS_H
#define CORE_VMS_ADDRESS_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

const char VMS_CENT = '\xA2';
enum {
    VMS_ADDRESS_MAX = 255, /* one attribute of MAIL */
    VMS_NODE_MAX = 6,      /* DECnet Phase IV */
    VMS_USER_MAX = 31
};

struct VmsAddress {
    enum Kind {
        USER,           /* USER */
        NODE_USER,      /* NODE::USER */
        NODE_QUOTED,    /* NODE::"user@host" */
        NODE_FOREIGN,   /* NODE::SMTP%"user@host" */
        FOREIGN,        /* SMTP%"user@host", also other transports: see transport */
        INTERNET,       /* user@host, bare */
        OTHER           /* anything else */
    };
    Kind kind;
    std::string node;          /* "NODE" or a route "A::B"; without the last "::" */
    std::string transport;     /* "SMTP", "MX", ...; upper case */
    std::string user;          /* as written */
    std::string address;       /* Internet address, quotes restored */
    std::string personal_name; /* without its quotes */
    std::string raw;           /* the address part as written, without the personal name */
    VmsAddress() : kind(OTHER) {}
};

/* A From: line, or one element of a To: or CC: line.  Never fails: see OTHER. */
VmsAddress vms_address_parse(const std::string &line);

/*
**  The elements of a MAIL To: or CC: line: commas and blanks outside of quotes separate (spec 6.6's
**  sample has both).
*/
void vms_address_split(const std::string &line, std::vector<std::string> *elements);

/* SMTP%"address" with inner quotes as cent signs. */
std::string vms_address_wrap(const std::string &address);
/* The reverse; false when text is not transport%"...".  transport may be null. */
bool vms_address_unwrap(const std::string &text, std::string *address, std::string *transport);
std::string vms_quotes_to_cents(const std::string &text);
std::string vms_cents_to_quotes(const std::string &text);

/* "\"text\"@host" with inner quotes and backslashes escaped: DECNET_REWRITE GENERIC (spec 8.4). */
std::string vms_address_generic(const std::string &text, const std::string &host);

} // namespace mail
#endif
