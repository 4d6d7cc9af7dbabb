/*
**  keys - the keys that DEFINE/KEY has given a text
**
**  A definition belongs to a state; the table begins in state DEFAULT.  /SET_STATE holds for the
**  next key, with /LOCK_STATE until another one locks.  DCL Dictionary, DEFINE/KEY.
*/
#ifndef SHIM_DCL_KEYS_H
#define SHIM_DCL_KEYS_H

#include <map>
#include <string>
#include <vector>

namespace shim {
namespace dcl {

struct KeyDefinition {
    std::string text, set_state; /* set_state empty: the state stays */
    bool echo = true, terminate = false, erase = false, lock = false;
};

class KeyTable {
public:
    KeyTable() : state_("DEFAULT"), once_() {}
    typedef std::map<std::string, KeyDefinition> Keys; /* by name */

    void define(const std::string &state, const std::string &key, const KeyDefinition &definition)
    {
        states_[state][key] = definition;
    }
    /* False: it was not defined. */
    bool remove(const std::string &state, const std::string &key);
    const KeyDefinition *find(const std::string &state, const std::string &key) const;
    const Keys &keys(const std::string &state) const;
    /* Those with definitions, in order. */
    std::vector<std::string> states() const;

    /* The state that SET KEY, or a key, has set for good. */
    const std::string &state() const { return state_; }
    void set_state(const std::string &state);
    /* A key is pressed: its definition in the state of the moment, or 0; the state changes. */
    const KeyDefinition *press(const std::string &key);

private:
    std::map<std::string, Keys> states_;
    std::string state_, once_; /* once_: of the next key alone; empty: none */
};

/* "PF1", "KP0", "ENTER" ... of what the terminal sends behind ESC [ or ESC O; empty: none. */
std::string key_of_sequence(bool application, const std::string &sequence);
/* The name in full, however it is abbreviated; empty: no such key. */
std::string key_named(const std::string &word);

} // namespace dcl
} // namespace shim

#endif
