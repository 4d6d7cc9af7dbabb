/*
**  smtp_greeting - how a connection begins: greeting, EHLO, STARTTLS, AUTH
*/
#include "smtp_client.h"

#include "CORE/encode.h"
#include "CORE/text.h"
#include "MTA/log.h"

namespace mail {

namespace {

/* Nothing about the message: it waits until the manager, or the other one, has mended it. */
Outcome waiting(const char *status, const std::string &host, const std::string &why)
{
    return Outcome::reply(451, status, host + ": " + why, host + ": " + why);
}

/*
**  The name behind 220 (RFC 5321 4.3.1) is ours: an address record, a forwarder or a translated
**  address leads back here.  Else the message would come round until its hops are used up.
*/
bool is_ourselves(const SmtpReply &greeting, const std::string &own_name)
{
    size_t at = 0;
    std::string name;
    return !greeting.lines.empty() && text_next_word(greeting.lines[0], &at, &name) &&
           text_equal(name, own_name);
}

} // namespace

std::string SmtpClient::security_key(const ClientSecurity &security)
{
    std::string key = tls_level_name(security.level);
    if (security.tls_first)
        key += " first";
    if (security.level == TLS_VERIFY)
        key += " " + security.host;
    return security.has_login ? key + " " + security.login.user : key;
}

/* What fails in TLS that is only nice to have is tried once more in clear. */
Outcome SmtpClient::connect(const NetAddress &address, const std::string &host,
                            const StopFlag &stop)
{
    bool try_in_clear = false;
    host_ = host;
    Outcome outcome = connect_once(address, stop, &try_in_clear);
    if (!try_in_clear || stop.stopped())
        return outcome;
    LogLine(LOG_WARNING, host_, "tls").add("failure", outcome.log_text()).add("next", "in clear");
    ClientSecurity wanted = security_;
    connection_.close();
    input_.clear();
    broken_ = false;
    security_.level = TLS_OFF;
    outcome = connect_once(address, stop, &try_in_clear);
    security_ = wanted;
    return outcome;
}

Outcome SmtpClient::connect_once(const NetAddress &address, const StopFlag &stop,
                                 bool *try_in_clear)
{
    boost::uint32_t wait = settings_->seconds(P_SYMB_CONNECT_TIMEOUT);
    boost::uint32_t initial = settings_->seconds(P_SEND_TIMEOUT_INITIAL);
    *try_in_clear = false;
    if (wait > initial)
        wait = initial;
    Status status = connection_.open(address, wait * 1000, &stop);
    if (!status.ok()) {
        if (status == Status::cancelled())
            return Outcome::not_tried("job stopped");
        std::string text = host_ + " [" + net_endpoint_text(address) + "]: cannot connect";
        return Outcome::reply(451, "4.4.1", text, text + ": " + status.text());
    }
    if (security_.tls_first) {
        Outcome outcome = handshake();
        if (!outcome.is_done())
            return outcome;
    }
    SmtpReply reply;
    if (!read_reply(initial, stop, &reply))
        return lost("greeting");
    if (reply.code != 220) {
        broken_ = true;
        return from_reply(reply, "greeting");
    }
    if (is_ourselves(reply, own_name_)) {
        broken_ = true;
        return Outcome::reply(554, "5.4.6", "Mail for the domain loops back to this host",
                              host_ + " [" + net_endpoint_text(address) + "] greets as " +
                                  own_name_ + ": the domain leads here, but is not local");
    }
    Outcome outcome = hello(stop);
    if (outcome.is_done() && !secured())
        outcome = secure(stop, try_in_clear);
    if (outcome.is_done() && security_.has_login)
        outcome = log_in(stop);
    return outcome;
}

/* ---- EHLO ---- */

Outcome SmtpClient::hello(const StopFlag &stop)
{
    boost::uint32_t initial = settings_->seconds(P_SEND_TIMEOUT_INITIAL);
    const char *const verbs[] = {"EHLO ", "HELO "};
    SmtpReply reply;
    for (size_t i = 0; i < 2; ++i) {
        std::string command = verbs[i] + own_name_ + "\r\n";
        if (!ask(command, command, initial, stop, &reply))
            return lost("hello");
        if (reply.code / 100 == 2) {
            if (i == 0)
                read_extensions(reply);
            return Outcome::done();
        }
        if (reply.code / 100 == 4)
            break;
    }
    broken_ = true;
    return from_reply(reply, "hello");
}

/* What was said before TLS does not count after it (RFC 3207 4.2). */
void SmtpClient::read_extensions(const SmtpReply &reply)
{
    pipelining_ = size_ = eight_bit_mime_ = dsn_ = chunking_ = starttls_ = false;
    size_limit_ = 0;
    mechanisms_ = " ";
    for (size_t i = 1; i < reply.lines.size(); ++i) {
        size_t at = 0;
        std::string word;
        if (text_next_word(reply.lines[i], &at, &word))
            extension(text_uppered(word), reply.lines[i], at);
    }
}

void SmtpClient::extension(const std::string &word, const std::string &line, size_t at)
{
    struct FlagRow {
        const char *word;
        bool SmtpClient::*flag;
    };
    static const FlagRow rows[] = {{"PIPELINING", &SmtpClient::pipelining_},
                                   {"8BITMIME", &SmtpClient::eight_bit_mime_},
                                   {"SIZE", &SmtpClient::size_},
                                   {"DSN", &SmtpClient::dsn_},
                                   {"STARTTLS", &SmtpClient::starttls_},
                                   {"CHUNKING", &SmtpClient::chunking_}};
    std::string argument;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
        if (word == rows[i].word)
            this->*rows[i].flag = true;
    chunking_ = chunking_ && settings_->flag(P_SEND_CHUNKING);
    if (word == "SIZE" && text_next_word(line, &at, &argument))
        text_number64(argument, 0, ~static_cast<boost::uint64_t>(0), &size_limit_);
    while (word == "AUTH" && text_next_word(line, &at, &argument))
        mechanisms_ += text_uppered(argument) + " ";
}

/* ---- TLS ---- */

Outcome SmtpClient::handshake()
{
    TlsClient *client = 0;
    Status status = tls_client_for(*settings_, security_.level, &client);
    if (!status.ok()) {
        broken_ = true;
        return waiting("4.7.5", host_, "no authorities to verify the certificate with (" +
                                           status.text() + ")");
    }
    boost::uint32_t seconds = settings_->seconds(P_SYMB_CONNECT_TIMEOUT);
    status = connection_.secure(client, host_, seconds * 1000);
    if (status.ok())
        return Outcome::done();
    broken_ = true;
    const char *why = security_.level == TLS_VERIFY
                          ? "TLS fails, or its certificate is not to be trusted"
                          : "TLS fails";
    return waiting("4.7.5", host_, why);
}

/* STARTTLS where it is offered, and wanted. */
Outcome SmtpClient::secure(const StopFlag &stop, bool *try_in_clear)
{
    boost::uint32_t initial = settings_->seconds(P_SEND_TIMEOUT_INITIAL);
    bool must = security_.level >= TLS_ENCRYPT;
    if (security_.level == TLS_OFF)
        return Outcome::done();
    if (!starttls_) {
        if (!must)
            return Outcome::done();
        broken_ = true;
        return waiting("4.7.4", host_, "does not offer TLS, which this destination must have");
    }
    SmtpReply reply;
    if (!ask("STARTTLS\r\n", "STARTTLS\r\n", initial, stop, &reply)) {
        *try_in_clear = !must && !stop.stopped();
        return lost("STARTTLS");
    }
    if (reply.code != 220) {
        if (!must)
            return Outcome::done();
        broken_ = true;
        return waiting("4.7.4", host_, "refuses TLS: " + smtp_reply_one_line(reply));
    }
    if (!input_.empty()) { /* said in clear, to be taken for said under TLS */
        broken_ = true;
        return waiting("4.7.5", host_, "sends more than a reply before TLS");
    }
    Outcome outcome = handshake();
    if (outcome.is_done())
        return hello(stop);
    *try_in_clear = !must;
    return outcome;
}

/* ---- AUTH ---- */

Outcome SmtpClient::log_in(const StopFlag &stop)
{
    static const LoginMechanism any[] = {LOGIN_PLAIN, LOGIN_LOGIN};
    static const char *const names[] = {"", "PLAIN", "LOGIN", "XOAUTH2"};
    LoginMechanism wanted = security_.login.mechanism, chosen = LOGIN_ANY;
    for (size_t i = 0; i < 2 && wanted == LOGIN_ANY && chosen == LOGIN_ANY; ++i)
        if (mechanisms_.find(std::string(" ") + names[any[i]] + " ") != std::string::npos)
            chosen = any[i];
    if (wanted != LOGIN_ANY &&
        mechanisms_.find(std::string(" ") + names[wanted] + " ") != std::string::npos)
        chosen = wanted;
    if (chosen == LOGIN_ANY) {
        broken_ = true;
        return waiting("4.7.0", host_, "does not offer the login that was configured for it");
    }
    Outcome outcome = exchange_login(chosen, stop);
    LogLine(outcome.is_done() ? LOG_INFO : LOG_ERROR, host_, "login")
        .add("user", security_.login.user)
        .add("mechanism", names[chosen])
        .add("result", outcome.is_done() ? std::string("ok") : outcome.log_text());
    return outcome;
}

/* The secret never appears in the trace. */
Outcome SmtpClient::exchange_login(LoginMechanism mechanism, const StopFlag &stop)
{
    boost::uint32_t wait = settings_->seconds(P_SEND_TIMEOUT_MAIL);
    const ServerLogin &login = security_.login;
    SmtpReply reply;
    bool spoke;
    if (mechanism == LOGIN_LOGIN) {
        spoke = ask("AUTH LOGIN\r\n", "AUTH LOGIN\r\n", wait, stop, &reply);
        if (spoke && reply.code == 334)
            spoke = ask(base64_encode(login.user) + "\r\n", "***\r\n", wait, stop, &reply);
        if (spoke && reply.code == 334)
            spoke = ask(base64_encode(login.secret.reveal()) + "\r\n", "***\r\n", wait, stop,
                        &reply);
    } else {
        std::string command = mechanism == LOGIN_PLAIN ? "AUTH PLAIN " : "AUTH XOAUTH2 ";
        spoke = ask(command + login_response(login, mechanism) + "\r\n", command + "***\r\n", wait,
                    stop, &reply);
        if (spoke && reply.code == 334) /* the reason of a refusal; then comes the refusal */
            spoke = ask("\r\n", "\r\n", wait, stop, &reply);
    }
    if (!spoke)
        return lost("login");
    if (reply.code == 235)
        return Outcome::done();
    broken_ = true;
    return waiting("4.7.8", host_, "refuses our login: " + smtp_reply_one_line(reply));
}

} // namespace mail
