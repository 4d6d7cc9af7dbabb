/*
**  process_context - selection contexts of F$CONTEXT
**
**  Strings are compared with wildcards for EQL and NEQ, trailing blanks aside; several with commas
**  between are as many chances (NEQ: none of them).  Numbers are compared by order.
**  Privileges with ANY, ALL, EQL.  DCL Dictionary F$CONTEXT.
*/
#include "process_context.h"

#include "process_table.h"
#include "text_forms.h"

#include <algorithm>
#include <climsgdef.h>

namespace shim {
namespace dcl {

namespace {

const char *const qualifiers[] = {"EQL", "NEQ", "GEQ", "GTR", "LEQ", "LSS", "ANY", "ALL", nullptr};

bool holds(int qualifier, int order)
{
    switch (qualifier) {
    case 0: return order == 0;
    case 1: return order != 0;
    case 2: return order >= 0;
    case 3: return order > 0;
    case 4: return order <= 0;
    default: return order < 0;
    }
}

bool privileges_meet(const std::string &has, const std::string &wanted, int qualifier)
{
    uint64_t mask = 0, on = 0;
    for (const std::string &word : keyword_list(wanted)) {
        uint64_t one;
        bool negated;
        if (!find_privilege(word, &one, &negated))
            throw Failure(CLI$_IVKEYW, word);
        mask |= one;
    }
    for (const std::string &word : keyword_list(has)) {
        uint64_t one;
        bool negated;
        if (find_privilege(word, &one, &negated))
            on |= one;
    }
    switch (qualifier) {
    case 6: return (on & mask) != 0;
    case 7: return (on & mask) == mask;
    case 1: return on != mask;
    }
    return on == mask;
}

int compare_texts(const std::string &text, const std::string &wanted)
{
    bool wild = wanted.find_first_of("*%") != std::string::npos;
    return wild && wild_match(wanted.c_str(), text.c_str()) ? 0 : text.compare(wanted);
}

} // namespace

bool ProcessContexts::is_context(const std::string &symbol) const
{
    auto found = contexts_.find(symbol);
    return found != contexts_.end() && found->second.selects;
}

std::string ProcessContexts::type(const std::string &symbol) const
{
    return is_context(symbol) ? "PROCESS_CONTEXT" : "";
}

bool ProcessContexts::add(const std::string &symbol, const ItemRow &row, const Value &value,
                          const std::string &qualifier)
{
    find_keyword(qualifier, qualifiers);
    bool created = !is_context(symbol);
    Context &context = contexts_[symbol];
    if (context.frozen && !created)
        throw Failure(CLI$_FRZNCTX);
    if (created) {
        context = Context();
        context.selects = true;
        context.number = ++last_;
    }
    context.conditions.push_back(Condition{&row, value, qualifier});
    return created;
}

void ProcessContexts::cancel(const std::string &symbol)
{
    contexts_.erase(symbol);
}

uint32_t ProcessContexts::number(const std::string &symbol) const
{
    auto found = contexts_.find(symbol);
    return found == contexts_.end() ? 0 : found->second.number;
}

void ProcessContexts::begin(const std::string &symbol)
{
    Context &context = contexts_[symbol] = Context();
    context.number = ++last_;
}

std::string ProcessContexts::mark(const std::string &symbol) const
{
    return hex8(number(symbol) | 0x80000000);
}

bool ProcessContexts::goes_on(const std::string &symbol, const std::string &value) const
{
    auto found = contexts_.find(symbol);
    return found != contexts_.end() && value == mark(symbol);
}

bool ProcessContexts::meets(uint32_t pid, const Condition &condition)
{
    Value has;
    try {
        has = process_item(pid, *condition.row);
    } catch (const Failure &) {
        return false; /* it has ended */
    }
    int qualifier = find_keyword(condition.qualifier, qualifiers);
    if (condition.row->kind == ITEM_PRIVILEGES)
        return privileges_meet(has.text(), condition.value.text(), qualifier);
    if (has.is_integer()) {
        int64_t a = has.integer(), b = condition.value.integer();
        return holds(qualifier, a < b ? -1 : a > b);
    }
    std::string text = without_blanks_behind(has.text()), list = condition.value.text();
    bool any = false, all = true; /* of "M*,SYSTEM" */
    for (size_t at = 0; at <= list.size();) {
        size_t end = std::min(list.find(',', at), list.size());
        bool one = holds(qualifier, compare_texts(text, trimmed(list.substr(at, end - at))));
        any = any || one;
        all = all && one;
        at = end + 1;
    }
    return qualifier == 1 ? all : any;
}

uint32_t ProcessContexts::next(const std::string &symbol)
{
    Context &context = contexts_[symbol];
    if (!context.frozen) {
        context.frozen = true;
        for (const ProcessEntry &each : list_processes())
            if (each.node == node_name() && may_affect(each.identity))
                context.pids.push_back(each.identity.pid);
    }
    while (context.at < context.pids.size()) {
        uint32_t pid = context.pids[context.at++];
        ProcessEntry alive;
        bool good = find_process(pid, &alive);
        for (const Condition &condition : context.conditions)
            good = good && meets(pid, condition);
        if (good)
            return pid;
    }
    contexts_.erase(symbol);
    return 0;
}

} // namespace dcl
} // namespace shim
