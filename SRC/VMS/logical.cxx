/*
**  logical - $TRNLNM, $CRELNM, $DELLNM
**
**  Table names by enum: a caller cannot name a table that users could shadow.  Executive mode in
**  the system table is the trusted definition of spec/vms-api.md 5.
*/
#include "VMS/logical.h"

#include <lnmdef.h>
#include <psldef.h>
#include <ssdef.h>
#include <starlet.h>

#include "VMS/vmstime.h"
#include "descriptor.h"
#include "itemlist.h"

namespace mail {

static const int TRANSLATIONS_MAX = 128;

static const char *const table_name_table[] = {
    "LNM$FILE_DEV", "LNM$PROCESS", "LNM$JOB", "LNM$GROUP", "LNM$SYSTEM"};

static std::string folded(const std::string &name)
{
    std::string upper = name;
    for (size_t i = 0; i < upper.size(); ++i)
        if (upper[i] >= 'a' && upper[i] <= 'z')
            upper[i] = static_cast<char>(upper[i] - 'a' + 'A');
    return upper;
}

static unsigned char access_mode(LogicalMode mode)
{
    if (mode == LOGICAL_EXECUTIVE)
        return PSL$C_EXEC;
    return mode == LOGICAL_SUPERVISOR ? PSL$C_SUPER : PSL$C_USER;
}

/* One translation by index, its attributes and the highest index. */
static Status translate_one(const std::string &name, LogicalTable table, LogicalMode mode,
                            boost::uint32_t index, std::string *value, boost::uint32_t *attributes,
                            boost::uint32_t *last)
{
    LowScratch scratch;
    Descriptor table_name(scratch, table_name_table[table]);
    Descriptor logical_name(scratch, folded(name));
    ItemList<4> items(scratch);
    items.in_long(LNM$_INDEX, index);
    int string_item = items.out(LNM$_STRING, LNM$C_NAMLENGTH);
    int attribute_item = items.out(LNM$_ATTRIBUTES, 4);
    int last_item = items.out(LNM$_MAX_INDEX, 4);
    unsigned char acmode = access_mode(mode);
    Status status(static_cast<boost::uint32_t>(
        sys$trnlnm(0, table_name.get(), logical_name.get(),
                   mode == LOGICAL_ANY_MODE ? 0 : &acmode, items.list())));
    if (!status.ok())
        return status;
    *attributes = items.number(attribute_item);
    *last = items.number(last_item);
    if (!(*attributes & LNM$M_EXISTS))
        return Status(SS$_NOLOGNAM);
    *value = items.text(string_item);
    /* a process-permanent file: ESC, NUL and two bytes before the device name */
    if (value->size() >= 4 && (*value)[0] == 27 && (*value)[1] == 0)
        value->erase(0, 4);
    return status;
}

Status logical_translate(const std::string &name, std::string *value, LogicalTable table,
                         LogicalMode mode)
{
    boost::uint32_t attributes = 0, last = 0;
    return translate_one(name, table, mode, 0, value, &attributes, &last);
}

Status logical_translate_list(const std::string &name, std::vector<std::string> *values,
                              LogicalTable table, LogicalMode mode)
{
    std::vector<std::string> found;
    boost::uint32_t attributes = 0, last = 0;
    for (boost::uint32_t index = 0; index <= last && index < TRANSLATIONS_MAX; ++index) {
        std::string value;
        Status status = translate_one(name, table, mode, index, &value, &attributes, &last);
        if (!status.ok() && index == 0)
            return status;
        if (status.ok())
            found.push_back(value);
    }
    values->swap(found);
    return Status();
}

Status logical_translate_fully(const std::string &name, std::string *value)
{
    std::string current = name;
    Status first(SS$_NOLOGNAM);
    for (int depth = 0; depth < LNM$C_MAXDEPTH; ++depth) {
        boost::uint32_t attributes = 0, last = 0;
        std::string next;
        Status status = translate_one(current, LOGICAL_ANY, LOGICAL_ANY_MODE, 0, &next,
                                      &attributes, &last);
        if (!status.ok())
            break;
        first = status;
        current = next;
        if (attributes & LNM$M_TERMINAL)
            break;
    }
    if (first.ok())
        *value = current;
    return first;
}

bool logical_defined(const std::string &name, LogicalTable table)
{
    std::string value;
    return logical_translate(name, &value, table).ok();
}

std::string logical_text(const std::string &name, const std::string &fallback)
{
    std::string value;
    return logical_translate(name, &value).ok() ? value : fallback;
}

Status logical_trusted(const std::string &name, std::string *value)
{
    return logical_translate(name, value, LOGICAL_SYSTEM, LOGICAL_EXECUTIVE);
}

/* Digits of a radix, the whole text, within 32 bits. */
static bool parse_digits(const std::string &text, size_t begin, unsigned radix,
                         boost::uint32_t *value)
{
    if (begin >= text.size())
        return false;
    boost::uint64_t number = 0;
    for (size_t i = begin; i < text.size(); ++i) {
        char c = text[i];
        unsigned digit = 99;
        if (c >= '0' && c <= '9')
            digit = static_cast<unsigned>(c - '0');
        else if (c >= 'A' && c <= 'F')
            digit = static_cast<unsigned>(c - 'A' + 10);
        if (digit >= radix)
            return false;
        number = number * radix + digit;
        if (number > 0xffffffffu)
            return false;
    }
    *value = static_cast<boost::uint32_t>(number);
    return true;
}

bool logical_number(const std::string &name, boost::uint32_t *value)
{
    std::string text = folded(logical_text(name, ""));
    if (text.size() > 2 && text[0] == '%' && text[1] == 'X')
        return parse_digits(text, 2, 16, value);
    if (text.size() > 2 && text[0] == '%' && text[1] == 'O')
        return parse_digits(text, 2, 8, value);
    if (text.size() > 2 && text[0] == '%' && text[1] == 'D')
        return parse_digits(text, 2, 10, value);
    return parse_digits(text, 0, 10, value);
}

bool logical_delta(const std::string &name, boost::uint32_t *seconds)
{
    std::string text = logical_text(name, "");
    if (parse_digits(text, 0, 10, seconds))
        return true;
    boost::uint64_t units = 0;
    if (!vmstime_parse_delta(text, &units) || units / VMSTIME_UNITS_PER_SECOND > 0xffffffffu)
        return false;
    *seconds = static_cast<boost::uint32_t>(units / VMSTIME_UNITS_PER_SECOND);
    return true;
}

bool logical_boolean(const std::string &name, bool fallback)
{
    static const char *const no_table[] = {"FALSE", "F", "NO", "N", "0", "DISABLE"};
    std::string value;
    if (!logical_translate(name, &value).ok())
        return fallback;
    value = folded(value);
    for (size_t i = 0; i < sizeof no_table / sizeof no_table[0]; ++i)
        if (value == no_table[i])
            return false;
    return true;
}

Status logical_define(const std::string &name, const std::vector<std::string> &values,
                      LogicalTable table, LogicalMode mode)
{
    const size_t values_max = 16; /* what a scratch area holds at full length */
    if (values.empty() || values.size() > values_max || table == LOGICAL_ANY)
        return Status::bad_parameter();
    LowScratch scratch;
    Descriptor table_name(scratch, table_name_table[table]);
    Descriptor logical_name(scratch, folded(name));
    ItemList<16> items(scratch);
    for (size_t i = 0; i < values.size(); ++i)
        items.in(LNM$_STRING, values[i].substr(0, LNM$C_NAMLENGTH));
    unsigned char acmode = access_mode(mode);
    return Status(static_cast<boost::uint32_t>(
        sys$crelnm(0, table_name.get(), logical_name.get(), &acmode, items.list())));
}

Status logical_deassign(const std::string &name, LogicalTable table, LogicalMode mode)
{
    if (table == LOGICAL_ANY)
        return Status::bad_parameter();
    LowScratch scratch;
    Descriptor table_name(scratch, table_name_table[table]);
    Descriptor logical_name(scratch, folded(name));
    unsigned char acmode = access_mode(mode);
    return Status(static_cast<boost::uint32_t>(
        sys$dellnm(table_name.get(), logical_name.get(), &acmode)));
}

} // namespace mail
