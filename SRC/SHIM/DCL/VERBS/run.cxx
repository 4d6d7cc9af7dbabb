/*
**  run - RUN an image, RUN a process, MCR
**
**  A qualifier that describes a process makes one: detached with /DETACHED or /UIC, else a
**  subprocess.  It shows the limits that it is given; none stops it.
**  DCL Dictionary RUN (Image), RUN (Process).
*/
#include "dispatch.h"
#include "foreign.h"
#include "low.h"
#include "run_image.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdlib>
#include <cstring>
#include <pqldef.h>
#include <prcdef.h>
#include <prvdef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

/* /PRIVILEGES=([NO]SAME, name ...) */
uint64_t privileges_of(const cli::Parsed &command)
{
    uint64_t mask = self().current;
    bool first = true;
    for (const std::string &word : texts_of(command, "PRIVILEGES")) {
        uint64_t one = 0;
        bool negated = false, same = word == "SAME" || word == "NOSAME";
        if (!same && !find_privilege(word, &one, &negated))
            throw Failure(CLI$_IVKEYW, word);
        if (first && word != "SAME")
            mask = 0;
        first = false;
        mask = negated ? mask & ~one : mask | one;
    }
    return mask;
}

/* 0 for what is not given. */
std::unique_ptr<LowText> low_value(const cli::Parsed &command, const char *label)
{
    std::unique_ptr<LowText> text;
    if (has(command, label))
        text.reset(new LowText(text_of(command, label)));
    return text;
}

void *descriptor_of(const std::unique_ptr<LowText> &text)
{
    return text ? text->descriptor() : nullptr;
}

/* The list of limits for $CREPRC: a byte and a longword each. */
std::string quotas_of(const cli::Parsed &command)
{
    static const struct {
        const char *label;
        char code;
    } rows[] = {
        {"AST_LIMIT", PQL$_ASTLM},         {"BUFFER_LIMIT", PQL$_BYTLM},
        {"ENQUEUE_LIMIT", PQL$_ENQLM},     {"EXTENT", PQL$_WSEXTENT},
        {"FILE_LIMIT", PQL$_FILLM},        {"IO_BUFFERED", PQL$_BIOLM},
        {"IO_DIRECT", PQL$_DIOLM},         {"JOB_TABLE_QUOTA", PQL$_JTQUOTA},
        {"PAGE_FILE", PQL$_PGFLQUOTA},     {"MAXIMUM_WORKING_SET", PQL$_WSQUOTA},
        {"QUEUE_LIMIT", PQL$_TQELM},       {"SUBPROCESS_LIMIT", PQL$_PRCLM},
        {"WORKING_SET", PQL$_WSDEFAULT},
    };
    std::string list;
    auto add = [&list](char code, uint32_t limit) {
        list += code;
        list.append(reinterpret_cast<const char *>(&limit), sizeof limit);
    };
    for (const auto &row : rows)
        if (has(command, row.label))
            add(row.code, static_cast<uint32_t>(number_of(command, row.label)));
    std::string time = text_of(command, "TIME_LIMIT");
    const int64_t unit = 100000; /* 10 ms */
    if (!time.empty())
        add(PQL$_CPULM, time == "0" || time == "INFINITE"
                            ? 0
                            : static_cast<uint32_t>(delta_of(command, "TIME_LIMIT") / -unit));
    return list + static_cast<char>(PQL$_LISTEND);
}

void run_process(Session &session, const cli::Parsed &command)
{
    if (has(command, "DELAY") || has(command, "INTERVAL") || has(command, "SCHEDULE") ||
        has(command, "MAILBOX") || has(command, "ON"))
        throw Failure(SS$_UNSUPPORTED);
    unsigned int flags = has(command, "DETACHED") ? PRC$M_DETACH : 0, pid = 0;
    if (has(command, "AUTHORIZE"))
        flags |= PRC$M_LOGIN;
    uint32_t uic = 0;
    if (has(command, "UIC") && !read_uic(text_of(command, "UIC"), &uic))
        throw Failure(CLI$_INVUIC, text_of(command, "UIC"));
    struct _generic_64 privileges;
    privileges.gen64$q_quadword = privileges_of(command);
    std::string quotas = quotas_of(command);
    LowBlock limits(quotas.size());
    memcpy(limits.as<char>(), quotas.data(), quotas.size());
    std::string file = text_of(command, "FILE");
    image_path(file, ".EXE");
    LowText image(file);
    std::unique_ptr<LowText> input = low_value(command, "INPUT");
    std::unique_ptr<LowText> output = low_value(command, "OUTPUT");
    std::unique_ptr<LowText> error = low_value(command, "ERROR");
    std::unique_ptr<LowText> name = low_value(command, "PROCESS_NAME");
    uint32_t status = static_cast<uint32_t>(sys$creprc(
        &pid, image.descriptor(), descriptor_of(input), descriptor_of(output),
        descriptor_of(error), &privileges, limits.as<unsigned>(), descriptor_of(name),
        static_cast<unsigned>(number_of(command, "PRIORITY")), uic, 0, flags, nullptr,
        nullptr));
    if (!(status & 1)) {
        Failure failure(RUN_CREPRC);
        failure.set_severity(status & 7);
        throw failure.also(status);
    }
    char text[16];
    snprintf(text, sizeof text, "%08X", pid);
    session.inform(RUN_PROC_ID, {text});
}

void run_verb(Session &session, const cli::Parsed &command)
{
    ImageRun run;
    run.path = image_path(text_of(command, "FILE"), ".EXE");
    run_image(session, run);
}

void mcr_verb(Session &session, const cli::Parsed &command)
{
    foreign_command(session, text_of(command, "COMMAND"));
}

const VerbRow rows[] = {
    {"RUN", run_verb, INTERNAL},
    {"RUN_PROCESS", run_process, INTERNAL},
    {"MCR", mcr_verb, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
