/*
**  smtp_client - the client's side of SMTP
*/
#include "smtp_client.h"

#include "CORE/text.h"
#include "MTA/log.h"

#include <string.h>

namespace mail {

namespace {

const boost::uint32_t SLICE_MS = 500; /* a stopped job is noticed after this */
const size_t READ_BYTES = 4096;
const size_t TEXT_PIECE = 65536;
const boost::uint32_t QUIT_MS = 1000;

void clear_eighth_bits(std::string *data)
{
    for (size_t i = 0; i < data->size(); ++i)
        (*data)[i] = static_cast<char>((*data)[i] & 0x7F);
}

} // namespace

SmtpClient::SmtpClient(const SettingsPtr &settings, const std::string &own_name)
    : settings_(settings), own_name_(own_name), fd_(-1), broken_(false), pipelining_(false),
      size_(false), eight_bit_mime_(false), size_limit_(0), messages_(0)
{
}

SmtpClient::~SmtpClient()
{
    if (fd_ >= 0)
        net_close(fd_);
}

void SmtpClient::trace(const char *direction, const std::string &line) const
{
    if (settings_->flag(P_SMTP_SYMB_TRACE))
        LogLine(LOG_INFO, host_, direction).add("line", log_trace_form(line));
}

bool SmtpClient::write(const std::string &data, boost::uint32_t seconds, const StopFlag &stop)
{
    size_t done = 0;
    boost::uint64_t deadline = net_milliseconds() + static_cast<boost::uint64_t>(seconds) * 1000;
    while (done < data.size()) {
        int n = net_write_some(fd_, data.data() + done, data.size() - done);
        if (n > 0) {
            done += static_cast<size_t>(n);
            continue;
        }
        if (n != NET_AGAIN || net_milliseconds() >= deadline || stop.stopped()) {
            failure_ = n != NET_AGAIN ? "connection lost" : "timeout while sending";
            broken_ = true;
            return false;
        }
        net_wait_writable(fd_, SLICE_MS);
    }
    return true;
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
        int n = net_read_some(fd_, buffer, sizeof buffer);
        if (n > 0) {
            input_.append(buffer, static_cast<size_t>(n));
            continue;
        }
        if (n != NET_AGAIN || net_milliseconds() >= deadline || stop.stopped()) {
            failure_ = n != NET_AGAIN   ? "connection closed by remote host"
                       : stop.stopped() ? "job stopped"
                                        : "timeout while waiting for a reply";
            broken_ = true;
            return false;
        }
        net_wait_readable(fd_, SLICE_MS);
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
    if (group == 4 || group == 5 || (group == 2 && command == "end of data")) {
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

/* Connects within `seconds`; cancelled when the job is stopped. */
Status SmtpClient::reach(const NetAddress &address, boost::uint32_t seconds, const StopFlag &stop)
{
    boost::uint64_t deadline = net_milliseconds() + static_cast<boost::uint64_t>(seconds) * 1000;
    Status status = net_connect_start(address, 0, &fd_);
    while (status.ok()) {
        status = net_connect_wait(fd_, SLICE_MS);
        if (!status.timed_out())
            break;
        if (stop.stopped())
            return Status::cancelled();
        if (net_milliseconds() < deadline)
            status = Status();
    }
    return status;
}

Outcome SmtpClient::connect(const NetAddress &address, const std::string &host,
                            const StopFlag &stop)
{
    host_ = host;
    boost::uint32_t wait = settings_->seconds(P_SYMB_CONNECT_TIMEOUT);
    boost::uint32_t initial = settings_->seconds(P_SEND_TIMEOUT_INITIAL);
    if (wait > initial)
        wait = initial;
    Status status = reach(address, wait, stop);
    if (!status.ok()) {
        if (fd_ >= 0)
            net_close(fd_);
        fd_ = -1;
        if (status == Status::cancelled())
            return Outcome::not_tried("job stopped");
        std::string text = host + " [" + net_endpoint_text(address) + "]: cannot connect";
        return Outcome::reply(451, "4.4.1", text, text + ": " + status.text());
    }
    net_set_no_delay(fd_);
    SmtpReply reply;
    if (!read_reply(initial, stop, &reply))
        return lost("greeting");
    if (reply.code != 220) {
        broken_ = true;
        return from_reply(reply, "greeting");
    }
    return hello(stop);
}

Outcome SmtpClient::hello(const StopFlag &stop)
{
    boost::uint32_t initial = settings_->seconds(P_SEND_TIMEOUT_INITIAL);
    const char *const verbs[] = {"EHLO ", "HELO "};
    SmtpReply reply;
    for (size_t i = 0; i < 2; ++i) {
        std::string command = verbs[i] + own_name_ + "\r\n";
        trace("send", command);
        if (!write(command, initial, stop) || !read_reply(initial, stop, &reply))
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

void SmtpClient::read_extensions(const SmtpReply &reply)
{
    for (size_t i = 1; i < reply.lines.size(); ++i) {
        size_t at = 0;
        std::string word, limit;
        if (!text_next_word(reply.lines[i], &at, &word))
            continue;
        word = text_uppered(word);
        pipelining_ = pipelining_ || word == "PIPELINING";
        eight_bit_mime_ = eight_bit_mime_ || word == "8BITMIME";
        if (word == "SIZE") {
            size_ = true;
            if (text_next_word(reply.lines[i], &at, &limit))
                text_number64(limit, 0, ~static_cast<boost::uint64_t>(0), &size_limit_);
        }
    }
}

std::string SmtpClient::mail_command(const SmtpTransaction &t) const
{
    std::string command = "MAIL FROM:<" + t.sender + ">";
    if (size_)
        command += " SIZE=" + text_from_number(t.size);
    if (t.eight_bit && eight_bit_mime_ && !t.clear_eighth_bit)
        command += " BODY=8BITMIME";
    return command + "\r\n";
}

/*
**  MAIL, RCPT ... and DATA: in one piece when the server takes that.  Every command's reply is
**  read, whatever the ones before it said.  False: connection lost.
*/
bool SmtpClient::envelope(const SmtpTransaction &t, const StopFlag &stop,
                          std::vector<Outcome> *results, size_t *accepted, bool *data_open)
{
    boost::uint32_t mail_wait = settings_->seconds(P_SEND_TIMEOUT_MAIL);
    boost::uint32_t rcpt_wait = settings_->seconds(P_SEND_TIMEOUT_RECEIPT);
    boost::uint32_t data_wait = settings_->seconds(P_SEND_TIMEOUT_DATA);
    std::vector<std::string> commands;
    commands.push_back(mail_command(t));
    for (size_t i = 0; i < t.recipients.size(); ++i)
        commands.push_back("RCPT TO:<" + t.recipients[i] + ">\r\n");
    commands.push_back("DATA\r\n");
    if (pipelining_) {
        std::string all;
        for (size_t i = 0; i < commands.size(); ++i) {
            trace("send", commands[i]);
            all += commands[i];
        }
        if (!write(all, data_wait, stop))
            return false;
    }
    *accepted = 0;
    *data_open = false;
    bool sender_ok = false;
    for (size_t i = 0; i < commands.size(); ++i) {
        bool is_data = i + 1 == commands.size();
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
            sender_ok = positive;
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
    return true;
}

bool SmtpClient::send_text(const SmtpTransaction &t, TextSource &text, const StopFlag &stop,
                           Outcome *outcome)
{
    boost::uint32_t data_wait = settings_->seconds(P_SEND_TIMEOUT_DATA);
    DotEncoder encoder;
    std::string piece, wire;
    bool end = false;
    while (!end) {
        piece.clear();
        wire.clear();
        if (!text.next(TEXT_PIECE, &piece, &end, outcome)) {
            broken_ = true; /* no final dot: the server drops what it has */
            failure_ = outcome->log_text();
            return false;
        }
        if (t.clear_eighth_bit)
            clear_eighth_bits(&piece);
        encoder.feed(piece.data(), piece.size(), &wire);
        if (end)
            encoder.finish(&wire);
        if (!write(wire, data_wait, stop))
            return false;
    }
    SmtpReply reply;
    if (!read_reply(settings_->seconds(P_SEND_TIMEOUT_TERMINATION), stop, &reply))
        return false;
    *outcome = from_reply(reply, "end of data");
    return true;
}

bool SmtpClient::send(const SmtpTransaction &t, TextSource &text, const StopFlag &stop,
                      std::vector<Outcome> *results)
{
    results->assign(t.recipients.size(), Outcome::done());
    size_t accepted = 0;
    bool data_open = false;
    if (size_ && size_limit_ != 0 && t.size > size_limit_) {
        Outcome too_big = Outcome::reply(552, "5.3.4", "message is larger than " + host_ + " takes",
                                         "SIZE limit of remote host");
        too_big.set_remote(host_);
        results->assign(t.recipients.size(), too_big);
        return true;
    }
    ++messages_;
    if (!envelope(t, stop, results, &accepted, &data_open)) {
        results->assign(t.recipients.size(), lost("envelope"));
        return false;
    }
    if (!data_open)
        return true;
    Outcome end;
    if (accepted == 0) {
        /* pipelined DATA was taken although nobody is to get it: an empty message (RFC 2920 3.1) */
        SmtpReply reply;
        if (write(".\r\n", settings_->seconds(P_SEND_TIMEOUT_DATA), stop))
            read_reply(settings_->seconds(P_SEND_TIMEOUT_TERMINATION), stop, &reply);
        return true;
    }
    bool answered = send_text(t, text, stop, &end);
    if (!answered && end.is_done())
        end = lost("message");
    for (size_t i = 0; i < results->size(); ++i)
        if ((*results)[i].is_done())
            (*results)[i] = end;
    return answered;
}

void SmtpClient::quit()
{
    if (usable()) {
        net_write(fd_, "QUIT\r\n", 6, QUIT_MS);
        trace("send", "QUIT\r\n");
    }
    if (fd_ >= 0)
        net_close(fd_);
    fd_ = -1;
}

} // namespace mail
