/*
**  directory - DIRECTORY
**
**  Without fields: names in columns, a long name takes as many as it needs.  With fields, or
**  without headings: one file a line; a name that is too long stands on a line of its own.
*/
#include "file_list.h"
#include "text_forms.h"

#include "CLI/command_values.h"
#include "system_text.h"

#include <climsgdef.h>
#include <rms.h>

namespace shim {
namespace dcl {

namespace {

struct Totals {
    uint64_t directories = 0, files = 0, used = 0, allocated = 0;
};

enum SizeKind { SIZE_NONE, SIZE_USED, SIZE_ALLOCATION, SIZE_ALL };

struct Style {
    bool heading, trailing, total, grand, full, owner, protection, file_id;
    SizeKind size;
    std::vector<std::string> dates;
    unsigned columns, versions;
    unsigned name_width, owner_width, size_width, line_width;
    uint64_t smallest, largest;     /* blocks */
    std::set<std::string> left_out; /* fields of the name */
    bool brief() const
    {
        return size == SIZE_NONE && dates.empty() && !owner && !protection && !file_id && !full;
    }
};

unsigned count_of(const std::string &text)
{
    int32_t number = 0;
    cli::number_value(text, &number);
    return number > 0 ? static_cast<unsigned>(number) : 0;
}

void read_widths(const cli::Parsed &command, Style *style)
{
    for (const cli::ParsedValue &value : cli::entity_values(command, "WIDTH")) {
        unsigned n = value.values.empty() ? 0 : count_of(value.values[0].text);
        (value.keyword == "FILENAME" ? style->name_width
         : value.keyword == "OWNER"  ? style->owner_width
         : value.keyword == "SIZE"   ? style->size_width
                                     : style->line_width) = n;
    }
}

void read_selection(const cli::Parsed &command, Style *style)
{
    for (const cli::ParsedValue &value : cli::entity_values(command, "SELECT"))
        for (const cli::ParsedValue &part : value.values) {
            std::string word = upper(part.text);
            if (value.keyword == "FILE" && word.compare(0, 2, "NO") == 0 && word != "NODE")
                style->left_out.insert(word.substr(2, 3));
            if (value.keyword == "SIZE" && !part.values.empty())
                (part.keyword == "MINIMUM" ? style->smallest : style->largest) =
                    count_of(part.values[0].text);
        }
}

SizeKind size_of(const cli::Parsed &command)
{
    if (!has(command, "SIZE"))
        return SIZE_NONE;
    SizeKind kind = SIZE_USED;
    for (const cli::ParsedValue &value : cli::entity_values(command, "SIZE"))
        kind = value.keyword == "ALL"          ? SIZE_ALL
               : value.keyword == "ALLOCATION" ? SIZE_ALLOCATION
                                               : kind;
    return kind;
}

Style style_of(const cli::Parsed &command)
{
    bool security = has(command, "SECURITY");
    Style style = {!negated(command, "HEADING"),
                   !negated(command, "TRAILING"),
                   has(command, "TOTAL"),
                   has(command, "GRAND_TOTAL"),
                   has(command, "FULL"),
                   has(command, "OWNER") || security,
                   has(command, "PROTECTION") || security,
                   has(command, "FILE_ID"),
                   size_of(command),
                   {},
                   4,
                   0,
                   19,
                   20,
                   7,
                   80,
                   0,
                   ~uint64_t(0),
                   {}};
    for (const cli::ParsedValue &value : cli::entity_values(command, "DATE")) {
        if (value.keyword == "ALL")
            style.dates = {"CREATED", "MODIFIED", "EXPIRED", "BACKUP"};
        else
            style.dates.push_back(value.keyword.empty() ? "CREATED" : value.keyword);
    }
    if (has(command, "DATE") && style.dates.empty())
        style.dates.push_back("CREATED");
    if (has(command, "COLUMNS"))
        style.columns = std::max(1u, count_of(text_of(command, "COLUMNS")));
    style.versions = count_of(text_of(command, "VERSIONS"));
    read_widths(command, &style);
    read_selection(command, &style);
    if (style.full)
        style.size = SIZE_ALL;
    return style;
}

std::string padded(std::string text, size_t width)
{
    if (text.size() < width)
        text.append(width - text.size(), ' ');
    return text;
}

std::string right(const std::string &text, size_t width)
{
    return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string short_protection(uint16_t protection)
{
    std::string text = "(";
    for (int i = 0; i < 4; ++i) {
        text += i ? "," : "";
        for (int b = 0; b < 4; ++b)
            if (!(protection >> (4 * i + b) & 1))
                text += "RWED"[b];
    }
    return text + ")";
}

std::string long_protection(uint16_t protection)
{
    static const char *const classes[] = {"System:", "Owner:", "Group:", "World:"};
    std::string text;
    for (int i = 0; i < 4; ++i) {
        text += (i ? ", " : "") + std::string(classes[i]);
        for (int b = 0; b < 4; ++b)
            if (!(protection >> (4 * i + b) & 1))
                text += "RWED"[b];
    }
    return text;
}

std::string date_text(const FileHeader &header, const std::string &kind)
{
    if (kind == "CREATED" || kind == "MODIFIED")
        return time_text(static_cast<int64_t>(kind == "CREATED" ? header.created : header.revised));
    return kind == "BACKUP" ? "<No backup recorded>" : "<None specified>";
}

std::string file_id(const FileHeader &header)
{
    return "(" + number_text(header.id % 16777216) + ",1,0)";
}

std::string blocks_text(const Totals &totals, SizeKind size)
{
    std::string text =
        size == SIZE_ALLOCATION ? number_text(totals.allocated) : number_text(totals.used);
    uint64_t last = size == SIZE_USED ? totals.used : totals.allocated;
    if (size == SIZE_ALL)
        text += "/" + number_text(totals.allocated);
    return ", " + text + (last == 1 ? " block." : " blocks.");
}

class Listing {
public:
    Listing(const Style &style, Output &to) : style_(style), to_(to), same_(0) {}
    void add(const FileHeader &header);
    void end();
    uint64_t files() const { return grand_.files; }
    /* The version that comes now is one more of the same file: more than /VERSIONS allows. */
    bool enough(const std::string &spec);

private:
    const Style &style_;
    Output &to_;
    std::string place_, row_, last_name_;
    Totals here_, grand_;
    unsigned same_;

    void line(const std::string &text) { to_.line(text); }
    void heading(const std::string &place);
    void end_directory();
    void flush_row();
    void brief(const std::string &name);
    void fields(const FileHeader &header, const std::string &name);
    void full(const FileHeader &header, const std::string &name);
    std::string shown_name(const FileHeader &header) const;
};

bool Listing::enough(const std::string &spec)
{
    SpecParts parts = parts_of(spec);
    std::string name = parts.place + parts.name + parts.type;
    same_ = name == last_name_ ? same_ + 1 : 1;
    last_name_ = name;
    return style_.versions && same_ > style_.versions;
}

std::string Listing::shown_name(const FileHeader &header) const
{
    SpecParts parts = parts_of(header.spec);
    const std::set<std::string> &out = style_.left_out;
    std::string text;
    if (!style_.heading) {
        size_t colon = parts.place.find(':') + 1;
        text += out.count("DEV") ? "" : parts.place.substr(0, colon);
        text += out.count("DIR") ? "" : parts.place.substr(colon);
    }
    text += out.count("NAM") ? "" : parts.name;
    text += out.count("TYP") ? "" : parts.type;
    return text + (out.count("VER") ? "" : parts.version);
}

void Listing::heading(const std::string &place)
{
    end_directory();
    place_ = place;
    if (!style_.heading || style_.grand)
        return;
    line("");
    line("Directory " + place);
    if (!style_.total)
        line("");
}

void Listing::flush_row()
{
    while (!row_.empty() && row_.back() == ' ')
        row_.pop_back();
    if (!row_.empty())
        line(row_);
    row_.clear();
}

void Listing::brief(const std::string &name)
{
    unsigned columns = style_.heading ? style_.columns : 1;
    size_t width = style_.line_width / columns;
    size_t needed = (name.size() / width + 1) * width;
    if (columns == 1 || row_.size() + needed > style_.line_width)
        flush_row();
    row_ += padded(name, needed);
    if (columns == 1 || row_.size() >= style_.line_width)
        flush_row();
}

void Listing::fields(const FileHeader &header, const std::string &name)
{
    std::string text = padded(name, style_.name_width);
    if (name.size() > style_.name_width) {
        line(name);
        text = std::string(style_.name_width, ' ');
    }
    if (style_.file_id)
        text += " " + padded(file_id(header), 16);
    std::string used = number_text(header.blocks_used()),
                allocated = number_text(header.blocks_allocated());
    if (style_.size != SIZE_NONE)
        text += " " + right(style_.size == SIZE_ALLOCATION ? allocated : used, style_.size_width);
    if (style_.size == SIZE_ALL)
        text += "/" + padded(allocated, style_.size_width);
    for (const std::string &kind : style_.dates)
        text += "  " + padded(date_text(header, kind), 23);
    if (style_.owner)
        text += "  " + padded(uic_text(header.attributes.uic), style_.owner_width);
    if (style_.protection)
        text += "  " + short_protection(header.attributes.protection);
    row_ = text;
    flush_row();
}

void Listing::full(const FileHeader &header, const std::string &name)
{
    static const char *const formats[] = {"Undefined", "Fixed length", "Variable length", "VFC, ",
                                          "Stream",    "Stream_LF",    "Stream_CR"};
    const rms::Attributes &a = header.attributes;
    std::string longest = "maximum " + number_text(a.mrs) + " bytes";
    std::string format = formats[a.rfm < 7 ? a.rfm : 0];
    if (a.rfm == FAB$C_FIX)
        format += " " + number_text(a.mrs) + " byte records";
    else if (a.rfm == FAB$C_VFC)
        format += number_text(a.fsz) + " byte header, " + longest;
    else if (a.rfm != FAB$C_UDF)
        format += ", " + longest;
    std::string control = a.rat & FAB$M_PRN   ? "Print file carriage control"
                          : a.rat & FAB$M_FTN ? "Fortran carriage control"
                          : a.rat & FAB$M_CR  ? "Carriage return carriage control"
                                              : "None";
    line(padded(name, 29) + " File ID:  " + file_id(header));
    line("Size:" +
         padded(right(number_text(header.blocks_used()), 13) + "/" +
                    number_text(header.blocks_allocated()),
                25) +
         "Owner:    " + uic_text(a.uic));
    line("Created:   " + date_text(header, "CREATED"));
    line("Revised:   " + date_text(header, "MODIFIED") + " (" +
         number_text(a.revision ? a.revision : 1) + ")");
    line("Expires:   <None specified>");
    line("Backup:    <No backup recorded>");
    line("Effective: <None specified>");
    line("Recording: <None specified>");
    line(std::string("File organization:  ") + (a.org == FAB$C_IDX ? "Indexed" : "Sequential"));
    line("Shelved state:      Online");
    line("Caching attribute:  Writethrough");
    line("File attributes:    Allocation: " + number_text(header.blocks_allocated()) +
         ", Extend: 0, Global buffer count: 0");
    line("                    No version limit" +
         std::string(header.directory ? ", Directory file" : ""));
    line("Record format:      " + format);
    line("Record attributes:  " + control);
    line("RMS attributes:     None");
    line("Journaling enabled: None");
    line("File protection:    " + long_protection(a.protection));
    line("Access Cntrl List:  None");
    line("Client attributes:  None");
    line("");
}

void Listing::add(const FileHeader &header)
{
    std::string place = parts_of(header.spec).place;
    if (place != place_)
        heading(place);
    for (Totals *totals : {&here_, &grand_}) {
        ++totals->files;
        totals->used += header.blocks_used();
        totals->allocated += header.blocks_allocated();
    }
    if (style_.total || style_.grand)
        return;
    std::string name = shown_name(header);
    if (style_.full)
        full(header, name);
    else if (style_.brief())
        brief(name);
    else
        fields(header, name);
}

void Listing::end_directory()
{
    flush_row();
    if (here_.files) {
        ++grand_.directories;
        if (style_.trailing && !style_.grand) {
            if (!style_.full)
                line("");
            line("Total of " + number_text(here_.files) + (here_.files == 1 ? " file" : " files") +
                 (style_.size == SIZE_NONE ? "." : blocks_text(here_, style_.size)));
        }
    }
    here_ = Totals();
}

void Listing::end()
{
    end_directory();
    if (!style_.grand && (!style_.trailing || grand_.directories < 2))
        return;
    line("");
    line("Grand total of " + number_text(grand_.directories) +
         (grand_.directories == 1 ? " directory, " : " directories, ") + number_text(grand_.files) +
         (grand_.files == 1 ? " file" : " files") +
         (style_.size == SIZE_NONE ? "." : blocks_text(grand_, style_.size)));
}

void directory_verb(Session &session, const cli::Parsed &command)
{
    Style style = style_of(command);
    Selection selection(command);
    std::shared_ptr<Output> output = output_of(session, command, "DIRECTORY.LIS", FACILITY_DIRECT);
    Listing listing(style, *output);
    Outcome outcome(session);
    FileList files(texts_of(command, "INPUT"), "*.*;*");
    std::string found;
    uint32_t missing = RMS$_FNF;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        if (answer == FileList::FAILED) {
            if (files.status() != RMS$_FNF)
                outcome.fail(file_failure(SHARED_OPENIN, files.expanded(), files.status(),
                                          files.stv(), FACILITY_DIRECT));
            continue;
        }
        FileHeader header;
        if (selection.excluded(found) || !(read_header(found, &header) & 1) ||
            !selection.wants(header) || header.blocks_used() < style.smallest ||
            header.blocks_used() > style.largest || listing.enough(found))
            continue;
        header.spec = found;
        listing.add(header);
    }
    listing.end();
    if (!listing.files() && outcome.good()) {
        Failure failure(shared_code(FACILITY_DIRECT, SHARED_NOFILES, 0));
        failure.status = missing & ~7u; /* what $STATUS says on VMS */
        outcome.fail(failure);
    }
    outcome.finish();
}

const VerbRow rows[] = {
    {"DIRECTORY", directory_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
