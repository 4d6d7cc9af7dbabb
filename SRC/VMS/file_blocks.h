/*
**  file_blocks - FAB, RAB, NAM, XAB and buffer of one open file, in 32-bit memory
**
**  Taken from a pool and given back, so that opening a file allocates nothing in the steady state
**  and fifty message files can be written at once.  The buffer is touched only as far as it is
**  used.
*/
#ifndef MAIL_FILE_BLOCKS_H
#define MAIL_FILE_BLOCKS_H

#include "VMS/recfile.h"

#include <rms.h>

namespace mail {

const size_t FILE_NAME_MAX_BYTES = 255;

struct FileBlocks {
    struct FAB fab;
    struct RAB rab;
    struct NAM nam;
    struct XABFHC header;
    struct XABPRO guard;
    FileBlocks *next_free;
    bool dirty;     /* BlockFile: the gathering buffer has bytes that are not written */
    bool searching; /* FileSearch: $PARSE was done */
    char name[FILE_NAME_MAX_BYTES + 1];
    char defaults[FILE_NAME_MAX_BYTES + 1];
    char expanded[FILE_NAME_MAX_BYTES + 1];
    char resultant[FILE_NAME_MAX_BYTES + 1];
    char buffer[BLOCKFILE_TRANSFER];
};

/* Initialised for that file; 0 and *status set when a name is too long or memory is short. */
FileBlocks *file_blocks_take(const std::string &spec, const std::string &defaults, Status *status);
void file_blocks_give(FileBlocks *blocks);

/* Service results: what the service returned, and the FAB's or RAB's stv. */
Status file_status(int sts, const struct FAB &fab);
Status record_status(int sts, const struct RAB &rab);
/* The resultant name, or the expanded one before there is one. */
std::string file_name(const FileBlocks &blocks);

} // namespace mail

#endif
