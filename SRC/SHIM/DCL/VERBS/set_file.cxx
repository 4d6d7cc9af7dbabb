/*
**  set_file - SET FILE, SET SECURITY, SET PROTECTION, SET DIRECTORY
**
**  What concerns the disk's allocation and caching has no meaning here and changes nothing.  There
**  are no access control lists: SS$_UNSUPPORTED.
*/
#include "file_list.h"
#include "text_forms.h"

#include "CLI/command_values.h"

#include <cerrno>
#include <climsgdef.h>
#include <prvdef.h>
#include <rms.h>
#include <ssdef.h>
#include <stsdef.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

/* What is to become of each file. */
struct Change {
    bool owner = false;
    uint32_t uic = 0;
    bool parent = false; /* the owner of the directory */
    std::vector<cli::ParsedValue> protection;
    std::vector<cli::ParsedValue> attributes;
    bool versions = false; /* of a directory */
    unsigned version_limit = 0;
    SharedMessage done = SharedMessage();
};

uint32_t number_of(const cli::ParsedValue &value)
{
    int32_t number = 0;
    if (value.values.empty() || !cli::number_value(value.values[0].text, &number) || number < 0)
        throw Failure(CLI$_IVVALU, value.text);
    return static_cast<uint32_t>(number);
}

uint8_t record_format(const std::string &word)
{
    static const char *const names[] = {"UDF", "FIX", "VAR", "VFC", "STM", "STMLF", "STMCR"};
    for (uint8_t i = 0; i < 7; ++i)
        if (word == names[i])
            return i;
    throw Failure(CLI$_IVKEYW, word);
}

uint8_t record_attributes(const std::vector<cli::ParsedValue> &words)
{
    uint8_t mask = 0;
    for (const cli::ParsedValue &value : words) {
        std::string word = upper(value.text);
        if (word != "NONE" && word != "CR" && word != "PRN" && word != "FTN" && word != "BLK")
            throw Failure(CLI$_IVKEYW, word);
        mask = static_cast<uint8_t>(mask | (word == "CR"    ? FAB$M_CR
                                            : word == "PRN" ? FAB$M_PRN
                                            : word == "FTN" ? FAB$M_FTN
                                            : word == "BLK" ? FAB$M_BLK
                                                            : 0));
    }
    return mask;
}

/* The bytes stay: a file that was text is read as raw bytes when its format becomes a raw one. */
void change_attributes(const std::vector<cli::ParsedValue> &values, rms::Attributes *a)
{
    for (const cli::ParsedValue &value : values) {
        if (value.keyword == "RFM" && !value.values.empty())
            a->rfm = record_format(upper(value.values[0].text));
        else if (value.keyword == "RAT")
            a->rat = record_attributes(value.values);
        else if (value.keyword == "MRS")
            a->mrs = static_cast<uint16_t>(number_of(value));
        else if (value.keyword == "LRL" && a->rfm == FAB$C_FIX)
            a->mrs = static_cast<uint16_t>(number_of(value));
        else if (value.keyword == "FSZ")
            a->fsz = static_cast<uint8_t>(number_of(value));
    }
    bool text = a->rfm == FAB$C_STMLF || (a->rfm == FAB$C_VAR && a->rat & FAB$M_CR) ||
                (a->rfm == FAB$C_VFC && a->rat & FAB$M_PRN);
    bool counted = a->rfm == FAB$C_VAR || a->rfm == FAB$C_VFC;
    if (a->form != rms::FORM_COUNTED || !counted)
        a->form = text ? rms::FORM_TEXT : counted ? rms::FORM_COUNTED : rms::FORM_RAW;
}

/* A condition of the system rather than of RMS: control access is no matter of an open file. */
uint32_t apply(const Change &change, FileHeader *header)
{
    if (change.owner)
        header->attributes.uic = change.uic;
    if (change.parent) {
        FileHeader above;
        std::string directory = header->path.substr(0, header->path.rfind('/'));
        rms::read_attributes(-1, directory, &above.attributes);
        header->attributes.uic = above.attributes.uic;
    }
    if (!change.protection.empty())
        header->attributes.protection =
            protection_of(change.protection, header->attributes.protection);
    change_attributes(change.attributes, &header->attributes);
    header->revised = 0;
    uint32_t status = write_header(*header);
    if (status & 1 && change.versions &&
        !(header->directory && rms::set_version_limit(header->path, change.version_limit)))
        status = SS$_UNSUPPORTED;
    return status == RMS$_PRV ? static_cast<uint32_t>(SS$_NOPRIV) : status;
}

Failure not_set(const std::string &spec, uint32_t status)
{
    Failure failure(SET_NOTSET);
    failure.status |= STS$M_INHIB_MSG;
    return failure.with(spec).also(status);
}

void change_files(Session &session, const cli::Parsed &command,
                  const std::vector<std::string> &specs, const Change &change)
{
    Outcome outcome(session);
    Selection selection(command);
    Confirmation confirmation(session, command);
    FileList files(specs, "");
    std::string found;
    for (FileList::Answer answer;
         !confirmation.quit() && (answer = files.next(&found)) != FileList::END;) {
        FileHeader header;
        uint32_t status = answer == FileList::FOUND ? read_header(found, &header) : files.status();
        if (!(status & 1)) {
            outcome.fail(file_failure(SHARED_SEARCHFAIL,
                                      answer == FileList::FOUND ? found : files.expanded(), status,
                                      0, FACILITY_SET));
            continue;
        }
        if (selection.excluded(found) || !selection.wants(header) ||
            !confirmation.asks("SET " + found))
            continue;
        status = apply(change, &header);
        if (!(status & 1))
            outcome.fail(not_set(found, status));
        else if (has(command, "LOG") && change.done == SHARED_PROTECTED)
            session.inform(shared_code(FACILITY_SET, SHARED_PROTECTED, 3),
                           {found, protection_text(header.attributes.protection)});
        else if (has(command, "LOG"))
            session.inform(SET_MODIFIED, {found});
    }
    outcome.finish();
}

void read_owner(const cli::Parsed &command, const char *label, Change *change)
{
    if (!has(command, label))
        return;
    std::string text = text_of(command, label);
    change->parent = upper(text) == "PARENT";
    change->owner = !change->parent;
    change->uic = self().uic;
    if (change->owner && !text.empty() && !read_uic(text, &change->uic))
        throw Failure(CLI$_IVVALU, text);
}

void refuse_acl(const cli::Parsed &command)
{
    for (const char *label :
         {"ACL", "COPY_ATTRIBUTE", "LIKE", "AFTER", "DELETE", "DEFAULT", "REPLACE"})
        if (has(command, label))
            throw Failure(SS$_UNSUPPORTED);
}

/* ---- SET FILE ---- */

/* /ENTER: one more name for a file.  /REMOVE: one name less, the file stays when it has others. */
uint32_t enter_name(const FileHeader &header, const std::string &name)
{
    SpecParts to;
    std::string path;
    uint32_t status = output_name(name, header.spec, &to);
    if (status & 1)
        status = host_path(to.place + to.name + to.type + to.version, "", false, &path, nullptr);
    if (!(status & 1))
        return status;
    if (header.directory)
        return SS$_UNSUPPORTED;
    if (link(header.path.c_str(), path.c_str()) == 0)
        return RMS$_NORMAL;
    return errno == EEXIST ? RMS$_FEX : RMS$_ENT;
}

void alias_verb(Session &session, const cli::Parsed &command)
{
    Outcome outcome(session);
    FileList files(texts_of(command, "FILE"), "");
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        FileHeader header;
        uint32_t status = answer == FileList::FOUND ? read_header(found, &header) : files.status();
        if (!(status & 1)) {
            outcome.fail(
                file_failure(SHARED_SEARCHFAIL, files.expanded(), status, 0, FACILITY_SET));
            continue;
        }
        if (has(command, "ENTER"))
            status = enter_name(header, text_of(command, "ENTER"));
        else if (header.directory || unlink(header.path.c_str()) != 0)
            status = RMS$_RMV;
        if (!(status & 1))
            outcome.fail(not_set(found, status));
        else if (has(command, "LOG"))
            session.inform(SET_MODIFIED, {found});
    }
    outcome.finish();
}

void set_file(Session &session, const cli::Parsed &command)
{
    if (has(command, "ACL") || has(command, "EXPIRATION_DATE") || has(command, "VERSION_LIMIT"))
        throw Failure(SS$_UNSUPPORTED);
    if (has(command, "ENTER") || has(command, "REMOVE"))
        return alias_verb(session, command);
    Change change;
    read_owner(command, "OWNER_UIC", &change);
    change.protection = cli::entity_values(command, "PROTECTION");
    change.attributes = cli::entity_values(command, "ATTRIBUTES");
    change_files(session, command, texts_of(command, "FILE"), change);
}

void set_security(Session &session, const cli::Parsed &command)
{
    refuse_acl(command);
    std::string kind = upper(text_of(command, "CLASS"));
    if (!kind.empty() && std::string("FILE").compare(0, kind.size(), kind) != 0)
        throw Failure(SS$_UNSUPPORTED);
    Change change;
    read_owner(command, "OWNER", &change);
    change.protection = cli::entity_values(command, "PROTECTION");
    change_files(session, command, texts_of(command, "OBJECT"), change);
}

void set_protection(Session &session, const cli::Parsed &command)
{
    if (has(command, "DEVICE"))
        throw Failure(SS$_UNSUPPORTED);
    Change change;
    change.protection = option_values(command);
    change.done = SHARED_PROTECTED;
    if (has(command, "DEFAULT"))
        return rms::set_default_protection(
            protection_of(change.protection, rms::default_protection()));
    change_files(session, command, texts_of(command, "FILE"), change);
}

/* ---- SET DIRECTORY ---- */

/* "[A.B]" is the file [A]B.DIR;1. */
std::string directory_file(const std::string &given)
{
    FileFinder finder;
    if (!(finder.begin(given, "", "", NAM$M_SYNCHK) & 1) ||
        !parts_of(finder.expanded()).name.empty())
        return given;
    std::string place = parts_of(finder.expanded()).place;
    size_t dot = place.rfind('.'), open = place.find('[');
    size_t last = dot == std::string::npos || dot < open ? open : dot;
    std::string above =
        last == open ? place.substr(0, open) + "[000000]" : place.substr(0, last) + "]";
    return above + place.substr(last + 1, place.size() - last - 2) + ".DIR;1";
}

void set_directory(Session &session, const cli::Parsed &command)
{
    Change change;
    read_owner(command, "OWNER_UIC", &change);
    int32_t limit = 0;
    change.versions = has(command, "VERSION_LIMIT");
    if (!text_of(command, "VERSION_LIMIT").empty() &&
        (!cli::number_value(text_of(command, "VERSION_LIMIT"), &limit) || limit < 0 ||
         limit > 32767))
        throw Failure(CLI$_IVVALU, text_of(command, "VERSION_LIMIT"));
    change.version_limit = static_cast<unsigned>(limit);
    std::vector<std::string> specs;
    for (const std::string &each : texts_of(command, "DIRECTORY"))
        specs.push_back(directory_file(each));
    change_files(session, command, specs, change);
}

const VerbRow rows[] = {
    {"SET_FILE", set_file, IMAGE},
    {"SET_SECURITY", set_security, IMAGE},
    {"SET_PROTECTION", set_protection, IMAGE},
    {"SET_DIRECTORY", set_directory, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
