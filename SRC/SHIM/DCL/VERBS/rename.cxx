/*
**  rename - RENAME
*/
#include "file_list.h"
#include "names.h"

#include <psldef.h>
#include <rms.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

class Renamer {
public:
    Renamer(Session &session, const cli::Parsed &command)
        : session_(session), outcome_(session), selection_(command),
          confirmation_(session, command), output_(text_of(command, "OUTPUT")),
          log_(has(command, "LOG")), new_version_(!negated(command, "NEW_VERSION"))
    {
    }
    void run(const std::vector<std::string> &inputs);

private:
    Session &session_;
    Outcome outcome_;
    Selection selection_;
    Confirmation confirmation_;
    std::string output_;
    bool log_, new_version_;

    void file(const std::string &spec);
    std::string free_name(const SpecParts &to, const std::string &from) const;
};

struct Names {
    Low<FAB> from, to;
    Low<NAM> from_nam, to_nam;
    LowBlock texts{4 * 256};
    Names(const std::string &old_name, const std::string &new_name)
    {
        *from = *to = cc$rms_fab;
        *from_nam = *to_nam = cc$rms_nam;
        char *at = texts.as<char>();
        put(from.get(), from_nam.get(), old_name, at, at + 256);
        put(to.get(), to_nam.get(), new_name, at + 512, at + 768);
    }
    static void put(FAB *fab, NAM *nam, const std::string &name, char *text, char *resultant)
    {
        fab->fab$l_fna = text;
        fab->fab$b_fns = static_cast<unsigned char>(name.copy(text, NAM$C_MAXRSS));
        fab->fab$l_nam = nam;
        nam->nam$l_rsa = resultant;
        nam->nam$b_rss = NAM$C_MAXRSS;
    }
};

/* A name without device and directory, and no logical name, stays where the file is. */
std::string in_its_directory(const std::string &output, const std::string &from)
{
    NameAnswer known;
    bool placed = output.find_first_of(":[<") != std::string::npos ||
                  translate_name("LNM$FILE_DEV", upper(output), PSL$C_USER, true, &known);
    return placed ? output : parts_of(from).place + output;
}

/* No version given: the input's when the name is free, else one more than the highest. */
std::string Renamer::free_name(const SpecParts &to, const std::string &from) const
{
    std::string name = to.place + to.name + to.type, path;
    if (!to.version.empty())
        return name + to.version;
    bool there = host_path(name, "", true, &path, nullptr) & 1;
    return there && new_version_ ? name : name + parts_of(from).version;
}

void Renamer::file(const std::string &spec)
{
    FileHeader header;
    if (selection_.excluded(spec) ||
        (selection_.by_header() && read_header(spec, &header) & 1 && !selection_.wants(header)) ||
        !confirmation_.asks("RENAME " + spec))
        return;
    SpecParts to;
    std::string output = in_its_directory(output_, spec);
    uint32_t status = output_name(output, spec, &to);
    if (!(status & 1))
        return outcome_.fail(file_failure(SHARED_OPENOUT, output, status, 0, FACILITY_RENAME));
    Names names(spec, free_name(to, spec));
    status = static_cast<uint32_t>(sys$rename(names.from.get(), nullptr, nullptr, names.to.get()));
    if (!(status & 1)) {
        bool in = status == RMS$_FNF || status == RMS$_FLK || status == RMS$_PRV;
        return outcome_.fail(file_failure(in ? SHARED_OPENIN : SHARED_OPENOUT,
                                          in ? spec : free_name(to, spec), status,
                                          names.from->fab$l_stv, FACILITY_RENAME));
    }
    if (log_)
        session_.inform(shared_code(FACILITY_RENAME, SHARED_RENAMED, 3),
                        {spec, std::string(names.to_nam->nam$l_rsa, names.to_nam->nam$b_rsl)});
}

void Renamer::run(const std::vector<std::string> &inputs)
{
    FileList files(inputs, "");
    std::string found;
    for (FileList::Answer answer;
         !confirmation_.quit() && (answer = files.next(&found)) != FileList::END;)
        if (answer == FileList::FAILED)
            outcome_.fail(file_failure(SHARED_OPENIN, files.expanded(), files.status(), files.stv(),
                                       FACILITY_RENAME));
        else
            file(found);
    outcome_.finish();
}

void rename_verb(Session &session, const cli::Parsed &command)
{
    Renamer(session, command).run(texts_of(command, "INPUT"));
}

const VerbRow rows[] = {
    {"RENAME", rename_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
