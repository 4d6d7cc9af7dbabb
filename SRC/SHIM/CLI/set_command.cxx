#include "set_command.h"

#include "command_values.h"
#include "image_table.h"
#include "shim.h"
#include "system_text.h"
#include "table_file.h"

#include <cerrno>
#include <climsgdef.h>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace shim {

namespace {

/* The utility's number is ours; OPENIN and OPENOUT are the shared messages. */
const uint32_t CDU_FACILITY = 155u << 16;
enum : uint32_t {
    CDU_OPENIN = CDU_FACILITY | 0x1098 | 4,
    CDU_OPENOUT = CDU_FACILITY | 0x10a0 | 4,
    CDU_NORMAL = CDU_FACILITY | 0x8000 | 1 << 3 | 1,
    CDU_SYNTAX = CDU_FACILITY | 0x8000 | 2 << 3 | 2,
    CDU_NOVERB = CDU_FACILITY | 0x8000 | 3 << 3 | 2,
    CDU_BADTABLE = CDU_FACILITY | 0x8000 | 4 << 3 | 4,
    CDU_ONEFILE = CDU_FACILITY | 0x8000 | 5 << 3 | 4,
    CDU_COMPILER = CDU_FACILITY | 0x8000 | 6 << 3 | 4
};

const MessageRow rows[] = {
    {CDU_OPENIN, "OPENIN", "error opening !AS as input", 1},
    {CDU_OPENOUT, "OPENOUT", "error opening !AS as output", 1},
    {CDU_NORMAL, "NORMAL", "normal successful completion", 0},
    {CDU_SYNTAX, "SYNTAX", "!AS", 1},
    {CDU_NOVERB, "NOVERB", "verb !AS is not in the command table", 1},
    {CDU_BADTABLE, "BADTABLE", "!AS is not a command table", 1},
    {CDU_ONEFILE, "ONEFILE", "/OBJECT takes one file", 0},
    {CDU_COMPILER, "COMPILER", "the host's compiler failed on !AS", 1},
};
const MessageTable messages = {"CDU", rows, sizeof rows / sizeof rows[0]};

/* Runs the compiler over the source on its standard input. */
bool compile_source(const std::string &source, const std::string &object)
{
    char path[] = "/tmp/shimcduXXXXXX";
    int fd = mkstemp(path);
    if (fd < 0)
        return false;
    unlink(path);
    std::string rest = source;
    while (!rest.empty()) {
        ssize_t n = write(fd, rest.data(), rest.size());
        if (n <= 0)
            break;
        rest.erase(0, static_cast<size_t>(n));
    }
    lseek(fd, 0, SEEK_SET);
    const char *chosen = getenv("SHIM_CXX");
    std::string words[] = {
        chosen ? chosen : cli::host_compiler, "-x", "c++", "-fPIC", "-c", "-", "-o", object};
    std::vector<char *> arguments;
    for (std::string &word : words)
        arguments.push_back(&word[0]);
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, fd, 0);
    pid_t child = 0;
    bool started = rest.empty() && posix_spawnp(&child, arguments[0], &files, nullptr,
                                                arguments.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&files);
    int status = -1;
    while (started && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    close(fd);
    return started && status == 0;
}

} // namespace

const MessageTable &cdu_messages()
{
    return messages;
}

namespace cli {

namespace {

class Utility {
public:
    Utility(const Parsed &command, Table *process,
            const std::function<void(const std::string &)> &message)
        : command_(command), process_(process), message_(message)
    {
    }

    uint32_t run()
    {
        if (is_present(command_, "DELETE"))
            remove();
        else if (is_present(command_, "OBJECT"))
            make_object();
        else
            replace();
        return status_ & 1 ? status_ : status_ | STS$M_INHIB_MSG;
    }

private:
    const Parsed &command_;
    Table *process_;
    const std::function<void(const std::string &)> &message_;
    Table table_;
    uint32_t status_ = CDU_NORMAL;

    bool good() const { return (status_ & 1) != 0; }

    bool say(uint32_t code, const std::string &argument, const FileStatus *file = nullptr)
    {
        status_ = code;
        for (const std::string &line : message_lines(code, {argument}, file))
            message_(line);
        return false;
    }
    bool complain(uint32_t code, const FileStatus &status)
    {
        if (status.sts == CLI$_INVTAB)
            return say(CDU_BADTABLE, status.file);
        return say(code, status.file, &status);
    }

    /* ---- the table that is changed ---- */

    bool begin()
    {
        std::string file = entity_value(command_, "TABLE");
        table_ = *process_;
        if (file.empty())
            return true;
        FileStatus status = load_table(file, &table_);
        return status.good() || complain(CDU_OPENIN, status);
    }

    void end()
    {
        if (!good() || entity_state(command_, "OUTPUT") == NEGATED)
            return;
        std::string file = entity_value(command_, "OUTPUT");
        if (is_present(command_, "OUTPUT") && file.empty())
            file = entity_value(command_, "TABLE");
        if (file.empty()) {
            *process_ = table_;
            return;
        }
        FileStatus status = store_table(file, table_);
        if (!status.good())
            complain(CDU_OPENOUT, status);
    }

    void remove()
    {
        if (!begin())
            return;
        for (const ParsedValue &verb : entity_values(command_, "DELETE"))
            if (!delete_verb(upcase(verb.text), &table_))
                say(CDU_NOVERB, verb.text);
        end();
    }

    void replace()
    {
        std::vector<Table> fresh;
        if (!begin() || !load_all(&fresh))
            return;
        for (const Table &table : fresh)
            merge_table(table, &table_);
        end();
    }

    /* ---- files ---- */

    bool load_all(std::vector<Table> *tables)
    {
        std::vector<std::string> listing;
        std::string first;
        for (const ParsedValue &file : entity_values(command_, "INPUT")) {
            Table table;
            std::vector<TableError> errors;
            std::vector<std::string> lines;
            FileStatus status = load_cld(file.text, &table, &errors, &lines);
            if (!status.good()) {
                complain(CDU_OPENIN, status);
                continue;
            }
            for (const TableError &error : errors)
                say(CDU_SYNTAX, error_line(error));
            list(status.file, lines, errors, &listing);
            first = first.empty() ? status.file : first;
            tables->push_back(table);
        }
        if (is_present(command_, "LISTING"))
            store_listing(first, listing);
        return good();
    }

    static void list(const std::string &file, const std::vector<std::string> &lines,
                     const std::vector<TableError> &errors, std::vector<std::string> *listing)
    {
        listing->push_back(file);
        listing->push_back("");
        for (size_t i = 0; i < lines.size(); i++) {
            std::string number = std::to_string(i + 1);
            listing->push_back(std::string(number.size() < 6 ? 6 - number.size() : 0, ' ') +
                               number + "  " + lines[i]);
            for (const TableError &error : errors)
                if (error.line == static_cast<int>(i) + 1)
                    listing->push_back("%CDU-E-SYNTAX, " + error.text);
        }
        listing->push_back("");
    }

    void store_listing(const std::string &first, const std::vector<std::string> &listing)
    {
        std::string file = entity_value(command_, "LISTING");
        FileStatus status = write_records(file.empty() ? name_of(first) : file, ".LIS", listing);
        if (!status.good())
            complain(CDU_OPENOUT, status);
    }

    void make_object()
    {
        std::vector<ParsedValue> inputs = entity_values(command_, "INPUT");
        std::vector<Table> tables;
        if (inputs.size() != 1) {
            say(CDU_ONEFILE, "");
            return;
        }
        if (!load_all(&tables))
            return;
        std::string source, name = name_and_type(inputs[0].text), path;
        std::vector<TableError> errors;
        table_source(tables[0], name, &source, &errors);
        for (const TableError &error : errors)
            say(CDU_SYNTAX, error_line(error));
        FileStatus status;
        std::string object = entity_value(command_, "OBJECT");
        status.file = object.empty() ? name_of(inputs[0].text) : object;
        status.sts = host_path(status.file, ".OBJ", false, &path, nullptr);
        if (!status.good())
            complain(CDU_OPENOUT, status);
        else if (good() && !compile_source(source, path))
            say(CDU_COMPILER, name);
    }
};

} // namespace

uint32_t set_command(const Parsed &command, Table *process,
                     const std::function<void(const std::string &)> &message)
{
    return Utility(command, process, message).run();
}

} // namespace cli
} // namespace shim
