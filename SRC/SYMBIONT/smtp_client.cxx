/*
**  smtp_client - bytes, replies and transactions; how a connection begins is in smtp_greeting.cxx
*/
#include "smtp_client.h"

#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "MTA/log.h"

#include <string.h>

namespace mail {

namespace {

const size_t READ_BYTES = 4096;
const size_t TEXT_PIECE = 65536;
const size_t CHUNK = 1048576;
const boost::uint32_t QUIT_MS = 1000;
const char end_of_data[] = "end of data";

void clear_eighth_bits(std::string *data)
{
    for (size_t i = 0; i < data->size(); ++i)
        (*data)[i] = static_cast<char>((*data)[i] & 0x7F);
}

} // namespace

SmtpClient::SmtpClient(const SettingsPtr &settings, const std::string &own_name)
    : settings_(settings), own_name_(own_name), broken_(false), pipelining_(false), size_(false),
      eight_bit_mime_(false), dsn_(false), chunking_(false), starttls_(false), open_(false),
      size_limit_(0), messages_(0)
{
}

void SmtpClient::trace(const char *direction, const std::string &line) const
{
    if (settings_->flag(P_SMTP_SYMB_TRACE))
        LogLine(LOG_INFO, host_, direction).add("line", log_trace_form(line));
}

bool SmtpClient::write(const std::string &data, boost::uint32_t seconds, const StopFlag &stop)
{
    Status status = connection_.write(data, seconds * 1000, &stop);
    if (status.ok())
        return true;
    failure_ = status == Status::link_lost() ? "connection lost" : "timeout while sending";
    broken_ = true;
    return false;
}

bool SmtpClient::read_reply(boost::uint32_t seconds, const StopFlag &stop, SmtpReply *reply)
{
    SmtpReplyReader reader;
    boost::uint64_t deadline = net_milliseconds() + static_cast<boost::uint64_t>(seconds) * 1000;
    char buffer[READ_BYTES];
    for (;;) {
        size_t used = reader.feed(input_.data(), input_.size());
        input_.erase(0, used);
        if (reader.state() != SmtpReplyReader::MORE)
            break;
        boost::uint64_t now = net_milliseconds();
        size_t count = 0;
        Status status = connection_.read(
            buffer, sizeof buffer,
            now < deadline ? static_cast<boost::uint32_t>(deadline - now) : 0, &stop, &count);
        if (!status.ok()) {
            failure_ = status == Status::link_lost()   ? "connection closed by remote host"
                       : status == Status::cancelled() ? "job stopped"
                                                       : "timeout while waiting for a reply";
            broken_ = true;
            return false;
        }
        input_.append(buffer, count);
    }
    if (reader.state() == SmtpReplyReader::BAD) {
        failure_ = "not an SMTP reply: " + text_printable(reader.bad_line(), 80);
        broken_ = true;
        return false;
    }
    *reply = reader.reply();
    trace("recv", smtp_reply_print(*reply));
    if (reply->code == 421)
        broken_ = true;
    return true;
}

Outcome SmtpClient::from_reply(const SmtpReply &reply, const std::string &command) const
{
    std::string text = smtp_reply_one_line(reply);
    int group = reply.code / 100;
    Outcome outcome;
    if (group == 4 || group == 5 || (group == 2 && command == end_of_data)) {
        outcome = Outcome::reply(reply.code, reply.enhanced, text, command + ": " + text);
    } else {
        /* "250" to DATA and the like: out of step, nothing was delivered, nothing refused */
        text = "unexpected reply: " + text;
        outcome = Outcome::reply(451, "4.5.0", text, command + ": " + text);
    }
    outcome.set_remote(host_);
    return outcome;
}

Outcome SmtpClient::lost(const char *phase) const
{
    std::string text = host_ + ": " + failure_ + " (" + phase + ")";
    return Outcome::reply(451, "4.4.2", text, text);
}

/* One command and its reply; shown: for the trace. */
bool SmtpClient::ask(const std::string &command, const std::string &shown, boost::uint32_t seconds,
                     const StopFlag &stop, SmtpReply *reply)
{
    trace("send", shown);
    return write(command, seconds, stop) && read_reply(seconds, stop, reply);
}

/* ---- the envelope ---- */

std::string SmtpClient::mail_command(const SendTransaction &t) const
{
    std::string command = "MAIL FROM:<" + t.sender + ">";
    if (size_)
        command += " SIZE=" + text_from_number(t.size);
    if (t.eight_bit && eight_bit_mime_ && !t.clear_eighth_bit)
        command += " BODY=8BITMIME";
    if (dsn_ && t.returned != CONTROL_RETURN_UNSAID)
        command += t.returned == CONTROL_RETURN_FULL ? " RET=FULL" : " RET=HDRS";
    if (dsn_ && !t.envelope_id.empty())
        command += " ENVID=" + smtp_xtext_encode(t.envelope_id);
    return command + "\r\n";
}

std::string SmtpClient::rcpt_command(const SendTransaction &t, size_t index) const
{
    struct NotifyRow {
        unsigned bit;
        const char *word;
    };
    static const NotifyRow rows[] = {{CONTROL_NOTIFY_NEVER, "NEVER"},
                                     {CONTROL_NOTIFY_SUCCESS, "SUCCESS"},
                                     {CONTROL_NOTIFY_FAILURE, "FAILURE"},
                                     {CONTROL_NOTIFY_DELAY, "DELAY"}};
    std::string command = "RCPT TO:<" + t.recipients[index] + ">";
    if (!dsn_ || t.wishes.empty())
        return command + "\r\n";
    const SmtpWish &wish = t.wishes[index];
    for (size_t i = 0, said = 0; i < sizeof rows / sizeof *rows; ++i)
        if (wish.notify & rows[i].bit)
            command += (said++ ? "," : " NOTIFY=") + std::string(rows[i].word);
    size_t colon = wish.original.find(';');
    if (colon != std::string::npos && colon != 0)
        command += " ORCPT=" + wish.original.substr(0, colon + 1) +
                   smtp_xtext_encode(text_trimmed(wish.original.substr(colon + 1)));
    return command + "\r\n";
}

void SmtpClient::commands_of(const SendTransaction &t, std::vector<std::string> *commands) const
{
    commands->push_back(mail_command(t));
    for (size_t i = 0; i < t.recipients.size(); ++i)
        commands->push_back(rcpt_command(t, i));
    if (!chunking_)
        commands->push_back("DATA\r\n");
}

bool SmtpClient::write_all(const std::vector<std::string> &commands, const StopFlag &stop)
{
    std::string all;
    for (size_t i = 0; i < commands.size(); ++i) {
        trace("send", commands[i]);
        all += commands[i];
    }
    return write(all, settings_->seconds(P_SEND_TIMEOUT_DATA), stop);
}

/*
**  MAIL, RCPT ... and DATA (not with BDAT): in one piece when the server takes that.  Every
**  command's reply is read, whatever the ones before it said.  False: connection lost.
*/
bool SmtpClient::envelope(const SendTransaction &t, const StopFlag &stop,
                          std::vector<Outcome> *results, size_t *accepted, bool *data_open)
{
    boost::uint32_t mail_wait = settings_->seconds(P_SEND_TIMEOUT_MAIL);
    boost::uint32_t rcpt_wait = settings_->seconds(P_SEND_TIMEOUT_RECEIPT);
    boost::uint32_t data_wait = settings_->seconds(P_SEND_TIMEOUT_DATA);
    std::vector<std::string> commands;
    commands_of(t, &commands);
    if (pipelining_ && !write_all(commands, stop))
        return false;
    *accepted = 0;
    *data_open = false;
    bool sender_ok = false;
    for (size_t i = 0; i < commands.size(); ++i) {
        bool is_data = i > t.recipients.size();
        if (!pipelining_) {
            if ((i != 0 && !sender_ok) || (is_data && *accepted == 0))
                continue;
            trace("send", commands[i]);
            if (!write(commands[i], mail_wait, stop))
                return false;
        }
        SmtpReply reply;
        if (!read_reply(i == 0 ? mail_wait : is_data ? data_wait : rcpt_wait, stop, &reply))
            return false;
        bool positive = reply.code / 100 == 2;
        if (i == 0) {
            sender_ok = open_ = positive;
            if (!positive)
                results->assign(t.recipients.size(), from_reply(reply, "MAIL"));
        } else if (!is_data) {
            if (positive && sender_ok)
                ++*accepted;
            else if (sender_ok)
                (*results)[i - 1] = from_reply(reply, "RCPT");
        } else {
            *data_open = reply.code == 354;
            /* a 2xx or another 3xx: whatever the server waits for, it is not the next MAIL */
            broken_ = broken_ || (!*data_open && reply.code / 100 < 4);
            for (size_t k = 0; !*data_open && k < results->size(); ++k)
                if ((*results)[k].is_done())
                    (*results)[k] = from_reply(reply, "DATA");
        }
    }
    *data_open = *data_open || (chunking_ && *accepted != 0);
    return true;
}

/* ---- the text ---- */

bool SmtpClient::next_piece(const SendTransaction &t, TextSource &text, size_t most,
                            std::string *piece, bool *end, Outcome *outcome)
{
    piece->clear();
    if (!text.next(most, piece, end, outcome)) {
        broken_ = true; /* the end is never said: the server drops what it has */
        failure_ = outcome->log_text();
        return false;
    }
    if (t.clear_eighth_bit)
        clear_eighth_bits(piece);
    return true;
}

bool SmtpClient::send_text(const SendTransaction &t, TextSource &text, const StopFlag &stop,
                           Outcome *outcome)
{
    boost::uint32_t data_wait = settings_->seconds(P_SEND_TIMEOUT_DATA);
    DotEncoder encoder;
    std::string piece, wire;
    bool end = false;
    while (!end) {
        wire.clear();
        if (!next_piece(t, text, TEXT_PIECE, &piece, &end, outcome))
            return false;
        encoder.feed(piece.data(), piece.size(), &wire);
        if (end)
            encoder.finish(&wire);
        if (!write(wire, data_wait, stop))
            return false;
    }
    SmtpReply reply;
    if (!read_reply(settings_->seconds(P_SEND_TIMEOUT_TERMINATION), stop, &reply))
        return false;
    *outcome = from_reply(reply, end_of_data);
    return true;
}

/* RFC 3030: a refused chunk ends the transaction; the next one begins with RSET. */
bool SmtpClient::send_chunks(const SendTransaction &t, TextSource &text, const StopFlag &stop,
                             Outcome *outcome)
{
    boost::uint32_t data_wait = settings_->seconds(P_SEND_TIMEOUT_DATA);
    boost::uint32_t last_wait = settings_->seconds(P_SEND_TIMEOUT_TERMINATION);
    std::string piece, ahead;
    bool end = false;
    if (!next_piece(t, text, CHUNK, &ahead, &end, outcome))
        return false;
    for (;;) {
        piece.swap(ahead);
        while (!end && piece.size() < CHUNK) {
            if (!next_piece(t, text, CHUNK - piece.size(), &ahead, &end, outcome))
                return false;
            piece += ahead;
        }
        std::string command = "BDAT " + text_from_number(static_cast<boost::uint64_t>(
                                            piece.size())) + (end ? " LAST\r\n" : "\r\n");
        SmtpReply reply;
        trace("send", command);
        if (!write(command + piece, data_wait, stop) ||
            !read_reply(end ? last_wait : data_wait, stop, &reply))
            return false;
        ahead.clear();
        if (!end && reply.code / 100 == 2)
            continue;
        *outcome = from_reply(reply, end_of_data);
        open_ = !end || reply.code / 100 != 2;
        return true;
    }
}

/* Pipelined DATA was taken although nobody is to get it: an empty message (RFC 2920 3.1). */
bool SmtpClient::end_empty(const StopFlag &stop)
{
    SmtpReply reply;
    return write(".\r\n", settings_->seconds(P_SEND_TIMEOUT_DATA), stop) &&
           read_reply(settings_->seconds(P_SEND_TIMEOUT_TERMINATION), stop, &reply);
}

/* ---- one message ---- */

/* A transaction that nobody ended would make the next MAIL a "nested" one. */
bool SmtpClient::reset_peer(const StopFlag &stop)
{
    SmtpReply reply;
    if (!open_)
        return true;
    open_ = false;
    return ask("RSET\r\n", "RSET\r\n", settings_->seconds(P_SEND_TIMEOUT_MAIL), stop, &reply);
}

bool smtp_needs_utf8(const std::string &address, Outcome *outcome)
{
    if (text_is_ascii(address))
        return false;
    *outcome = Outcome::reply(553, "5.6.7",
                              "the address has characters outside of ASCII, which this mail system "
                              "cannot send (SMTPUTF8)",
                              "SMTPUTF8: " + address);
    return true;
}

/* What need not be asked. */
bool SmtpClient::refused_here(const SendTransaction &t, std::vector<Outcome> *results) const
{
    Outcome no;
    if (smtp_needs_utf8(t.sender, &no)) {
        results->assign(t.recipients.size(), no);
        return true;
    }
    if (!size_ || size_limit_ == 0 || t.size <= size_limit_)
        return false;
    Outcome too_big = Outcome::reply(552, "5.3.4", "message is larger than " + host_ + " takes",
                                     "SIZE limit of remote host");
    too_big.set_remote(host_);
    results->assign(t.recipients.size(), too_big);
    return true;
}

/* Who asked to hear of success: the server will tell, or we do ("relayed", RFC 3461 5.2.2). */
void SmtpClient::note_reports(std::vector<Outcome> *results) const
{
    for (size_t i = 0; i < results->size() && !dsn_; ++i)
        if ((*results)[i].is_done())
            (*results)[i].set_report(Outcome::RELAYED);
}

bool SmtpClient::send(const SendTransaction &t, TextSource &text, const StopFlag &stop,
                      std::vector<Outcome> *results)
{
    results->assign(t.recipients.size(), Outcome::done());
    size_t accepted = 0;
    bool data_open = false;
    if (refused_here(t, results))
        return true;
    ++messages_;
    if (!reset_peer(stop) || !envelope(t, stop, results, &accepted, &data_open)) {
        results->assign(t.recipients.size(), lost("envelope"));
        return false;
    }
    if (!data_open)
        return true;
    open_ = false;
    if (accepted == 0) {
        end_empty(stop);
        return true;
    }
    Outcome end;
    bool answered = chunking_ ? send_chunks(t, text, stop, &end) : send_text(t, text, stop, &end);
    if (!answered && end.is_done())
        end = lost("message");
    for (size_t i = 0; i < results->size(); ++i)
        if ((*results)[i].is_done())
            (*results)[i] = end;
    note_reports(results);
    return answered;
}

void SmtpClient::quit()
{
    if (usable()) {
        trace("send", "QUIT\r\n");
        connection_.write("QUIT\r\n", QUIT_MS, 0);
    }
    connection_.close();
}

} // namespace mail
