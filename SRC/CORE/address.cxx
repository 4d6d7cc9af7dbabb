/*
**  address - the address lists of header fields: see CORE/address.h
**
**  Two steps: a lexer turns the text into tokens (atoms, quoted strings, comments, domain literals,
**  single specials), then the tokens of one list element are put together.  What does not fit any
**  production becomes a STRANGE element with its text untouched.
*/
#include "CORE/address.h"

#include <string.h>

#include "CORE/smtp_path.h"
#include "CORE/text.h"

namespace mail
{

struct Token {
    enum Type { ATOM, QUOTED, COMMENT, LITERAL, SPECIAL, END };
    Type type;
    std::string value; /* unquoted; a SPECIAL is one character */
    size_t begin, end; /* in the text */
    bool space_before;
    Token() : type(END), begin(0), end(0), space_before(false) {}
    bool is(char c) const { return type == SPECIAL && value[0] == c; }
    bool is_word() const { return type == ATOM || type == QUOTED; }
};

class Lexer
{
public:
    explicit Lexer(const std::string &text) : text_(text), at_(0), closed_(true) {}
    Token next();
    bool closed() const { return closed_; } /* no quote or comment was left open */

private:
    void quoted(char close, std::string *value);
    void comment(std::string *value);
    bool is_special(size_t at) const;
    const std::string &text_;
    size_t at_;
    bool closed_;
};

/* ':' is one only alone: "::" belongs to a DECnet node. */
bool Lexer::is_special(size_t at) const
{
    char c = text_[at];
    if (c == ':')
        return !((at + 1 < text_.size() && text_[at + 1] == ':') ||
                 (at != 0 && text_[at - 1] == ':'));
    return c != 0 && strchr("()<>[];@\\,\"", c) != 0;
}

void Lexer::quoted(char close, std::string *value)
{
    for (++at_; at_ < text_.size(); ++at_) {
        char c = text_[at_];
        if (c == close) {
            ++at_;
            return;
        }
        if (c == '\\' && at_ + 1 < text_.size())
            c = text_[++at_];
        if (c != '\r' && c != '\n')
            *value += c;
    }
    closed_ = false;
}

void Lexer::comment(std::string *value)
{
    size_t depth = 0;
    for (; at_ < text_.size(); ++at_) {
        char c = text_[at_];
        if (c == ')' && --depth == 0) {
            ++at_;
            return;
        }
        bool outer = c == '(' && depth == 0;
        if (c == '(' && ++depth > ADDRESS_COMMENT_DEPTH)
            break;
        if (c == '\\' && at_ + 1 < text_.size())
            c = text_[++at_];
        if (!outer && c != '\r' && c != '\n')
            *value += c;
    }
    at_ = text_.size();
    closed_ = false;
}

Token Lexer::next()
{
    Token token;
    while (at_ < text_.size() && text_is_space(text_[at_])) {
        ++at_;
        token.space_before = true;
    }
    token.begin = at_;
    if (at_ == text_.size()) {
        token.end = at_;
        return token;
    }
    char c = text_[at_];
    if (c == '"') {
        token.type = Token::QUOTED;
        quoted('"', &token.value);
    } else if (c == '(') {
        token.type = Token::COMMENT;
        comment(&token.value);
    } else if (c == '[') {
        token.type = Token::LITERAL;
        quoted(']', &token.value);
        token.value.assign(text_, token.begin, at_ - token.begin); // its backslashes stay
    } else if (is_special(at_)) {
        token.type = Token::SPECIAL;
        token.value.assign(1, c);
        ++at_;
    } else {
        token.type = Token::ATOM;
        while (at_ < text_.size() && !text_is_space(text_[at_]) && !is_special(at_))
            token.value += text_[at_++];
    }
    token.end = at_;
    return token;
}

/* The tokens of one list element; comments are apart. */
class Element
{
public:
    explicit Element(const std::string &text) : text_(text), angle_(0) {}
    void add(const Token &token);
    bool in_angle() const { return angle_ == 1; }
    bool is_empty() const { return tokens_.empty(); }
    /* May a single ':' begin a group here? */
    bool may_be_group() const;
    bool finish(Address::Kind kind, Address *address) const;
    void clear();

private:
    bool mailbox(Address *address) const;
    bool spec(size_t at, size_t end, Address *address) const;
    bool route(size_t *at, size_t end, std::string *route) const;
    bool local(size_t *at, size_t end, std::string *local) const;
    bool domain(size_t *at, size_t end, std::string *domain) const;
    std::string phrase(size_t end) const;
    const std::string &text_;
    std::vector<Token> tokens_;
    std::string comment_;
    int angle_; /* 0 before, 1 inside, 2 behind < > */
};

void Element::clear()
{
    tokens_.clear();
    comment_.resize(0);
    angle_ = 0;
}

void Element::add(const Token &token)
{
    if (token.type == Token::COMMENT) {
        comment_ += (comment_.empty() ? "" : " ") + token.value;
        return;
    }
    if (token.is('<') && angle_ == 0)
        angle_ = 1;
    else if (token.is('>') && angle_ == 1)
        angle_ = 2;
    tokens_.push_back(token);
}

bool Element::may_be_group() const
{
    for (size_t i = 0; i < tokens_.size(); ++i)
        if (!tokens_[i].is_word())
            return false;
    return !tokens_.empty();
}

std::string Element::phrase(size_t end) const
{
    std::string text;
    for (size_t i = 0; i < end; ++i)
        text += (i != 0 && tokens_[i].space_before ? " " : "") + tokens_[i].value;
    return text;
}

/* word *("." word): white space only beside a period. */
bool Element::local(size_t *at, size_t end, std::string *local) const
{
    size_t begin = *at;
    for (; *at < end && tokens_[*at].is_word(); ++*at) {
        const std::string &value = tokens_[*at].value;
        if (*at != begin && tokens_[*at].space_before) {
            bool left = !local->empty() && (*local)[local->size() - 1] == '.';
            if (!left && (value.empty() || value[0] != '.'))
                return false;
        }
        *local += value;
    }
    return *at != begin && !text_has_controls(*local);
}

bool Element::domain(size_t *at, size_t end, std::string *domain) const
{
    size_t begin = *at;
    for (; *at < end; ++*at) {
        const Token &token = tokens_[*at];
        if (token.type != Token::ATOM && (token.type != Token::LITERAL || *at != begin))
            break;
        if (*at != begin && token.value[0] != '.' && (*domain)[domain->size() - 1] != '.')
            return false;
        *domain += token.value;
    }
    return *at != begin && !text_has_controls(*domain);
}

/* "@a,@b:" */
bool Element::route(size_t *at, size_t end, std::string *route) const
{
    for (;;) {
        std::string hop;
        if (*at == end || !tokens_[*at].is('@'))
            return false;
        ++*at;
        if (!domain(at, end, &hop) || *at == end)
            return false;
        *route += (route->empty() ? "@" : ",@") + hop;
        if (tokens_[(*at)++].is(':'))
            return true;
        if (!tokens_[*at - 1].is(','))
            return false;
    }
}

bool Element::spec(size_t at, size_t end, Address *address) const
{
    if (at != end && tokens_[at].is('@') && !route(&at, end, &address->route))
        return false;
    if (!local(&at, end, &address->local))
        return false;
    if (at == end)
        return true;
    if (!tokens_[at].is('@'))
        return false;
    ++at;
    return domain(&at, end, &address->domain) && at == end;
}

bool Element::mailbox(Address *address) const
{
    size_t open = 0, count = tokens_.size();
    while (open < count && !tokens_[open].is('<'))
        ++open;
    if (open == count)
        return spec(0, count, address);
    for (size_t i = 0; i < open; ++i)
        if (!tokens_[i].is_word())
            return false;
    if (!tokens_[count - 1].is('>'))
        return false;
    address->name = phrase(open);
    return open + 2 == count || spec(open + 1, count - 1, address); // "<>" has no mailbox
}

bool Element::finish(Address::Kind kind, Address *address) const
{
    address->kind = kind;
    address->comment = comment_;
    if (tokens_.empty())
        return true;
    size_t begin = tokens_[0].begin;
    address->raw = text_.substr(begin, tokens_[tokens_.size() - 1].end - begin);
    if (kind == Address::GROUP_BEGIN) {
        address->name = phrase(tokens_.size());
        return true;
    }
    if (mailbox(address))
        return true;
    std::string raw = address->raw;
    *address = Address();
    address->kind = Address::STRANGE;
    address->comment = comment_;
    address->raw = raw;
    return false;
}

bool address_list_parse(const std::string &text, std::vector<Address> *list)
{
    Lexer lexer(text);
    Element element(text);
    bool good = true, in_group = false;
    size_t limit = list->size() + ADDRESS_LIST_MAX;
    for (;;) {
        Token token = lexer.next();
        bool semicolon = token.is(';') && in_group && !element.in_angle();
        bool group = token.is(':') && !in_group && element.may_be_group();
        bool ends = token.type == Token::END || semicolon || group ||
                    (token.is(',') && !element.in_angle());
        if (!ends) {
            element.add(token);
            continue;
        }
        if (!element.is_empty()) {
            if (list->size() >= limit)
                return false;
            list->push_back(Address());
            good = element.finish(group ? Address::GROUP_BEGIN : Address::MAILBOX, &list->back()) &&
                   good;
        }
        element.clear();
        in_group = group || (in_group && !semicolon);
        if (semicolon || (token.type == Token::END && in_group)) {
            list->push_back(Address());
            list->back().kind = Address::GROUP_END;
        }
        if (token.type == Token::END)
            return good && lexer.closed() && !in_group;
    }
}

bool address_parse(const std::string &text, Address *address)
{
    std::vector<Address> list;
    if (!address_list_parse(text, &list) || list.size() != 1 || list[0].kind != Address::MAILBOX)
        return false;
    *address = list[0];
    return true;
}

std::string address_phrase_quoted(const std::string &name)
{
    bool plain = !name.empty() && !text_is_blank(name[0]) && !text_is_blank(name[name.size() - 1]);
    for (size_t i = 0; i < name.size() && plain; ++i) {
        char c = name[i];
        plain = text_is_alpha(c) || text_is_digit(c) || (c == ' ' && name[i - 1] != ' ') ||
                (c != 0 && strchr("!#$%&'*+-/=?^_`{|}~", c) != 0);
    }
    if (plain)
        return name;
    std::string text("\"");
    for (size_t i = 0; i < name.size(); ++i) {
        if (text_is_control(name[i]) && name[i] != '\t')
            continue;
        if (name[i] == '"' || name[i] == '\\')
            text += '\\';
        text += name[i];
    }
    return text + "\"";
}

std::string address_spec(const Address &address)
{
    if (address.kind != Address::MAILBOX || (address.local.empty() && address.domain.empty()))
        return "";
    return smtp_mailbox_print(address.local, address.domain);
}

static std::string comment_print(const std::string &comment)
{
    std::string text(" (");
    for (size_t i = 0; i < comment.size(); ++i) {
        if (text_is_control(comment[i]))
            continue;
        if (comment[i] == '(' || comment[i] == ')' || comment[i] == '\\')
            text += '\\';
        text += comment[i];
    }
    return text + ")";
}

std::string address_print(const Address &address)
{
    switch (address.kind) {
    case Address::GROUP_BEGIN:
        return address_phrase_quoted(address.name) + ":";
    case Address::GROUP_END:
        return ";";
    case Address::STRANGE:
        return text_one_line(address.raw, address.raw.size());
    case Address::MAILBOX:
        break;
    }
    std::string spec = address_spec(address);
    if (!address.name.empty())
        return address_phrase_quoted(address.name) + " <" + spec + ">";
    if (spec.empty())
        return "<>";
    return address.comment.empty() ? spec : spec + comment_print(address.comment);
}

std::string address_list_print(const std::vector<Address> &list)
{
    std::string text;
    bool in_group = false, comma = false;
    for (size_t i = 0; i < list.size(); ++i) {
        Address::Kind kind = list[i].kind;
        if (kind == Address::GROUP_END && !in_group)
            continue;
        if (comma && kind != Address::GROUP_END)
            text += ", ";
        else if (!text.empty() && kind != Address::GROUP_END)
            text += " ";
        text += address_print(list[i]);
        comma = kind != Address::GROUP_BEGIN;
        in_group = kind == Address::GROUP_BEGIN || (in_group && kind != Address::GROUP_END);
    }
    return in_group ? text + ";" : text;
}

} // namespace mail
