/*
**  sort_convert - SORT, CONVERT, CREATE/FDL
**
**  SORT reads all records into memory; equal ones keep their order.  CONVERT leaves out what the
**  output refuses (a key that is there, a record too long), writes it to the exceptions file when
**  there is one, and goes on.
*/
#include "fdl.h"
#include "file_list.h"

#include "CLI/command_values.h"
#include "system_text.h"

#include <algorithm>
#include <climsgdef.h>
#include <cstdlib>
#include <rms.h>

namespace shim {
namespace dcl {

namespace {

void open_for_reading(const std::string &spec, RecordFile *file, Facility facility)
{
    uint32_t status = file->open_to_read(spec);
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, file->spec(), status, file->stv(), facility);
}

void create_file(const std::string &spec, const std::string &defaults, RecordFile *file,
                 Facility facility)
{
    file->name(spec, defaults);
    file->fab().fab$b_fac = FAB$M_PUT;
    uint32_t status = file->create();
    if (!(status & 1))
        throw file_failure(SHARED_OPENOUT, file->spec(), status, file->stv(), facility);
}

void put(RecordFile *file, const std::string &record, Facility facility)
{
    uint32_t status = file->put(record);
    if (!(status & 1))
        throw file_failure(SHARED_WRITEERR, file->spec(), status, file->stv(), facility);
}

void close_file(RecordFile *file, Facility facility)
{
    std::string spec = file->spec();
    uint32_t status = file->close();
    if (!(status & 1))
        throw file_failure(SHARED_CLOSEOUT, spec, status, file->stv(), facility);
}

/* What the file itself is like, without keys. */
Fdl description_of(const RecordFile &file)
{
    Fdl fdl;
    const FAB &fab = file.fab();
    fdl.rfm = fab.fab$b_rfm;
    fdl.rat = fab.fab$b_rat;
    fdl.size = fab.fab$b_rfm == FAB$C_FIX ? fab.fab$w_mrs : 0;
    fdl.control_size = fab.fab$b_fsz ? fab.fab$b_fsz : 2;
    return fdl;
}

/* Each record of each input; take: its file, which is open, and its number in it, from 1. */
template <typename Take>
void each_record(const std::vector<std::string> &specs, Facility facility, unsigned *count,
                 const Take &take)
{
    FileList files(specs, ".DAT");
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        if (answer == FileList::FAILED)
            throw file_failure(SHARED_OPENIN, files.expanded(), files.status(), files.stv(),
                               facility);
        RecordFile file;
        open_for_reading(found, &file, facility);
        std::string record;
        uint32_t status;
        for (unsigned number = 1; (status = file.get(&record)) & 1; ++number)
            take(file, number, record);
        if (status != RMS$_EOF)
            throw file_failure(SHARED_READERR, file.spec(), status, file.stv(), facility);
        ++*count;
    }
}

/* ---- SORT ---- */

struct SortKey {
    unsigned number = 0; /* order of the keys */
    size_t position = 0, size = std::string::npos;
    bool descending = false, decimal = false;
};

unsigned number_of(const cli::ParsedValue &value)
{
    int32_t n = 0;
    if (value.values.empty() || !cli::number_value(value.values[0].text, &n) || n < 1 ||
        static_cast<size_t>(n) > RECORD_SIZE_MAX) {
        Failure failure(SORT_BADKEY);
        throw failure.with(value.keyword +
                           (value.values.empty() ? "" : ":" + value.values[0].text));
    }
    return static_cast<unsigned>(n);
}

/* The whole record, when no key is given. */
std::vector<SortKey> sort_keys(const cli::Parsed &command)
{
    std::vector<SortKey> keys;
    for (const cli::ParsedQualifier &given : command.qualifiers_given) {
        if (given.qualifier < 0 ||
            command.qualifiers[static_cast<size_t>(given.qualifier)].label != "KEY")
            continue;
        SortKey key;
        key.number = static_cast<unsigned>(keys.size() + 1);
        for (const cli::ParsedValue &value : given.values) {
            if (value.keyword == "POSITION")
                key.position = number_of(value) - 1;
            else if (value.keyword == "SIZE")
                key.size = number_of(value);
            else if (value.keyword == "NUMBER")
                key.number = number_of(value);
            key.descending = key.descending || value.keyword == "DESCENDING";
            key.decimal = key.decimal || value.keyword == "DECIMAL";
        }
        keys.push_back(key);
    }
    if (keys.empty())
        keys.push_back(SortKey());
    std::stable_sort(keys.begin(), keys.end(), [](const SortKey &a, const SortKey &b) {
        return a.number < b.number;
    });
    return keys;
}

/* Below zero, zero, above; a shorter text is filled with null bytes, as the utility does. */
int compare(const std::vector<SortKey> &keys, const std::string &a, const std::string &b)
{
    for (const SortKey &key : keys) {
        std::string left = key.position < a.size() ? a.substr(key.position, key.size) : "";
        std::string right = key.position < b.size() ? b.substr(key.position, key.size) : "";
        int order;
        if (key.decimal) {
            int64_t x = strtoll(left.c_str(), nullptr, 10), y = strtoll(right.c_str(), nullptr, 10);
            order = x < y ? -1 : x > y;
        } else {
            size_t size = std::max(left.size(), right.size());
            left.resize(size, '\0');
            right.resize(size, '\0');
            order = left.compare(right);
        }
        if (order)
            return key.descending ? -order : order;
    }
    return 0;
}

void say_statistics(Session &session, const char *title,
                    const std::vector<std::pair<const char *, uint64_t>> &rows)
{
    session.write("");
    session.write(title);
    for (const auto &row : rows) {
        std::string name = row.first;
        name.resize(28, ' ');
        session.write(name + number_text(row.second));
    }
}

void sort_verb(Session &session, const cli::Parsed &command)
{
    std::vector<SortKey> keys = sort_keys(command);
    std::vector<std::string> records;
    Fdl description;
    unsigned files = 0;
    size_t read = 0;
    each_record(texts_of(command, "INPUT"), FACILITY_SORT, &files,
                [&](const RecordFile &file, unsigned, const std::string &record) {
                    if (records.empty())
                        description = description_of(file);
                    records.push_back(record);
                    ++read;
                });
    std::stable_sort(records.begin(), records.end(),
                     [&keys](const std::string &a, const std::string &b) {
                         return compare(keys, a, b) < 0;
                     });
    if (negated(command, "DUPLICATES"))
        records.erase(std::unique(records.begin(), records.end(),
                                  [&keys](const std::string &a, const std::string &b) {
                                      return compare(keys, a, b) == 0;
                                  }),
                      records.end());
    RecordFile output;
    FdlKeys attributes(description, &output);
    create_file(text_of(command, "OUTPUT"), ".DAT", &output, FACILITY_SORT);
    for (const std::string &record : records)
        put(&output, record, FACILITY_SORT);
    close_file(&output, FACILITY_SORT);
    if (has(command, "STATISTICS"))
        say_statistics(session, "OpenVMS Sort/Merge Statistics",
                       {{"Records read:", read}, {"Records sorted:", read},
                        {"Records output:", records.size()}});
}

/* ---- CONVERT ---- */

class Converter {
public:
    Converter(Session &session, const cli::Parsed &command)
        : session_(session), command_(command), files_(0), read_(0), refused_(0)
    {
    }
    void run();

private:
    Session &session_;
    const cli::Parsed &command_;
    RecordFile output_;
    std::unique_ptr<FdlKeys> keys_;
    std::unique_ptr<RecordFile> exceptions_;
    unsigned files_;
    uint64_t read_, refused_;

    void open_output(const RecordFile &first);
    void take(const RecordFile &from, unsigned number, std::string record);
    void refuse(const RecordFile &from, unsigned number, const std::string &record,
                uint32_t status);
};

/* As the FDL file says; an existing file with /NOCREATE or /APPEND; else like the first input. */
void Converter::open_output(const RecordFile &first)
{
    std::string name = text_of(command_, "OUTPUT");
    if (has(command_, "APPEND") || negated(command_, "CREATE")) {
        output_.name(name, ".DAT");
        output_.fab().fab$b_fac = FAB$M_PUT;
        if (has(command_, "APPEND"))
            output_.rab().rab$l_rop |= RAB$M_EOF;
        uint32_t status = output_.open();
        if (!(status & 1))
            throw file_failure(SHARED_OPENOUT, output_.spec(), status, output_.stv(),
                               FACILITY_CONVERT);
        return;
    }
    Fdl fdl = has(command_, "FDL") ? read_fdl(text_of(command_, "FDL")) : description_of(first);
    keys_.reset(new FdlKeys(fdl, &output_));
    create_file(name, fdl.name.empty() ? ".DAT" : fdl.name, &output_, FACILITY_CONVERT);
}

void Converter::refuse(const RecordFile &from, unsigned number, const std::string &record,
                       uint32_t status)
{
    ++refused_;
    Failure failure(CONVERT_RECORD);
    failure.with(std::to_string(number)).with(from.spec());
    failure.also(status);
    session_.show(failure);
    if (!has(command_, "EXCEPTIONS_FILE"))
        return;
    if (!exceptions_) {
        exceptions_.reset(new RecordFile);
        create_file(text_of(command_, "EXCEPTIONS_FILE"), ".EXC", exceptions_.get(),
                    FACILITY_CONVERT);
    }
    put(exceptions_.get(), record, FACILITY_CONVERT);
}

void Converter::take(const RecordFile &from, unsigned number, std::string record)
{
    if (!output_.is_open())
        open_output(from);
    ++read_;
    const FAB &fab = output_.fab();
    size_t most = fab.fab$w_mrs;
    std::string whole = record;
    if (fab.fab$b_rfm == FAB$C_FIX && record.size() < most && has(command_, "PAD"))
        record.resize(most, text_of(command_, "PAD").empty() ? '\0' : text_of(command_, "PAD")[0]);
    if (most && record.size() > most && has(command_, "TRUNCATE"))
        record.resize(most);
    uint32_t status = output_.put(record);
    if (!(status & 1))
        refuse(from, number, whole, status);
}

void Converter::run()
{
    std::vector<std::string> inputs = texts_of(command_, "INPUT");
    each_record(inputs, FACILITY_CONVERT, &files_,
                [this](const RecordFile &from, unsigned number, const std::string &record) {
                    take(from, number, record);
                });
    if (!output_.is_open()) { /* no records */
        RecordFile empty;
        open_for_reading(inputs[0], &empty, FACILITY_CONVERT);
        open_output(empty);
    }
    close_file(&output_, FACILITY_CONVERT);
    if (has(command_, "STATISTICS"))
        say_statistics(session_, "CONVERT Statistics",
                       {{"Number of Files Processed:", files_},
                        {"Total Records Processed:", read_},
                        {"Total Exception Records:", refused_},
                        {"Total Valid Records:", read_ - refused_}});
    if (refused_)
        session_.set_status(CONVERT_RECORD | 0x10000000, true);
}

void convert_verb(Session &session, const cli::Parsed &command)
{
    Converter(session, command).run();
}

/* ---- CREATE/FDL ---- */

void create_fdl(Session &session, const cli::Parsed &command)
{
    std::string given = text_of(command, "FDL"), name = text_of(command, "FILE");
    if (given.empty())
        throw Failure(CLI$_VALREQ, "FDL");
    Fdl fdl = read_fdl(given);
    RecordFile file;
    FdlKeys keys(fdl, &file);
    if (name.empty() && fdl.name.empty())
        throw Failure(CLI$_INSFPRM);
    create_file(name.empty() ? fdl.name : name, fdl.name, &file, FACILITY_CREATE);
    std::string spec = file.spec();
    close_file(&file, FACILITY_CREATE);
    if (has(command, "LOG"))
        session.inform(shared_code(FACILITY_CREATE, SHARED_CREATED, 3), {spec});
}

const VerbRow rows[] = {
    {"SORT", sort_verb, IMAGE},
    {"CONVERT", convert_verb, IMAGE},
    {"CREATE_FDL", create_fdl, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
