/*
**  pop_collector - one session of a POP client that takes one message away
**
**  RFC 1939: greeting, USER and PASS, STAT, RETR of each message from the last one on until one has
**  the subject, DELE of that one, QUIT.  TLS where the server has it: STLS comes first (RFC 2595),
**  a refusal of it does no harm.  Where USER is refused and the greeting has a timestamp (a site
**  with TCPIP$POP_DISUSERPASS), APOP with the password as shared secret.  Bytes in, bytes out: the
**  caller has the connection, and makes the TLS handshake.  One thread at a time.
*/
#ifndef MAIL_IVP_POP_COLLECTOR_H
#define MAIL_IVP_POP_COLLECTOR_H

#include "CORE/dot_codec.h"
#include "CORE/line_reader.h"

#include <vector>

namespace mail {

const size_t COLLECTOR_LINE_MAX = 1024;         /* of a reply */
const size_t COLLECTOR_MESSAGE_MAX = 1024 * 1024; /* more of a message is not kept */

class PopCollector {
public:
    PopCollector(const std::string &user, const std::string &password, const std::string &subject);

    /* What the server has sent, in any pieces; what is to be sent is appended to *output. */
    void feed(const char *data, size_t size, std::string *output);

    /* The caller's next step is the handshake, then secured(): what is to be sent through it. */
    bool wants_tls() const { return step_ == STEP_HANDSHAKE; }
    void secured(std::string *output);

    /* The session has ended well, or it cannot go on; the connection is to be closed. */
    bool is_done() const { return step_ == STEP_DONE; }
    /* "" unless the server has refused something: "PASS: -ERR ..." */
    const std::string &refusal() const { return refusal_; }
    /* The message is taken: deleted, and QUIT was answered well. */
    bool is_collected() const { return is_done() && found_ && refusal_.empty(); }
    /* It, header and body, lines with CRLF. */
    const std::string &message() const { return message_; }
    /* The command whose answer is waited for; "greeting" in the beginning. */
    const char *waits_for() const;

private:
    enum Step {
        STEP_GREETING,
        STEP_STLS,
        STEP_HANDSHAKE,
        STEP_USER,
        STEP_PASS,
        STEP_APOP,
        STEP_STAT,
        STEP_RETR,
        STEP_TEXT,
        STEP_DELE,
        STEP_QUIT,
        STEP_DONE
    };
    void send(Step step, const std::string &argument, std::string *output);
    void reply(const std::string &line, std::string *output);
    void refused(const std::string &line, std::string *output);
    void greeting(const std::string &line);
    void count(const std::string &line);
    void next_message(std::string *output);
    void message_ended(std::string *output);

    std::string user_, password_, subject_, timestamp_, message_, refusal_;
    Step step_;
    LineReader reader_;
    DotDecoder decoder_;
    boost::uint32_t number_; /* of the message that is looked at, 0 none */
    bool found_;
};

/* A header field of the message, case-blind name, without white space around it; "" without it. */
std::string message_field(const std::string &message, const std::string &name);

/* How the body differs from the lines, in words; "" when it does not. */
std::string body_difference(const std::string &message, const std::vector<std::string> &lines);

} // namespace mail

#endif
