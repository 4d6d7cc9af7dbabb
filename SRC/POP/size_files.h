/*
**  size_files - sizes of large mailboxes, kept in files over the end of the server
**
**  Without them the first session after a start reads every text, which takes minutes with callable
**  MAIL and a mailbox of ten thousands.  One file per user, at the place that POP_SIZE_FILES tells:
**  dates and sizes, nothing of the mail.  A file that is damaged, of another mail directory or made
**  by another version is as good as none; whoever deletes it loses time only.
*/
#ifndef MAIL_POP_SIZE_FILES_H
#define MAIL_POP_SIZE_FILES_H

#include "size_cache.h"

namespace mail {

enum {
    POP_SIZE_FILE_LEAST = 100 /* messages; fewer are read, and learning fewer writes no file */
};

/* One mailbox.  print: what the sizes of whole messages depend on (pop_size_print). */
struct SizeFile {
    std::string place;     /* value of POP_SIZE_FILES */
    std::string user, directory, print;
};

/* *sizes in order of date; unchanged when there is no good file.  expected: messages, about. */
bool size_file_read(const SizeFile &file, KnownSizes *sizes, size_t expected = 0);
/* A new file instead of the old one. */
Status size_file_write(const SizeFile &file, const KnownSizes &sizes);

/* Changes with every setting and name that headers are made of. */
std::string pop_size_print(const Settings &settings, const Identity &identity);

} // namespace mail

#endif
