/*
**  rms_file - open files and record streams, private to SHIM's RMS
**
**  Threads: a File and its Streams belong to the thread that holds the FAB and RABs at the
**  moment, as on VMS; nothing here is locked but the table of identifiers, and that only to open
**  and close.
**
**  Record attributes, owner, protection and creation time are kept in the extended attribute
**  user.rms of the host's file, or in a hidden file beside it where the file system has none.  A
**  file without attributes, put there by a person, is STMLF with carriage return control, owned
**  by SYSTEM, readable by all.  Forms on the host:
**    TEXT     lines ended by LF.  STMLF as it is; VAR with CR likewise, so that `cat` shows it,
**             where LF and DLE within a record become DLE J and DLE P; VFC with PRN and two bytes
**             of control, too: DLE H and four hexadecimal digits stand before a record whose
**             control is not 01 8D, what the command interpreter writes
**    COUNTED  VMS's own: a 2-byte count, the record, a pad byte to an even length (VAR, VFC)
**    RAW      FIX, UDF, STM, STMCR, block I/O
*/
#ifndef SHIM_RMS_FILE_H
#define SHIM_RMS_FILE_H

#include "record_journal.h"
#include "rms_spec.h"
#include "shim.h"

#include <memory>
#include <rms.h>

namespace shim {
namespace rms {

const size_t BLOCK = 512;
const size_t TRANSFER_MAX = 127 * BLOCK;
const size_t RECORD_MAX = 32767;
const uint16_t DEFAULT_PROTECTION = 0xfa00; /* S:RWED,O:RWED,G:RE,W: RMS_FILEPROT */

enum Form { FORM_TEXT = 0, FORM_COUNTED = 1, FORM_RAW = 2 };

struct Attributes {
    uint8_t layout;     /* 1; 0: the file has none */
    uint8_t org, rfm, rat, fsz, form;
    uint16_t mrs;
    uint32_t uic;
    uint16_t protection, revision;
    uint64_t created;
};

/* ---- rms_attributes.cxx ---- */
Attributes default_attributes();
void read_attributes(int fd, const std::string &path, Attributes *attributes);
bool write_attributes(int fd, const std::string &path, const Attributes &attributes);
void move_attributes(const std::string &from, const std::string &to);
void drop_attributes(const std::string &path);
/* How many versions the files of a directory keep; 0: all.  Kept in the extended attribute
   user.versions; new directories take it from the one above. */
unsigned version_limit(const std::string &directory);
bool set_version_limit(const std::string &directory, unsigned limit);
enum Access { ACCESS_READ = 1, ACCESS_WRITE = 2, ACCESS_EXECUTE = 4, ACCESS_DELETE = 8 };
/* This thread's persona may do all that `wanted` says. */
bool permitted(const Attributes &attributes, unsigned wanted);
/* Of new files: the process's (SET PROTECTION/DEFAULT), which its images inherit. */
uint16_t default_protection();
void set_default_protection(uint16_t protection);
/* For creating and renaming: directories that somebody gave attributes. */
bool directory_permitted(const std::string &path, unsigned wanted);
/*
**  Test hook: lines "A/B full", "SYS0* quota 10000": the host directory below VMSROOT (wildcards),
**  the condition, and the size up to which a file there may still grow; for all processes, until
**  the next call.  They are kept in VMSROOT/.shim/disk_limit.
*/
void set_disk_limits(const std::string &lines);
/* Cheap: there may be limits, so disk_limit() has to be asked. */
bool disk_limited();
/* 0, or the host error that growing a file in this directory to new_size must meet. */
int disk_limit(const std::string &directory, uint64_t new_size);

/* ---- rms_share.cxx: sharing between all processes ---- */
/* False: somebody's FAC or SHR conflicts. */
bool share_lock(int fd, unsigned fac, unsigned shr);
/* Somebody has it open and shares it with no writer. */
bool share_denied(int fd);
/* Record locks of indexed files. */
bool record_lock(int fd, uint64_t record, bool exclusive);
void record_unlock(int fd, uint64_t record);

struct Indexed;
struct IndexedDeleter {
    void operator()(Indexed *indexed) const;
};

struct Stream;

struct File {
    int fd;
    FAB *fab;
    Spec spec;             /* complete: name, type, version */
    std::string directory; /* on the host */
    std::string host;      /* entry in it */
    Attributes attributes;
    unsigned fac, shr;
    bool erase_at_close, modified;
    unsigned permanent;    /* 1 SYS$INPUT, 2 SYS$OUTPUT, 3 SYS$ERROR, 4 SYS$COMMAND, 0: a file */
    bool fresh;            /* made by this opening, never flushed */
    bool appending;        /* the host writes at the end, whoever wrote before */
    unsigned short ifi;
    std::vector<Stream *> streams;
    std::unique_ptr<Indexed, IndexedDeleter> indexed;
    File() : fd(-1), fab(nullptr), attributes(), fac(0), shr(0), erase_at_close(false),
             modified(false), permanent(0), fresh(false),
             appending(false), ifi(0) {}
    ~File();
    std::string path() const { return directory + "/" + host; }
    bool shared_write() const { return (shr & (FAB$M_SHRPUT | FAB$M_SHRUPD)) != 0; }
    bool writes() const { return (fac & (FAB$M_PUT | FAB$M_UPD | FAB$M_DEL | FAB$M_TRN)) != 0; }
};

struct Stream {
    File *file;
    RAB *rab;
    unsigned short isi;
    uint64_t next;              /* where the next sequential operation works */
    uint64_t current, current_end; /* of the record last got, found or put */
    bool have_current;
    bool found;                 /* by $FIND: $GET takes the current record */
    std::string out;            /* put, not yet written; belongs at out_at */
    uint64_t out_at;
    std::vector<char> in;       /* read ahead */
    uint64_t in_at;
    size_t in_size;
    std::string scratch;
    char control[2];            /* of a VFC record in TEXT form */
    /* indexed */
    unsigned krf;
    std::string key;            /* of the current record in krf */
    uint64_t position;          /* its record number; 0: before the first */
    uint64_t locked;            /* record locked by this stream, 0 none */
    bool pending;               /* a $FLUSH with RAB$M_ASY is under way: `ticket` is its record */
    JournalTicket ticket;
    explicit Stream(File *of) : file(of), rab(nullptr), isi(0), next(0), current(0), current_end(0),
        have_current(false), found(false), out_at(0), in_at(0), in_size(0), krf(0), position(0),
        locked(0), pending(false), ticket() {}
};

/* ---- rms_file.cxx ---- */
unsigned short add_file(File *file);
/* Of the FAB's ifi, RAB's isi; 0 when it is not open, or not this block's. */
File *file_of(const FAB *fab);
Stream *stream_of(const RAB *rab);
unsigned short add_stream(Stream *stream);
void remove_stream(Stream *stream);
uint64_t file_size(const File &file);
/* The host error of the write; 0. */
int write_all(File &file, const char *data, size_t size, uint64_t at);
/* Checks of blocks: RMS$_FAB, RMS$_BLN, RMS$_RAB, SS$_ACCVIO; NAM and XAB chain too. */
uint32_t check_fab(const FAB *fab);
uint32_t check_rab(const RAB *rab);
int finish_fab(FAB *fab, uint32_t status, uint32_t stv = 0);
int finish_rab(RAB *rab, uint32_t status, uint32_t stv = 0);
/* Fills in FAB, NAM and XABs. */
void describe(const File &file, FAB *fab);

/* ---- rms_name.cxx ---- */
uint32_t fab_candidates(const FAB *fab, const NAM *related, std::vector<Spec> *candidates);
void fill_expanded(NAM *nam, const Spec &spec);
uint32_t fill_resultant(NAM *nam, const Spec &spec);

/* ---- rms_erase.cxx ---- */
uint32_t erase_file(const Spec &spec, const FileName &file, uint32_t *stv);
/* For $CLOSE: the file is open, so its header has been read; only others can hold it. */
uint32_t erase_open(File &file, uint32_t *stv);
/* SS$_CREATED, or SS$_NORMAL when it is there. */
uint32_t make_directories(const Spec &spec, uint32_t uic, uint16_t protection);

/* ---- rms_stream.cxx ---- */
/* Ends the $FLUSH that is under way, if there is one; not wanted: the file goes anyway. */
uint32_t end_flush(Stream &stream, bool wanted, uint32_t *stv);

/* ---- rms_record.cxx: sequential records; stv is set with an error ---- */
uint32_t get_sequential(Stream &stream, bool transfer, uint32_t *stv);
uint32_t put_sequential(Stream &stream, uint32_t *stv);
uint32_t update_sequential(Stream &stream, uint32_t *stv);
uint32_t write_out(Stream &stream, uint32_t *stv);
uint64_t end_of_file(const Stream &stream); /* with what is not yet written */
void set_rfa(RAB *rab, uint64_t value);
uint64_t get_rfa(const RAB *rab);

/* ---- rms_permanent.cxx ---- */
/* The number of the process-permanent file that a specification names; 0: none. */
unsigned permanent_file(const std::string &spec);
uint32_t permanent_open(unsigned number, File &file, uint32_t *stv);
uint32_t permanent_get(Stream &stream, uint32_t *stv);
uint32_t permanent_put(Stream &stream, uint32_t *stv);

/* ---- rms_indexed.cxx ---- */
std::string indexed_path(const std::string &directory, const std::string &host);
uint32_t indexed_create(File &file, const FAB *fab, uint32_t *stv);
uint32_t indexed_open(File &file, const FAB *fab, uint32_t *stv);
void indexed_describe(const File &file, XABKEY *key);
uint32_t indexed_get(Stream &stream, bool transfer, uint32_t *stv);
uint32_t indexed_put(Stream &stream, uint32_t *stv);
uint32_t indexed_update(Stream &stream, uint32_t *stv);
uint32_t indexed_delete(Stream &stream, uint32_t *stv);
uint32_t indexed_flush(Stream &stream, uint32_t *stv);
void indexed_rewind(Stream &stream);
void indexed_unlock(Stream &stream);

} // namespace rms
} // namespace shim

#endif
