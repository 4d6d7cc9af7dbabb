/*
**  save_set - files of one save set: BACKUP's, in a format of our own
**
**  The magic, a summary, then an entry for each file: its name without device, header, contents and
**  what an indexed file has beside it, and a CRC-32 over all of that; behind the last entry an end
**  mark.  Numbers are little endian.  The file is padded to whole blocks; its own record attributes
**  do not matter to the reader.
*/
#ifndef SHIM_SAVE_SET_H
#define SHIM_SAVE_SET_H

#include "file_header.h"

#include <cstdio>

namespace shim {

struct SaveSummary {
    std::string written_by, node, command, comment;
    uint32_t uic = 0, block_size = 32256;
    uint64_t date = 0;
};

struct SavedFile {
    std::string name;   /* "[DIR.SUB]X.TXT;1" */
    uint32_t depth = 0; /* elements of its directory that the input named, before "..." */
    rms::Attributes attributes = rms::Attributes();
    bool directory = false;
    uint64_t created = 0, revised = 0;
    uint32_t mode = 0; /* the host's permissions: images are executable */
    std::string contents, beside;
    uint32_t blocks() const { return static_cast<uint32_t>((contents.size() + 511) / 512); }
};

/* Contents of a file, whole; those of a directory are empty.  RMS$_RER, RMS$_PRV. */
uint32_t load_file(const FileHeader &header, SavedFile *file);
/* Over a file that exists: contents, header, dates; its owner stays unless `owner`. */
uint32_t store_file(const SavedFile &file, const std::string &path, bool owner, uint32_t *stv);

class SaveSetWriter {
public:
    SaveSetWriter() : file_(nullptr), size_(0), block_(1) {}
    ~SaveSetWriter();
    SaveSetWriter(const SaveSetWriter &) = delete;
    SaveSetWriter &operator=(const SaveSetWriter &) = delete;
    /* The host's file, which exists. */
    bool begin(const std::string &path, const SaveSummary &summary);
    bool add(const SavedFile &file);
    /* False: something could not be written; errno tells. */
    bool end();

private:
    FILE *file_;
    uint64_t size_;
    uint32_t block_;
    bool put(const std::string &text);
};

class SaveSetReader {
public:
    enum Answer { ENTRY, END, DAMAGED };
    SaveSetReader() : file_(nullptr) {}
    ~SaveSetReader();
    SaveSetReader(const SaveSetReader &) = delete;
    SaveSetReader &operator=(const SaveSetReader &) = delete;
    /* False: no save set. */
    bool begin(const std::string &path, SaveSummary *summary);
    Answer next(SavedFile *file);
    uint64_t at() const; /* where in the file, for a message */

private:
    FILE *file_;
    bool get(std::string *text);
};

} // namespace shim

#endif
