/*
**  lexical_text - strings, bits and numbers
*/
#include "lexical.h"
#include "low.h"
#include "session.h"
#include "system_page.h"
#include "system_text.h"

#include <algorithm>
#include <climsgdef.h>
#include <cstdio>
#include <sys/random.h>

namespace shim {
namespace dcl {

namespace {

Value f_length(Session &, const LexicalArguments &a)
{
    return Value(static_cast<int32_t>(a.text(0).size()));
}

/* A length below zero: the rest of the string. */
Value f_extract(Session &, const LexicalArguments &a)
{
    std::string text = a.text(2);
    int32_t start = a.integer(0), length = a.integer(1);
    if (start < 0)
        throw Failure(CLI$_INVRANGE);
    if (static_cast<size_t>(start) >= text.size())
        return Value("");
    return Value(text.substr(static_cast<size_t>(start),
                             length < 0 ? std::string::npos : static_cast<size_t>(length)));
}

Value f_locate(Session &, const LexicalArguments &a)
{
    std::string text = a.text(1);
    size_t at = text.find(a.text(0));
    return Value(static_cast<int32_t>(at == std::string::npos ? text.size() : at));
}

/* Beyond the last element: the delimiter itself. */
Value f_element(Session &, const LexicalArguments &a)
{
    std::string delimiter = a.text(1), text = a.text(2);
    int32_t number = a.integer(0);
    if (delimiter.size() != 1 || number < 0)
        throw Failure(CLI$_INVRANGE);
    size_t at = 0;
    for (; number > 0; --number) {
        at = text.find(delimiter, at);
        if (at == std::string::npos)
            return Value(delimiter);
        ++at;
    }
    size_t end = text.find(delimiter, at);
    return Value(text.substr(at, end == std::string::npos ? end : end - at));
}

/* ---- F$EDIT: what stands in quotes is not edited ---- */

template <typename Change> std::string outside_quotes(const std::string &text, Change change)
{
    std::string out;
    bool quoted = false;
    for (char c : text) {
        quoted = quoted != (c == '"');
        if (quoted || c == '"')
            out += c;
        else
            change(c, &out);
    }
    return out;
}

std::string collapse(const std::string &text)
{
    return outside_quotes(text, [](char c, std::string *out) {
        if (!is_blank(c))
            *out += c;
    });
}

std::string compress(const std::string &text)
{
    return outside_quotes(text, [](char c, std::string *out) {
        if (!is_blank(c))
            *out += c;
        else if (out->empty() || out->back() != ' ')
            *out += ' ';
    });
}

std::string change_case(const std::string &text, bool to_upper)
{
    return outside_quotes(text, [to_upper](char c, std::string *out) {
        bool letter = to_upper ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z';
        *out += letter ? static_cast<char>(c ^ 0x20) : c;
    });
}

Value f_edit(Session &, const LexicalArguments &a)
{
    static const char *const edits[] = {"COLLAPSE", "COMPRESS", "LOWERCASE", "TRIM",
                                        "UNCOMMENT", "UPCASE", nullptr};
    std::string text = a.text(0);
    for (const std::string &word : keyword_list(a.text(1)))
        switch (find_keyword(word, edits)) {
        case 0: text = collapse(text); break;
        case 1: text = compress(text); break;
        case 2: text = change_case(text, false); break;
        case 3: text = trimmed(text); break;
        case 4: text = text.substr(0, comment_at(text)); break;
        case 5: text = change_case(text, true); break;
        }
    return Value(text);
}

Value f_string(Session &, const LexicalArguments &a)
{
    return Value(a.text(0));
}

Value f_integer(Session &, const LexicalArguments &a)
{
    return Value(a.integer(0));
}

Value f_type(Session &session, const LexicalArguments &a)
{
    const Symbol *symbol = session.find_symbol(upper(a.text(0)));
    if (!symbol)
        return Value("");
    std::string context = session.context_type(upper(a.text(0)));
    if (!context.empty())
        return Value(context);
    int32_t ignored;
    if (symbol->value.is_integer() || read_integer(symbol->value.text(), &ignored))
        return Value("INTEGER");
    return Value("STRING");
}

/* ---- bits ---- */

uint32_t bit_field(const LexicalArguments &a, int32_t *size)
{
    std::string bytes = a.text(2);
    int32_t position = a.integer(0);
    *size = a.integer(1);
    if (position < 0 || *size < 0 || *size > 32 ||
        static_cast<uint64_t>(position) + static_cast<uint64_t>(*size) > bytes.size() * 8)
        throw Failure(CLI$_INVRANGE);
    uint32_t value = 0;
    for (int32_t i = *size; i-- > 0;) {
        size_t at = static_cast<size_t>(position + i);
        value = value << 1 | (static_cast<unsigned char>(bytes[at / 8]) >> at % 8 & 1);
    }
    return value;
}

Value f_cvui(Session &, const LexicalArguments &a)
{
    int32_t size;
    return Value(static_cast<int32_t>(bit_field(a, &size)));
}

Value f_cvsi(Session &, const LexicalArguments &a)
{
    int32_t size;
    uint32_t value = bit_field(a, &size);
    if (size > 0 && size < 32 && value >> (size - 1) & 1)
        value |= ~0u << size;
    return Value(static_cast<int32_t>(value));
}

Value f_match_wild(Session &, const LexicalArguments &a)
{
    return Value(wild_match(upper(a.text(1)).c_str(), upper(a.text(0)).c_str()) ? "TRUE" : "FALSE");
}

/* Blocks of 512 bytes to a text of at most four significant digits: "512KB". */
Value f_cunits(Session &, const LexicalArguments &a)
{
    static const char *const units[] = {"BLOCKS", "BYTES", "B", "KB", "MB", "GB", "TB", nullptr};
    static const double sizes[] = {512, 1, 1, 1024, 1048576, 1073741824, 1099511627776.0};
    int from = a.given(1) ? find_keyword(a.keyword(1), units) : 0;
    int to = a.given(2) ? find_keyword(a.keyword(2), units) : 1;
    double bytes = static_cast<double>(static_cast<uint32_t>(a.integer(0))) * sizes[from];
    if (to == 0)
        return Value(std::to_string(static_cast<uint64_t>((bytes + 511) / 512)));
    if (to == 1) /* the unit that suits */
        for (to = 2; to < 6 && bytes >= sizes[to + 1]; ++to)
            ;
    double shown = bytes / sizes[to];
    char text[64];
    snprintf(text, sizeof text, shown >= 1000 || shown == static_cast<double>(
                                                     static_cast<uint64_t>(shown))
                                    ? "%.0f%s"
                                    : "%.2f%s",
             shown, units[to]);
    return Value(text);
}

Value f_unique(Session &, const LexicalArguments &)
{
    unsigned char bytes[16];
    std::string text;
    if (getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes))
        throw Failure(CLI$_RSLOVF);
    for (unsigned char byte : bytes) {
        char digits[4];
        snprintf(digits, sizeof digits, "%02X", byte);
        text += digits;
    }
    return Value(text);
}

/* ---- F$FAO ---- */

/* Letter pairs that take arguments from the list, and what these must be. */
enum FaoKind { FAO_NONE, FAO_STRING, FAO_TIME, FAO_NUMBER };

FaoKind fao_kind(char first, char second)
{
    switch (first) {
    case 'A': return second == 'S' ? FAO_STRING : FAO_NONE;
    case 'O': case 'X': case 'Z': case 'U': case 'S':
        return second ? FAO_NUMBER : FAO_NONE;
    case '%':
        return second == 'T' || second == 'D' ? FAO_TIME
               : second == 'I' || second == 'U' ? FAO_NUMBER : FAO_NONE;
    }
    return FAO_NONE;
}

/* Hands the function's arguments to $FAO as its parameters. */
class FaoList {
public:
    explicit FaoList(const LexicalArguments &arguments) : arguments_(arguments), next_(0) {}
    void take(FaoKind kind)
    {
        size_t i = next_++;
        if (i >= list_.size())
            list_.resize(i + 1);
        if (kind == FAO_STRING) {
            texts_.emplace_back(new LowText(arguments_.text(i + 1)));
            list_[i] = address(texts_.back()->descriptor());
        } else if (kind == FAO_TIME) {
            list_[i] = 0; /* the time of now; DCL has no quadwords */
        } else {
            list_[i] = static_cast<uint32_t>(arguments_.integer(i + 1));
        }
    }
    void back() { next_ -= next_ > 0; }   /* !- */
    void forward() { take(FAO_NUMBER); }  /* !+ */
    int32_t number() const { return arguments_.integer(next_ + 1); }
    const std::vector<uint32_t> &list() const { return list_; }

private:
    const LexicalArguments &arguments_;
    size_t next_;
    std::vector<uint32_t> list_;
    std::vector<std::unique_ptr<LowText>> texts_;
    static uint32_t address(const void *at)
    {
        return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(at));
    }
};

/* Walks over the directives; "#" takes a count from the list too. */
void collect(const std::string &control, FaoList *list)
{
    for (size_t i = 0; i + 1 < control.size(); ++i) {
        if (control[i] != '!')
            continue;
        ++i;
        if (control[i] == '-')
            list->back();
        else if (control[i] == '+')
            list->forward();
        unsigned count = 1;
        if (i < control.size() && (is_digit(control[i]) || control[i] == '#')) {
            bool from_list = control[i] == '#';
            unsigned number = 0;
            if (from_list) {
                number = static_cast<unsigned>(list->number());
                list->take(FAO_NUMBER);
                ++i;
            }
            while (i < control.size() && is_digit(control[i]))
                number = number * 10 + static_cast<unsigned>(control[i++] - '0');
            if (i < control.size() && control[i] == '(')
                count = number < 64 ? number : 64;
        }
        if (i < control.size() && control[i] == '(')
            ++i;
        if (i < control.size() && (is_digit(control[i]) || control[i] == '#')) {
            if (control[i] == '#')
                list->take(FAO_NUMBER), ++i;
            while (i < control.size() && is_digit(control[i]))
                ++i;
        }
        std::string letters = upper(control.substr(std::min(i, control.size()), 2));
        letters.resize(2);
        FaoKind kind = fao_kind(letters[0], letters[1]);
        for (unsigned n = 0; kind != FAO_NONE && n < count; ++n)
            list->take(kind);
        i += kind != FAO_NONE;
    }
}

Value f_fao(Session &, const LexicalArguments &a)
{
    std::string control = a.text(0);
    FaoList list(a);
    collect(control, &list);
    LowBlock out(max_formatted);
    std::vector<uint32_t> arguments = list.list();
    size_t length = 0;
    uint32_t status = format_vector(control, arguments.data(), arguments.size(), out.as<char>(),
                                    max_formatted, &length);
    if (!(status & 1))
        throw Failure(status);
    return Value(std::string(out.as<char>(), length));
}

} // namespace

const LexicalRow lexical_text[] = {
    {"F$LENGTH", 1, 1, 0, f_length},
    {"F$EXTRACT", 3, 3, 0, f_extract},
    {"F$LOCATE", 2, 2, 0, f_locate},
    {"F$ELEMENT", 3, 3, 0, f_element},
    {"F$EDIT", 2, 2, 0, f_edit},
    {"F$STRING", 1, 1, 0, f_string},
    {"F$INTEGER", 1, 1, 0, f_integer},
    {"F$TYPE", 1, 1, 1, f_type},
    {"F$CVUI", 3, 3, 0, f_cvui},
    {"F$CVSI", 3, 3, 0, f_cvsi},
    {"F$MATCH_WILD", 2, 2, 0, f_match_wild},
    {"F$CUNITS", 1, 3, 0, f_cunits},
    {"F$UNIQUE", 0, 0, 0, f_unique},
    {"F$FAO", 1, 16, 0, f_fao},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
