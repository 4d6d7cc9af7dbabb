/*
**  intrusion_verbs - SHOW INTRUSION, DELETE/INTRUSION_RECORD
*/
#include "dispatch.h"
#include "low.h"
#include "system_text.h"

#include <ciadef.h>
#include <climsgdef.h>
#include <cstdio>
#include <secsrvmsgdef.h>
#include <ssdef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

const char *kind_of(unsigned type)
{
    static const struct {
        unsigned mask;
        const char *name;
    } kinds[] = {{CIA$M_NETWORK, "NETWORK"},
                 {CIA$M_TERM_USER, "TERM_USER"},
                 {CIA$M_TERMINAL, "TERMINAL"},
                 {CIA$M_USERNAME, "USERNAME"}};
    for (const auto &row : kinds)
        if (type & row.mask)
            return row.name;
    return "";
}

unsigned selection(const cli::Parsed &command)
{
    std::string type = text_of(command, "TYPE");
    for (const char *name : {"SUSPECT", "INTRUDER", "ALL"})
        if (!type.empty() && std::string(name).compare(0, type.size(), type) == 0)
            return *name == 'S' ? CIA$M_SUSPECTS : *name == 'I' ? CIA$M_INTRUDERS : 0;
    if (!type.empty())
        throw Failure(CLI$_IVKEYW, type);
    return 0;
}

void show_intrusion(Session &session, const cli::Parsed &command)
{
    LowText all("*"), source(std::string(CIA$K_USER_SPEC_MAX_LENGTH, ' '));
    Low<unsigned short> length;
    Low<cia$breakin_block> block;
    Low<unsigned int> context;
    *context = 0;
    unsigned flags = selection(command);
    uint32_t status;
    bool any = false;
    while ((status = static_cast<uint32_t>(sys$show_intrusion(
                all.descriptor(), source.descriptor(), length.get(), block.get(), flags,
                context.get()))) == SS$_NORMAL) {
        char line[160];
        if (!any)
            session.write("Intrusion       Type       Count        Expiration         Source");
        any = true;
        snprintf(line, sizeof line, "   %-12s %-9s %5u   %s  ", kind_of(block->cia$w_type),
                 block->cia$w_type & CIA$M_INTRUDER ? "INTRUDER" : "SUSPECT",
                 block->cia$l_count,
                 time_text(static_cast<int64_t>(block->cia$q_break_time)).c_str());
        session.write(line + source.text(*length));
    }
    if (!any)
        throw Failure(status);
}

void delete_intrusion(Session &, const cli::Parsed &command)
{
    LowText source(text_of(command, "SOURCE"));
    uint32_t status = static_cast<uint32_t>(sys$delete_intrusion(source.descriptor(), 0));
    if (!(status & 1))
        throw Failure(status);
}

const VerbRow rows[] = {
    {"SHOW_INTRUSION", show_intrusion, IMAGE},
    {"DELETE_INTRUSION", delete_intrusion, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
