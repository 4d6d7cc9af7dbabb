/*
**  process_context - selection contexts of F$CONTEXT, and the rounds of F$PID
*/
#ifndef SHIM_DCL_PROCESS_CONTEXT_H
#define SHIM_DCL_PROCESS_CONTEXT_H

#include "lexical_items.h"

#include <map>

namespace shim {
namespace dcl {

extern const ItemRow process_items[];
/* Throws the condition of $GETJPI. */
Value process_item(uint32_t pid, const ItemRow &row);
/* "LEF": of JPI$_STATE. */
bool is_state(const std::string &name);

class ProcessContexts {
public:
    ProcessContexts() : last_(0) {}
    bool is_context(const std::string &symbol) const;
    /* "PROCESS_CONTEXT", "CANCELLED_PROCESS_CONTEXT", "" */
    std::string type(const std::string &symbol) const;
    /* Adds a condition; true when the context is new.  CLI$_FRZNCTX after the first F$PID. */
    bool add(const std::string &symbol, const ItemRow &row, const Value &value,
             const std::string &qualifier);
    void cancel(const std::string &symbol);
    uint32_t number(const std::string &symbol) const;
    /* Rounds over all processes. */
    void begin(const std::string &symbol);
    bool goes_on(const std::string &symbol, const std::string &value) const;
    std::string mark(const std::string &symbol) const;
    /* The next process that meets every condition; 0 at the end, which ends the context. */
    uint32_t next(const std::string &symbol);

private:
    struct Condition {
        const ItemRow *row;
        Value value;
        std::string qualifier;
    };
    struct Context {
        bool selects = false, frozen = false;
        uint32_t number = 0;
        std::vector<Condition> conditions;
        std::vector<uint32_t> pids;
        size_t at = 0;
    };
    std::map<std::string, Context> contexts_;
    uint32_t last_;
    static bool meets(uint32_t pid, const Condition &condition);
};

} // namespace dcl
} // namespace shim

#endif
