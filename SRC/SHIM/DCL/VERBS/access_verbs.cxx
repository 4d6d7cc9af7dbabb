/*
**  access_verbs - SHOW PROTECTION, SHOW SECURITY, SET RIGHTS_LIST
*/
#include "file_list.h"
#include "process_rights.h"
#include "process_table.h"
#include "queue_calls.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <rmsdef.h>
#include <ssdef.h>

namespace shim {
namespace dcl {

namespace {

/* "(System: RWED, Owner: RWED, Group: RE, World)"; codes: the letters of the class of objects. */
std::string security_text(uint16_t denied, const char *codes)
{
    static const char *const classes[] = {"System", "Owner", "Group", "World"};
    std::string text;
    for (int i = 0; i < 4; ++i) {
        std::string letters;
        for (int b = 0; b < 4; ++b)
            if (!(denied >> (4 * i + b) & 1))
                letters += codes[b];
        text += (i ? ", " : "(") + std::string(classes[i]) + (letters.empty() ? "" : ": ") +
                letters;
    }
    return text + ")";
}

void show_object(Output &to, const std::string &name, const char *kind, uint32_t owner,
                 const std::string &protection)
{
    to.line("");
    to.line(name + " object of class " + kind);
    to.line("     Owner: " + uic_text(owner));
    to.line("     Protection: " + protection);
    to.line("     Access Control List: <empty>");
}

void show_files(Session &session, Output &to, const std::string &spec)
{
    Outcome outcome(session);
    FileList files({spec}, "");
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        FileHeader header;
        uint32_t status = answer == FileList::FOUND ? read_header(found, &header) : files.status();
        if (!(status & 1))
            outcome.fail(file_failure(SHARED_OPENIN, files.expanded(), status, 0, FACILITY_SHOW));
        else
            show_object(to, found, "FILE", header.attributes.uic,
                        security_text(header.attributes.protection, "RWED"));
    }
    outcome.finish();
}

void show_security(Session &session, const cli::Parsed &command)
{
    std::string kind = upper(text_of(command, "CLASS")), name = text_of(command, "OBJECT");
    std::shared_ptr<Output> output = output_of(session, command, "SHOW.LIS", FACILITY_SHOW);
    auto is = [&kind](const char *whole) {
        return !kind.empty() && std::string(whole).compare(0, kind.size(), kind) == 0;
    };
    if (kind.empty() || is("FILE"))
        return show_files(session, *output, name);
    if (!is("QUEUE"))
        throw Failure(SS$_UNSUPPORTED);
    QueueSearch search;
    QueueAnswers queue;
    uint32_t status = search.queue(upper(name), 0, &queue);
    if (!(status & 1))
        throw Failure(status);
    for (; status & 1; status = search.queue(upper(name), 0, &queue))
        show_object(*output, queue.name, "QUEUE", queue.owner,
                    security_text(static_cast<uint16_t>(queue.protection), "RSMD"));
}

/* Of new files. */
void show_protection(Session &session, const cli::Parsed &)
{
    static const char *const classes[] = {"SYSTEM", "OWNER", "GROUP", "WORLD"};
    uint16_t denied = rms::default_protection();
    std::string text;
    for (int i = 0; i < 4; ++i) {
        std::string letters;
        for (int b = 0; b < 4; ++b)
            if (!(denied >> (4 * i + b) & 1))
                letters += "RWED"[b];
        text += (i ? ", " : "") + std::string(classes[i]) + "=" +
                (letters.empty() ? "NO ACCESS" : letters);
    }
    session.write("  " + text);
}

void set_rights_list(Session &, const cli::Parsed &command)
{
    if (has(command, "SYSTEM"))
        throw Failure(SS$_UNSUPPORTED);
    unsigned int pid = 0;
    std::unique_ptr<LowText> name;
    if (has(command, "IDENTIFICATION"))
        pid = static_cast<unsigned>(
            strtoul(text_of(command, "IDENTIFICATION").c_str(), nullptr, 16));
    else if (!text_of(command, "PROCESS").empty())
        name.reset(new LowText(text_of(command, "PROCESS")));
    ProcessEntry entry;
    uint32_t status = choose_process(&pid, name ? name->descriptor() : nullptr, &entry);
    if (!(status & 1))
        throw Failure(status);
    if (entry.identity.pid != self().pid)
        throw Failure(SS$_UNSUPPORTED); /* its interpreter keeps the list */
    std::string attributes;
    for (const std::string &word : texts_of(command, "ATTRIBUTES"))
        attributes += (attributes.empty() ? "" : ",") + upper(word);
    for (const std::string &each : texts_of(command, "IDENTIFIER"))
        change_right(upper(each), !has(command, "DISABLE"), attributes);
}

const VerbRow rows[] = {
    {"SHOW_SECURITY", show_security, IMAGE},
    {"SHOW_PROTECTION", show_protection, INTERNAL},
    {"SET_RIGHTS_LIST", set_rights_list, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
