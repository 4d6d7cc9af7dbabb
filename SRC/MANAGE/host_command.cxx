/*
**  host_command - SHOW HOST
*/
#include "host_command.h"

#include "CORE/text.h"
#include "VMS/cli.h"
#include "VMS/resolver.h"
#include "manage_commands.h"
#include "manage_output.h"

namespace mail {

Status tell_no_record()
{
    Status told = tell(TCPIPMGT__NORECORD);
    tell_cause(Status::no_record());
    return told;
}

static std::string column(const std::string &text)
{
    return text.size() < 16 ? text + std::string(17 - text.size(), ' ') : text + " ";
}

std::string display_columns(const std::string &first, const std::string &second,
                            const std::string &third)
{
    return "   " + column(first) + (third.empty() ? second : column(second) + third);
}

void display_title(const std::string &title)
{
    say("");
    say(std::string(33, ' ') + title);
    say("");
    say("");
}

void display_server()
{
    NetAddress server;
    std::string name;
    if (!resolver_server(&server))
        return;
    resolver_name(server, ResolverOptions(), &name);
    say(display_columns("Server:", net_text(server), name));
    say("");
}

static size_t show_addresses(const std::vector<NetAddress> &addresses, const std::string &name)
{
    say("   Host address                      Host name");
    say("");
    for (size_t i = 0; i < addresses.size(); ++i)
        say(display_columns(net_text(addresses[i]), " ", name));
    return addresses.size();
}

size_t show_host_tables(const std::string &name)
{
    std::vector<NetAddress> addresses;
    if (hosts_find(name, &addresses)) {
        display_title("LOCAL database");
        return show_addresses(addresses, name);
    }
    if (resolver_addresses(name, ResolverOptions(), &addresses) != RESOLVER_FOUND)
        return 0;
    display_title("BIND database");
    display_server();
    return show_addresses(addresses, name);
}

Status show_host()
{
    std::string name, host;
    NetAddress address;
    cli_value("HOST", &name);
    if (net_parse_address(name, &address)) {
        if (resolver_name(address, ResolverOptions(), &host) != RESOLVER_FOUND)
            return tell_no_record();
        display_title("BIND database");
        show_addresses(std::vector<NetAddress>(1, address), host);
        return Status();
    }
    return show_host_tables(text_lowered(name)) == 0 ? tell_no_record() : Status();
}

} // namespace mail
