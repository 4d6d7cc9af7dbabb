/*
**  key_verbs - DEFINE/KEY, DELETE/KEY, SHOW KEY, SET KEY
*/
#include "dispatch.h"
#include "terminal.h"

#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

const char default_state[] = "DEFAULT";

std::string key_name(const std::string &word)
{
    std::string name = key_named(upper(word));
    if (name.empty())
        throw Failure(CLI$_IVKEYNAM, word);
    return name;
}

/* /STATE, /IF_STATE: those named, else the state of the moment. */
std::vector<std::string> states_of(const cli::Parsed &command, const char *label,
                                   const KeyTable &keys)
{
    std::vector<std::string> states;
    if (has(command, label))
        for (const std::string &word : texts_of(command, label))
            states.push_back(upper(word));
    if (states.empty())
        states.push_back(keys.state());
    return states;
}

void define_key(Session &session, const cli::Parsed &command)
{
    KeyTable &keys = session.terminal->keys;
    std::string name = key_name(text_of(command, "KEY_NAME"));
    KeyDefinition key;
    key.text = text_of(command, "EQUIVALENCE");
    key.echo = !negated(command, "ECHO");
    key.terminate = has(command, "TERMINATE");
    key.erase = has(command, "ERASE");
    key.lock = has(command, "LOCK_STATE");
    if (has(command, "SET_STATE"))
        key.set_state = upper(text_of(command, "SET_STATE"));
    for (const std::string &state : states_of(command, "IF_STATE", keys)) {
        keys.define(state, name, key);
        if (!negated(command, "LOG"))
            session.inform(CLI$_DEFKEY, {state, name});
    }
}

void delete_key(Session &session, const cli::Parsed &command)
{
    KeyTable &keys = session.terminal->keys;
    std::string name;
    if (!has(command, "ALL"))
        name = key_name(text_of(command, "KEY_NAME"));
    for (const std::string &state : states_of(command, "STATE", keys)) {
        std::vector<std::string> names;
        if (!name.empty())
            names.push_back(name);
        else
            for (const auto &each : keys.keys(state))
                names.push_back(each.first);
        for (const std::string &each : names) {
            if (!keys.remove(state, each))
                throw Failure(CLI$_UNDKEY, each);
            if (!negated(command, "LOG"))
                session.inform(CLI$_DELKEY, {state, each});
        }
    }
}

std::string attributes_text(const KeyDefinition &key)
{
    std::string text = std::string(key.echo ? "(echo," : "(noecho,") +
                       (key.terminate ? "terminate," : "noterminate,") +
                       (key.erase ? "erase," : "noerase,") + (key.lock ? "lock" : "nolock");
    return text + (key.set_state.empty() ? ")" : ",state=" + key.set_state + ")");
}

void show_keys(Session &session, const std::string &state, const KeyTable::Keys &keys, bool full)
{
    session.write(state + " keypad definitions:");
    for (const auto &each : keys)
        session.write("  " + each.first + " = \"" + each.second.text + "\"" +
                      (full ? " " + attributes_text(each.second) : std::string()));
}

void show_key(Session &session, const cli::Parsed &command)
{
    const KeyTable &keys = session.terminal->keys;
    if (has(command, "DIRECTORY")) {
        for (const std::string &state : keys.states())
            session.write(state);
        return;
    }
    std::string word = text_of(command, "KEY_NAME");
    if (word.empty() && !has(command, "ALL"))
        throw Failure(CLI$_INSFPRM);
    std::string name = word.empty() ? word : key_name(word);
    std::vector<std::string> states = states_of(command, "STATE", keys);
    if (name.empty() && !has(command, "STATE"))
        states = keys.states();
    for (const std::string &state : states) {
        KeyTable::Keys shown = keys.keys(state);
        if (!name.empty()) {
            const KeyDefinition *found = keys.find(state, name);
            if (!found)
                throw Failure(CLI$_UNDKEY, name);
            shown = {{name, *found}};
        }
        show_keys(session, state, shown, has(command, "FULL"));
    }
}

void set_key(Session &session, const cli::Parsed &command)
{
    KeyTable &keys = session.terminal->keys;
    keys.set_state(has(command, "STATE") ? upper(text_of(command, "STATE")) : default_state);
    if (!negated(command, "LOG"))
        session.inform(CLI$_SETKEY, {keys.state()});
}

const VerbRow rows[] = {
    {"DEFINE_KEY", define_key, INTERNAL},
    {"DELETE_KEY", delete_key, INTERNAL},
    {"SHOW_KEY", show_key, INTERNAL},
    {"SET_KEY", set_key, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
