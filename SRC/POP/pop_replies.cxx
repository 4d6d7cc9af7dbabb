/*
**  pop_replies - see pop_replies.def
*/
#include "pop_replies.h"

namespace mail {

namespace {

struct ReplyRow {
    bool positive;
    const char *code, *text;
};

const ReplyRow reply_table[] = {
#define POP_REPLY(id, positive, code, text) {positive != 0, code, text},
#include "pop_replies.def"
#undef POP_REPLY
};

void append_clean(std::string *out, const std::string &text)
{
    for (size_t i = 0; i < text.size(); ++i) {
        unsigned char c = static_cast<unsigned char>(text[i]);
        *out += c < 32 || c == 127 ? '?' : text[i];
    }
}

} // namespace

bool pop_reply_positive(PopReplyId id)
{
    return reply_table[id].positive;
}

std::string pop_reply(PopReplyId id, const std::string &a, const std::string &b,
                      const std::string &c, const std::string &d)
{
    const ReplyRow &row = reply_table[id];
    const std::string *arguments[] = {&a, &b, &c, &d};
    size_t used = 0;
    std::string out = row.positive ? "+OK " : "-ERR ";
    if (*row.code) {
        out += '[';
        out += row.code;
        out += "] ";
    }
    for (const char *p = row.text; *p; ++p) {
        if (p[0] == '%' && p[1] == 's' && used < sizeof arguments / sizeof arguments[0]) {
            append_clean(&out, *arguments[used++]);
            ++p;
        } else {
            out += *p;
        }
    }
    out += "\r\n";
    return out;
}

} // namespace mail
