/*
**  names - logical names for the interpreter
*/
#include "names.h"

#include "low.h"
#include "value.h"

#include <lnmdef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

const size_t HEADER = 4;
const unsigned DEPTH_MAX = 10;

} // namespace

bool translate_name(const std::string &table, const std::string &name, unsigned mode,
                    bool case_blind, NameAnswer *answer)
{
    if (name.empty() || name.size() > LNM$C_NAMLENGTH || table.empty())
        return false;
    LowText low_table(table), low_name(name);
    unsigned char acmode = static_cast<unsigned char>(mode);
    unsigned int flags = LNM$M_CASE_BLIND;
    answer->values.clear();
    for (int index = 0, last = 0; index <= last; ++index) {
        LowItems items;
        items.put(LNM$_INDEX, static_cast<uint32_t>(index));
        size_t text = items.ask(LNM$_STRING, LNM$C_NAMLENGTH);
        size_t attributes = items.ask(LNM$_ATTRIBUTES, 4), where = items.ask(LNM$_TABLE, 31);
        size_t level = items.ask(LNM$_ACMODE, 1), most = items.ask(LNM$_MAX_INDEX, 4);
        if (!(sys$trnlnm(case_blind ? &flags : nullptr, low_table.descriptor(),
                         low_name.descriptor(), &acmode, items.list()) & 1))
            return false;
        last = static_cast<int32_t>(items.number(most));
        answer->table = items.text(where);
        answer->mode = static_cast<unsigned>(items.number(level));
        answer->attributes = static_cast<uint32_t>(items.number(attributes));
        if (index <= last)
            answer->values.push_back(NameValue{items.text(text), answer->attributes});
    }
    return true;
}

uint32_t create_name(const std::string &table, const std::string &name, unsigned mode,
                     uint32_t attributes, const std::vector<NameValue> &values)
{
    LowText low_table(table), low_name(name);
    LowItems items;
    for (const NameValue &value : values) {
        items.put(LNM$_ATTRIBUTES, value.attributes);
        items.put(LNM$_STRING, value.text);
    }
    unsigned char acmode = static_cast<unsigned char>(mode);
    return static_cast<uint32_t>(sys$crelnm(&attributes, low_table.descriptor(),
                                            low_name.descriptor(), &acmode, items.list()));
}

uint32_t delete_name(const std::string &table, const std::string &name, unsigned mode)
{
    LowText low_table(table), low_name(name);
    unsigned char acmode = static_cast<unsigned char>(mode);
    return static_cast<uint32_t>(sys$dellnm(low_table.descriptor(),
                                            name.empty() ? nullptr : low_name.descriptor(),
                                            &acmode));
}

std::string permanent_value(uint16_t file, const std::string &device)
{
    std::string value("\x1b\0", 2);
    value += static_cast<char>(file & 0xff);
    value += static_cast<char>(file >> 8);
    return value + device;
}

uint16_t permanent_file(const std::string &value)
{
    if (value.size() < HEADER || value[0] != '\x1b' || value[1] != '\0')
        return 0;
    return static_cast<uint16_t>(static_cast<unsigned char>(value[2]) |
                                 static_cast<unsigned char>(value[3]) << 8);
}

std::string shown_value(const std::string &value)
{
    return permanent_file(value) ? value.substr(HEADER) : value;
}

uint16_t find_permanent_file(const std::string &name, unsigned mode)
{
    std::string at = upper(trimmed(name));
    for (unsigned depth = 0; depth < DEPTH_MAX; ++depth) {
        if (!at.empty() && at.back() == ':')
            at.pop_back();
        NameAnswer answer;
        if (!translate_name("LNM$FILE_DEV", at, mode, true, &answer) || answer.values.empty())
            return 0;
        uint16_t file = permanent_file(answer.values[0].text);
        if (file)
            return file;
        at = answer.values[0].text;
    }
    return 0;
}

} // namespace dcl
} // namespace shim
