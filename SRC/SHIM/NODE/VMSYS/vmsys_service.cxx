/*
**  vmsys_service - the services database and the running auxiliary server
*/
#include "vmsys.h"

#include "service_db.h"

#include <stdio.h>
#include <string.h>

namespace shim {

namespace {

bool set(const Command &c)
{
    ServiceRecord r;
    bool known = service_get(c.words[0], &r);
    r.name = upper(c.words[0]);
    if (c.has("port"))
        r.port = atoi(c.option("port").c_str());
    r.address = c.option("address", r.address);
    r.process_name = c.option("process", r.process_name);
    r.user = upper(c.option("user", r.user));
    r.file = c.option("file", r.file);
    r.log_file = c.option("log", r.log_file);
    if (c.has("limit"))
        r.limit = atoi(c.option("limit").c_str());
    if (c.has("inactivity"))
        r.inactivity = atoi(c.option("inactivity").c_str());
    if (c.has("flags"))
        r.listen = upper(c.option("flags")) == "LISTEN";
    if (c.has("accept-hosts"))
        r.rules.accept_hosts = split_list(c.option("accept-hosts"));
    if (c.has("accept-networks"))
        r.rules.accept_networks = split_list(c.option("accept-networks"));
    if (c.has("reject-hosts"))
        r.rules.reject_hosts = split_list(c.option("reject-hosts"));
    if (c.has("reject-networks"))
        r.rules.reject_networks = split_list(c.option("reject-networks"));
    r.rules.reject_message = c.option("reject-message", r.rules.reject_message);
    if (c.has("log-rejects"))
        r.rules.log_rejects = c.option("log-rejects") != "no";
    std::string wrong = service_put(r);
    return wrong.empty() ||
           problem("service %s%s: %s", r.name.c_str(), known ? "" : " (new)", wrong.c_str());
}

/* In the database for the next boot, and in the running system if there is one. */
bool enable_or_disable(const Command &c, bool enable)
{
    ServiceRecord r;
    if (!service_get(c.words[0], &r))
        return problem("no service %s", c.words[0].c_str());
    r.enabled = enable;
    service_put(r);
    std::string answer;
    if (!ask_auxiliary((enable ? "ENABLE " : "DISABLE ") + r.name, &answer))
        return true;
    return answer.empty() || problem("%s", answer.c_str());
}

bool enable(const Command &c)
{
    return enable_or_disable(c, true);
}
bool disable(const Command &c)
{
    return enable_or_disable(c, false);
}

bool remove_service(const Command &c)
{
    return service_remove(c.words[0]) || problem("no service %s", c.words[0].c_str());
}

bool show(const Command &)
{
    printf("Service             Port  Proto    Process          Address            State\n\n");
    std::string active;
    ask_auxiliary("SHOW", &active);
    for (const ServiceRecord &r : service_list()) {
        bool on = ("\n" + active).find("\n" + r.name + " ") != std::string::npos;
        printf("%-16s %7d  TCP      %-15s  %-16s   %s\n", r.name.c_str(), r.port,
               r.process_name.c_str(), r.address.c_str(), on ? "Enabled" : "Disabled");
    }
    return true;
}

} // namespace

const Verb service_verbs[] = {{"service set", 1, set,
                               "NAME --port --process --user --file [--address --log --limit "
                               "--inactivity --flags LISTEN --accept-hosts ...]"},
                              {"service enable", 1, enable, "NAME"},
                              {"service disable", 1, disable, "NAME"},
                              {"service remove", 1, remove_service, "NAME"},
                              {"show service", 0, show, "all services"},
                              {0, 0, 0, 0}};

} // namespace shim
