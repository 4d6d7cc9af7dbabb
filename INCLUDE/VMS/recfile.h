/*
**  recfile - files through RMS: text records, log appending, block files, names
**
**  Specifications are VMS file specifications; `defaults` fills the missing parts (".LOG").
**  Buffers lie in 32-bit memory and are reused, so a record costs one service call and no
**  allocation.  spec/vms-api.md 7.7.  A file object is used by one thread at a time; different
**  objects by any threads at once.
*/
#ifndef MAIL_VMS_RECFILE_H
#define MAIL_VMS_RECFILE_H

#include "VMS/status.h"
#include "VMS/vmstime.h"

#include <vector>

namespace mail {

const size_t RECFILE_RECORD_MAX = 32767; /* longest record of a VAR file */
const size_t BLOCKFILE_BLOCK = 512;
const size_t BLOCKFILE_TRANSFER = 127 * 512; /* most bytes of one $READ or $WRITE */

struct FileBlocks; /* FAB, RAB, NAM and buffer in 32-bit memory; private to SRC/VMS */

/* Reads text: any record format; a record is a line without its line end. */
class RecordReader {
public:
    RecordReader() : blocks_(0), cut_(false) {}
    ~RecordReader() { close(); }
    /* Others may go on reading and writing the file. */
    Status open(const std::string &spec, const std::string &defaults);
    /* end_of_file() after the last record. */
    Status next(std::string *line);
    /* The last record was longer than RECFILE_RECORD_MAX: what next() gave is its beginning. */
    bool cut() const { return cut_; }
    void close();
    /* DEV:[DIR]NAME.TYP;VER of the open file. */
    std::string resultant() const;

private:
    RecordReader(const RecordReader &);
    RecordReader &operator=(const RecordReader &);
    FileBlocks *blocks_;
    bool cut_;
};

/* Writes text as variable-length records with carriage return carriage control. */
class RecordWriter {
public:
    RecordWriter() : blocks_(0) {}
    ~RecordWriter() { close(); }
    /* A new version. stream_lf: STMLF instead of VAR. */
    Status create(const std::string &spec, const std::string &defaults, bool stream_lf = false);
    /* The same; everybody may read it: (S:RWED,O:RWED,G:RE,W:RE). */
    Status create_for_all(const std::string &spec, const std::string &defaults);
    /* Appends, creating the file when there is none; readers and other writers may share it. */
    Status append(const std::string &spec, const std::string &defaults);
    /* A line longer than RECFILE_RECORD_MAX is continued in the next record. */
    Status write(const std::string &line);
    /* On disk, and seen by readers, when this returns. */
    Status flush();
    Status close();
    /* Closes and deletes what was written. */
    void abandon();
    std::string resultant() const;
    bool is_open() const { return blocks_ != 0; }

private:
    RecordWriter(const RecordWriter &);
    RecordWriter &operator=(const RecordWriter &);
    Status write_piece(const char *data, size_t size);
    Status create_with(const std::string &spec, const std::string &defaults, bool stream_lf,
                       const boost::uint16_t *denied);
    FileBlocks *blocks_;
};

/* A file of bytes (block I/O): control files and messages. Sizes up to 4 GiB. */
class BlockFile {
public:
    BlockFile() : blocks_(0), size_(0), buffered_(0) {}
    ~BlockFile() { close(); }
    /* A new version, for writing and reading. reserve: bytes to allocate at once, 0 = default. */
    Status create(const std::string &spec, const std::string &defaults,
                  boost::uint32_t reserve = 0);
    /* for_update: nobody else has it open meanwhile, for reading either (locked()). */
    Status open(const std::string &spec, const std::string &defaults, bool for_update);

    /* Appends; gathers up to BLOCKFILE_TRANSFER bytes and writes them with one $WRITE. */
    Status write(const char *data, size_t size);
    Status write(const std::string &data) { return write(data.data(), data.size()); }
    /* Overwrites bytes that exist (a status byte of a recipient); reads around partial blocks. */
    Status write_at(boost::uint32_t offset, const char *data, size_t size);
    /* Appends to *data at most `most` bytes from offset; end_of_file() at the end. */
    Status read_at(boost::uint32_t offset, size_t most, std::string *data);
    /* Everything written is on disk. One call costs one disk flush. */
    Status flush();
    /*
    **  The same in two steps: what the caller does in between may share the disk's flush.  Only
    **  wait_flush(), close() and erase() may follow start_flush().
    */
    Status start_flush();
    Status wait_flush();
    /* Writes what is gathered, sets the end of file. No flush. */
    Status close();
    /* Deletes the file with the closing; it is closed whatever the answer. */
    Status erase();
    /* The same, when nobody wants to know. */
    void abandon() { erase(); }
    boost::uint32_t size() const { return size_; }
    std::string resultant() const;
    bool is_open() const { return blocks_ != 0; }

private:
    BlockFile(const BlockFile &);
    BlockFile &operator=(const BlockFile &);
    Status put_gathered(bool all);
    FileBlocks *blocks_;
    boost::uint32_t size_;     /* bytes of the file including the gathered ones */
    boost::uint32_t buffered_; /* bytes in the gathering buffer */
};

/* Whole file as bytes; too_big() beyond `most`. */
Status file_read(const std::string &spec, const std::string &defaults, size_t most,
                 std::string *data);
/* Whole text file as lines joined by `line_end`. */
Status file_read_text(const std::string &spec, const std::string &defaults, size_t most,
                      const char *line_end, std::string *text);
/* Deletes one version; the highest when the specification has none. */
Status file_erase(const std::string &spec);
/* Within one volume; exists() when the new name with that version is there. */
Status file_rename(const std::string &old_spec, const std::string &new_spec);
/* Who may read a file, beside system managers and access control lists. */
struct FileProtection {
    boost::uint32_t owner; /* UIC: group << 16 | member */
    bool owner_reads, group_reads, world_reads;
    FileProtection() : owner(0), owner_reads(false), group_reads(false), world_reads(false) {}
};
/* Needs read access to the file. */
Status file_protection(const std::string &spec, const std::string &defaults,
                       FileProtection *protection);
bool file_exists(const std::string &spec, const std::string &defaults);
/* Full DEV:[DIR]NAME.TYP;VER after logical names and defaults; the file need not exist. */
Status file_parse(const std::string &spec, const std::string &defaults, std::string *full);

/* Wildcard search in directory order. */
class FileSearch {
public:
    FileSearch() : blocks_(0) {}
    ~FileSearch() { close(); }
    Status open(const std::string &spec, const std::string &defaults);
    /* Resultant specification; end_of_file() after the last, also when there was none. */
    Status next(std::string *spec);
    void close();

private:
    FileSearch(const FileSearch &);
    FileSearch &operator=(const FileSearch &);
    FileBlocks *blocks_;
};

} // namespace mail

#endif
