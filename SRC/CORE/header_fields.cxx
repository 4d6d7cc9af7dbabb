/*
**  header_fields - header fields, known ones and a block of them: see CORE/header_fields.h
*/
#include "CORE/header_fields.h"

#include <string.h>

#include "CORE/text.h"

namespace mail
{

static const KnownHeaderRow known_header_table[] = {
#define KNOWN_HEADER(id, name, flags, rank) {HEADER_##id, name, flags, rank},
#include "CORE/known_headers.def"
#undef KNOWN_HEADER
};

const KnownHeaderRow &known_header(HeaderId id)
{
    return known_header_table[id - 1]; // HEADER_UNKNOWN has no row
}

HeaderId known_header_find(const char *name, size_t size)
{
    if (size == 0)
        return HEADER_UNKNOWN;
    char first = text_lower(name[0]);
    for (size_t i = 0; i < HEADER_ID_COUNT - 1; ++i) {
        const char *known = known_header_table[i].name;
        if (text_lower(known[0]) != first || strlen(known) != size)
            continue;
        size_t same = 1;
        while (same < size && text_lower(known[same]) == text_lower(name[same]))
            ++same;
        if (same == size)
            return known_header_table[i].id;
    }
    return HEADER_UNKNOWN;
}

HeaderId known_header_find(const std::string &name)
{
    return known_header_find(name.data(), name.size());
}

std::string header_unfold(const std::string &raw)
{
    std::string value;
    value.reserve(raw.size());
    for (size_t i = 0; i < raw.size(); ++i)
        if (raw[i] != '\r' && raw[i] != '\n')
            value += raw[i];
    return text_trimmed(value);
}

bool header_name_is_valid(const char *name, size_t size)
{
    if (size == 0 || size > HEADER_NAME_MAX)
        return false;
    for (size_t i = 0; i < size; ++i)
        if (name[i] <= ' ' || name[i] >= 0x7F || name[i] == ':')
            return false;
    return true;
}

size_t header_name_size(const char *line, size_t size)
{
    const char *colon = static_cast<const char *>(memchr(line, ':', size));
    size_t name = colon == 0 ? 0 : colon - line;
    while (name != 0 && text_is_blank(line[name - 1]))
        --name;
    return header_name_is_valid(line, name) ? name : 0;
}

/* False when the line (without its end) is neither a field nor a continuation. */
bool HeaderFields::add_line(const char *line, size_t size)
{
    if (text_is_blank(line[0])) {
        if (fields_.empty())
            return false;
        fields_.back().raw.append("\r\n").append(line, size);
        return true;
    }
    size_t name = header_name_size(line, size), colon = name;
    if (name == 0)
        return false;
    while (line[colon] != ':')
        ++colon;
    fields_.push_back(HeaderField());
    HeaderField &field = fields_.back();
    field.name.assign(line, name);
    field.id = known_header_find(field.name);
    field.raw.assign(line + colon + 1, size - colon - 1);
    return true;
}

HeaderFields::Result HeaderFields::parse(const char *data, size_t size, size_t *used)
{
    fields_.clear();
    const char *at = data, *end = data + size;
    Result result = OK;
    while (at != end) {
        const char *lf = static_cast<const char *>(memchr(at, '\n', end - at));
        const char *next = lf == 0 ? end : lf + 1, *stop = lf == 0 ? end : lf;
        if (stop != at && stop[-1] == '\r')
            --stop;
        if (stop == at) {
            at = next;
            break;
        }
        if (fields_.size() == HEADER_FIELDS_MAX && !text_is_blank(*at)) {
            result = TOO_MANY;
            break;
        }
        if (!add_line(at, stop - at)) {
            result = STRAY;
            break;
        }
        at = next;
    }
    *used = at - data;
    return result;
}

HeaderFields::Result HeaderFields::parse(const std::string &text)
{
    size_t used;
    return parse(text.data(), text.size(), &used);
}

size_t HeaderFields::find(HeaderId id, size_t from) const
{
    while (from < fields_.size() && fields_[from].id != id)
        ++from;
    return from < fields_.size() ? from : fields_.size();
}

size_t HeaderFields::find(const std::string &name, size_t from) const
{
    while (from < fields_.size() && !text_equal(fields_[from].name, name))
        ++from;
    return from < fields_.size() ? from : fields_.size();
}

bool HeaderFields::value(HeaderId id, std::string *value) const
{
    size_t at = find(id, 0);
    if (at == fields_.size())
        return false;
    *value = header_unfold(fields_[at].raw);
    return true;
}

bool HeaderFields::value(const std::string &name, std::string *value) const
{
    size_t at = find(name, 0);
    if (at == fields_.size())
        return false;
    *value = header_unfold(fields_[at].raw);
    return true;
}

void HeaderFields::add(const std::string &name, const std::string &value)
{
    HeaderField field;
    field.name = name;
    field.id = known_header_find(name);
    std::string line = header_print(name, value);
    field.raw.assign(line, name.size() + 1, line.size() - name.size() - 3);
    fields_.push_back(field);
}

std::string HeaderFields::print() const
{
    std::string text;
    for (size_t i = 0; i < fields_.size(); ++i)
        text += fields_[i].name + ":" + fields_[i].raw + "\r\n";
    return text;
}

/* Appends a field that needs no folding and no cleaning; false: it may. */
static bool print_plain(const std::string &name, const std::string &value, std::string *text)
{
    size_t begin = 0, end = value.size();
    while (begin < end && text_is_blank(value[begin]))
        ++begin;
    while (end > begin && text_is_blank(value[end - 1]))
        --end;
    if (name.size() + 2 + (end - begin) > HEADER_LINE_WISH)
        return false;
    for (size_t i = begin; i < end; ++i)
        if (text_is_control(value[i]))
            return false;
    text->append(name).append(": ", 2).append(value, begin, end - begin).append("\r\n", 2);
    return true;
}

static void print_folded(const std::string &name, const std::string &value, std::string *text)
{
    std::string clean(value);
    for (size_t i = 0; i < clean.size(); ++i)
        if (text_is_control(clean[i]) && clean[i] != '\t')
            clean[i] = ' ';
    clean = " " + text_trimmed(clean);
    text->append(name).append(1, ':');
    size_t column = name.size() + 1;
    for (size_t at = 0; at < clean.size();) {
        size_t end = at;
        while (end < clean.size() && text_is_blank(clean[end]))
            ++end;
        while (end < clean.size() && !text_is_blank(clean[end]))
            ++end;
        if (at != 0 && column + (end - at) > HEADER_LINE_WISH) {
            text->append("\r\n", 2);
            column = 0;
        }
        while (column + (end - at) > HEADER_LINE_MAX) { // one word longer than a line may be
            size_t part = HEADER_LINE_MAX - column;
            text->append(clean, at, part);
            text->append("\r\n ", 3);
            at += part;
            column = 1;
        }
        text->append(clean, at, end - at);
        column += end - at;
        at = end;
    }
    text->append("\r\n", 2);
}

std::string header_print(const std::string &name, const std::string &value)
{
    std::string text;
    header_append(name, value, &text);
    return text;
}

void header_append(const std::string &name, const std::string &value, std::string *text)
{
    if (!print_plain(name, value, text))
        print_folded(name, value, text);
}

} // namespace mail
