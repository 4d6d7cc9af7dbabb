/*
**  params - the table of settings and the one parser of their values
**
**  HP 18.2, 18.5, 18.6, 19.3; spec 2, 3.2, 4.1, 8.1.  A value that does not parse is refused with a
**  reason, never repaired: a mistyped limit must not become another limit.
*/
#include "CORE/params.h"

#include <stdio.h>
#include <string.h>

#include "CORE/ip_address.h"
#include "CORE/smtp_path.h"

namespace mail {

static const ParamRow param_table[] = {
#define PARAM(id, type, unit, def, least, most, mode, config, logical, field, tcpware, choices,    \
              help)                                                                                \
    {P_##id, #id,    type,    unit,  def,     least,   most,                                       \
     mode,   config, logical, field, tcpware, choices, help},
#include "CORE/params_smtp.def"
#include "CORE/params_receiver.def"
#include "CORE/params_pop.def"
#include "CORE/params_engine.def"
#include "CORE/params_sending.def"
#undef PARAM
};

const ParamPreset param_presets[] = {
#define PRESET(when, choice, id, value) {P_##when, choice, P_##id, value},
#include "CORE/pop_presets.def"
#undef PRESET
};
const size_t param_preset_count = sizeof param_presets / sizeof *param_presets;

enum { MAX_VALUE = 65536, SECONDS_PER_DAY = 86400 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

static bool same_word(const std::string &a, const char *b)
{
    size_t i = 0;
    for (; i < a.size() && b[i] != '\0'; ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return i == a.size() && b[i] == '\0';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static std::string trimmed(const std::string &text)
{
    size_t begin = 0, end = text.size();
    while (begin < end && is_blank(text[begin]))
        ++begin;
    while (end > begin && is_blank(text[end - 1]))
        --end;
    return text.substr(begin, end - begin);
}

const ParamRow &param_row(ParamId id)
{
    return param_table[id];
}

ParamId param_find(const std::string &name)
{
    for (int i = 0; i < P_COUNT; ++i)
        if (same_word(name, param_table[i].name))
            return param_table[i].id;
    return param_find_field(name);
}

ParamId param_find_field(const std::string &field)
{
    for (int i = 0; i < P_COUNT; ++i)
        if (param_table[i].field[0] != '\0' && same_word(field, param_table[i].field))
            return param_table[i].id;
    return P_COUNT;
}

/* Digits only, no sign; at most nine and a half digits fit. */
static bool parse_number(const std::string &text, boost::uint32_t *number)
{
    if (text.empty() || text.size() > 10)
        return false;
    boost::uint64_t n = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        n = n * 10 + static_cast<boost::uint64_t>(text[i] - '0');
    }
    if (n > 0xFFFFFFFFu)
        return false;
    *number = static_cast<boost::uint32_t>(n);
    return true;
}

/* "hh:mm:ss.cc" with fields missing at the end or empty; *seconds grows by it. */
static bool parse_time_of_day(const std::string &text, boost::uint64_t *seconds)
{
    static const boost::uint32_t worth[3] = {3600, 60, 1};
    static const boost::uint32_t most[3] = {23, 59, 59};
    size_t from = 0;
    for (int i = 0; i < 3 && from <= text.size(); ++i) {
        size_t to = text.find(':', from);
        if (to == std::string::npos || i == 2)
            to = text.size();
        std::string field = text.substr(from, to - from);
        size_t point = i == 2 ? field.find('.') : std::string::npos;
        boost::uint32_t n = 0;
        if (point != std::string::npos) {
            std::string hundredths = field.substr(point + 1);
            field.resize(point);
            if (!hundredths.empty() && (hundredths.size() > 2 || !parse_number(hundredths, &n)))
                return false;
            if (n >= 50 && hundredths.size() == 2)
                ++*seconds;
            n = 0;
        }
        if (!field.empty() && (!parse_number(field, &n) || n > most[i]))
            return false;
        *seconds += static_cast<boost::uint64_t>(n) * worth[i];
        from = to + 1;
    }
    return from > text.size();
}

bool param_parse_delta(const std::string &text, boost::uint32_t *seconds)
{
    std::string t = trimmed(text);
    size_t space = t.find_first_of(" -");
    std::string rest = t;
    boost::uint32_t days = 0;
    if (space != std::string::npos) {
        if (!parse_number(t.substr(0, space), &days) || days > 9999)
            return false;
        rest = trimmed(t.substr(space + 1));
    }
    if (rest.empty() || (space == std::string::npos && rest.find(':') == std::string::npos))
        return false;
    boost::uint64_t total = static_cast<boost::uint64_t>(days) * SECONDS_PER_DAY;
    if (!parse_time_of_day(rest, &total) || total > 0xFFFFFFFFu)
        return false;
    *seconds = static_cast<boost::uint32_t>(total);
    return true;
}

std::string param_print_delta(boost::uint32_t seconds)
{
    char text[40];
    snprintf(text, sizeof text, "%u %02u:%02u:%02u.00",
             static_cast<unsigned>(seconds / SECONDS_PER_DAY),
             static_cast<unsigned>(seconds / 3600 % 24), static_cast<unsigned>(seconds / 60 % 60),
             static_cast<unsigned>(seconds % 60));
    return text;
}

static bool parse_boolean(const std::string &text, bool *flag)
{
    static const char *const on[] = {"ON", "TRUE", "YES", "1"};
    static const char *const off[] = {"OFF", "FALSE", "NO", "0"};
    for (size_t i = 0; i < sizeof on / sizeof *on; ++i) {
        if (same_word(text, on[i]) || same_word(text, off[i])) {
            *flag = same_word(text, on[i]);
            return true;
        }
    }
    return false;
}

static boost::uint32_t unit_seconds(const char *unit)
{
    return strcmp(unit, "min") == 0 ? 60 : strcmp(unit, "h") == 0 ? 3600 : 1;
}

static bool parse_interval(const ParamRow &row, const std::string &text, boost::uint32_t *seconds)
{
    boost::uint32_t n = 0;
    if (!parse_number(text, &n))
        return param_parse_delta(text, seconds);
    if (n > 0xFFFFFFFFu / unit_seconds(row.unit))
        return false;
    *seconds = n * unit_seconds(row.unit);
    return true;
}

/*
**  The index of the one word that begins with text, and the word; a whole word wins over a
**  beginning.
*/
static bool parse_choice(const char *choices, const std::string &text, boost::uint32_t *index,
                         std::string *whole)
{
    boost::uint32_t at = 0, found = 0, matches = 0;
    for (const char *word = choices; *word != '\0'; ++at) {
        const char *bar = strchr(word, '|');
        size_t size = bar ? static_cast<size_t>(bar - word) : strlen(word);
        std::string choice(word, size);
        if (same_word(text, choice.c_str())) {
            *index = at;
            *whole = choice;
            return true;
        }
        if (text.size() < size && same_word(text, choice.substr(0, text.size()).c_str())) {
            found = at;
            *whole = choice;
            ++matches;
        }
        word += size + (bar ? 1 : 0);
    }
    if (matches != 1)
        return false;
    *index = found;
    return true;
}

static void split_list(const std::string &text, std::vector<std::string> *items)
{
    size_t from = 0;
    while (from <= text.size()) {
        size_t to = text.find(',', from);
        if (to == std::string::npos)
            to = text.size();
        std::string item = trimmed(text.substr(from, to - from));
        if (!item.empty())
            items->push_back(item);
        from = to + 1;
    }
}

/* No blanks, controls or addressing characters: the value goes into addresses and headers. */
static bool is_name_text(const std::string &text)
{
    for (size_t i = 0; i < text.size(); ++i)
        if (static_cast<unsigned char>(text[i]) <= ' ' || text[i] == 0x7F ||
            strchr("@<>(),;\\\"", text[i]) != 0)
            return false;
    return true;
}

static bool has_controls(const std::string &text)
{
    for (size_t i = 0; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) < ' ' && text[i] != '\t') || text[i] == 0x7F)
            return true;
    return false;
}

/* ---- lists ---- */

/* "1.2.3" and "1.2.0.0/33" are mistyped addresses, not names. */
static bool is_domain(const std::string &text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t last = text.rfind('.', text.size() - 2); /* before the last label; a final '.' is none */
    last = last == std::string::npos ? 0 : last;
    return smtp_domain_is_valid(text) && text.find_first_of(letters, last) != std::string::npos;
}

static const char *client_reason(const ParamRow &, const std::string &item)
{
    IpNetwork network;
    return ip_network_parse(item, &network) || is_domain(item)
               ? 0
               : "not an address, a network or the name of a host or domain";
}

static const char *domain_reason(const ParamRow &, const std::string &item)
{
    return is_domain(item) ? 0 : "not the name of a domain";
}

static const char *pattern_reason(const ParamRow &, const std::string &item)
{
    return item.find_first_of(" \t") == std::string::npos ? 0 : "a blank inside a pattern";
}

static const char *port_reason(const ParamRow &, const std::string &item)
{
    boost::uint32_t port;
    return parse_number(item, &port) && port >= 1 && port <= 65535 ? 0 : "not a port number";
}

static const char *word_reason(const ParamRow &row, const std::string &item)
{
    boost::uint32_t index;
    std::string whole;
    return parse_choice(row.choices, item, &index, &whole) ? 0 : "not a known word";
}

struct ItemKind {
    const char *unit;
    const char *(*reason)(const ParamRow &row, const std::string &item);
};
static const ItemKind item_kinds[] = {{"client", client_reason},
                                      {"domain", domain_reason},
                                      {"pattern", pattern_reason},
                                      {"port", port_reason},
                                      {"word", word_reason}};

const char *param_item_reason(ParamId id, const std::string &item)
{
    const ParamRow &row = param_table[id];
    if (has_controls(item))
        return "control characters";
    for (size_t i = 0; i < sizeof item_kinds / sizeof *item_kinds; ++i)
        if (strcmp(row.unit, item_kinds[i].unit) == 0)
            return item_kinds[i].reason(row, item);
    return 0;
}

static const char *parse_list(const ParamRow &row, ParamValue *value)
{
    split_list(value->text, &value->items);
    for (size_t i = 0; i < value->items.size(); ++i) {
        const char *why = param_item_reason(row.id, value->items[i]);
        if (why)
            return why;
        boost::uint32_t index;
        std::string whole;
        if (strcmp(row.unit, "word") == 0 &&
            parse_choice(row.choices, value->items[i], &index, &whole))
            value->items[i] = whole;
    }
    return 0;
}

/* Fills the members that depend on the type; 0 or the reason of a refusal. */
static const char *parse_typed(const ParamRow &row, ParamValue *value)
{
    std::string whole;
    switch (row.type) {
    case PARAM_EXISTS:
        if (!parse_boolean(value->text, &value->flag))
            value->flag = true; /* the name need only exist */
        return 0;
    case PARAM_BOOLEAN:
        return parse_boolean(value->text, &value->flag) ? 0 : "not ON or OFF";
    case PARAM_COUNT:
        if (!parse_number(value->text, &value->number))
            return "not a number";
        break;
    case PARAM_INTERVAL:
        if (!parse_interval(row, value->text, &value->number))
            return "not a delta time";
        break;
    case PARAM_CHOICE:
        return parse_choice(row.choices, value->text, &value->number, &whole) ? 0
                                                                              : "not a known word";
    case PARAM_DOMAIN:
    case PARAM_USER:
        return is_name_text(value->text) ? 0 : "not a name";
    case PARAM_LIST:
        return parse_list(row, value);
    case PARAM_FILE:
    case PARAM_TEXT:
        return 0;
    }
    return value->number < row.least || value->number > row.most ? "out of range" : 0;
}

bool param_parse(ParamId id, const std::string &text, ParamValue *value, const char **reason)
{
    const ParamRow &row = param_table[id];
    ParamValue parsed;
    const char *why = 0;
    parsed.text = trimmed(text);
    if (parsed.text.size() > MAX_VALUE)
        why = "too long";
    else if (has_controls(parsed.text))
        why = "control characters";
    else if (!parsed.text.empty() || row.type == PARAM_EXISTS) {
        parsed.defined = true;
        why = parse_typed(row, &parsed);
    }
    if (why) {
        if (reason)
            *reason = why;
        return false;
    }
    *value = parsed;
    return true;
}

ParamValue param_default(ParamId id)
{
    ParamValue value;
    if (param_table[id].def[0] != '\0')
        param_parse(id, param_table[id].def, &value, 0);
    return value;
}

} // namespace mail
