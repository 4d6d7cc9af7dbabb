/*
**  sasl - PLAIN is one message, LOGIN two
*/
#include "CORE/sasl.h"

#include "CORE/encode.h"
#include "CORE/text.h"

namespace mail {

static const char *const mechanism_names[] = {"PLAIN", "LOGIN", "?"};

const char *sasl_name(SaslMechanism mechanism)
{
    return mechanism_names[mechanism];
}

SaslMechanism sasl_find(const std::string &name)
{
    for (int i = 0; i < SASL_UNKNOWN; ++i)
        if (text_equal(name, mechanism_names[i]))
            return static_cast<SaslMechanism>(i);
    return SASL_UNKNOWN;
}

static void wipe(std::string *text)
{
    volatile char *p = text->empty() ? 0 : &(*text)[0];
    for (size_t i = 0; i < text->size(); ++i)
        p[i] = 0;
    text->clear();
}

SaslServer::~SaslServer()
{
    wipe(&password_);
}

std::string SaslServer::challenge() const
{
    if (mechanism_ != SASL_LOGIN)
        return std::string();
    return base64_encode(user_.empty() ? "Username:" : "Password:");
}

SaslServer::State SaslServer::initial(const std::string &base64)
{
    return state_ = take(base64 == "=" ? std::string() : base64);
}

SaslServer::State SaslServer::feed(const std::string &line)
{
    return state_ = line == "*" ? CANCELLED : take(line);
}

static bool is_field(const std::string &text)
{
    return text.size() <= SASL_FIELD_MAX && text.find('\0') == std::string::npos;
}

SaslServer::State SaslServer::take(const std::string &base64)
{
    std::string message;
    State next = BAD;
    if (!base64_decode(base64, &message))
        return BAD;
    if (mechanism_ == SASL_PLAIN)
        next = take_plain(&message);
    else if (mechanism_ == SASL_LOGIN && is_field(message)) {
        bool asked_user = user_.empty();
        if (asked_user) {
            user_ = message;
            next = message.empty() ? BAD : MORE;
        } else {
            password_ = message;
            next = DONE;
        }
    }
    wipe(&message);
    return next;
}

/* authority NUL user NUL password */
SaslServer::State SaslServer::take_plain(std::string *message)
{
    size_t one = message->find('\0');
    size_t two = one == std::string::npos ? one : message->find('\0', one + 1);
    if (two == std::string::npos)
        return BAD;
    authority_ = message->substr(0, one);
    user_ = message->substr(one + 1, two - one - 1);
    password_ = message->substr(two + 1);
    return user_.empty() || !is_field(authority_) || !is_field(user_) || !is_field(password_)
               ? BAD
               : DONE;
}

} // namespace mail
