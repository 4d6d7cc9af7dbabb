#include "cld_scanner.h"

#include <cctype>

namespace shim {
namespace cli {

namespace {

bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\r' || c == '\v';
}

bool word_letter(char c)
{
    return isalnum(static_cast<unsigned char>(c)) || c == '$' || c == '_';
}

char upper(char c)
{
    return static_cast<char>(toupper(static_cast<unsigned char>(c)));
}

} // namespace

CldToken CldScanner::next()
{
    CldToken taken = token_;
    advance();
    return taken;
}

void CldScanner::skip()
{
    while (at_ < text_.size()) {
        char c = text_[at_];
        if (c == '!') {
            while (at_ < text_.size() && text_[at_] != '\n')
                at_++;
        } else if (c == '\n') {
            line_++;
            at_++;
        } else if (blank(c)) {
            at_++;
        } else if (c == '-') {
            size_t end = at_ + 1;
            while (end < text_.size() && blank(text_[end]))
                end++;
            if (end < text_.size() && text_[end] != '\n' && text_[end] != '!')
                return;
            at_++;
        } else {
            return;
        }
    }
}

void CldScanner::scan_string()
{
    token_.kind = CldToken::STRING;
    for (at_++; at_ < text_.size() && text_[at_] != '\n'; at_++) {
        if (text_[at_] != '"') {
            token_.text += text_[at_];
        } else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"') {
            token_.text += text_[at_++];
        } else {
            at_++;
            return;
        }
    }
    token_.kind = CldToken::BAD;
    token_.text = "string without closing quotation mark";
}

void CldScanner::advance()
{
    skip();
    token_ = CldToken();
    token_.line = line_;
    token_at_ = at_;
    if (at_ >= text_.size())
        return;
    char c = text_[at_];
    if (c == '"') {
        scan_string();
    } else if (word_letter(c)) {
        token_.kind = CldToken::WORD;
        while (at_ < text_.size() && word_letter(text_[at_]))
            token_.text += upper(text_[at_++]);
    } else {
        token_.kind = CldToken::MARK;
        token_.text = c;
        at_++;
    }
}

CldToken CldScanner::next_specification()
{
    if (token_.kind != CldToken::WORD && token_.kind != CldToken::MARK)
        return next();
    if (token_.is(',') || token_.is('('))
        return next();
    CldToken taken = token_;
    taken.kind = CldToken::WORD;
    taken.text.clear();
    int depth = 0;
    for (at_ = token_at_; at_ < text_.size(); at_++) {
        char c = text_[at_];
        if (c == '\n' || blank(c) || c == '!' || c == '"' || c == ')' || (c == ',' && depth == 0))
            break;
        depth += c == '[' ? 1 : c == ']' ? -1 : 0;
        taken.text += upper(c);
    }
    advance();
    return taken;
}

} // namespace cli
} // namespace shim
