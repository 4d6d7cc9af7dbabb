/*
**  text_files - TYPE, CREATE
*/
#include "dispatch.h"
#include "file_finder.h"
#include "names.h"
#include "record_file.h"

#include <psldef.h>
#include <rms.h>
#include <starlet.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

void type_input(Session &session)
{
    std::string record;
    while (session.read_data("", &record))
        session.write(record);
}

Failure type_failure(SharedMessage message, const std::string &spec, uint32_t sts, uint32_t stv)
{
    Failure failure = file_failure(message, spec, sts, stv, FACILITY_TYPE);
    if (message == SHARED_SEARCHFAIL)
        failure.set_severity(STS$K_WARNING);
    return failure;
}

void type_file(Session &session, const std::string &spec)
{
    RecordFile file;
    file.name(spec, "");
    file.fab().fab$b_fac = FAB$M_GET;
    file.fab().fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_SHRDEL;
    uint32_t status = file.open();
    if (!(status & 1))
        throw type_failure(SHARED_OPENIN, file.spec(), status, file.stv());
    std::string record;
    while ((status = file.get(&record)) & 1)
        session.write(record);
    if (status != RMS$_EOF)
        throw type_failure(SHARED_READERR, file.spec(), status, file.stv());
}

void type_verb(Session &session, const cli::Parsed &command)
{
    std::string previous;
    for (const std::string &spec : texts_of(command, "FILE")) {
        uint16_t permanent = find_permanent_file(spec, PSL$C_USER);
        if (permanent == PPF_INPUT || permanent == PPF_COMMAND) {
            type_input(session);
            continue;
        }
        FileFinder finder;
        uint32_t status = finder.begin(spec, ".LIS", previous);
        std::string found;
        bool any = false;
        while ((status & 1) && ((status = finder.next(&found)) & 1)) {
            any = true;
            type_file(session, found);
            if (!finder.wild())
                break;
        }
        previous = finder.expanded();
        if (!any)
            throw type_failure(SHARED_SEARCHFAIL, finder.expanded(), status, finder.stv());
    }
}

void create_verb(Session &session, const cli::Parsed &command)
{
    RecordFile file;
    file.name(text_of(command, "FILE"), "");
    file.fab().fab$b_fac = FAB$M_PUT;
    file.fab().fab$b_rat = FAB$M_CR;
    uint32_t status = file.create();
    if (!(status & 1))
        throw file_failure(SHARED_OPENOUT, file.spec(), status, file.stv());
    std::string record;
    while (session.read_data("", &record))
        if (!((status = file.put(record)) & 1))
            throw file_failure(SHARED_WRITEERR, file.spec(), status, file.stv());
    file.close();
}

const VerbRow rows[] = {
    {"TYPE", type_verb, IMAGE},
    {"CREATE", create_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
