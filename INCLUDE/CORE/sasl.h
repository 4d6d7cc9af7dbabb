/*
**  sasl - the server's side of AUTH: PLAIN and LOGIN, base64 lines in, user and password out
**
**  RFC 4422, RFC 4616 (PLAIN), RFC 4954 4 (SMTP), RFC 5034 (POP); LOGIN as clients have it.
**  Whether the password is right, and whether the line is safe enough, is the caller's business.
**  What it held is wiped when it dies.  No thread of its own; one at a time.
*/
#ifndef CORE_SASL_H
#define CORE_SASL_H

#include <string>
#include "boostset.h"

namespace mail {

enum SaslMechanism { SASL_PLAIN, SASL_LOGIN, SASL_UNKNOWN };
const char *sasl_name(SaslMechanism mechanism);
SaslMechanism sasl_find(const std::string &name); /* any case */

enum {
    SASL_LINE_MAX = 12288, /* RFC 4954 4: longest line of a client, with CRLF */
    SASL_FIELD_MAX = 255   /* bytes of each of user, password, authority (RFC 4616 2) */
};

class SaslServer {
public:
    enum State {
        MORE,      /* challenge() is to be sent */
        DONE,      /* user() and password() are there; the client has proved nothing yet */
        BAD,       /* not base64, or not what the mechanism wants */
        CANCELLED  /* "*" */
    };
    explicit SaslServer(SaslMechanism mechanism) : mechanism_(mechanism), state_(MORE) {}
    ~SaslServer();
    /* The initial response of the command; "=" is an empty one. */
    State initial(const std::string &base64);
    /* A line that answers the challenge, without CRLF. */
    State feed(const std::string &line);
    State state() const { return state_; }
    /* Base64, may be empty. */
    std::string challenge() const;
    SaslMechanism mechanism() const { return mechanism_; }
    const std::string &user() const { return user_; }
    const std::string &password() const { return password_; }
    /* PLAIN: in whose name he wants to act; mostly empty. */
    const std::string &authority() const { return authority_; }

private:
    SaslServer(const SaslServer &);
    SaslServer &operator=(const SaslServer &);
    State take(const std::string &base64);
    State take_plain(std::string *message);
    SaslMechanism mechanism_;
    State state_;
    std::string user_, password_, authority_;
};

} // namespace mail
#endif
