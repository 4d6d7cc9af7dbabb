/*
**  create - CREATE, CREATE/DIRECTORY
*/
#include "file_list.h"
#include "record_file.h"
#include "text_forms.h"

#include "CLI/command_values.h"

#include <climsgdef.h>
#include <lib$routines.h>
#include <prvdef.h>
#include <rms.h>
#include <ssdef.h>
#include <starlet.h>
#include <xabprodef.h>

namespace shim {
namespace dcl {

namespace {

uint32_t uic_of(const cli::Parsed &command)
{
    uint32_t uic = 0;
    std::string text = text_of(command, "OWNER_UIC");
    if (!text.empty() && !read_uic(text, &uic))
        throw Failure(CLI$_IVVALU, text);
    return uic;
}

/* The data of SYS$INPUT, to its end. */
void create_file(Session &session, const cli::Parsed &command, const std::string &spec)
{
    RecordFile file;
    Low<XABPRO> protection;
    *protection = cc$rms_xabpro;
    protection->xab$w_pro = has(command, "PROTECTION")
                                ? protection_of(command, "PROTECTION", rms::default_protection())
                                : 0xffff;
    protection->xab$l_uic = uic_of(command);
    file.name(spec, "");
    file.fab().fab$l_xab = protection.get();
    file.fab().fab$b_fac = FAB$M_PUT;
    file.fab().fab$b_rat = FAB$M_CR;
    uint32_t status = file.create();
    if (!(status & 1))
        throw file_failure(SHARED_OPENOUT, file.spec(), status, file.stv(), FACILITY_CREATE);
    std::string record;
    while (session.read_data("", &record))
        if (!((status = file.put(record)) & 1))
            throw file_failure(SHARED_WRITEERR, file.spec(), status, file.stv(), FACILITY_CREATE);
    protection->xab$w_pro = 0xffff; /* nothing more to change when it is closed */
    std::string name = file.spec();
    status = file.close();
    if (!(status & 1))
        throw file_failure(SHARED_CLOSEOUT, name, status, file.stv(), FACILITY_CREATE);
    if (has(command, "LOG"))
        session.inform(shared_code(FACILITY_CREATE, SHARED_CREATED, 3), {name});
}

void create_verb(Session &session, const cli::Parsed &command)
{
    for (const std::string &spec : texts_of(command, "FILE"))
        create_file(session, command, spec);
}

/* ---- directories ---- */

/* What a new directory takes from the one above it when nothing else is said: its owner when the
   creator is privileged, its protection without delete access. */
FileHeader parent_of(const std::string &place)
{
    size_t colon = place.find(':') + 1, end = place.find_last_of(".[");
    std::string up = place[end] == '[' ? "[000000]" : place.substr(colon, end - colon) + "]";
    FileHeader header;
    header.attributes = rms::default_attributes();
    host_path(place.substr(0, colon) + up, "", true, &header.path, nullptr);
    if (!header.path.empty())
        rms::read_attributes(-1, header.path, &header.attributes);
    return header;
}

Failure directory_failure(const std::string &place, uint32_t status)
{
    Failure failure(shared_code(FACILITY_CREATE, SHARED_DIRNOTCRE, status & 7));
    failure.with(place).also(status);
    return failure;
}

void create_one_directory(Session &session, const cli::Parsed &command, const std::string &spec,
                          Outcome *outcome)
{
    FileFinder finder;
    uint32_t status = finder.begin(spec, "", "", NAM$M_SYNCHK);
    SpecParts parts = parts_of(finder.expanded());
    std::string place = parts.place;
    if (status & 1 &&
        (!parts.name.empty() || parts.type.size() > 1 ||
         place.find_first_of("*%") != std::string::npos || spec.find('[') == std::string::npos))
        status = RMS$_DIR;
    if (!(status & 1))
        return outcome->fail(directory_failure(status == RMS$_DIR ? spec : place, status));
    FileHeader parent = parent_of(place);
    bool system = privileged(PRV$M_SYSPRV | PRV$M_BYPASS);
    uint32_t uic = has(command, "OWNER_UIC") ? uic_of(command)
                   : system                  ? parent.attributes.uic
                                             : self().uic;
    if (uic != self().uic && !system)
        return outcome->fail(directory_failure(place, SS$_NOPRIV));
    uint16_t wanted = protection_of(command, "PROTECTION", parent.attributes.protection | 0x8888);
    Low<unsigned int> owner;
    Low<unsigned short> enable, value;
    *owner = uic;
    *enable = 0xffff;
    *value = wanted;
    LowText text(place);
    status = static_cast<uint32_t>(
        lib$create_dir(text.descriptor(), owner.get(), enable.get(), value.get()));
    if (!(status & 1))
        return outcome->fail(directory_failure(place, status));
    std::string path;
    int32_t versions = 0;
    if (status == SS$_CREATED && has(command, "VERSION_LIMIT") &&
        cli::number_value(text_of(command, "VERSION_LIMIT"), &versions) && versions >= 0 &&
        host_path(place, "", true, &path, nullptr) & 1)
        rms::set_version_limit(path, static_cast<unsigned>(versions));
    if (status != SS$_CREATED)
        session.inform(shared_code(FACILITY_CREATE, SHARED_EXISTS, 3), {place});
    else if (has(command, "LOG"))
        session.inform(shared_code(FACILITY_CREATE, SHARED_CREATED, 3), {place});
}

void create_directory(Session &session, const cli::Parsed &command)
{
    Outcome outcome(session);
    for (const std::string &spec : texts_of(command, "DIRECTORY"))
        create_one_directory(session, command, spec, &outcome);
    outcome.finish();
}

const VerbRow rows[] = {
    {"CREATE", create_verb, IMAGE},
    {"CREATE_DIRECTORY", create_directory, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
