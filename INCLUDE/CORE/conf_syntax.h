/*
**  conf_syntax - the grammar of TCPIP$SMTP.CONF
**
**  HP 18.6 (17.6.1), spec 4.1:  "Field: value" from column 1, the name in any case; "!" in column 1
**  makes a comment; a list is "a, b, c", goes on in lines that begin with a TAB, or its field is
**  repeated.  A line that is wrong is left out and told with its number; the others count.  What a
**  field means is params' business.  A pure function.
*/
#ifndef CORE_CONF_SYNTAX_H
#define CORE_CONF_SYNTAX_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum {
    CONF_VALUE_MAX = 500,    /* characters of a value on one line (spec 4.1) */
    CONF_FIELD_MAX = 65536,  /* of a whole list */
    CONF_PROBLEMS_MAX = 100  /* the rest is not told */
};

/* A piece of a list and the line it stands on. */
struct ConfItem {
    std::string text;    /* trimmed, not empty */
    size_t line;         /* counted from 1 */
    ConfItem() : line(0) {}
};

struct ConfField {
    std::string name;    /* as written first */
    bool is_list;
    std::string value;   /* trimmed; a list: its items with commas between */
    size_t line;         /* where the value stands; a list: where its field stood first */
    std::vector<ConfItem> items; /* of a list */
    ConfField() : is_list(false), line(0) {}
};

struct ConfProblem {
    size_t line;
    std::string text;    /* "no colon": begins lower case, no period */
    ConfProblem() : line(0) {}
};

/*
**  is_list: does the field hold a list?  Fields come in the order of the file, each once; of a
**  field that is no list the last line counts and the one before it is a problem.
*/
void conf_parse(const std::string &text, bool (*is_list)(const std::string &field),
                std::vector<ConfField> *fields, std::vector<ConfProblem> *problems);

} // namespace mail
#endif
