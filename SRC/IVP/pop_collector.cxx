/*
**  pop_collector - commands, answers, and what a message is compared with
*/
#include "pop_collector.h"

#include "CORE/md5.h"
#include "CORE/text.h"

namespace mail {

namespace {

const size_t SHOWN_MAX = 60; /* of a line that differs */

/* In the order of Step. */
const char *const command_words[] = {"greeting", "STLS", "STLS", "USER", "PASS", "APOP",
                                     "STAT",     "RETR", "RETR", "DELE", "QUIT", ""};

DotOptions message_options()
{
    DotOptions options;
    options.max_size = COLLECTOR_MESSAGE_MAX;
    options.accept_nul = true;
    return options;
}

/* Lines of CRLF text from *at on; false behind the last one. */
bool next_line(const std::string &text, size_t *at, std::string *line)
{
    if (*at >= text.size())
        return false;
    size_t end = text.find("\r\n", *at);
    size_t stop = end == std::string::npos ? text.size() : end;
    *line = text.substr(*at, stop - *at);
    *at = end == std::string::npos ? text.size() : end + 2;
    return true;
}

std::string quoted(const std::string &line)
{
    return "\"" + text_printable(line, SHOWN_MAX) + "\"";
}

} // namespace

PopCollector::PopCollector(const std::string &user, const std::string &password,
                           const std::string &subject)
    : user_(user), password_(password), subject_(subject), step_(STEP_GREETING),
      reader_(COLLECTOR_LINE_MAX, LINE_LF_TOO), decoder_(message_options()), number_(0),
      found_(false)
{
}

const char *PopCollector::waits_for() const
{
    return command_words[step_];
}

void PopCollector::feed(const char *data, size_t size, std::string *output)
{
    size_t at = 0;
    while (at < size && !is_done()) {
        if (wants_tls()) {
            refused("text behind the answer", output);
        } else if (step_ == STEP_TEXT) {
            at += decoder_.feed(data + at, size - at, &message_);
            if (decoder_.state() == DOT_BAD)
                refused(dot_reason_name(decoder_.reason()), output);
            else if (decoder_.state() == DOT_DONE)
                message_ended(output);
        } else {
            at += reader_.feed(data + at, size - at);
            if (!reader_.ready())
                continue;
            std::string line = reader_.line();
            reader_.next();
            reply(line, output);
        }
    }
}

void PopCollector::send(Step step, const std::string &argument, std::string *output)
{
    step_ = step;
    *output += command_words[step];
    if (!argument.empty())
        *output += " " + argument;
    *output += "\r\n";
}

void PopCollector::secured(std::string *output)
{
    send(STEP_USER, user_, output);
}

void PopCollector::reply(const std::string &line, std::string *output)
{
    bool good = text_begins(line, "+OK");
    if (step_ == STEP_STLS) {
        if (good)
            step_ = STEP_HANDSHAKE;
        else
            send(STEP_USER, user_, output);
        return;
    }
    if (!good && step_ == STEP_USER && !timestamp_.empty()) {
        send(STEP_APOP, user_ + " " + md5_hex(timestamp_ + password_), output);
        return;
    }
    if (!good) {
        refused(line, output);
        return;
    }
    switch (step_) {
    case STEP_GREETING:
        greeting(line);
        send(STEP_STLS, "", output);
        break;
    case STEP_USER:
        send(STEP_PASS, password_, output);
        break;
    case STEP_PASS:
    case STEP_APOP:
        send(STEP_STAT, "", output);
        break;
    case STEP_STAT:
        count(line);
        next_message(output);
        break;
    case STEP_RETR:
        step_ = STEP_TEXT;
        message_.clear();
        decoder_.reset();
        break;
    case STEP_DELE:
        send(STEP_QUIT, "", output);
        break;
    default:
        step_ = STEP_DONE;
    }
}

void PopCollector::refused(const std::string &line, std::string *output)
{
    refusal_ = std::string(command_words[step_]) + ": " + text_one_line(line, COLLECTOR_LINE_MAX);
    *output += "QUIT\r\n"; /* nobody reads the answer */
    step_ = STEP_DONE;
}

/* The timestamp of APOP: from the last '<' to the '>' behind it. */
void PopCollector::greeting(const std::string &line)
{
    size_t from = line.rfind('<');
    size_t to = from == std::string::npos ? from : line.find('>', from);
    if (to != std::string::npos && line.find('@', from) < to)
        timestamp_ = line.substr(from, to - from + 1);
}

/* "+OK messages octets" */
void PopCollector::count(const std::string &line)
{
    std::vector<std::string> words;
    text_words(line, &words);
    if (words.size() > 1)
        text_number(words[1], 0, 0x7FFFFFFF, &number_);
}

void PopCollector::next_message(std::string *output)
{
    if (number_)
        send(STEP_RETR, text_from_number(number_), output);
    else
        send(STEP_QUIT, "", output);
}

void PopCollector::message_ended(std::string *output)
{
    if (message_field(message_, "Subject") == subject_) {
        found_ = true;
        send(STEP_DELE, text_from_number(number_), output);
        return;
    }
    --number_;
    next_message(output);
}

std::string message_field(const std::string &message, const std::string &name)
{
    std::string line, start = name + ":";
    for (size_t at = 0; next_line(message, &at, &line) && !line.empty();)
        if (text_begins(line, start.c_str()))
            return text_trimmed(line.substr(start.size()));
    return "";
}

std::string body_difference(const std::string &message, const std::vector<std::string> &lines)
{
    std::string line;
    size_t at = 0, count = 0;
    while (next_line(message, &at, &line) && !line.empty()) {
    }
    for (; next_line(message, &at, &line); ++count) {
        if (count < lines.size() && line != lines[count])
            return "line " + text_from_number(count + 1) + " is " + quoted(line) + ", sent was " +
                   quoted(lines[count]);
    }
    if (count != lines.size())
        return "it has " + text_from_number(count) + " lines, sent were " +
               text_from_number(lines.size());
    return "";
}

} // namespace mail
