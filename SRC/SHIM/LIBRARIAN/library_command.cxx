#include "library_command.h"

#include "CLI/command_values.h"
#include "help_text.h"
#include "librarian_messages.h"
#include "object_library.h"
#include "shim.h"
#include "system_text.h"

#include <algorithm>
#include <cstdio>
#include <rmsdef.h>

namespace shim {

namespace {

using namespace cli;

/* Of the two, the one that DCL would report. */
uint32_t worse(uint32_t a, uint32_t b)
{
    static const int rank[8] = {2, 0, 3, 1, 4, 4, 4, 4};
    return rank[b & STS$M_SEVERITY] > rank[a & STS$M_SEVERITY] ? b : a;
}

class Librarian {
public:
    Librarian(const Parsed &command, const LibraryDevices &devices)
        : command_(command), devices_(devices)
    {
    }

    uint32_t run()
    {
        choose_kind();
        if (row_->kind == LIBRARY_MACRO) {
            say(LIBRAR_BADKIND, {entity_value(command_, "LIBRARY"), "OBJECT, HELP or TEXT"});
            return status_ | STS$M_INHIB_MSG;
        }
        bool inputs = !entity_values(command_, "INPUT").empty();
        bool listed = is_present(command_, "LIST"), changed = false;
        if (!open())
            return status_ | STS$M_INHIB_MSG;
        if (inputs && !is_present(command_, "EXTRACT"))
            changed = insert_all();
        if (is_present(command_, "DELETE"))
            changed = remove() || changed;
        if (is_present(command_, "REMOVE") || is_present(command_, "COMPRESS"))
            changed =
                true; /* global symbols go with their modules; our files need no compressing */
        if (is_present(command_, "EXTRACT"))
            extract();
        else if (!inputs && !listed && !changed && !is_present(command_, "CREATE") &&
                 !is_present(command_, "DELETE"))
            say(LIBRAR_NOTHING, {});
        if (changed)
            store();
        if (listed)
            list();
        return status_ & 1 ? status_ : status_ | STS$M_INHIB_MSG;
    }

private:
    const Parsed &command_;
    const LibraryDevices &devices_;
    const KindRow *row_ = nullptr;
    Library library_;
    std::string archive_; /* host path of an object library */
    uint32_t status_ = LIBRAR_NORMAL;

    bool object() const { return row_->kind == LIBRARY_OBJECT; }

    void show(const std::vector<std::string> &lines)
    {
        for (const std::string &line : lines)
            devices_.message(line);
    }
    void say(uint32_t code, const std::vector<std::string> &arguments)
    {
        status_ = worse(status_, code);
        show(message_lines(code, arguments));
    }
    bool complain(uint32_t code, const FileStatus &status)
    {
        status_ = worse(status_, code);
        if (status.sts == 0)
            say(LIBRAR_ILLFMT, {status.file});
        else
            show(message_lines(code, {status.file}, &status));
        return false;
    }
    void log(uint32_t code, const std::string &module)
    {
        if (is_present(command_, "LOG"))
            show(message_lines(code, {module, library_.file}));
    }

    /* By qualifier, else by the type that the library's name has. */
    void choose_kind()
    {
        std::string name = upcase(entity_value(command_, "LIBRARY"));
        row_ = &kind_row(LIBRARY_OBJECT);
        for (LibraryKind kind : {LIBRARY_HELP, LIBRARY_MACRO, LIBRARY_TEXT}) {
            const KindRow &row = kind_row(kind);
            if (name_and_type(name).find(row.library_type) != std::string::npos)
                row_ = &row;
        }
        for (LibraryKind kind : {LIBRARY_OBJECT, LIBRARY_HELP, LIBRARY_MACRO, LIBRARY_TEXT})
            if (entity_state(command_, kind_row(kind).name) == PRESENT)
                row_ = &kind_row(kind);
    }

    /* ---- the library ---- */

    bool open()
    {
        std::string name = entity_value(command_, "LIBRARY");
        bool create = is_present(command_, "CREATE");
        if (object())
            return open_archive(name, create);
        FileStatus status;
        if (create) {
            library_.kind = row_->kind;
            std::string size = entity_value(command_, "CREATE.KEYSIZE");
            library_.key_size = size.empty() ? row_->key_size : strtoul(size.c_str(), nullptr, 10);
            status = create_library(name, row_->library_type, &library_);
            return status.good() || complain(LIBRAR_OPENOUT, status);
        }
        status = read_library(name, row_->library_type, &library_);
        if (!status.good())
            return complain(LIBRAR_OPENIN, status);
        if (library_.kind != row_->kind) {
            say(LIBRAR_BADKIND, {library_.file, row_->name});
            return false;
        }
        return true;
    }

    bool open_archive(const std::string &name, bool create)
    {
        FileStatus status;
        status.file = name;
        status.sts = host_path(name, row_->library_type, !create, &archive_, &library_.file);
        if (!status.good())
            return complain(create ? LIBRAR_OPENOUT : LIBRAR_OPENIN, status);
        if (create && !create_archive(archive_))
            return failed_tool();
        std::vector<std::string> modules;
        if (!archive_modules(archive_, &modules)) {
            say(LIBRAR_ILLFMT, {library_.file});
            return false;
        }
        std::sort(modules.begin(), modules.end());
        for (const std::string &module : modules) {
            Module m;
            m.name = module;
            library_.put(m);
        }
        library_.kind = LIBRARY_OBJECT;
        library_.key_size = row_->key_size;
        return true;
    }
    bool failed_tool()
    {
        say(LIBRAR_HOSTTOOL, {library_.file});
        return false;
    }

    void store()
    {
        if (object())
            return;
        FileStatus status = update_library(&library_);
        if (!status.good())
            complain(LIBRAR_WRITEERR, status);
    }

    /* ---- putting in ---- */

    bool insert_all()
    {
        bool changed = false;
        std::vector<ParsedValue> inputs = entity_values(command_, "INPUT");
        for (size_t i = 0; i < inputs.size(); i++) {
            std::vector<std::string> files;
            FileStatus status = find_files(inputs[i].text, row_->input_type, &files);
            if (!status.good())
                complain(LIBRAR_OPENIN, status);
            Position position = value_position(1, static_cast<int>(i));
            std::vector<ParsedValue> name = entity_values(command_, "MODULE", position);
            for (const std::string &file : files)
                changed = insert_file(file, name.empty() ? "" : name[0].text) || changed;
        }
        return changed;
    }

    bool insert_file(const std::string &file, const std::string &name)
    {
        Module module;
        module.name = name.empty() ? name_of(file) : name;
        module.inserted = now();
        if (object())
            return insert(module, file);
        FileStatus status = read_records(file, "", &module.lines);
        if (!status.good())
            return complain(LIBRAR_OPENIN, status);
        if (row_->kind == LIBRARY_TEXT)
            return insert(module, file);
        std::vector<HelpError> errors;
        std::vector<Module> modules = help_modules(module.lines, library_.key_size, &errors);
        for (const HelpError &error : errors)
            say(LIBRAR_HELPERR, {file, std::to_string(error.line), error.text});
        bool changed = false;
        for (Module &m : modules) {
            m.inserted = module.inserted;
            changed = (errors.empty() && insert(m, file)) || changed;
        }
        return changed;
    }

    bool insert(const Module &module, const std::string &file)
    {
        if (module.name.size() > library_.key_size) {
            say(LIBRAR_NAMTOOLNG, {module.name, std::to_string(library_.key_size)});
            return false;
        }
        bool there = library_.find(module.name) >= 0;
        if (there && is_present(command_, "INSERT")) {
            say(LIBRAR_DUPMODULE, {module.name, library_.file});
            return false;
        }
        if (object()) {
            std::string path;
            FileStatus status;
            status.file = file;
            status.sts = host_path(file, "", true, &path, nullptr);
            if (!status.good())
                return complain(LIBRAR_OPENIN, status);
            if (!put_object(archive_, module.name, path))
                return failed_tool();
        }
        library_.put(module);
        log(there ? LIBRAR_REPLACED : LIBRAR_INSERTED, module.name);
        return true;
    }

    /* ---- taking out ---- */

    std::vector<std::string> matching(const std::string &label)
    {
        std::vector<std::string> names;
        for (const ParsedValue &pattern : entity_values(command_, label)) {
            size_t before = names.size();
            for (const Module &module : library_.modules)
                if (name_matches(pattern.text, module.name))
                    names.push_back(module.name);
            if (names.size() == before)
                say(LIBRAR_NOMTCHFOU, {pattern.text, library_.file});
        }
        return names;
    }

    bool remove()
    {
        bool changed = false;
        for (const std::string &name : matching("DELETE")) {
            if (object() && !remove_object(archive_, name))
                return failed_tool();
            if (library_.remove(name)) {
                changed = true;
                log(LIBRAR_DELETED, name);
            }
        }
        return changed;
    }

    void extract()
    {
        std::vector<std::string> names = matching("EXTRACT");
        std::string output = entity_value(command_, "OUTPUT");
        if (names.empty())
            return;
        if (object()) {
            extract_objects(names, output);
            return;
        }
        std::vector<std::string> lines;
        for (const std::string &name : names) {
            const Module &module = library_.modules[library_.find(name)];
            lines.insert(lines.end(), module.lines.begin(), module.lines.end());
            log(LIBRAR_EXTRACTED, name);
        }
        if (upcase(output).compare(0, 10, "SYS$OUTPUT") == 0) {
            for (const std::string &line : lines)
                devices_.output(line);
            return;
        }
        FileStatus status = write_records(output.empty() ? name_of(library_.file) : output,
                                          row_->input_type, lines);
        if (!status.good())
            complain(LIBRAR_OPENOUT, status);
    }

    void extract_objects(const std::vector<std::string> &names, const std::string &output)
    {
        for (const std::string &name : names) {
            FileStatus status;
            std::string path;
            status.file = output.empty() ? name : output;
            status.sts = host_path(status.file, row_->input_type, false, &path, nullptr);
            if (!status.good())
                complain(LIBRAR_OPENOUT, status);
            else if (!extract_object(archive_, name, path))
                failed_tool();
            else
                log(LIBRAR_EXTRACTED, name);
        }
    }

    /* ---- /LIST ---- */

    static std::string time(uint64_t value)
    {
        return value ? time_text(static_cast<int64_t>(value)).substr(0, 20) : std::string(20, ' ');
    }

    void list()
    {
        std::vector<std::string> lines = heading();
        std::vector<ParsedValue> only = entity_values(command_, "ONLY");
        for (const Module &module : library_.modules) {
            bool wanted = only.empty();
            for (const ParsedValue &pattern : only)
                wanted = wanted || name_matches(pattern.text, module.name);
            if (!wanted)
                continue;
            std::string line = module.name;
            if (is_present(command_, "FULL") && module.inserted)
                line += std::string(line.size() < 32 ? 32 - line.size() : 1, ' ') + "Inserted " +
                        time(module.inserted);
            lines.push_back(line);
        }
        std::string output = entity_value(command_, "LIST");
        if (output.empty()) {
            for (const std::string &line : lines)
                devices_.output(line);
            return;
        }
        FileStatus status = write_records(output, ".LIS", lines);
        if (!status.good())
            complain(LIBRAR_OPENOUT, status);
    }

    std::vector<std::string> heading() const
    {
        char line[120];
        std::vector<std::string> lines;
        lines.push_back(std::string("Directory of ") + row_->name + " library " + library_.file +
                        " on " + time(now()));
        snprintf(line, sizeof line, "Creation date:  %s      Number of modules: %6zu",
                 time(library_.created).c_str(), library_.modules.size());
        lines.push_back(line);
        snprintf(line, sizeof line, "Revision date:  %s      Max. key length:   %6zu",
                 time(library_.revised).c_str(), library_.key_size);
        lines.push_back(line);
        lines.push_back("");
        return lines;
    }
};

} // namespace

uint32_t library_command(const Parsed &command, const LibraryDevices &devices)
{
    return Librarian(command, devices).run();
}

} // namespace shim
