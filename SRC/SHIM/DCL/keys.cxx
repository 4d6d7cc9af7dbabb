/*
**  keys - names of keys, and what they are defined as
*/
#include "keys.h"

namespace shim {
namespace dcl {

namespace {

struct KeyRow {
    const char *name;
    bool application; /* ESC O, else ESC [ */
    const char *sequence;
};
/* The keypad, LEFT and RIGHT, the editing keys and the function keys; UP and DOWN recall. */
const KeyRow key_rows[] = {
    {"PF1", true, "P"},       {"PF2", true, "Q"},       {"PF3", true, "R"},
    {"PF4", true, "S"},       {"KP0", true, "p"},       {"KP1", true, "q"},
    {"KP2", true, "r"},       {"KP3", true, "s"},       {"KP4", true, "t"},
    {"KP5", true, "u"},       {"KP6", true, "v"},       {"KP7", true, "w"},
    {"KP8", true, "x"},       {"KP9", true, "y"},       {"PERIOD", true, "n"},
    {"COMMA", true, "l"},     {"MINUS", true, "m"},     {"ENTER", true, "M"},
    {"LEFT", false, "D"},     {"RIGHT", false, "C"},    {"E1", false, "1~"},
    {"E2", false, "2~"},      {"E3", false, "3~"},      {"E4", false, "4~"},
    {"E5", false, "5~"},      {"E6", false, "6~"},      {"F6", false, "17~"},
    {"F7", false, "18~"},     {"F8", false, "19~"},     {"F9", false, "20~"},
    {"F10", false, "21~"},    {"F11", false, "23~"},    {"F12", false, "24~"},
    {"F13", false, "25~"},    {"F14", false, "26~"},    {"HELP", false, "28~"},
    {"DO", false, "29~"},     {"F17", false, "31~"},    {"F18", false, "32~"},
    {"F19", false, "33~"},    {"F20", false, "34~"},
};

} // namespace

bool KeyTable::remove(const std::string &state, const std::string &key)
{
    std::map<std::string, Keys>::iterator at = states_.find(state);
    return at != states_.end() && at->second.erase(key) != 0;
}

const KeyDefinition *KeyTable::find(const std::string &state, const std::string &key) const
{
    const Keys &all = keys(state);
    Keys::const_iterator at = all.find(key);
    return at == all.end() ? nullptr : &at->second;
}

const KeyTable::Keys &KeyTable::keys(const std::string &state) const
{
    static const Keys none;
    std::map<std::string, Keys>::const_iterator at = states_.find(state);
    return at == states_.end() ? none : at->second;
}

std::vector<std::string> KeyTable::states() const
{
    std::vector<std::string> names;
    for (const auto &each : states_)
        if (!each.second.empty())
            names.push_back(each.first);
    return names;
}

void KeyTable::set_state(const std::string &state)
{
    state_ = state;
    once_.clear();
}

const KeyDefinition *KeyTable::press(const std::string &key)
{
    const KeyDefinition *found = find(once_.empty() ? state_ : once_, key);
    once_.clear();
    if (!found || found->set_state.empty())
        return found;
    if (found->lock)
        state_ = found->set_state;
    else
        once_ = found->set_state;
    return found;
}

std::string key_of_sequence(bool application, const std::string &sequence)
{
    for (const KeyRow &row : key_rows) {
        bool arrow = sequence == "C" || sequence == "D"; /* of both modes of the cursor keys */
        if (sequence == row.sequence && (arrow || application == row.application))
            return row.name;
    }
    return std::string();
}

std::string key_named(const std::string &word)
{
    std::string found;
    for (const KeyRow &row : key_rows) {
        std::string name = row.name;
        if (name == word)
            return name;
        if (!word.empty() && name.compare(0, word.size(), word) == 0) {
            if (!found.empty())
                return std::string(); /* "F" is many */
            found = name;
        }
    }
    return found;
}

} // namespace dcl
} // namespace shim
