/*
**  search - SEARCH
**
**  $STATUS: SS$_NORMAL when a record matched, SEARCH-I-NOMATCHES when none did, the error of a file
**  that could not be read.  Files named one by one, or by wildcards, have a heading.
*/
#include "file_list.h"
#include "record_file.h"
#include "system_page.h"

#include "CLI/command_values.h"
#include "system_text.h"

#include <climsgdef.h>
#include <ctime>
#include <deque>
#include <rms.h>

namespace shim {
namespace dcl {

namespace {

const char line_of_stars[] = "******************************";

struct Counts {
    uint64_t files = 0, records = 0, characters = 0, matched = 0, printed = 0;
};

class Searcher {
public:
    Searcher(Session &session, const cli::Parsed &command);
    void run();

private:
    Session &session_;
    const cli::Parsed &command_;
    Outcome outcome_;
    Selection selection_;
    Confirmation confirmation_;
    std::shared_ptr<Output> output_; /* 0: /NOOUTPUT */
    std::vector<std::string> strings_;
    std::string match_;
    bool exact_, numbers_, heading_, log_, remaining_, wild_;
    uint64_t before_, after_, limit_, skip_;
    Counts counts_;

    bool matches(const std::string &record) const;
    void file(const std::string &spec, bool heading);
    void print(const std::string &text)
    {
        if (output_)
            output_->line(text);
        ++counts_.printed;
    }
    std::string numbered(uint64_t number, const std::string &record) const;
    void statistics(uint64_t began, clock_t processor) const;
};

uint64_t count_of(const std::string &text, uint64_t otherwise)
{
    int32_t number;
    return cli::number_value(text, &number) && number >= 0 ? static_cast<uint64_t>(number)
                                                           : otherwise;
}

Searcher::Searcher(Session &session, const cli::Parsed &command)
    : session_(session), command_(command), outcome_(session), selection_(command),
      confirmation_(session, command), strings_(texts_of(command, "STRING")),
      match_(has(command, "MATCH") ? text_of(command, "MATCH") : "OR"),
      exact_(has(command, "EXACT")), numbers_(has(command, "NUMBERS")),
      heading_(has(command, "HEADING")), log_(has(command, "LOG")),
      remaining_(has(command, "REMAINING")), wild_(has(command, "WILDCARD_MATCHING")), before_(0),
      after_(0), limit_(~uint64_t(0)), skip_(0)
{
    if (!negated(command, "OUTPUT"))
        output_ = output_of(session, command, "SEARCH.LIS", FACILITY_SEARCH);
    for (const cli::ParsedValue &value : cli::entity_values(command, "MATCH"))
        match_ = value.keyword;
    if (has(command, "LIMIT"))
        limit_ = count_of(text_of(command, "LIMIT"), limit_);
    if (has(command, "SKIP"))
        skip_ = count_of(text_of(command, "SKIP"), 0);
    if (has(command, "WINDOW")) {
        std::vector<std::string> sizes = texts_of(command, "WINDOW");
        if (sizes.size() > 1) {
            before_ = count_of(sizes[0], 0);
            after_ = count_of(sizes[1], 0);
        } else {
            uint64_t lines = sizes.empty() ? 5 : std::max<uint64_t>(count_of(sizes[0], 5), 1);
            before_ = lines / 2;
            after_ = (lines - 1) / 2;
        }
    }
    if (!exact_)
        for (std::string &each : strings_)
            each = upper(each);
}

bool Searcher::matches(const std::string &record) const
{
    std::string text = exact_ ? record : upper(record);
    size_t found = 0;
    for (const std::string &each : strings_)
        found += wild_ ? shim::wild_match(("*" + each + "*").c_str(), text.c_str())
                       : text.find(each) != std::string::npos;
    size_t all = strings_.size();
    return match_ == "AND"    ? found == all
           : match_ == "NAND" ? found != all
           : match_ == "NOR"  ? found == 0
           : match_ == "XOR"  ? found > 0 && (found < all || all == 1)
           : match_ == "EQV"  ? found == 0 || found == all
                              : found > 0;
}

std::string Searcher::numbered(uint64_t number, const std::string &record) const
{
    std::string text = number_text(number);
    return numbers_ ? std::string(text.size() < 8 ? 8 - text.size() : 0, ' ') + text + "  " + record
                    : record;
}

void Searcher::file(const std::string &spec, bool heading)
{
    RecordFile file;
    uint32_t status = file.open_to_read(spec);
    if (!(status & 1))
        return outcome_.fail(
            file_failure(SHARED_OPENIN, spec, status, file.stv(), FACILITY_SEARCH));
    ++counts_.files;
    std::deque<std::string> earlier;
    std::string record;
    uint64_t number = 0, found = 0, following = 0, last_printed = 0;
    while ((status = file.get(&record)) & 1 && (found < limit_ || following)) {
        ++counts_.records;
        counts_.characters += record.size();
        if (++number <= skip_)
            continue;
        bool match = found < limit_ && matches(record);
        if (match && ++found && ++counts_.matched && found == 1 && heading) {
            print("");
            print(line_of_stars);
            print(spec);
            print("");
        }
        if (match && before_ + after_ && last_printed && number > last_printed + earlier.size() + 1)
            print(line_of_stars);
        if (match) {
            for (size_t i = 0; i < earlier.size(); ++i)
                print(numbered(number - earlier.size() + i, earlier[i]));
            earlier.clear();
            following = remaining_ ? ~uint64_t(0) : after_ + 1;
        }
        if (following) {
            print(numbered(last_printed = number, record));
            following -= remaining_ ? 0 : 1;
        } else if (before_) {
            earlier.push_back(record);
            if (earlier.size() > before_)
                earlier.pop_front();
        }
    }
    if (!(status & 1) && status != RMS$_EOF)
        outcome_.fail(file_failure(SHARED_READERR, spec, status, file.stv(), FACILITY_SEARCH));
    if (log_)
        session_.show_line("%SEARCH-S-" + std::string(found ? "MATCHED, " : "NOMATCH, ") + spec +
                           " - " + number_text(number) + " records, " + number_text(found) +
                           " match" + (found == 1 ? "" : "es"));
}

void Searcher::statistics(uint64_t began, clock_t processor) const
{
    const struct {
        const char *left;
        uint64_t value;
        std::string right;
    } rows[] = {
        {"Files searched:", counts_.files, "Buffered I/O count: " + std::string(9, ' ') + "0"},
        {"Records searched:", counts_.records, "Direct I/O count: " + std::string(11, ' ') + "0"},
        {"Characters searched:", counts_.characters, "Page faults: " + std::string(16, ' ') + "0"},
        {"Records matched:", counts_.matched,
         "Elapsed CPU time: " +
             time_text(-std::max<int64_t>(1, static_cast<int64_t>(clock() - processor) * 10))
                 .substr(2)},
        {"Lines printed:", counts_.printed,
         "Elapsed time:     " +
             time_text(-std::max<int64_t>(1, static_cast<int64_t>(now() - began))).substr(2)},
    };
    session_.write("");
    for (const auto &row : rows) {
        std::string value = number_text(row.value), line = row.left;
        line.append(std::max<size_t>(1, 33 - std::min<size_t>(32, line.size() + value.size())),
                    ' ');
        session_.write(line + value + std::string(11, ' ') + row.right);
    }
}

void Searcher::run()
{
    std::vector<std::string> inputs = texts_of(command_, "INPUT");
    FileList files(inputs, "");
    std::string found;
    uint64_t began = now();
    clock_t processor = clock();
    for (FileList::Answer answer;
         !confirmation_.quit() && (answer = files.next(&found)) != FileList::END;) {
        FileHeader header;
        if (answer == FileList::FAILED) {
            outcome_.fail(file_failure(SHARED_OPENIN, files.expanded(), files.status(), files.stv(),
                                       FACILITY_SEARCH));
            continue;
        }
        if (selection_.excluded(found) || !(read_header(found, &header) & 1) || header.directory ||
            !selection_.wants(header) || !confirmation_.asks("SEARCH " + found))
            continue;
        bool several = files.wild() || inputs.size() > 1;
        file(found, heading_ || (several && !negated(command_, "HEADING")));
    }
    if (has(command_, "STATISTICS"))
        statistics(began, processor);
    if (!counts_.matched && outcome_.good()) {
        session_.inform(SEARCH_NOMATCHES, {});
        return session_.set_status(SEARCH_NOMATCHES, true);
    }
    outcome_.finish();
}

void search_verb(Session &session, const cli::Parsed &command)
{
    Searcher(session, command).run();
}

const VerbRow rows[] = {
    {"SEARCH", search_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
