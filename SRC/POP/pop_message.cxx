/*
**  pop_message - headers on top, at the bottom, or MAIL's
*/
#include "pop_message.h"

#include "pop_headers.h"

#include "CORE/header_fields.h"
#include "CORE/text.h"
#include "MTA/outheaders.h"

#include <string.h>

namespace mail {

namespace {

/* Fields that pop_header_block() makes of MAIL's lines: a second one would contradict it. */
const char *const own_fields[] = {"Date",       "From",          "To",       "CC", "Subject",
                                  "X-VMS-From", "X-POP3-Server", "X-POP3-ID"};

bool is_own_field(const char *name, size_t size)
{
    std::string text(name, size);
    for (size_t i = 0; i < sizeof own_fields / sizeof *own_fields; ++i)
        if (text_equal(text, own_fields[i]))
            return true;
    return false;
}

/* Octets of the name before the colon; 0: the line is no field. */
size_t field_name(const char *line, size_t size)
{
    const char *colon = static_cast<const char *>(memchr(line, ':', size));
    if (!colon)
        return 0;
    size_t length = static_cast<size_t>(colon - line);
    return header_name_is_valid(line, length) ? length : 0;
}

/* Walks the header fields of text[from..]; begin(): where the line stands. */
class FieldWalk {
public:
    FieldWalk(const std::string &text, size_t from)
        : text_(text), at_(from), next_(from), more_(false), begun_(false)
    {
    }
    /* False at the end of the text, or where no field and no continuation stands. */
    bool next()
    {
        at_ = next_;
        if (at_ >= text_.size())
            return false;
        size_t end = text_.find("\r\n", at_);
        next_ = end == std::string::npos ? text_.size() : end + 2;
        const char *line = text_.data() + at_;
        size_t size = (end == std::string::npos ? text_.size() : end) - at_;
        if (begun_ && size != 0 && text_is_blank(*line))
            return true;
        size_t name = field_name(line, size);
        begun_ = name != 0;
        more_ = begun_ && !is_own_field(line, name);
        return begun_;
    }
    size_t begin() const { return at_; }
    size_t length() const { return next_ - at_; }
    bool is_more() const { return more_; }

private:
    const std::string &text_;
    size_t at_, next_;
    bool more_, begun_;
};

/* Nothing but empty lines from here on? */
bool is_blank_end(const std::string &text, size_t from)
{
    return text.find_first_not_of("\r\n", from) == std::string::npos;
}

/*
**  Where the last separator line begins; npos: there is none within the size that headers can have.
*/
size_t find_separator(const std::string &text, size_t from)
{
    const size_t size = strlen(headers_bottom_separator);
    const size_t most = HEADER_BLOCK_LIMIT + size;
    size_t least = text.size() > from + most ? text.size() - most : from;
    /* it begins with a run of one character: no step as long as that passes over it */
    const char first = *headers_bottom_separator;
    const size_t step = strspn(headers_bottom_separator, std::string(1, first).c_str());
    for (size_t at = text.size(); at >= least + step;) {
        at -= step;
        if (text[at] != first)
            continue;
        while (at > least && text[at - 1] == first)
            --at;
        if ((at == from || text[at - 1] == '\n') &&
            text.compare(at, size, headers_bottom_separator) == 0)
            return at;
    }
    return std::string::npos;
}

/*
**  The last separator line, when header fields follow it to the end of the text.  A separator that
**  somebody quoted has other lines behind it.
*/
void find_bottom(const std::string &text, size_t from, PopTextFacts *facts)
{
    size_t at = find_separator(text, from);
    if (at == std::string::npos || !text_ends(text, "\r\n"))
        return;
    FieldWalk walk(text, at + strlen(headers_bottom_separator));
    boost::uint32_t fields = 0, more = 0;
    while (walk.next()) {
        boost::uint32_t length = static_cast<boost::uint32_t>(walk.length());
        fields += length;
        more += walk.is_more() ? length : 0;
    }
    if (fields == 0 || !is_blank_end(text, walk.begin()))
        return;
    facts->bottom = static_cast<boost::uint32_t>(text.size() - at);
    facts->fields = fields;
    facts->more = more;
}

/* Where the first CR or LF stands that is not part of a CRLF; npos: nowhere. */
size_t find_lone(const std::string &text, size_t from)
{
    const char *begin = text.data(), *at = begin + from, *end = begin + text.size();
    while (at != end) {
        const char *lf = static_cast<const char *>(memchr(at, '\n', end - at));
        const char *stop = lf ? lf : end;
        const char *cr = static_cast<const char *>(memchr(at, '\r', stop - at));
        if (cr && (!lf || cr + 1 != lf))
            return cr - begin;
        if (!lf)
            break;
        if (!cr)
            return lf - begin;
        at = lf + 1;
    }
    return std::string::npos;
}

} // namespace

void pop_mend_line_ends(std::string *text, size_t from)
{
    size_t at = find_lone(*text, from);
    if (at == std::string::npos)
        return;
    std::string mended(*text, 0, at);
    for (; at < text->size(); ++at) {
        char c = (*text)[at];
        if (c != '\r' && c != '\n') {
            mended += c;
            continue;
        }
        mended += "\r\n";
        if (c == '\r' && at + 1 < text->size() && (*text)[at + 1] == '\n')
            ++at;
    }
    text->swap(mended);
}

void pop_cut_to_top(std::string *message, boost::uint32_t lines)
{
    size_t end = message->find("\r\n\r\n");
    end = end == std::string::npos ? message->size() : end + 4;
    for (boost::uint32_t i = 0; i < lines && end < message->size(); ++i) {
        size_t line = message->find("\r\n", end);
        end = line == std::string::npos ? message->size() : line + 2;
    }
    message->erase(end);
}

PopTextFacts pop_text_facts(const std::string &text, size_t from)
{
    PopTextFacts facts;
    facts.octets = static_cast<boost::uint32_t>(text.size() - from);
    size_t line = text.find('\r', from);
    size_t size = (line == std::string::npos ? text.size() : line) - from;
    facts.on_top = size != 0 && field_name(text.data() + from, size) != 0;
    find_bottom(text, from, &facts);
    return facts;
}

/* The headers that SMTP put on top are the message's own: MAIL's lines stay away (HP 19.1.6). */
PopMessage::PopMessage(const MailItem &item, const std::string &uid, const Settings &settings,
                       const Identity &identity, const HeaderZone &zone)
    : from_smtp_(false), own_(false), lift_(false)
{
    const VmsAddress from = vms_address_parse(item.from);
    headers_ = pop_header_block(item, from, uid, settings, identity, zone);
    headers_.append("\r\n", 2);
    from_smtp_ = pop_from_is_smtp(from);
    if (MailFolder::is_foreign(item) || !from_smtp_)
        return;
    lift_ = settings.flag(P_POP_BOTTOM_HEADERS);
    own_ = settings.flag(P_POP_IGNORE_MAIL11_HEADERS) && pop_headers_on_top(settings);
}

/*
**  Under IGNORE_MAIL11_HEADERS a message that came while SMTP put headers elsewhere has them still
**  there; one without any keeps MAIL's, or its first line would be taken for a header.
*/
PopMessage::Form PopMessage::form(const PopTextFacts &facts) const
{
    if (own_ && facts.on_top)
        return OWN_TOP;
    if (lift_ && facts.bottom != 0)
        return own_ ? OWN_BOTTOM : LIFTED;
    return REBUILT;
}

boost::uint32_t PopMessage::size(const PopTextFacts &facts) const
{
    boost::uint32_t headers = static_cast<boost::uint32_t>(headers_.size());
    switch (form(facts)) {
    case OWN_TOP:
        return facts.octets;
    case OWN_BOTTOM:
        return facts.fields + 2 + facts.octets - facts.bottom;
    case LIFTED:
        return headers + facts.more + facts.octets - facts.bottom;
    default:
        return headers + facts.octets;
    }
}

void PopMessage::compose(const PopTextFacts &facts, std::string *text) const
{
    Form how = form(facts);
    if (how == REBUILT)
        return;
    if (how == OWN_TOP) {
        text->erase(0, headers_.size());
        return;
    }
    std::string out;
    out.reserve(size(facts));
    if (how == LIFTED)
        out.assign(headers_, 0, headers_.size() - 2);
    size_t bottom = text->size() - facts.bottom;
    FieldWalk walk(*text, bottom + strlen(headers_bottom_separator));
    while (walk.next())
        if (how == OWN_BOTTOM || walk.is_more())
            out.append(*text, walk.begin(), walk.length());
    out += "\r\n";
    out.append(*text, headers_.size(), bottom - headers_.size());
    text->swap(out);
}

} // namespace mail
