/*
**  procedure - the text of a command procedure, and what can be said of a line without running it
**
**  A procedure is read when it is opened; a new version that appears meanwhile changes nothing, as
**  on VMS.  A logical line is a record that begins with "$" with its continuations (a hyphen at the
**  end, before any comment).  Comments are gone from `text`; `tails` keeps them for SET VERIFY.
*/
#ifndef SHIM_DCL_PROCEDURE_H
#define SHIM_DCL_PROCEDURE_H

#include <map>
#include <string>
#include <vector>

namespace shim {
namespace dcl {

struct LogicalLine {
    size_t first, next;             /* records */
    bool is_command;                /* begins with "$" */
    std::string text;               /* after the "$" */
    std::vector<size_t> joins;      /* offsets in text where a continuation begins */
    std::vector<std::string> tails; /* of each record: hyphen, comment */
    std::string label;              /* upper case; empty: none */
    size_t command;                 /* offset in text behind the label */
    std::string verb;               /* at most four letters, upper case */
};

/* Appends a record; true when it is to be continued. */
bool add_record(const std::string &record, LogicalLine *line);
/* Finds label, command and verb. */
void skim(LogicalLine *line);
/* The verb of a command, at most four letters, upper case. */
std::string verb_of(const std::string &text, size_t at);
/* "name:" at the head of text, not "name:=" nor "name::"; *after is behind the colon. */
bool label_of(const std::string &text, std::string *label, size_t *after);
/* A command that begins with IF: it opens a block, for nothing follows THEN. */
bool opens_block(const std::string &text, size_t at);
/* What ends the deck of a DECK command: the value of /DOLLARS, else "$EOD". */
std::string deck_end(const std::string &text, size_t at);
/* The record is that end. */
bool ends_deck(const std::string &record, const std::string &end);
/* Behind the parenthesis that closes the one at `at`, or the size. */
size_t behind_parenthesis(const std::string &text, size_t at);
/* Goes through a text and knows whether it is inside a quoted string; a lexical function that is to
   be substituted there, ''F$NAME(...)', is passed over whole. */
class QuoteScan {
public:
    explicit QuoteScan(const std::string &text, size_t at = 0)
        : text_(&text), at_(at), quoted_(false)
    {
    }
    size_t at() const { return at_; }
    bool quoted() const { return quoted_; }
    void step();

private:
    const std::string *text_;
    size_t at_;
    bool quoted_;
    void skip_lexical();
};
/* Offset of an exclamation mark outside quotes, or the size. */
size_t comment_at(const std::string &text);

class Procedure {
public:
    Procedure(const std::string &spec, std::vector<std::string> records);
    const std::string &spec() const { return spec_; }
    size_t size() const { return records_.size(); }
    const std::string &record(size_t index) const { return records_[index]; }
    const LogicalLine &line(size_t index);
    /* The record behind a line, and behind the deck when it is a DECK command. */
    size_t behind(const LogicalLine &line) const;
    /* Record behind "label: SUBROUTINE" that may be called from record `from`; npos: none. */
    size_t subroutine(const std::string &label, size_t from);
    /* Record behind the ENDSUBROUTINE that belongs to the SUBROUTINE at record `at`. */
    size_t subroutine_end(size_t at);

private:
    struct Subroutine {
        std::string label;
        size_t begin, end;  /* records: the SUBROUTINE command, behind ENDSUBROUTINE */
        int parent;
    };
    std::string spec_;
    std::vector<std::string> records_;
    std::vector<LogicalLine> lines_; /* by first record; next 0: not made yet */
    std::vector<Subroutine> subroutines_;
    bool surveyed_;
    void survey();
    int enclosing(size_t record) const;
};

} // namespace dcl
} // namespace shim

#endif
