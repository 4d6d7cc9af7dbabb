/*
**  analyze_files - the control files that there are, and what is wrong with one
*/
#ifndef MANAGE_ANALYZE_FILES_H
#define MANAGE_ANALYZE_FILES_H

#include <map>
#include <string>
#include <vector>
#include "CORE/control_codec.h"
#include "VMS/status.h"

namespace mail {

/* "NAME.TYPE;VERSION", by which a file and the file of an entry are compared: upper case. */
std::string analyze_file_key(const std::string &file);

struct FoundFile {
    std::string spec;
    ControlName name;
    bool temporary; /* .TMP_node: its writer has not finished it */
    FoundFile() : temporary(false) {}
};
typedef std::map<std::string, FoundFile> FoundFiles; /* by key */

/*
**  All control files, or those of one user (upper case): in TCPIP$SMTP_COMMON, SYS$SPECIFIC:
**  [TCPIP$SMTP] and the MAIL directories of users.  Users whose directory cannot be read are told
**  by the number of errors.
*/
Status analyze_list_files(const std::string &user, bool own_only, FoundFiles *files,
                          boost::uint32_t *errors);

enum FileVerdict {
    FILE_GOOD,
    FILE_CELLS,   /* good, but the state of some recipients cannot be read */
    FILE_CORRUPT,
    FILE_FOREIGN, /* no control file of ours: none of our business */
    FILE_IN_USE,
    FILE_GONE,
    FILE_ERROR
};

struct FileState {
    FileVerdict verdict;
    std::string reason;                    /* why it is corrupt, or the error */
    ControlEnvelope envelope;              /* when they can be read */
    std::vector<ControlRecipient> recipients;
    bool settled;                          /* nobody is left to deliver to or to tell */
    FileState() : verdict(FILE_GOOD), settled(false) {}
};
/* Reads all of it.  An entry may be about to run: the file is open for an instant only. */
FileState analyze_check_file(const FoundFile &file);

/* Writes readable cells, UNSENT, in place of those that cannot be read. */
Status analyze_mend_cells(const FoundFile &file);

/* Cells that can be read, of the first group (block) that has one that cannot. */
void analyze_bad_group(const std::vector<ControlRecipient> &recipients, boost::uint32_t *good,
                       boost::uint32_t *all);

} // namespace mail
#endif
