/*
**  server_login - user names and secrets for hosts that want a login before they take mail
**
**  TCPIP$SMTP_COMMON:TCPIP$SMTP_LOGINS.TXT (SEND_LOGIN_FILE), "!" comments, one line per host:
**
**      host[:port]  mechanism  user  secret
**
**  mechanism: PLAIN, LOGIN, XOAUTH2, or ANY of PLAIN and LOGIN.  A host ".abc.com" is every host in
**  abc.com.  Values with blanks stand in quotation marks.  A secret "@file" is the first line of
**  that file, read for every login: the token of XOAUTH2 is renewed by somebody else.  The file
**  must be closed to WORLD and to GROUP, else nobody logs in with it.  RFC 4954, RFC 4616.
*/
#ifndef MAIL_SYMBIONT_SERVER_LOGIN_H
#define MAIL_SYMBIONT_SERVER_LOGIN_H

#include "MTA/config.h"
#include "MTA/log.h"
#include "MTA/outcome.h"

#include <string>
#include <vector>

namespace mail {

enum LoginMechanism { LOGIN_ANY, LOGIN_PLAIN, LOGIN_LOGIN, LOGIN_XOAUTH2 };

struct ServerLogin {
    std::string host; /* lower case */
    boost::uint32_t port; /* 0: the usual one */
    LoginMechanism mechanism;
    std::string user;
    Secret secret; /* "@file" until login_find() has read it */
    ServerLogin() : port(0), mechanism(LOGIN_ANY) {}
};

struct LoginProblem {
    size_t line;
    std::string text;
};

/* The lines that are good; problems: the others. */
void login_parse(const std::string &text, std::vector<ServerLogin> *logins,
                 std::vector<LoginProblem> *problems);

/*
**  The login for a host; *found false: it wants none.  LATER when the file or a secret's file is
**  there and cannot be used: mail waits, it is not sent without the login that somebody wanted.
*/
Outcome login_find(const std::string &host, const Settings &settings, ServerLogin *login,
                   bool *found);

/* The base64 text of an initial response: PLAIN (RFC 4616) or XOAUTH2. */
std::string login_response(const ServerLogin &login, LoginMechanism mechanism);

} // namespace mail

#endif
