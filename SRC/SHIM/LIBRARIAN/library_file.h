/*
**  library_file - help and text libraries: modules of lines, by name
**
**  A library is a sequential file of our own: a record that says what it is, then for each module
**  a record with its name, time and number of lines, and the lines.  It is read as a whole and
**  replaced as a whole.  Module names match without regard to case and stand in alphabetical order.
**  Librarian utility manual.
*/
#ifndef SHIM_LIBRARIAN_LIBRARY_FILE_H
#define SHIM_LIBRARIAN_LIBRARY_FILE_H

#include "text_records.h"

namespace shim {

enum LibraryKind { LIBRARY_OBJECT, LIBRARY_MACRO, LIBRARY_HELP, LIBRARY_TEXT };
struct KindRow {
    LibraryKind kind;
    const char *name;         /* "HELP" */
    const char *library_type; /* ".HLB" */
    const char *input_type;   /* ".HLP" */
    size_t key_size;          /* longest module name, unless /CREATE=KEYSIZE says otherwise */
};
const KindRow &kind_row(LibraryKind kind);

struct Module {
    std::string name;
    uint64_t inserted = 0;
    std::vector<std::string> lines;
};

struct Library {
    LibraryKind kind = LIBRARY_TEXT;
    size_t key_size = 0;
    uint64_t created = 0, revised = 0;
    std::string file; /* where it was read from, or will be written to */
    std::vector<Module> modules;

    int find(const std::string &name) const; /* -1 */
    /* True when one of that name was there. */
    bool put(const Module &module);
    bool remove(const std::string &name);
};

/* status.sts is 0 when the file is read, but is no library. */
FileStatus read_library(const std::string &spec, const std::string &defaults, Library *library);
FileStatus create_library(const std::string &spec, const std::string &defaults, Library *library);
FileStatus update_library(Library *library);
/* The records of the library's file. */
std::vector<std::string> library_records(const Library &library);

/* * and % as in file names; without regard to case. */
bool name_matches(const std::string &pattern, const std::string &name);

} // namespace shim

#endif
