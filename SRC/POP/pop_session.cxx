/*
**  pop_session - the states of a POP connection
*/
#include "pop_session.h"

#include "pop_auth.h"
#include "pop_commands.h"

#include "CORE/text.h"
#include "VMS/process.h"
#include "VMS/thread.h"

#include <stdio.h>
#include <string.h>

namespace mail {

namespace {

const char *state_name(unsigned state)
{
    return state == POP_AUTH_STATE          ? "AUTHORIZATION"
           : state == POP_TRANSACTION_STATE ? "TRANSACTION"
                                            : "ENDED";
}

/* The verb is found as the grammar finds it, in any case. */
PopVerb verb_of(const std::string &line, size_t *end)
{
    std::string word;
    *end = 0;
    text_next_word(line, end, &word);
    return pop_verb_find(word);
}

/* A line as the log may show it. */
std::string without_secret(const std::string &line)
{
    size_t at;
    PopVerb verb = verb_of(line, &at);
    bool secret = verb == POP_PASS || verb == POP_APOP || verb == POP_AUTH;
    return secret && at < line.size() ? line.substr(0, at) + " ***" : line;
}

pthread_mutex_t stamp_mutex = PTHREAD_MUTEX_INITIALIZER;
VmsTime last_stamp;

/* Hundredths of a second are what the text shows, so no two stamps share one. */
VmsTime next_stamp_time()
{
    const VmsTime hundredth = VMSTIME_UNITS_PER_SECOND / 100;
    pthread_mutex_lock(&stamp_mutex);
    VmsTime now = vmstime_now() / hundredth;
    last_stamp = now > last_stamp ? now : last_stamp + 1;
    VmsTime taken = last_stamp;
    pthread_mutex_unlock(&stamp_mutex);
    return taken * hundredth;
}

} // namespace

std::string pop_stamp(const Identity &identity)
{
    char pid[16];
    snprintf(pid, sizeof pid, "<%08X.", static_cast<unsigned>(process_pid()));
    std::string time = vmstime_text(next_stamp_time());
    for (size_t i = 0; i < time.size(); ++i)
        if (strchr(" -:.", time[i]))
            time[i] = '_';
    return pid + time + "@" + identity.host() + ">";
}

PopSession::PopSession(const PopContext &context, boost::uint32_t number,
                       const std::string &address)
    : context_(context), settings_(config_current()), identity_(identity_current()),
      number_(number), id_("pop-" + text_from_number(number)), address_(address),
      state_(POP_AUTH_STATE), out_(0), sent_(0), attempts_(0), errors_(0), began_(0), hold_(0),
      skipping_(false), ending_(false), left_(false), secured_(context.secured), wants_tls_(false),
      operator_(false), awaiting_response_(false)
{
}

PopSession::~PopSession()
{
    drop_.close();
}

void PopSession::enter(unsigned state)
{
    LogLine(LOG_DEBUG, id_, "state").add("from", state_name(state_)).add("to", state_name(state));
    state_ = state;
}

/* TCPIP$POP_TRACE asks for the protocol's lines at every level. */
bool PopSession::traces(LogLevel *level) const
{
    *level = settings_->flag(P_POP_TRACE) ? LOG_ASKED : LOG_TRACE;
    return log_on(*level);
}

void PopSession::trace(const char *direction, const std::string &line)
{
    LogLevel level;
    if (traces(&level))
        LogLine(level, id_, direction).add("line", line);
}

/* HP 19.6: the server logs command errors.  What the client wrote may be a password. */
void PopSession::reply(PopReplyId id, const std::string &a, const std::string &b)
{
    if (!pop_reply_positive(id) && log_on(LOG_WARNING)) {
        std::string text = pop_reply(id, a, b);
        LogLine(LOG_WARNING, id_, "command_error")
            .add("command", command_)
            .add("answer", text.substr(0, text.size() - 2));
    }
    reply_logged(id, a, b);
}

void PopSession::reply_logged(PopReplyId id, const std::string &a, const std::string &b)
{
    std::string text = pop_reply(id, a, b);
    trace("send", text.substr(0, text.size() - 2));
    out_->write(text);
    if (!pop_reply_positive(id))
        count_error();
}

void PopSession::count_error()
{
    if (++errors_ != settings_->number(P_POP_ERRORS_PER_SESSION) || ending_)
        return;
    out_->write(pop_reply(SAY_TOO_MANY_ERRORS));
    end(false);
}

void PopSession::start(Output *out)
{
    out_ = out;
    if (!context_.may_cleartext && !context_.secured) {
        LogLine(LOG_WARNING, id_, "cleartext").add("client", address_);
        reply_logged(SAY_CLEARTEXT_DISABLED);
        enter(POP_ENDED_STATE);
        return;
    }
    stamp_ = pop_stamp(*identity_);
    LogLine(LOG_INFO, id_, "connect").add("client", address_);
    std::string greeting =
        pop_reply(settings_->flag(P_POP_APOP) ? SAY_GREETING : SAY_GREETING_PLAIN, context_.version,
                  identity_->host(), context_.up_since, stamp_);
    trace("send", greeting.substr(0, greeting.size() - 2));
    out->write(greeting);
}

bool PopSession::ready(const char *data, size_t size)
{
    return size >= line_limit() || (size != 0 && memchr(data, '\n', size) != 0);
}

size_t PopSession::line_limit() const
{
    return awaiting_response_ ? POP_AUTH_LINE_MAX : POP_LINE_MAX;
}

/* Every complete line, until the answer is long or the session ends. */
size_t PopSession::step(const char *data, size_t size, Output *out)
{
    out_ = out;
    size_t used = 0;
    while (state_ != POP_ENDED_STATE && sending_.empty() && out->size() < POP_CHUNK &&
           !wants_tls_ && hold_ == 0) {
        const char *begin = data + used;
        const char *end = static_cast<const char *>(memchr(begin, '\n', size - used));
        size_t length = end ? static_cast<size_t>(end - begin) : size - used;
        if (!end && length < line_limit() && !skipping_)
            break;
        used += end ? length + 1 : length;
        bool long_line = skipping_ || length >= line_limit();
        if (long_line && !skipping_) {
            awaiting_response_ = false;
            command_ = "?";
            reply(SAY_LINE_TOO_LONG);
        }
        skipping_ = long_line && !end;
        if (!end)
            break;
        if (long_line)
            continue;
        if (length != 0 && begin[length - 1] == '\r')
            --length;
        run_line(std::string(begin, length));
    }
    return used;
}

void PopSession::run_line(const std::string &line)
{
    bool response = awaiting_response_;
    LogLevel level;
    size_t end;
    PopVerb verb = verb_of(line, &end);
    if (!response)
        command_ = verb == POP_UNKNOWN ? "?" : pop_verb_row(verb).name;
    if (traces(&level))
        trace("recv", response ? std::string("***") : without_secret(line));
    began_ = vmstime_now();
    awaiting_response_ = false;
    if (response)
        pop_auth_response(*this, line);
    else
        pop_dispatch(*this, line);
}

void PopSession::expect_response()
{
    awaiting_response_ = true;
    trace("send", "+");
    out_->write("+ \r\n");
}

bool PopSession::wants_tls()
{
    bool wanted = wants_tls_;
    wants_tls_ = false;
    return wanted;
}

/* What the client said in clear is forgotten (RFC 2595 4). */
void PopSession::on_tls(bool secured)
{
    secured_ = secured;
    user.clear();
    LogLine(LOG_INFO, id_, "tls").add("secured", secured ? "yes" : "no");
}

VmsTime PopSession::take_hold()
{
    VmsTime taken = hold_;
    hold_ = 0;
    return taken;
}

void PopSession::send_text(std::string *text)
{
    bool small = text->size() <= POP_CHUNK / 2; /* also when each line has a dot */
    std::string *stuffed = small ? &out_->text() : &sending_;
    if (!small)
        stuffed->reserve(text->size() + text->size() / 64 + 8);
    DotEncoder encoder;
    encoder.feed(text->data(), text->size(), stuffed);
    encoder.finish(stuffed);
    if (small)
        return;
    sent_ = 0;
    produce(out_);
}

void PopSession::produce(Output *out)
{
    size_t piece = sending_.size() - sent_;
    if (piece > POP_CHUNK)
        piece = POP_CHUNK;
    out->write(sending_.data() + sent_, piece);
    sent_ += piece;
    if (sent_ == sending_.size()) {
        std::string().swap(sending_);
        sent_ = 0;
    }
}

void PopSession::refused(PopReplyId id, const std::string &name, bool held)
{
    if (held)
        hold_ = began_ + static_cast<VmsTime>(settings_->seconds(P_POP_REFUSAL_DELAY)) *
                             VMSTIME_UNITS_PER_SECOND;
    reply_logged(id, name);
    user.clear();
    if (++attempts_ >= POP_AUTH_ATTEMPTS && state_ != POP_ENDED_STATE)
        end(false);
}

void PopSession::admit(const Account &account)
{
    std::string why;
    switch (drop_.open(account, settings_, identity_, &why)) {
    case Maildrop::OPENED:
        LogLine(LOG_INFO, id_, "login")
            .add("user", account.user)
            .add("client", address_)
            .add("tls", secured_ ? "yes" : "no")
            .add("messages", static_cast<boost::uint32_t>(drop_.count()));
        account_ = account.user;
        operator_ = account_is_operator(account);
        if (context_.stats)
            context_.stats->logged_in(number_, account_);
        enter(POP_TRANSACTION_STATE);
        reply(SAY_LOGGED_IN);
        break;
    case Maildrop::IN_USE:
        LogLine(LOG_WARNING, id_, "in_use").add("user", account.user);
        reply_logged(SAY_IN_USE, account.user);
        break;
    default:
        LogLine(LOG_ERROR, id_, "trouble").add("user", account.user).add("reason", why);
        reply_logged(SAY_UNAVAILABLE);
        break;
    }
}

void PopSession::end(bool update)
{
    if (state_ == POP_ENDED_STATE || ending_)
        return;
    ending_ = true;
    Status status;
    if (update && state_ == POP_TRANSACTION_STATE)
        status = drop_.update();
    else
        drop_.close();
    if (update) {
        if (status.ok())
            reply(SAY_SIGN_OFF, identity_->host());
        else
            reply_logged(SAY_SIGN_OFF_TROUBLE);
    }
    LogLine(LOG_INFO, id_, "end").add("status", status.ok() ? std::string("ok") : status.text());
    enter(POP_ENDED_STATE);
    leave(update);
}

void PopSession::leave(bool normally)
{
    if (left_ || !context_.stats)
        return;
    left_ = true;
    context_.stats->logged_out(number_);
    context_.stats->disconnected(normally);
}

boost::uint32_t PopSession::timeout_seconds() const
{
    return state_ == POP_AUTH_STATE ? settings_->seconds(P_POP_LOGIN_TIMEOUT)
                                    : settings_->seconds(P_POP_LINK_IDLE_TIMEOUT);
}

void PopSession::on_timeout(Output *out)
{
    out_ = out;
    out->write(pop_reply(SAY_IDLE));
    LogLine(LOG_WARNING, id_, "timeout").add("client", address_);
    end(false);
}

/* Without QUIT nothing is updated (RFC 1939 6). */
void PopSession::on_disconnect(DisconnectReason reason)
{
    if (state_ != POP_ENDED_STATE)
        LogLine(LOG_INFO, id_, "disconnect").add("reason", static_cast<boost::int32_t>(reason));
    drop_.close();
    state_ = POP_ENDED_STATE;
    leave(false);
    std::string().swap(sending_);
}

} // namespace mail
