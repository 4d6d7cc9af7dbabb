/*
**  smtp_reply - SMTP replies, ours and those of remote servers: see CORE/smtp_reply.h
*/
#include "CORE/smtp_reply.h"

#include <string.h>

#include "CORE/smtp_grammar.h"
#include "CORE/text.h"

namespace mail
{

static const SmtpReplyRow smtp_reply_table[] = {
#define SMTP_REPLY(id, code, enhanced, text) {id, #id, code, enhanced, text},
#include "CORE/smtp_replies.def"
#undef SMTP_REPLY
};

enum { REPLY_TEXT_MAX = 4096 };

const SmtpReplyRow &smtp_reply_row(SmtpReplyId id)
{
    return smtp_reply_table[id];
}

SmtpReply smtp_reply_make(int code, const std::string &enhanced, const std::string &text)
{
    SmtpReply reply;
    reply.code = code;
    reply.enhanced = enhanced;
    for (size_t at = 0;;) {
        size_t end = text.find('\n', at);
        std::string line = text.substr(at, end == std::string::npos ? end : end - at);
        reply.lines.push_back(text_one_line(line, REPLY_TEXT_MAX));
        if (end == std::string::npos)
            return reply;
        at = end + 1;
    }
}

static SmtpReply make(SmtpReplyId id, const std::vector<std::string> &arguments)
{
    const SmtpReplyRow &row = smtp_reply_row(id);
    return smtp_reply_make(row.code, row.enhanced,
                           text_format(row.text, arguments, REPLY_TEXT_MAX));
}

SmtpReply smtp_reply_make(SmtpReplyId id)
{
    return make(id, std::vector<std::string>());
}

SmtpReply smtp_reply_make(SmtpReplyId id, const std::string &a)
{
    return make(id, std::vector<std::string>(1, a));
}

SmtpReply smtp_reply_make(SmtpReplyId id, const std::string &a, const std::string &b)
{
    std::vector<std::string> arguments(1, a);
    arguments.push_back(b);
    return make(id, arguments);
}

SmtpReply smtp_reply_make(SmtpReplyId id, const std::string &a, const std::string &b,
                          const std::string &c)
{
    std::vector<std::string> arguments(1, a);
    arguments.push_back(b);
    arguments.push_back(c);
    return make(id, arguments);
}

std::string smtp_reply_print(const SmtpReply &reply)
{
    std::string text;
    const std::string code = text_from_number(static_cast<boost::uint64_t>(reply.code), 3);
    for (size_t i = 0; i < reply.lines.size() || i == 0; ++i) {
        std::string line = code + (i + 1 < reply.lines.size() ? "-" : " ");
        if (!reply.enhanced.empty())
            line += reply.enhanced + " ";
        if (i < reply.lines.size())
            line += reply.lines[i];
        if (line.size() > SMTP_REPLY_LINE_MAX - 2)
            line.resize(SMTP_REPLY_LINE_MAX - 2);
        text += line + "\r\n";
    }
    return text;
}

std::string smtp_reply_one_line(const SmtpReply &reply)
{
    std::string text = text_from_number(static_cast<boost::uint64_t>(reply.code), 3);
    if (!reply.enhanced.empty())
        text += " " + reply.enhanced;
    for (size_t i = 0; i < reply.lines.size(); ++i)
        if (!reply.lines[i].empty())
            text += " " + reply.lines[i];
    return text;
}

/* One to three digits and a period or the end; moves *at behind the digits. */
static bool take_digits(const std::string &text, size_t *at)
{
    size_t begin = *at;
    while (*at < text.size() && text_is_digit(text[*at]))
        ++*at;
    return *at - begin >= 1 && *at - begin <= 3;
}

bool smtp_enhanced_split(int code, const std::string &text, std::string *enhanced,
                         std::string *rest)
{
    size_t at = 1;
    if (text.size() < 5 || text[0] != '0' + code / 100 || text[0] == '3')
        return false;
    for (int i = 0; i < 2; ++i)
        if (at >= text.size() || text[at++] != '.' || !take_digits(text, &at))
            return false;
    if (at < text.size() && !text_is_blank(text[at]))
        return false;
    enhanced->assign(text, 0, at);
    *rest = text_trimmed(text.substr(at));
    return true;
}

SmtpReplyReader::SmtpReplyReader()
{
    next();
}

void SmtpReplyReader::next()
{
    state_ = MORE;
    reply_ = SmtpReply();
    line_.resize(0);
    total_ = 0;
}

size_t SmtpReplyReader::feed(const char *data, size_t size)
{
    size_t used = 0;
    while (used < size && state_ == MORE) {
        const char *lf = static_cast<const char *>(memchr(data + used, '\n', size - used));
        size_t stop = lf == 0 ? size : static_cast<size_t>(lf - data) + 1;
        size_t room = SMTP_REPLY_READ_LINE - line_.size();
        if (room > SMTP_REPLY_READ_TOTAL - total_)
            room = SMTP_REPLY_READ_TOTAL - total_;
        size_t part = stop - used < room ? stop - used : room;
        line_.append(data + used, part);
        total_ += part;
        used += part;
        if (part != 0 && line_[line_.size() - 1] == '\n')
            end_line();
        else if (line_.size() == SMTP_REPLY_READ_LINE || total_ == SMTP_REPLY_READ_TOTAL)
            state_ = BAD;
    }
    return used;
}

/* line_ ends in LF: "250", "250 text", "250-text". */
void SmtpReplyReader::end_line()
{
    std::string line = line_;
    while (!line.empty() && text_is_space(line[line.size() - 1]))
        line.resize(line.size() - 1);
    boost::uint32_t code = 0;
    bool good = line.size() >= 3 && text_number(line.substr(0, 3), 200, 599, &code) &&
                (line.size() == 3 || line[3] == ' ' || line[3] == '-') &&
                (reply_.lines.empty() || reply_.code == static_cast<int>(code)) &&
                reply_.lines.size() < SMTP_REPLY_READ_LINES;
    if (!good) {
        line_ = text_one_line(line, SMTP_REPLY_LINE_MAX);
        state_ = BAD;
        return;
    }
    std::string text = line.size() > 4 ? text_one_line(line.substr(4), SMTP_REPLY_READ_LINE) : "";
    std::string enhanced, rest;
    if (smtp_enhanced_split(static_cast<int>(code), text, &enhanced, &rest)) {
        text = rest;
        if (reply_.enhanced.empty())
            reply_.enhanced = enhanced;
    }
    reply_.code = static_cast<int>(code);
    reply_.lines.push_back(text);
    line_.resize(0);
    if (line.size() == 3 || line[3] == ' ')
        state_ = READY;
}

} // namespace mail
