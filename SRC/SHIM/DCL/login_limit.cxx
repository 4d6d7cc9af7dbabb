/*
**  login_limit - how many interactive users the system takes
*/
#include "login_limit.h"

#include "process_table.h"

#include <cstdio>
#include <jpidef.h>

namespace shim {
namespace dcl {

namespace {

std::string limit_path()
{
    return store_path("logins." + node_name());
}

} // namespace

int login_limit()
{
    int limit = NO_LOGIN_LIMIT;
    if (FILE *file = fopen(limit_path().c_str(), "re")) {
        if (fscanf(file, "%d", &limit) != 1)
            limit = NO_LOGIN_LIMIT;
        fclose(file);
    }
    return limit;
}

bool set_login_limit(int limit)
{
    std::string fresh = limit_path() + ".new";
    FILE *file = fopen(fresh.c_str(), "we");
    if (!file)
        return false;
    fprintf(file, "%d\n", limit);
    return fclose(file) == 0 && rename(fresh.c_str(), limit_path().c_str()) == 0;
}

int interactive_logins()
{
    int count = 0;
    for (const ProcessEntry &each : list_processes()) {
        const ProcessSlot *slot = slot_of(each.identity.pid);
        count += each.node == node_name() && each.identity.mode == JPI$K_INTERACTIVE && slot &&
                 !slot->owner && slot->terminal[0];
    }
    return count;
}

} // namespace dcl
} // namespace shim
