/*
**  cld_scanner - the words of a .CLD file
**
**  Blanks, ends of lines, form feeds and comments (! to the end of the line) separate; so does a
**  hyphen at the end of a line.  Words become upper case; strings are in quotes, a quote inside is
**  doubled.
*/
#ifndef SHIM_CLI_CLD_SCANNER_H
#define SHIM_CLI_CLD_SCANNER_H

#include <string>

namespace shim {
namespace cli {

struct CldToken {
    enum Kind { END, WORD, STRING, MARK, BAD } kind = END;
    std::string text; /* of a MARK: the character; of BAD: what is wrong */
    int line = 0;
    bool is(char mark) const { return kind == MARK && text[0] == mark; }
    bool is(const char *word) const { return kind == WORD && text == word; }
};

class CldScanner {
public:
    explicit CldScanner(const std::string &text) : text_(text), at_(0), line_(1) { advance(); }
    const CldToken &peek() const { return token_; }
    CldToken next();
    /* The current token, read again as a file specification or a version: to a blank or comma. */
    CldToken next_specification();

private:
    std::string text_;
    size_t at_;
    int line_;
    CldToken token_;
    size_t token_at_; /* where token_ begins */

    void advance();
    void skip();
    void scan_string();
};

} // namespace cli
} // namespace shim

#endif
