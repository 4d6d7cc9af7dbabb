/*
**  file_list - the files that a verb is to work on
*/
#include "file_list.h"

#include "system_page.h"
#include "text_forms.h"

#include "CLI/command_values.h"

#include <climsgdef.h>
#include <rms.h>
#include <starlet.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

/* ---- FileList ---- */

FileList::FileList(const std::vector<std::string> &specs, const std::string &defaults)
    : specs_(specs), defaults_(defaults), element_(0), status_(RMS$_NORMAL), any_(false)
{
    if (specs_.empty())
        specs_.push_back("");
}

FileList::Answer FileList::next(std::string *found)
{
    for (;;) {
        if (!finder_ || !(status_ & 1)) {
            if (element_ == specs_.size())
                return END;
            if (finder_)
                previous_ = finder_->expanded();
            /* "[.X]" counts from the default directory, whatever stood before */
            if (specs_[element_].find_first_of("[<") != std::string::npos)
                previous_ = parts_of(previous_).name + parts_of(previous_).type;
            finder_.reset(new FileFinder);
            any_ = false;
            status_ = finder_->begin(specs_[element_++], defaults_, previous_);
        } else if (any_ && !finder_->wild()) {
            status_ = RMS$_NMF;
            continue;
        }
        if (status_ & 1)
            status_ = finder_->next(found);
        if (status_ & 1) {
            any_ = true;
            return FOUND;
        }
        if (status_ != RMS$_NMF)
            return FAILED;
    }
}

/* ---- Outcome ---- */

void Outcome::note(uint32_t status)
{
    static const unsigned rank[8] = {1, 0, 2, 0, 3, 3, 3, 3};
    if (rank[status & STS$M_SEVERITY] > rank[status_ & STS$M_SEVERITY])
        status_ = status;
}

void Outcome::fail(const Failure &failure)
{
    session_.show(failure);
    note(failure.status);
}

/* ---- Selection ---- */

namespace {

uint64_t date_of(const cli::Parsed &command, const char *label)
{
    uint64_t time = 0;
    std::string text = trimmed(text_of(command, label));
    size_t blank = text.find(' ');
    if (blank != std::string::npos) /* as the parser has completed it */
        text[blank] = ':';
    if (!cli::absolute_time(text, now(), &time))
        throw Failure(CLI$_IVATIME, text_of(command, label));
    return time;
}

bool field_matches(const std::string &pattern, const std::string &text)
{
    return wild_match(pattern.c_str(), text.c_str());
}

} // namespace

Selection::Selection(const cli::Parsed &command)
    : modified_(has(command, "MODIFIED")),
      never_(has(command, "EXPIRED") || has(command, "BACKUP")),
      by_date_(has(command, "SINCE") || has(command, "BEFORE")),
      by_owner_(has(command, "BY_OWNER")), since_(0), before_(~uint64_t(0)), owner_(self().uic)
{
    if (has(command, "SINCE"))
        since_ = date_of(command, "SINCE");
    if (has(command, "BEFORE"))
        before_ = date_of(command, "BEFORE");
    std::string owner = text_of(command, "BY_OWNER");
    if (!owner.empty() && !read_uic(owner, &owner_))
        throw Failure(CLI$_IVVALU, owner);
    for (const std::string &text : texts_of(command, "EXCLUDE")) {
        FileFinder finder;
        if (!(finder.begin(text, "", "", NAM$M_SYNCHK) & 1))
            throw Failure(CLI$_IVVALU, text);
        bool place = text.find_first_of("]>:") != std::string::npos;
        Pattern pattern = {place ? finder.field(FileFinder::DIRECTORY) : "",
                           finder.field(FileFinder::NAME), finder.field(FileFinder::TYPE),
                           finder.field(FileFinder::VERSION)};
        if (pattern.name.empty())
            pattern.name = "*";
        if (pattern.type == ".")
            pattern.type = ".*";
        if (pattern.version.size() < 2)
            pattern.version = ";*";
        excludes_.push_back(pattern);
    }
}

bool Selection::excluded(const std::string &spec) const
{
    if (excludes_.empty())
        return false;
    SpecParts parts = parts_of(spec);
    std::string directory = parts.place.substr(parts.place.find(':') + 1);
    for (const Pattern &row : excludes_)
        if (field_matches(row.name, parts.name) && field_matches(row.type, parts.type) &&
            field_matches(row.version, parts.version) &&
            (row.directory.empty() || row.directory == directory))
            return true;
    return false;
}

/* No file here has an expiration or backup date: it is before every date, and since none. */
bool Selection::wants(const FileHeader &header) const
{
    if (by_owner_ && header.attributes.uic != owner_)
        return false;
    if (!by_date_)
        return true;
    uint64_t date = never_ ? 0 : modified_ ? header.revised : header.created;
    return date >= since_ && date < before_;
}

/* ---- Confirmation ---- */

bool Confirmation::asks(const std::string &question)
{
    if (!asks_)
        return true;
    for (;;) {
        std::string answer;
        if (!session_.read_command_input(question + " ? [N]: ", &answer)) {
            quit_ = true;
            return false;
        }
        answer = upper(trimmed(answer));
        static const struct {
            const char *word;
            char what;
        } answers[] = {{"YES", 'Y'},   {"TRUE", 'Y'}, {"1", 'Y'},   {"NO", 'N'},
                       {"FALSE", 'N'}, {"0", 'N'},    {"ALL", 'A'}, {"QUIT", 'Q'}};
        char what = answer.empty() ? 'N' : '?';
        for (const auto &row : answers)
            if (!answer.empty() && std::string(row.word).compare(0, answer.size(), answer) == 0)
                what = row.what;
        if (what == '?')
            continue;
        asks_ = what != 'A';
        quit_ = what == 'Q';
        return what == 'Y' || what == 'A';
    }
}

/* ---- names ---- */

SpecParts parts_of(const std::string &spec)
{
    SpecParts parts;
    size_t at = spec.find_last_of("]>");
    at = at == std::string::npos ? spec.rfind(':') : at;
    at = at == std::string::npos ? 0 : at + 1;
    parts.place = spec.substr(0, at);
    size_t semicolon = std::min(spec.find(';', at), spec.size());
    size_t dot = std::min(spec.find('.', at), semicolon);
    parts.name = spec.substr(at, dot - at);
    parts.type = spec.substr(dot, semicolon - dot);
    parts.version = spec.substr(semicolon);
    return parts;
}

uint32_t output_name(const std::string &output, const std::string &input, SpecParts *result)
{
    FileFinder finder;
    uint32_t status = finder.begin(output, "*.*", "", NAM$M_SYNCHK);
    if (!(status & 1))
        return status;
    SpecParts in = parts_of(input), out = parts_of(finder.expanded());
    if (out.place.find_first_of("*%") != std::string::npos ||
        out.place.find("...") != std::string::npos)
        out.place = in.place;
    if (out.name == "*")
        out.name = in.name;
    if (out.type == ".*")
        out.type = in.type;
    if (out.version == ";*")
        out.version = in.version;
    else if (out.version.size() < 2 || out.version == ";0")
        out.version.clear();
    if ((out.name + out.type).find_first_of("*%") != std::string::npos)
        return RMS$_WLD;
    *result = out;
    return RMS$_NORMAL;
}

namespace {

const cli::ParsedQualifier *find_anywhere(const cli::Parsed &command, const char *label)
{
    const cli::ParsedQualifier *found = nullptr;
    for (const cli::ParsedQualifier &each : command.qualifiers_given)
        if (each.qualifier >= 0 &&
            command.qualifiers[static_cast<size_t>(each.qualifier)].label == label)
            found = &each;
    return found;
}

} // namespace

bool has_anywhere(const cli::Parsed &command, const char *label)
{
    const cli::ParsedQualifier *given = find_anywhere(command, label);
    return given ? !given->negated : has(command, label);
}

std::vector<cli::ParsedValue> values_anywhere(const cli::Parsed &command, const char *label)
{
    const cli::ParsedQualifier *given = find_anywhere(command, label);
    return given ? given->values : cli::entity_values(command, label);
}

uint16_t protection_of(const std::vector<cli::ParsedValue> &classes, uint16_t from)
{
    static const char *const names[] = {"SYSTEM", "OWNER", "GROUP", "WORLD"};
    for (const cli::ParsedValue &each : classes)
        for (unsigned i = 0; i < 4; ++i) {
            if (each.keyword != names[i])
                continue;
            std::string access = each.values.empty() ? "" : upper(each.values[0].text);
            unsigned denied = 15;
            for (char c : access) {
                size_t bit = std::string("RWED").find(c);
                if (bit == std::string::npos)
                    throw Failure(CLI$_IVPROT, access);
                denied &= ~(1u << bit);
            }
            from = static_cast<uint16_t>((from & ~(15u << 4 * i)) | denied << 4 * i);
        }
    return from;
}

uint16_t protection_of(const cli::Parsed &command, const char *label, uint16_t from)
{
    return protection_of(cli::entity_values(command, label), from);
}

std::shared_ptr<Output> output_of(Session &session, const cli::Parsed &command,
                                  const std::string &defaults, Facility facility)
{
    std::string name = text_of(command, "OUTPUT");
    if (!has(command, "OUTPUT") || upper(name) == "SYS$OUTPUT" || upper(name) == "SYS$OUTPUT:")
        return session.output;
    uint32_t status, stv;
    std::string spec;
    std::shared_ptr<Output> output = create_output(name, defaults, &status, &stv, &spec);
    if (!output)
        throw file_failure(SHARED_OPENOUT, spec, status, stv, facility);
    return output;
}

} // namespace dcl
} // namespace shim
