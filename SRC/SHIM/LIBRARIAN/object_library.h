/*
**  object_library - LIBRARY/OBJECT over archives of the host's ar
**
**  A module's name is the object file's.  The member of the archive is NAME.OBJ.
*/
#ifndef SHIM_LIBRARIAN_OBJECT_LIBRARY_H
#define SHIM_LIBRARIAN_OBJECT_LIBRARY_H

#include "text_records.h"

namespace shim {

/* Paths are the host's.  False when ar failed. */
bool create_archive(const std::string &archive);
bool archive_modules(const std::string &archive, std::vector<std::string> *modules);
bool put_object(const std::string &archive, const std::string &module, const std::string &object);
bool remove_object(const std::string &archive, const std::string &module);
bool extract_object(const std::string &archive, const std::string &module,
                    const std::string &object);

} // namespace shim

#endif
