/*
**  list_syntax - distribution lists: .DIS files and the names of list files in addresses
**
**  Spec 6.4 (HELP Multiple_Recipients, Majordomo kit): one SMTP address per line, "!" in column 1
**  makes a comment, lists do not nest.  An address "LOGICAL:FILE."@host names a file of the same
**  form.  Pure functions.
*/
#ifndef CORE_LIST_SYNTAX_H
#define CORE_LIST_SYNTAX_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum {
    LIST_MEMBERS_MAX = 32000, /* of one list: they must fit one control file */
    LIST_PROBLEMS_MAX = 100,
    LIST_NAME_MAX = 39        /* characters of a file name or type */
};

struct ListProblem {
    size_t line; /* from 1 */
    std::string text;
    ListProblem() : line(0) {}
};

/* Appends the members as mailboxes, in order, each once; lines that are none are told. */
void list_parse(const std::string &text, std::vector<std::string> *members,
                std::vector<ListProblem> *problems);

/* Can the local part be the name of a .DIS file?  *name: upper case. */
bool list_name_parse(const std::string &local_part, std::string *name);

/*
**  Is the local part a file behind a logical name, "LOGICAL:FILE." or "LOGICAL:FILE.TYP"?  No
**  directory, node or version: the logical name alone says where.  Upper case.
*/
bool list_file_parse(const std::string &local_part, std::string *logical, std::string *file);

} // namespace mail
#endif
