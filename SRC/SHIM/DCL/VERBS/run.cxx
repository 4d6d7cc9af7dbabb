/*
**  run - RUN an image, RUN a process, MCR
**
**  A qualifier that describes a process makes one: detached with /DETACHED or /UIC, else a
**  subprocess.  Quotas are accepted; SHIM keeps none.  DCL Dictionary RUN (Image), RUN (Process).
*/
#include "dispatch.h"
#include "foreign.h"
#include "low.h"
#include "run_image.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdlib>
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
    std::string file = text_of(command, "FILE");
    image_path(file, ".EXE");
    LowText image(file);
    std::unique_ptr<LowText> input = low_value(command, "INPUT");
    std::unique_ptr<LowText> output = low_value(command, "OUTPUT");
    std::unique_ptr<LowText> error = low_value(command, "ERROR");
    std::unique_ptr<LowText> name = low_value(command, "PROCESS_NAME");
    uint32_t status = static_cast<uint32_t>(sys$creprc(
        &pid, image.descriptor(), descriptor_of(input), descriptor_of(output),
        descriptor_of(error), &privileges, nullptr, descriptor_of(name),
        static_cast<unsigned>(atoi(text_of(command, "PRIORITY").c_str())), uic, 0, flags, nullptr,
        nullptr));
    if (!(status & 1))
        {
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
