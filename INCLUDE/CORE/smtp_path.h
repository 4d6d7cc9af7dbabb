/*
**  smtp_path - the paths and parameters of MAIL FROM and RCPT TO
**
**  RFC 5321 4.1.2, 4.1.3, 4.1.1.11; source routes of RFC 821 are read and dropped (RFC 5321 F.2).
**  Quoting differs from RFC 5322 headers (address.h) and VMS MAIL (vms_address.h): never mix them.
**  Nobody puts an address together by hand: smtp_mailbox_print quotes.  Pure functions.
*/
#ifndef CORE_SMTP_PATH_H
#define CORE_SMTP_PATH_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum {
    SMTP_LOCAL_MAX = 64,     /* RFC 5321 4.5.3.1.1, which VERP, SRS and MRGATE addresses exceed: */
    SMTP_LOCAL_LIMIT = 255,  /* so this is what we take; bytes of a local part, unquoted */
    SMTP_DOMAIN_MAX = 255,   /* 4.5.3.1.2 */
    SMTP_PATH_MAX = 256,     /* 4.5.3.1.3; we allow SMTP_PATH_LIMIT: quoted local parts grow */
    SMTP_PATH_LIMIT = 512,
    SMTP_PARAMETERS_MAX = 16
};

struct SmtpPath {
    enum Kind {
        NONE,       /* <> */
        MAILBOX,    /* local@domain */
        POSTMASTER, /* <Postmaster>, any case, without domain */
        LOCAL       /* a local part without a domain (PATH_NO_DOMAIN) */
    };
    Kind kind;
    std::string route;  /* "@a,@b"; only for the log */
    std::string local;  /* unquoted; any bytes but controls */
    std::string domain; /* as written, without a final period; "[10.1.2.3]" for a literal */
    bool is_literal;
    SmtpPath() : kind(NONE), is_literal(false) {}
};

enum PathOption {
    PATH_NULL = 1,       /* <> is allowed: MAIL FROM */
    PATH_NO_DOMAIN = 2,  /* <user> is allowed */
    PATH_NO_BRACKETS = 4,/* user@host without < > is allowed */
    PATH_BLANK = 8,      /* blanks between ":" and "<" are allowed */
    PATH_UTF8 = 16       /* bytes above 127 are allowed, if the path is well-formed UTF-8 */
};

enum PathError {
    PATH_OK,
    PATH_SYNTAX,
    PATH_LONG,     /* a limit above */
    PATH_DOMAIN    /* the domain is not a name and not an address literal */
};
const char *path_error_name(PathError error);

/*
**  Reads the path that begins at text[*at]; *at moves behind it when the answer is PATH_OK, else to
**  the byte that is wrong.  options: PathOption bits.
*/
PathError smtp_path_parse(const std::string &text, unsigned options, size_t *at, SmtpPath *path);

/* "user@domain", "\"odd user\"@domain", "user"; nothing may follow.  "" is refused. */
bool smtp_mailbox_parse(const std::string &text, SmtpPath *path);

/* "local@domain" quoted where needed; "" for NONE, "Postmaster" for POSTMASTER. */
std::string smtp_mailbox_print(const SmtpPath &path);
std::string smtp_mailbox_print(const std::string &local, const std::string &domain);
/* With < >, without the route. */
std::string smtp_path_print(const SmtpPath &path);
/* The local part as it must be written: dot-string or quoted string. */
std::string smtp_local_quoted(const std::string &local);

/* Letters, digits, hyphens, underscores (they exist), periods between; labels <= 63. */
bool smtp_domain_is_valid(const std::string &domain);
/* A domain or an address literal; what HELO and EHLO may say. */
bool smtp_host_is_valid(const std::string &host);

struct SmtpParameter {
    std::string keyword; /* upper case */
    std::string value;   /* as written */
    bool has_value;      /* "=" was there */
    SmtpParameter() : has_value(false) {}
};
/*
**  Blank-separated keyword[=value] from `at` to the end (RFC 5321 4.1.2 Mail-parameters).  False
**  when one is malformed, a keyword comes twice, or there are more than SMTP_PARAMETERS_MAX.
*/
bool smtp_parameters_parse(const std::string &text, size_t at,
                           std::vector<SmtpParameter> *parameters);
/* xtext of RFC 3461 4 (ENVID, ORCPT, AUTH). */
std::string smtp_xtext_encode(const std::string &text);
bool smtp_xtext_decode(const std::string &xtext, std::string *text);

} // namespace mail
#endif
