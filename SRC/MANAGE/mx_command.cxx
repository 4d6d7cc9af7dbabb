/*
**  mx_command - SET, SET NO and SHOW MX_RECORD
*/
#include "mx_command.h"

#include <algorithm>
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "MTA/config_store.h"
#include "MTA/router.h"
#include "VMS/cli.h"
#include "VMS/recfile.h"
#include "VMS/resolver.h"
#include "host_command.h"
#include "manage_commands.h"
#include "manage_output.h"

namespace mail {

enum { PREFERENCE_MAX = 65535 };

bool mx_line_parse(const std::string &line, MxEntry *entry)
{
    std::vector<std::string> words;
    text_words(text_trimmed(line), &words);
    if (words.size() != 3 || words[0][0] == '!' ||
        !text_number(words[2], 0, PREFERENCE_MAX, &entry->preference))
        return false;
    entry->destination = words[0];
    entry->gateway = words[1];
    return true;
}

void mx_lines_set(std::vector<std::string> *lines, const MxEntry &entry)
{
    std::string line = entry.destination + " " + entry.gateway + " " +
                       text_from_number(entry.preference);
    for (size_t i = 0; i < lines->size(); ++i) {
        MxEntry there;
        if (mx_line_parse((*lines)[i], &there) && there.destination == entry.destination &&
            text_equal(there.gateway, entry.gateway)) {
            (*lines)[i] = line;
            return;
        }
    }
    lines->push_back(line);
}

size_t mx_lines_remove(std::vector<std::string> *lines, const std::string &destination,
                       const std::string &gateway)
{
    std::vector<std::string> kept;
    for (size_t i = 0; i < lines->size(); ++i) {
        MxEntry there;
        if (!mx_line_parse((*lines)[i], &there) || there.destination != destination ||
            (!gateway.empty() && !text_equal(there.gateway, gateway)))
            kept.push_back((*lines)[i]);
    }
    size_t removed = lines->size() - kept.size();
    lines->swap(kept);
    return removed;
}

size_t mx_lines_left_out(const std::string &text)
{
    size_t left_out = 0;
    std::vector<std::string> lines;
    text_split(text, '\n', &lines);
    for (size_t i = 0; i < lines.size(); ++i) {
        std::string line = text_trimmed(lines[i]);
        MxEntry entry;
        if (!line.empty() && line[0] != '!' && !mx_line_parse(line, &entry))
            ++left_out;
    }
    return left_out;
}

std::string mx_name(const std::string &typed)
{
    std::string lower = text_lowered(typed);
    return typed == text_uppered(typed) ? lower : typed;
}

/* ---- the file ---- */

static Status read_lines(std::vector<std::string> *lines)
{
    std::string text;
    Status status = file_read_text(config_common_file(ROUTER_MX_FILE), "", ROUTER_MX_FILE_MAX,
                                   "\n", &text);
    if (status.not_found())
        return Status();
    if (!status.ok()) {
        Status told = tell(TCPIPMGT__MXREAD);
        tell_cause(status);
        return told;
    }
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        lines->push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return status;
}

static Status write_lines(const std::vector<std::string> &lines)
{
    RecordWriter writer;
    /* SHOW is for all */
    Status status = writer.create_for_all(config_common_file(ROUTER_MX_FILE), "");
    for (size_t i = 0; i < lines.size() && status.ok(); ++i)
        status = writer.write(lines[i]);
    if (status.ok())
        status = writer.flush();
    if (status.ok())
        return writer.close();
    writer.abandon();
    Status told = tell(TCPIPMGT__MXWRITE);
    tell_cause(status);
    return told;
}

/* ---- SET MX_RECORD ---- */

/* "Gateway must resolve locally or via BIND": who does not answer now is believed. */
static bool is_known_host(const std::string &name)
{
    NetAddress address;
    std::vector<NetAddress> addresses;
    if (net_parse_address(name, &address))
        return true;
    ResolverResult result = resolver_addresses(name, ResolverOptions(), &addresses);
    return result == RESOLVER_FOUND || result == RESOLVER_FAILED;
}

static Status check_domain(const std::string &name, const char *what)
{
    return smtp_domain_is_valid(name)
               ? Status()
               : tell(TCPIPMGT__BADVALUE, text_one_line(name, 255), what,
                      std::string("not the name of a domain"));
}

Status set_mx()
{
    std::string number;
    MxEntry entry;
    cli_value("DESTINATION", &entry.destination);
    cli_value("GATEWAY", &entry.gateway);
    cli_value("PREFERENCE", &number);
    entry.destination = mx_name(entry.destination);
    entry.gateway = text_lowered(entry.gateway);
    Status status = check_domain(entry.destination, "DESTINATION");
    NetAddress address;
    if (status.ok() && !net_parse_address(entry.gateway, &address))
        status = check_domain(entry.gateway, "GATEWAY");
    if (!status.ok())
        return status;
    if (!text_number(number, 0, PREFERENCE_MAX, &entry.preference))
        return tell(TCPIPMGT__BADVALUE, number, "PREFERENCE", std::string("not 0 to 65535"));
    if (!is_known_host(entry.gateway))
        return tell(TCPIPMGT__NOGATEWAY, entry.gateway);
    std::vector<std::string> lines;
    status = read_lines(&lines);
    if (!status.ok())
        return status;
    mx_lines_set(&lines, entry);
    return write_lines(lines);
}

Status set_no_mx()
{
    std::string destination, gateway;
    cli_value("DESTINATION", &destination);
    cli_value("GATEWAY", &gateway);
    std::vector<std::string> lines;
    Status status = read_lines(&lines);
    if (!status.ok())
        return status;
    if (mx_lines_remove(&lines, mx_name(destination), gateway) == 0)
        return tell_no_record();
    return write_lines(lines);
}

/* ---- SHOW MX_RECORD ---- */

struct GateLine {
    std::string gateway;
    boost::uint32_t preference;
    GateLine(const std::string &name, boost::uint32_t number) : gateway(name), preference(number)
    {
    }
    bool operator<(const GateLine &other) const { return preference < other.preference; }
};

static std::string first_address(const std::string &host)
{
    std::vector<NetAddress> addresses;
    NetAddress address;
    if (net_parse_address(host, &address))
        return net_text(address);
    if (resolver_addresses(host, ResolverOptions(), &addresses) != RESOLVER_FOUND)
        return "unknown";
    for (size_t i = 0; i < addresses.size(); ++i)
        if (addresses[i].family == 4)
            return net_text(addresses[i]);
    return net_text(addresses[0]);
}

static void say_gates(std::vector<GateLine> gates)
{
    std::stable_sort(gates.begin(), gates.end());
    say(display_columns("Gate address", "Preference", "Gate name"));
    say("");
    for (size_t i = 0; i < gates.size(); ++i)
        say(display_columns(first_address(gates[i].gateway),
                            text_from_number(gates[i].preference), gates[i].gateway));
}

/* The records of the file; destination "": all of them. */
static size_t show_local(const std::vector<std::string> &lines, const std::string &destination,
                         const std::string &gateway)
{
    std::vector<MxEntry> entries;
    for (size_t i = 0; i < lines.size(); ++i) {
        MxEntry entry;
        if (mx_line_parse(lines[i], &entry) &&
            (destination.empty() || entry.destination == destination) &&
            (gateway.empty() || text_equal(entry.gateway, gateway)))
            entries.push_back(entry);
    }
    if (entries.empty())
        return 0;
    display_title("Local MX database");
    say(display_columns("Destination", "Preference", "Gate name"));
    say("");
    for (size_t i = 0; i < entries.size(); ++i)
        say(display_columns(entries[i].destination, text_from_number(entries[i].preference),
                            entries[i].gateway));
    return entries.size();
}

static size_t show_bind(const std::string &destination, const std::string &gateway)
{
    std::vector<MxRecord> records;
    std::vector<GateLine> gates;
    if (resolver_mx(destination, ResolverOptions(), &records) != RESOLVER_FOUND)
        return 0;
    for (size_t i = 0; i < records.size(); ++i)
        if (gateway.empty() || text_equal(records[i].host, gateway))
            gates.push_back(GateLine(records[i].host, records[i].preference));
    if (gates.empty())
        return 0;
    display_title("BIND MX database");
    display_server();
    say_gates(gates);
    return gates.size();
}

static Status show_all(const std::string &destination, const std::string &gateway)
{
    std::vector<std::string> lines;
    Status status = read_lines(&lines);
    if (!status.ok())
        return status;
    size_t shown = show_local(lines, destination, gateway);
    if (!destination.empty()) {
        shown += show_bind(destination, gateway);
        shown += show_host_tables(destination);
    }
    return shown == 0 ? tell_no_record() : Status();
}

Status show_mx()
{
    std::string destination, gateway, file;
    if (cli_value("DESTINATION", &destination))
        destination = mx_name(destination);
    cli_value("GATEWAY", &gateway);
    if (!cli_given("OUTPUT"))
        return show_all(destination, gateway);
    cli_value("OUTPUT", &file);
    Status status = output_redirect(file.empty() ? "TCPIP$MX.LIS" : file);
    if (!status.ok()) {
        Status told = tell(TCPIPMGT__OPENOUT, file);
        tell_cause(status);
        return told;
    }
    status = show_all(destination, gateway);
    output_redirect("");
    return status;
}

} // namespace mail
