/*
**  file_list - the files that a verb is to work on: its list of specifications, one found file
**  after the other, and the qualifiers by which files are chosen
**
**  A specification of a list takes what it leaves out from the one before it.  Utilities go on
**  after an error and end with the first of their worst conditions.
*/
#ifndef SHIM_DCL_FILE_LIST_H
#define SHIM_DCL_FILE_LIST_H

#include "dispatch.h"
#include "file_finder.h"

#include "file_header.h"

#include <memory>
#include <set>

namespace shim {
namespace dcl {

class FileList {
public:
    enum Answer { FOUND, FAILED, END };
    FileList(const std::vector<std::string> &specs, const std::string &defaults);
    /* FAILED: status() and stv() tell why, expanded() what was looked for; the next call goes on
       with the next specification. */
    Answer next(std::string *found);
    uint32_t status() const { return status_; }
    uint32_t stv() const { return finder_ ? finder_->stv() : 0; }
    /* Of the current specification. */
    std::string expanded() const { return finder_ ? finder_->expanded() : asked(); }
    const std::string &asked() const { return specs_[element_ - 1]; }
    size_t element() const { return element_ - 1; } /* its place in the list */
    const FileFinder &finder() const { return *finder_; }
    bool wild() const { return finder_ && finder_->wild(); }

private:
    std::vector<std::string> specs_;
    std::string defaults_, previous_;
    std::unique_ptr<FileFinder> finder_;
    size_t element_;
    uint32_t status_;
    bool any_;
};

/* What a utility ends with. */
class Outcome {
public:
    explicit Outcome(Session &session) : session_(session), status_(1) {}
    /* Shows it and goes on. */
    void fail(const Failure &failure);
    /* A condition without a message. */
    void note(uint32_t status);
    bool good() const { return status_ & 1; }
    void finish() const { session_.set_status(status_ | 0x10000000 * !(status_ & 1), true); }

private:
    Session &session_;
    uint32_t status_;
};

/* /SINCE, /BEFORE with /CREATED, /MODIFIED ..., /BY_OWNER, /EXCLUDE, as far as the verb has them.
   */
class Selection {
public:
    /* Throws %CLI-W-... of a date or UIC. */
    explicit Selection(const cli::Parsed &command);
    bool wants(const FileHeader &header) const;
    /* The name alone, before anything is read. */
    bool excluded(const std::string &spec) const;
    bool by_header() const { return by_date_ || by_owner_; }

private:
    bool modified_, never_, by_date_, by_owner_;
    uint64_t since_, before_;
    uint32_t owner_;
    struct Pattern {
        std::string directory, name, type, version;
    };
    std::vector<Pattern> excludes_;
};

/* /CONFIRM: "DELETE DEV:[DIR]X.Y;1 ? [N]:" on SYS$COMMAND. */
class Confirmation {
public:
    Confirmation(Session &session, const cli::Parsed &command)
        : session_(session), asks_(has(command, "CONFIRM")), quit_(false)
    {
    }
    bool asks(const std::string &question);
    bool quit() const { return quit_; } /* QUIT or Ctrl/Z: nothing more */

private:
    Session &session_;
    bool asks_, quit_;
};

/* The parts of a specification as text: device and directory together. */
struct SpecParts {
    std::string place, name, type, version; /* type with period, version with semicolon */
};
SpecParts parts_of(const std::string &spec);
/*
**  Where a utility's output goes: `output` with what it leaves out, and its asterisks, taken from
**  the input file.  The version is empty when neither gives one (";*": the input's).
*/
uint32_t output_name(const std::string &output, const std::string &input, SpecParts *result);
/* A positional qualifier, wherever it stands. */
bool has_anywhere(const cli::Parsed &command, const char *label);
std::vector<cli::ParsedValue> values_anywhere(const cli::Parsed &command, const char *label);
/* The protection that a /PROTECTION qualifier gives, on top of another one. */
uint16_t protection_of(const cli::Parsed &command, const char *label, uint16_t from);
uint16_t protection_of(const std::vector<cli::ParsedValue> &classes, uint16_t from);
/* /OUTPUT=file, else SYS$OUTPUT. */
std::shared_ptr<Output> output_of(Session &session, const cli::Parsed &command,
                                  const std::string &defaults, Facility facility);
inline std::string number_text(uint64_t number)
{
    return std::to_string(number);
}

} // namespace dcl
} // namespace shim

#endif
