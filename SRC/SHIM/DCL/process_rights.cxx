/*
**  process_rights - the rights database, and the changes of this process
*/
#include "process_rights.h"

#include "failure.h"
#include "process_table.h"
#include "rights_store.h"
#include "value.h"

#include <jpidef.h>
#include <map>
#include <prvdef.h>

namespace shim {
namespace dcl {

namespace {

struct Change {
    bool enabled;
    std::string attributes;
};
std::map<std::string, Change> changes; /* by identifier */

bool dynamic(const std::string &user, const std::string &name)
{
    for (const rights::Identifier &held : rights::identifiers_of(user))
        if (held.name == name)
            return held.attributes.find("DYNAMIC") != std::string::npos;
    return false;
}

void add_login_class(uint32_t mode, std::vector<Right> *all)
{
    switch (mode) {
    case JPI$K_INTERACTIVE:
        all->push_back(Right{"INTERACTIVE", ""});
        all->push_back(Right{"LOCAL", ""});
        break;
    case JPI$K_BATCH:
        all->push_back(Right{"BATCH", ""});
        break;
    case JPI$K_NETWORK:
        all->push_back(Right{"NETWORK", ""});
        break;
    }
}

} // namespace

std::vector<Right> process_rights(uint32_t pid)
{
    std::vector<Right> all;
    ProcessEntry entry;
    if (!find_process(pid, &entry))
        return all;
    bool own = pid == self().pid;
    for (const rights::Identifier &held : rights::identifiers_of(trimmed(entry.identity.user)))
        if (!own || !changes.count(held.name))
            all.push_back(Right{held.name, held.attributes});
    if (own)
        for (const auto &each : changes)
            if (each.second.enabled)
                all.push_back(Right{each.first, each.second.attributes});
    add_login_class(entry.identity.mode, &all);
    return all;
}

void change_right(const std::string &name, bool enable, const std::string &attributes)
{
    rights::Identifier known;
    uint32_t status = rights::identifier_get(name, &known);
    if (!(status & 1))
        throw Failure(status);
    if (!privileged(PRV$M_CMKRNL) && !dynamic(self().user, name))
        throw Failure(SS$_NOPRIV);
    changes[name] = Change{enable, attributes.empty() ? known.attributes : attributes};
}

} // namespace dcl
} // namespace shim
