/*
**  file_header - what a file's header says, of files and directories, without opening them
**
**  For utilities (DIRECTORY, SET FILE, COPY, BACKUP ...), which ask the file system on VMS, not
**  RMS.  Any thread; conditions are RMS's.
*/
#ifndef SHIM_FILE_HEADER_H
#define SHIM_FILE_HEADER_H

#include "rms_file.h"

namespace shim {

struct FileHeader {
    std::string spec, path; /* the resultant specification; on the host */
    rms::Attributes attributes;
    bool directory = false;
    uint64_t size = 0, created = 0, revised = 0, id = 0;
    uint32_t blocks_used() const { return static_cast<uint32_t>((size + 511) / 512); }
    uint32_t blocks_allocated() const; /* in clusters of 4 */
};

/* One file, the highest version when none is given; no access to the file is needed. */
uint32_t read_header(const std::string &spec, FileHeader *header);
/*
**  Owner, protection, record attributes and the creation date as they are in `header` now, and its
**  revision date when that is not 0.  Control access: the owner, or SYSPRV; another owner: SYSPRV.
**  RMS$_PRV.
*/
uint32_t write_header(const FileHeader &header);
/* Everything in it, what belongs to an indexed file beside it, too; `to` exists and is empty.
   RMS$_RER, RMS$_WER, RMS$_FUL. */
uint32_t copy_contents(const FileHeader &from, const FileHeader &to, uint32_t *stv);
/* RMS$_NORMAL, or RMS$_PRV: the persona may not read it. */
uint32_t readable(const FileHeader &header);

} // namespace shim

#endif
