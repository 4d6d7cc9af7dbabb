/*
**  process_control_verbs - SET PROCESS, SET MESSAGE, SET PROMPT, SET CONTROL, STOP a process
*/
#include "dispatch.h"
#include "low.h"
#include "process_table.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdlib>
#include <prvdef.h>
#include <signal.h>
#include <starlet.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

ProcessEntry target_of(const cli::Parsed &command, const char *name_label)
{
    unsigned int pid = 0;
    std::unique_ptr<LowText> name;
    if (has(command, "IDENTIFICATION"))
        pid = static_cast<unsigned>(
            strtoul(text_of(command, "IDENTIFICATION").c_str(), nullptr, 16));
    else if (has(command, name_label))
        name.reset(new LowText(text_of(command, name_label)));
    ProcessEntry entry;
    uint32_t status = choose_process(&pid, name ? name->descriptor() : nullptr, &entry);
    if (!(status & 1))
        throw Failure(status);
    return entry;
}

void set_privilege_list(Session &session, const std::vector<std::string> &words)
{
    bool all = true;
    for (const std::string &word : words) {
        struct _generic_64 mask;
        uint64_t one;
        bool off;
        if (!find_privilege(word, &one, &off))
            throw Failure(CLI$_IVKEYW, word);
        mask.gen64$q_quadword = one;
        uint32_t status = static_cast<uint32_t>(sys$setprv(!off, &mask, 1, nullptr));
        if (!(status & 1))
            throw Failure(status);
        all = all && status == SS$_NORMAL;
    }
    if (!all && !(words.size() == 1 && words[0] == "ALL"))
        session.show(Failure((SS$_NOTALLPRIV & ~7u))); /* a warning, as SET says it */
}

/* Up to the authorized priority, or beyond with ALTPRI. */
void set_priority(const ProcessEntry &target, uint32_t priority)
{
    const uint32_t ordinary = 4, most = 31;
    if (priority > most)
        throw Failure(CLI$_IVVALU, std::to_string(priority));
    ProcessSlot *slot = slot_of(target.identity.pid);
    if (slot)
        slot->priority = privileged(PRV$M_ALTPRI) || priority <= ordinary ? priority : ordinary;
}

void signal_target(const ProcessEntry &target, int number)
{
    bool group = target.host_pid != getpid() && getpgid(target.host_pid) == target.host_pid;
    kill(group ? -target.host_pid : target.host_pid, number);
}

void set_process(Session &session, const cli::Parsed &command)
{
    ProcessEntry target = target_of(command, "PROCESS_NAME");
    bool own = target.identity.pid == self().pid;
    if (!own && (has(command, "NAME") || has(command, "PRIVILEGES")))
        throw Failure(CLI$_CONFLICT);
    if (has(command, "NAME")) {
        LowText name(text_of(command, "NAME"));
        uint32_t status = static_cast<uint32_t>(sys$setprn(name.descriptor()));
        if (!(status & 1))
            throw Failure(status);
    }
    if (has(command, "PRIVILEGES"))
        set_privilege_list(session, texts_of(command, "PRIVILEGES"));
    if (has(command, "PRIORITY"))
        set_priority(target,
                     static_cast<uint32_t>(number_of(command, "PRIORITY")));
    if (has(command, "SUSPEND"))
        signal_target(target, SIGSTOP);
    if (has(command, "RESUME") || negated(command, "SUSPEND"))
        signal_target(target, SIGCONT);
    if (has(command, "PARSE_STYLE") && text_of(command, "PARSE_STYLE") != "TRADITIONAL")
        throw Failure(SS$_UNSUPPORTED);
}

void set_message(Session &session, const cli::Parsed &command)
{
    MessageFields &fields = session.options.message;
    if (has(command, "FILE") || has(command, "DELETE"))
        throw Failure(SS$_UNSUPPORTED); /* message files are found by themselves */
    const struct {
        const char *label;
        bool *field;
    } rows[] = {{"FACILITY", &fields.facility},
                {"SEVERITY", &fields.severity},
                {"IDENTIFICATION", &fields.identification},
                {"TEXT", &fields.text}};
    for (const auto &row : rows)
        if (has(command, row.label) || negated(command, row.label))
            *row.field = has(command, row.label);
}

void set_prompt(Session &session, const cli::Parsed &command)
{
    std::vector<cli::ParsedValue> values = option_values(command);
    session.options.prompt = values.empty() ? "$ " : values[0].text;
}

void set_control(Session &session, const cli::Parsed &command)
{
    bool on = !option_negated(command);
    std::vector<cli::ParsedValue> letters = option_values(command);
    if (letters.empty())
        session.options.control_y = on;
    for (const cli::ParsedValue &letter : letters)
        (letter.text == "T" ? session.options.control_t : session.options.control_y) = on;
}

/* Without a process: all levels are left. */
void stop_verb(Session &session, const cli::Parsed &command)
{
    if (!has(command, "PROCESS") && !has(command, "IDENTIFICATION")) {
        session.keep_status();
        session.stop_procedures();
        return;
    }
    ProcessEntry target = target_of(command, "PROCESS");
    unsigned int pid = target.identity.pid;
    uint32_t status =
        static_cast<uint32_t>(has(command, "IMAGE") ? sys$forcex(&pid, nullptr, SS$_FORCEDEXIT)
                                                    : sys$delprc(&pid, nullptr));
    if (!(status & 1))
        throw Failure(status);
}

const VerbRow rows[] = {
    {"SET_PROCESS", set_process, IMAGE},
    {"SET_MESSAGE", set_message, INTERNAL},
    {"SET_PROMPT", set_prompt, INTERNAL},
    {"SET_CONTROL", set_control, INTERNAL},
    {"STOP", stop_verb, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
