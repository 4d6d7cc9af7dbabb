/*
**  differences - DIFFERENCES
**
**  Where records differ, the nearest place from which /MATCH records in a row are equal ends the
**  section.  $STATUS tells: DIFF-S identical (%X006C8009) or DIFF-I different (%X006C8013).
*/
#include "file_list.h"
#include "record_file.h"

#include "CLI/command_values.h"

#include <rms.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

struct Line {
    std::string text, compared;
    size_t number;
};

struct Input {
    std::string spec;
    std::vector<Line> lines;
};

struct Ignored {
    bool blank_lines = false, letter_case = false, comments = false, form_feeds = false,
         spacing = false, trailing = false, white_space = false;
    size_t header = 0;
    std::string delimiters;
};

size_t count_of(const std::string &text, size_t otherwise)
{
    int32_t number;
    return cli::number_value(text, &number) && number >= 0 ? static_cast<size_t>(number)
                                                           : otherwise;
}

Ignored ignored_of(const cli::Parsed &command)
{
    Ignored ignored;
    for (const cli::ParsedValue &value : cli::entity_values(command, "IGNORE")) {
        const std::string &word = value.keyword;
        ignored.blank_lines = ignored.blank_lines || word == "BLANK_LINES";
        ignored.letter_case = ignored.letter_case || word == "CASE";
        ignored.comments = ignored.comments || word == "COMMENTS";
        ignored.form_feeds = ignored.form_feeds || word == "FORM_FEEDS";
        ignored.spacing = ignored.spacing || word == "SPACING";
        ignored.trailing = ignored.trailing || word == "TRAILING_SPACES";
        ignored.white_space = ignored.white_space || word == "WHITE_SPACE";
        if (word == "HEADER")
            ignored.header = value.values.empty() ? 2 : count_of(value.values[0].text, 2);
    }
    for (const std::string &text : texts_of(command, "COMMENT_DELIMITER")) {
        ignored.comments = true;
        ignored.delimiters += text == "EXCLAMATION" ? "!"
                              : text == "SEMICOLON" ? ";"
                                                    : text.substr(0, 1);
    }
    if (ignored.comments && ignored.delimiters.empty())
        ignored.delimiters = "!";
    return ignored;
}

std::string compared_form(std::string text, const Ignored &ignored)
{
    if (ignored.comments)
        text = text.substr(0, text.find_first_of(ignored.delimiters));
    std::string out;
    for (char c : text) {
        bool blank = c == ' ' || c == '\t';
        if ((ignored.form_feeds && c == '\f') || (ignored.white_space && blank) ||
            (ignored.spacing && blank && !out.empty() && out.back() == ' '))
            continue;
        out += ignored.spacing && blank ? ' ' : c;
    }
    if (ignored.trailing || ignored.comments)
        while (!out.empty() && (out.back() == ' ' || out.back() == '\t'))
            out.pop_back();
    return ignored.letter_case ? upper(out) : out;
}

Failure diff_failure(const std::string &spec, uint32_t sts, uint32_t stv)
{
    return file_failure(SHARED_OPENIN, spec, sts, stv, FACILITY_DIFF);
}

Input read_input(const std::string &spec, const Ignored &ignored)
{
    Input input;
    RecordFile file;
    uint32_t status = file.open_to_read(spec);
    if (!(status & 1))
        throw diff_failure(file.spec(), status, file.stv());
    input.spec = file.spec();
    std::string record;
    size_t number = 0;
    while (file.get(&record) & 1) {
        Line line = {record, compared_form(record, ignored), ++number};
        if (number > ignored.header && !(ignored.blank_lines && line.compared.empty()))
            input.lines.push_back(line);
    }
    return input;
}

/* Next lower version of the first file, or its name where the second says no other. */
std::string second_file(const cli::Parsed &command, const std::string &first)
{
    std::string given = text_of(command, "INPUT2");
    if (given.empty())
        return first.substr(0, first.rfind(';')) + ";-1";
    FileFinder finder;
    uint32_t status = finder.begin(given, "", first);
    if (!(status & 1))
        throw diff_failure(given, status, finder.stv());
    std::string expanded = finder.expanded();
    return parts_of(given).version.empty() ? expanded.substr(0, expanded.rfind(';')) : expanded;
}

class Comparison {
public:
    Comparison(const Input &a, const Input &b, const cli::Parsed &command, Output &to)
        : a_(a), b_(b), to_(to), match_(count_of(text_of(command, "MATCH"), 3)),
          most_(has(command, "MAXIMUM_DIFFERENCES")
                    ? count_of(text_of(command, "MAXIMUM_DIFFERENCES"), 0)
                    : ~size_t(0)),
          merged_(has(command, "MERGED") ? count_of(text_of(command, "MERGED"), 1) : 1),
          numbers_(!negated(command, "NUMBER")), sections_(0), records_(0)
    {
        match_ = std::max<size_t>(match_, 1);
    }
    void run();
    size_t sections() const { return sections_; }
    void summary(const cli::Parsed &command);

private:
    const Input &a_, &b_;
    Output &to_;
    size_t match_, most_, merged_;
    bool numbers_;
    size_t sections_, records_;

    bool equal(size_t i, size_t j) const { return a_.lines[i].compared == b_.lines[j].compared; }
    bool joined(size_t i, size_t j) const;
    void find_end(size_t i, size_t j, size_t *end_a, size_t *end_b) const;
    void side(const Input &input, size_t from, size_t to);
};

/* From here match_ records are equal, or all there are in both. */
bool Comparison::joined(size_t i, size_t j) const
{
    size_t left_a = a_.lines.size() - i, left_b = b_.lines.size() - j;
    size_t wanted = std::min(match_, std::min(left_a, left_b));
    if (wanted < match_ && left_a != left_b)
        return false;
    for (size_t k = 0; k < wanted; ++k)
        if (!equal(i + k, j + k))
            return false;
    return true;
}

void Comparison::find_end(size_t i, size_t j, size_t *end_a, size_t *end_b) const
{
    size_t rest_a = a_.lines.size() - i, rest_b = b_.lines.size() - j;
    for (size_t sum = 1; sum <= rest_a + rest_b; ++sum)
        for (size_t da = sum > rest_b ? sum - rest_b : 0; da <= std::min(sum, rest_a); ++da)
            if (joined(i + da, j + sum - da)) {
                *end_a = i + da;
                *end_b = j + sum - da;
                return;
            }
    *end_a = a_.lines.size();
    *end_b = b_.lines.size();
}

void Comparison::side(const Input &input, size_t from, size_t to)
{
    to_.line("File " + input.spec);
    for (size_t i = from; i < std::min(to + merged_, input.lines.size()); ++i) {
        std::string number = number_text(input.lines[i].number);
        if (numbers_)
            to_.line(std::string(number.size() < 5 ? 5 - number.size() : 0, ' ') + number + "   " +
                     input.lines[i].text);
        else
            to_.line(input.lines[i].text);
    }
}

void Comparison::run()
{
    size_t i = 0, j = 0;
    while (i < a_.lines.size() || j < b_.lines.size()) {
        if (i < a_.lines.size() && j < b_.lines.size() && equal(i, j)) {
            ++i, ++j;
            continue;
        }
        size_t end_a, end_b;
        find_end(i, j, &end_a, &end_b);
        ++sections_;
        records_ += std::max(end_a - i, end_b - j);
        if (records_ <= most_) {
            to_.line("************");
            side(a_, i, end_a);
            to_.line("******");
            side(b_, j, end_b);
        }
        i = end_a;
        j = end_b;
    }
    if (sections_)
        to_.line("************");
}

void Comparison::summary(const cli::Parsed &command)
{
    std::string ignored;
    for (const cli::ParsedValue &value : cli::entity_values(command, "IGNORE"))
        ignored += (ignored.empty() ? "" : ",") + value.keyword;
    if (sections_)
        to_.line("");
    to_.line("Number of difference sections found: " + number_text(sections_));
    to_.line("Number of difference records found: " + number_text(records_));
    to_.line("");
    to_.line("DIFFERENCES /IGNORE=(" + ignored + ")/MERGED=" + number_text(merged_) + "-");
    to_.line("    " + a_.spec + "-");
    to_.line("    " + b_.spec);
}

void differences_verb(Session &session, const cli::Parsed &command)
{
    Ignored ignored = ignored_of(command);
    std::shared_ptr<Output> output = output_of(session, command, "DIFFERENCES.DIF", FACILITY_DIFF);
    Input a = read_input(text_of(command, "INPUT1"), ignored);
    Input b = read_input(second_file(command, a.spec), ignored);
    Comparison comparison(a, b, command, *output);
    comparison.run();
    comparison.summary(command);
    session.set_status(comparison.sections() ? DIFF_FILAREDIF : DIFF_FILAREIDE, true);
}

const VerbRow rows[] = {
    {"DIFFERENCES", differences_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
