/*
**  ucp - the network software's own utility, TCPIP$UCP: services and the auxiliary server
**
**  SET, SHOW, ENABLE and DISABLE SERVICE and SET CONFIGURATION ENABLE SERVICE (HP Management
**  Command Reference; spec/hp-smtp-pop.md 3.10).  Who may change the services database: SYSPRV,
**  BYPASS or a system UIC.  One command: what stands behind the foreign verb.
*/
#include "service_db.h"
#include "shim.h"
#include "system_text.h"

#include <algorithm>
#include <cli$routines.h>
#include <climsgdef.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <lib$routines.h>
#include <prvdef.h>

extern "C" int UCP_CLD;

using namespace shim;

namespace {

const uint32_t done = SS$_NORMAL;
const uint32_t failed = 0x10000000 | 0x0408802A; /* private value: told, severity E */
const uint32_t system_group = 010;               /* MAXSYSGROUP's default */

class Text {
public:
    explicit Text(const std::string &text, size_t room = 0)
        : size_(sizeof(dsc$descriptor_s) + text.size() + room + 1),
          d_(static_cast<dsc$descriptor_s *>(arena_get(size_)))
    {
        d_->dsc$b_dtype = DSC$K_DTYPE_T;
        d_->dsc$b_class = DSC$K_CLASS_S;
        d_->dsc$w_length = static_cast<unsigned short>(text.size() + room);
        d_->dsc$a_pointer = reinterpret_cast<char *>(d_ + 1);
        memcpy(d_->dsc$a_pointer, text.data(), text.size());
    }
    ~Text() { arena_free(d_, size_); }
    Text(const Text &) = delete;
    Text &operator=(const Text &) = delete;
    dsc$descriptor_s *get() { return d_; }

private:
    size_t size_;
    dsc$descriptor_s *d_;
};

uint32_t presence(const std::string &label)
{
    return cli$present(Text(label).get());
}
bool present(const std::string &label)
{
    return (presence(label) & 1) != 0;
}
bool negated(const std::string &label)
{
    return presence(label) == CLI$_NEGATED;
}

std::vector<std::string> values(const std::string &label)
{
    std::vector<std::string> all;
    Text name(label), answer("", 1024);
    unsigned short *length = static_cast<unsigned short *>(arena_get(sizeof(unsigned short)));
    while (cli$get_value(name.get(), answer.get(), length) & 1)
        all.push_back(std::string(answer.get()->dsc$a_pointer, *length));
    arena_free(length, sizeof(unsigned short));
    return all;
}
std::string value(const std::string &label)
{
    std::vector<std::string> all = values(label);
    return all.empty() ? "" : all[0];
}

uint32_t complain(const std::string &text)
{
    puts(text.c_str());
    return failed;
}

uint32_t may_change()
{
    if (privileged(PRV$M_SYSPRV | PRV$M_BYPASS) || self().uic >> 16 <= system_group)
        return done;
    return complain("%TCPIP-E-NOPRIV, operation requires SYSPRV or BYPASS privilege");
}

/* ---- SET SERVICE ---- */

/* "10.0.0.0:255.0.0.0" to "10.0.0.0/8"; without a mask the one of the network's class. */
std::string network(const std::string &text)
{
    size_t colon = text.find(':');
    if (text.find('/') != std::string::npos || text.find(':', colon + 1) != std::string::npos)
        return text;
    unsigned m[4] = {0, 0, 0, 0};
    int bits = 0;
    if (colon == std::string::npos) {
        int first = atoi(text.c_str());
        bits = first < 128 ? 8 : first < 192 ? 16 : 24;
    } else if (sscanf(text.c_str() + colon + 1, "%u.%u.%u.%u", m, m + 1, m + 2, m + 3) == 4) {
        for (unsigned byte : m)
            bits += __builtin_popcount(byte & 255);
    }
    return text.substr(0, colon) + "/" + std::to_string(bits);
}

/* /ACCEPT=(HOSTS=(a,b)): HOSTS adds, NOHOSTS takes away, NOHOSTS=* all. */
void take_list(const std::string &qualifier, const std::string &kind,
               std::vector<std::string> *list)
{
    for (const std::string &text : values(qualifier + "." + kind)) {
        std::string each = kind == "NETWORKS" ? network(text) : text;
        if (std::find(list->begin(), list->end(), each) == list->end())
            list->push_back(each);
    }
    for (const std::string &text : values(qualifier + ".NO" + kind)) {
        std::string each = kind == "NETWORKS" && text != "*" ? network(text) : text;
        auto from = each == "*" ? list->begin() : std::remove(list->begin(), list->end(), each);
        list->erase(from, list->end());
    }
}

void take_rules(ServiceRules *rules)
{
    if (present("ACCEPT")) {
        take_list("ACCEPT", "HOSTS", &rules->accept_hosts);
        take_list("ACCEPT", "NETWORKS", &rules->accept_networks);
    }
    if (present("REJECT")) {
        take_list("REJECT", "HOSTS", &rules->reject_hosts);
        take_list("REJECT", "NETWORKS", &rules->reject_networks);
        if (present("REJECT.MESSAGE"))
            rules->reject_message = value("REJECT.MESSAGE");
        if (negated("REJECT.MESSAGE"))
            rules->reject_message.clear();
    }
}

/* What may not change in place: SET NOSERVICE first. */
const char *fixed_change(const ServiceRecord &r)
{
    if (present("PORT") && atoi(value("PORT").c_str()) != r.port)
        return "PORT";
    if (present("ADDRESS") && value("ADDRESS") != r.address)
        return "ADDRESS";
    if (present("PROCESS_NAME") && value("PROCESS_NAME").substr(0, 15) != r.process_name)
        return "PROCESS_NAME";
    return nullptr;
}

void take_record(ServiceRecord *r)
{
    auto text = [](const char *label, std::string *to) {
        if (present(label))
            *to = value(label);
    };
    auto number = [](const char *label, int *to) {
        if (present(label))
            *to = atoi(value(label).c_str());
    };
    text("ADDRESS", &r->address);
    text("FILE", &r->file);
    text("PROCESS_NAME", &r->process_name);
    text("USER_NAME", &r->user);
    r->process_name = r->process_name.substr(0, 15);
    number("PORT", &r->port);
    number("LIMIT", &r->limit);
    number("INACTIVITY", &r->inactivity);
    if (present("FLAGS"))
        r->listen = present("FLAGS.LISTEN") || (r->listen && !negated("FLAGS.LISTEN"));
    if (present("LOG_OPTIONS")) {
        if (present("LOG_OPTIONS.FILE"))
            r->log_file = value("LOG_OPTIONS.FILE");
        if (present("LOG_OPTIONS.REJECT") || negated("LOG_OPTIONS.REJECT"))
            r->rules.log_rejects = !negated("LOG_OPTIONS.REJECT");
    }
    take_rules(&r->rules);
}

struct Running {
    bool on = false;
    unsigned active = 0, peak = 0;
};

Running running_state(const std::string &name)
{
    Running state;
    std::string all;
    ask_auxiliary("SHOW", &all);
    size_t at = ("\n" + all).find("\n" + name + " ");
    if (at == std::string::npos)
        return state;
    state.on = true;
    sscanf(all.c_str() + at + name.size(), " %*u active %u peak %u", &state.active, &state.peak);
    return state;
}

uint32_t change_services(const std::string &verb, bool enable, bool running, bool at_boot)
{
    uint32_t status = may_change();
    for (const std::string &name : values("SERVICE")) {
        ServiceRecord r;
        std::string answer;
        if (!(status & 1))
            break;
        if (!service_get(name, &r)) {
            status = complain("%TCPIP-W-NORECORD, Information not found\n"
                              "-RMS-E-RNF, record not found");
            continue;
        }
        if (at_boot) {
            r.enabled = enable;
            service_put(r);
        }
        if (running && verb == "DISABLE" && !running_state(r.name).on)
            continue; /* it is what was asked for */
        if (running && !ask_auxiliary(verb + " " + r.name, &answer))
            status = complain("%TCPIP-E-NOINETACP, the auxiliary server is not running");
        if (!answer.empty())
            status = complain(answer);
    }
    return status;
}

/* ---- SHOW SERVICE ---- */

std::string joined(const std::vector<std::string> &list)
{
    std::string text;
    for (const std::string &each : list)
        text += (text.empty() ? "" : ", ") + each;
    return text.empty() ? "0.0.0.0" : text;
}

void show_full(const ServiceRecord &r)
{
    Running state = running_state(r.name);
    printf("\nService: %s\n", r.name.c_str());
    printf("                           State:     %s\n", state.on ? "Enabled" : "Disabled");
    printf("Port:     %11d     Protocol:  TCP             Address:  %s\n", r.port,
           r.address.c_str());
    printf("Inactivity: %9d     User_name: %-15s Process:  %s\n", r.inactivity, r.user.c_str(),
           r.process_name.c_str());
    printf("Limit:    %11d     Active:    %5u           Peak:     %5u\n\n", r.limit, state.active,
           state.peak);
    printf("File:         %s\n", r.file.c_str());
    printf("Flags:        %s\n\n", r.listen ? "Listen" : "None");
    printf("Log Opts:     %s\n", r.rules.log_rejects ? "Rjct" : "None");
    printf(" File:        %s\n\n", r.log_file.empty() ? "not defined" : r.log_file.c_str());
    printf("Security\n Reject msg:  %s\n",
           r.rules.reject_message.empty() ? "not defined" : r.rules.reject_message.c_str());
    printf(" Accept host: %s\n", joined(r.rules.accept_hosts).c_str());
    printf(" Accept netw: %s\n", joined(r.rules.accept_networks).c_str());
    if (!r.rules.reject_hosts.empty())
        printf(" Reject host: %s\n", joined(r.rules.reject_hosts).c_str());
    if (!r.rules.reject_networks.empty())
        printf(" Reject netw: %s\n", joined(r.rules.reject_networks).c_str());
}

} // namespace

extern "C" int UCP_SET_SERVICE()
{
    ServiceRecord r;
    uint32_t status = may_change();
    if (!(status & 1))
        return int(status);
    std::string name = value("SERVICE");
    if (service_get(name, &r)) {
        const char *fixed = fixed_change(r);
        if (fixed)
            return int(complain("%TCPIP-E-NOTMODIFY, /" + std::string(fixed) +
                                " of a service cannot be changed: SET NOSERVICE first"));
    }
    r.name = name;
    take_record(&r);
    std::string wrong = service_put(r);
    return int(wrong.empty() ? done : complain("%TCPIP-E-SERVICE, " + name + ": " + wrong));
}

extern "C" int UCP_SET_NOSERVICE()
{
    uint32_t status = may_change();
    std::string answer, name = value("SERVICE");
    if (!(status & 1))
        return int(status);
    if (!service_remove(name))
        return int(complain("%TCPIP-W-NORECORD, Information not found\n"
                            "-RMS-E-RNF, record not found"));
    return int(done);
}

extern "C" int UCP_ENABLE()
{
    return int(change_services("ENABLE", true, true, false));
}

extern "C" int UCP_DISABLE()
{
    return int(change_services("DISABLE", false, true, false));
}

extern "C" int UCP_CONFIGURATION()
{
    return int(change_services("", present("ACTION.ENABLE"), false, true));
}

extern "C" int UCP_SHOW_SERVICE()
{
    std::string name = value("SERVICE");
    std::vector<ServiceRecord> shown;
    for (const ServiceRecord &r : service_list())
        if (name.empty() || name == "*" || r.name == name)
            shown.push_back(r);
    if (shown.empty())
        return int(complain("%TCPIP-W-NORECORD, Information not found\n"
                            "-RMS-E-RNF, record not found"));
    if (present("FULL")) {
        for (const ServiceRecord &r : shown)
            show_full(r);
        return int(done);
    }
    printf("\nService             Port  Proto    Process          Address            State\n\n");
    for (const ServiceRecord &r : shown)
        printf("%-16s %7d  TCP      %-15s  %-19s %s\n", r.name.c_str(), r.port,
               r.process_name.c_str(), r.address.c_str(),
               running_state(r.name).on ? "Enabled" : "Disabled");
    return int(done);
}

int main()
{
    setvbuf(stdout, nullptr, _IOLBF, 0);
    Text line("", 4095);
    unsigned short *length = static_cast<unsigned short *>(arena_get(sizeof(unsigned short)));
    uint32_t status = lib$get_foreign(line.get(), nullptr, length, nullptr);
    if (!(status & 1))
        return int(status);
    line.get()->dsc$w_length = *length;
    status = cli$dcl_parse(line.get(), &UCP_CLD, lib$get_input, lib$get_input, nullptr);
    if (!(status & 1))
        return int(status | 0x10000000); /* the parser has told it */
    return int(cli$dispatch(0));
}
