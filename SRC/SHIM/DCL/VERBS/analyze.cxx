/*
**  analyze - ANALYZE/RMS_FILE, ANALYZE/IMAGE
**
**  A file of RMS is read from end to end, an indexed one by each of its keys.  An image is one of
**  the host; LINK has left its name and identification in the section .vms_image.
*/
#include "fdl.h"
#include "file_list.h"
#include "text_forms.h"

#include "system_text.h"

#include <climsgdef.h>
#include <cstdio>
#include <cstring>
#include <elf.h>
#include <fstream>
#include <iterator>
#include <rms.h>
#include <ssdef.h>
#include <starlet.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

std::string time_of(uint64_t time)
{
    return time_text(static_cast<int64_t>(time));
}

std::string protection_line(uint16_t denied)
{
    static const char *const classes[] = {"System", "Owner", "Group", "World"};
    std::string text;
    for (int i = 0; i < 4; ++i) {
        text += (i ? ", " : "") + std::string(classes[i]) + ": ";
        for (int b = 0; b < 4; ++b)
            if (!(denied >> (4 * i + b) & 1))
                text += "RWED"[b];
    }
    return text;
}

void show_file_header(Output &to, const FileHeader &header)
{
    const rms::Attributes &a = header.attributes;
    to.line("");
    to.line("FILE HEADER");
    to.line("        File Spec: " + header.spec);
    to.line("        File ID: (" + number_text(header.id % 16777216) + ",1,0)");
    to.line("        Owner UIC: " + uic_text(a.uic));
    to.line("        Protection:  " + protection_line(a.protection));
    to.line("        Creation Date:   " + time_of(header.created));
    to.line("        Revision Date:   " + time_of(header.revised) + ", Number: " +
            number_text(a.revision ? a.revision : 1));
    to.line("        Expiration Date: none specified");
    to.line("        Backup Date:     none posted");
    to.line("        Contiguity Options:  none");
    to.line("        Performance Options: none");
    to.line("        Reliability Options: none");
    to.line("        Journaling Enabled:  none");
}

struct Check {
    uint64_t records = 0, longest = 0;
    std::vector<std::string> errors;
};

void show_attributes(Output &to, const FileHeader &header, const Check &check)
{
    static const char *const formats[] = {"undefined", "fixed",     "variable",
                                          "variable with fixed control",
                                          "stream",    "stream-LF", "stream-CR"};
    const rms::Attributes &a = header.attributes;
    std::string control = a.rat & FAB$M_CR    ? "carriage-return"
                          : a.rat & FAB$M_PRN ? "print-file"
                          : a.rat & FAB$M_FTN ? "FORTRAN"
                                              : "none";
    char offset[24];
    snprintf(offset, sizeof offset, "%%X'%04X'", static_cast<unsigned>(header.size % 512));
    to.line("");
    to.line("RMS FILE ATTRIBUTES");
    to.line(std::string("        File Organization: ") +
            (a.org == FAB$C_IDX ? "indexed" : "sequential"));
    to.line(std::string("        Record Format: ") + formats[a.rfm < 7 ? a.rfm : 0]);
    to.line("        Record Attributes: " + control);
    to.line("        Maximum Record Size: " + number_text(a.mrs));
    to.line("        Longest Record: " + number_text(check.longest));
    to.line("        Records: " + number_text(check.records));
    to.line("        Blocks Allocated: " + number_text(header.blocks_allocated()) +
            ", Default Extend Size: 0");
    to.line("        End-of-File VBN: " + number_text(header.size / 512 + 1) + ", Offset: " +
            offset);
}

/* The keys of an indexed file, as $OPEN tells them. */
std::vector<FdlKey> keys_of(const std::string &spec)
{
    std::vector<FdlKey> keys;
    for (unsigned n = 0; n < 255; ++n) {
        RecordFile file;
        Low<XABKEY> xab;
        *xab = cc$rms_xabkey;
        xab->xab$b_ref = static_cast<unsigned char>(n);
        file.fab().fab$l_xab = xab.get();
        bool open = file.open_to_read(spec) & 1;
        FdlKey key;
        key.length = xab->xab$b_siz0;
        key.position = xab->xab$w_pos0;
        key.type = xab->xab$b_dtp;
        key.duplicates = xab->xab$b_flg & XAB$M_DUP;
        key.changes = xab->xab$b_flg & XAB$M_CHG;
        file.fab().fab$l_xab = nullptr;
        file.close();
        if (!open || !key.length)
            break;
        keys.push_back(key);
    }
    return keys;
}

/* All records by one key; how many. */
uint64_t read_all(const std::string &spec, unsigned key, Check *check)
{
    RecordFile file;
    uint32_t status = file.open_to_read(spec);
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, spec, status, file.stv(), FACILITY_ANALYZE);
    if (key) {
        file.rab().rab$b_krf = static_cast<unsigned char>(key);
        sys$rewind(&file.rab());
    }
    std::string record;
    uint64_t count = 0;
    for (; (status = file.get(&record)) & 1; ++count)
        check->longest = std::max<uint64_t>(check->longest, record.size());
    if (status == RMS$_EOF)
        return count;
    Message known;
    find_message(status, &known);
    check->errors.push_back("***  Record " + number_text(count + 1) + " cannot be read: " +
                            known.text);
    return count;
}

/* RMS ends where a record is cut off; bytes behind the last whole one are a damage. */
void check_end(const FileHeader &header, Check *check)
{
    const rms::Attributes &a = header.attributes;
    uint64_t whole = header.size;
    if (a.rfm == FAB$C_FIX && a.mrs) {
        whole -= header.size % a.mrs;
    } else if (a.form == rms::FORM_COUNTED && a.org == FAB$C_SEQ) {
        std::ifstream in(header.path, std::ios::binary);
        unsigned char count[2];
        for (whole = 0; in.read(reinterpret_cast<char *>(count), sizeof count);) {
            uint64_t size = count[0] | static_cast<unsigned>(count[1]) << 8;
            uint64_t next = whole + sizeof count + size + (size & 1);
            if (next > header.size)
                break;
            whole = next;
            in.seekg(static_cast<std::streamoff>(whole));
        }
    }
    if (whole < header.size)
        check->errors.push_back("***  The record at VBN " + number_text(whole / 512 + 1) +
                                ", offset " + number_text(whole % 512) +
                                " goes beyond the end of the file.");
}

Check check_records(const FileHeader &header, const std::vector<FdlKey> &keys)
{
    Check check;
    const std::string &spec = header.spec;
    check.records = read_all(spec, 0, &check);
    check_end(header, &check);
    for (unsigned n = 1; n < keys.size(); ++n) {
        uint64_t count = read_all(spec, n, &check);
        if (count != check.records)
            check.errors.push_back("***  Key " + number_text(n) + " leads to " +
                                   number_text(count) + " of " + number_text(check.records) +
                                   " records.");
    }
    return check;
}

void say_verdict(Output &to, size_t errors)
{
    to.line("");
    to.line(errors == 0   ? "The analysis uncovered NO errors."
            : errors == 1 ? "The analysis uncovered 1 error."
                          : "The analysis uncovered " + number_text(errors) + " errors.");
}

/* /FDL: a description that makes such a file. */
void write_fdl(Output &to, const FileHeader &header, const std::vector<FdlKey> &keys)
{
    const rms::Attributes &a = header.attributes;
    Fdl fdl;
    fdl.name = header.spec;
    fdl.org = a.org;
    fdl.rfm = a.rfm;
    fdl.rat = a.rat;
    fdl.size = a.mrs;
    fdl.control_size = a.fsz;
    fdl.keys = keys;
    for (const std::string &line : fdl_text(fdl))
        to.line(line);
}

/* False: errors were found. */
bool analyze_file(Output &to, const std::string &spec, const cli::Parsed &command)
{
    FileHeader header;
    uint32_t status = read_header(spec, &header);
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, spec, status, 0, FACILITY_ANALYZE);
    header.spec = spec;
    std::vector<FdlKey> keys;
    if (header.attributes.org == FAB$C_IDX)
        keys = keys_of(spec);
    if (has(command, "FDL")) {
        write_fdl(to, header, keys);
        return true;
    }
    Check check = check_records(header, keys);
    to.line("");
    to.line("Check RMS File Integrity              " + time_of(now()));
    to.line(spec);
    show_file_header(to, header);
    show_attributes(to, header, check);
    for (size_t i = 0; i < keys.size(); ++i)
        to.line("        Key " + number_text(i) + ": position " + number_text(keys[i].position) +
                ", size " + number_text(keys[i].length) +
                (keys[i].duplicates ? ", duplicates" : "") + (keys[i].changes ? ", changes" : ""));
    for (const std::string &line : check.errors)
        to.line(line);
    say_verdict(to, check.errors.size());
    return check.errors.empty();
}

/* ---- images ---- */

struct Image {
    const char *machine = "";
    bool shareable = false;
    std::string stamp; /* contents of .vms_image; empty: not made by LINK */
};

/* False: not an image of this host, or damaged. */
bool read_image(const std::string &path, Image *image)
{
    std::ifstream in(path, std::ios::binary);
    std::string data((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    Elf64_Ehdr header;
    if (data.size() < sizeof header || memcmp(data.data(), ELFMAG, SELFMAG) != 0 ||
        data[EI_CLASS] != ELFCLASS64)
        return false;
    memcpy(&header, data.data(), sizeof header);
    image->machine = header.e_machine == EM_X86_64    ? "x86-64"
                     : header.e_machine == EM_AARCH64 ? "AArch64"
                                                      : "unknown";
    std::vector<Elf64_Shdr> sections(header.e_shnum);
    size_t size = sections.size() * sizeof(Elf64_Shdr);
    if (header.e_shoff > data.size() || size > data.size() - header.e_shoff ||
        header.e_shstrndx >= sections.size())
        return false;
    if (size)
        memcpy(sections.data(), data.data() + header.e_shoff, size);
    const Elf64_Shdr &names = sections[header.e_shstrndx];
    bool entered = false; /* by way of an interpreter: a program */
    for (const Elf64_Shdr &each : sections) {
        size_t at = names.sh_offset + each.sh_name;
        if (at >= data.size())
            return false;
        std::string name = data.substr(at, data.find('\0', at) - at);
        entered = entered || name == ".interp";
        if (name != ".vms_image")
            continue;
        if (each.sh_offset > data.size() || each.sh_size > data.size() - each.sh_offset)
            return false;
        image->stamp = data.substr(each.sh_offset, each.sh_size);
    }
    image->shareable = !entered;
    return true;
}

std::string stamp_value(const std::string &stamp, const std::string &name)
{
    size_t at = ("\n" + stamp).find("\n" + name + "=");
    if (at == std::string::npos)
        return std::string();
    at += name.size() + 1;
    return stamp.substr(at, stamp.find('\n', at) - at);
}

bool analyze_image(Output &to, const std::string &spec, const cli::Parsed &)
{
    FileHeader header;
    uint32_t status = read_header(spec, &header);
    if (status & 1)
        status = readable(header);
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, spec, status, 0, FACILITY_ANALYZE);
    Image image;
    bool good = read_image(header.path, &image);
    std::string name = stamp_value(image.stamp, "NAME");
    to.line("");
    to.line("Analyze Image                         " + time_of(now()));
    to.line(spec);
    if (good) {
        to.line("");
        to.line("IMAGE HEADER");
        to.line(std::string("        image type: ") +
                (image.shareable ? "shareable (EIHD$K_LIM)" : "executable (EIHD$K_EXE)"));
        to.line(std::string("        architecture: ") + image.machine + " of the host");
        to.line("");
        to.line("        Image Identification Information");
        to.line("                image name: \"" + (name.empty() ? parts_of(spec).name : name) +
                "\"");
        to.line("                image file identification: \"" +
                stamp_value(image.stamp, "IDENT") + "\"");
        to.line("                link date/time: " + time_of(header.revised));
        if (!image.stamp.empty())
            to.line(std::string("                traceback: ") +
                    (stamp_value(image.stamp, "TRACEBACK") == "1" ? "yes" : "no"));
    } else {
        to.line("");
        to.line("***  This is not an image.");
    }
    say_verdict(to, good ? 0 : 1);
    return good;
}

void analyze_verb(Session &session, const cli::Parsed &command)
{
    bool image = has(command, "IMAGE");
    if (!image && !has(command, "RMS_FILE"))
        throw Failure(SS$_UNSUPPORTED);
    if (!has(command, "FILE"))
        throw Failure(CLI$_INSFPRM);
    std::shared_ptr<Output> output = output_of(session, command, "ANALYZE.ANL", FACILITY_ANALYZE);
    Outcome outcome(session);
    FileList files(texts_of(command, "FILE"), image ? ".EXE" : ".DAT");
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        try {
            if (answer == FileList::FAILED)
                throw file_failure(SHARED_OPENIN, files.expanded(), files.status(), files.stv(),
                                   FACILITY_ANALYZE);
            if (!(image ? analyze_image : analyze_file)(*output, found, command))
                outcome.note(SS$_ABORT & ~7u); /* a warning: errors were found */
        } catch (const Failure &failure) {
            outcome.fail(failure);
        }
    }
    outcome.finish();
}

const VerbRow rows[] = {
    {"ANALYZE", analyze_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
