/*
**  mail_store - one user's mail file, and when a change in it is permanent
**
**  MAIL.MAI;1 is an SQLite database in WAL mode:
**    state   k 1: last sequence number (v), new-mail count (w); 2: bytes deleted since the last
**            reclaim (v); any other k is a journal: the last of its records that this file holds
**            (v)
**    folder  n, name.  1 is the wastebasket (renamable), FOLDER_NEWMAIL the highest: new mail is
**            appended at the right edge of the tree
**    msg     k = n << 40 | sequence, then what a list needs, then the header texts
**    body    sequence, records (mail_text.h); a body of MAIL_EXTERNAL_BYTES or more lies in
**            MAIL$<date as 16 hex digits>.MAI;1 of the same directory, as every foreign body does.
**            Copies of one message for many users are hard links of one file.
**
**  Delivery: applied here without a flush, made durable by the journal (mail_journal.h).
**  Changes by the reader (delete, move, flags) wait in the MAILFILE context and become visible to
**  others and durable together, with one flush, at MAIL$MAILFILE_PURGE_WASTE, _CLOSE and _END,
**  MAIL$MESSAGE_END and _SELECT, a COPY that is no move, or after MAIL_PENDING_MAX changes.  A
**  process that dies before loses them all: a message is then still where it was.
**  External files are erased after the commit that drops their rows.
**
**  Open files are kept (MAIL_STORES_OPEN); another process's writer is waited for MAIL_BUSY_MS.
**  Threads: only inside callable MAIL, which lets one thread in.  Status values: RMS$_, MAIL$_,
**  SS$_.
*/
#ifndef SHIM_MAIL_STORE_H
#define SHIM_MAIL_STORE_H

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace shim {

struct HostFolder;

const size_t MAIL_EXTERNAL_BYTES = 1536; /* 3 blocks */
const size_t MAIL_STORES_OPEN = 128;
const size_t MAIL_PENDING_MAX = 4096;
const int MAIL_BUSY_MS = 10000;
const int MAIL_CACHE_PAGES = 24;         /* of 4 KiB, per open file */
const size_t MAIL_FOLDER_MAX = 39;
const int64_t FOLDER_WASTE = 1, FOLDER_NEWMAIL = 1 << 20;

struct MailEntry {
    int64_t key;
    uint64_t date;
    uint32_t records;
    uint16_t flags, uflags;
    uint32_t bytes; /* of the body */
};

struct MailHeaders {
    std::string from, to, cc, subject, sender;
};
/* The lines before the text of a message that is read: From:, To:, CC:, Subj: */
const unsigned MAIL_HEADER_LINES = 4;
std::string mail_header_line(const MailHeaders &headers, uint64_t date, unsigned number);

/* A message on its way into a mail file. */
struct MailDraft {
    uint64_t date;         /* unique: mail_fresh_date() */
    uint32_t records;
    uint16_t flags, uflags;
    MailHeaders headers;
    std::string folder;
    std::shared_ptr<const std::string> body; /* records, or plain bytes when MAIL$M_EXTNSTD */
    MailDraft() : date(0), records(0), flags(0), uflags(0), folder("NEWMAIL") {}
};

struct MailFilter { /* empty texts and zero masks: no condition */
    uint64_t since, before;
    uint32_t flags, flags_mbz;
    std::string from, to, cc, subject;
    MailFilter() : since(0), before(~0ULL), flags(0), flags_mbz(0) {}
    bool texts() const { return !(from.empty() && to.empty() && cc.empty() && subject.empty()); }
};

struct MailPurged {
    uint32_t messages;
    uint64_t bytes;
    MailPurged() : messages(0), bytes(0) {}
};

/* A change that waits for its commit. */
struct MailChange {
    enum Kind { MOVE, FLAGS } kind;
    int64_t key;
    std::string folder; /* MOVE */
    uint16_t flags, uflags;
};

/* RMS$_ condition for errno of a mail file. */
uint32_t mail_file_error(int error);
std::string mail_external_name(uint64_t date);
std::string mail_external_host_name(uint64_t date); /* of that file in its directory */
/* The rest of a file, appended.  Inside callable MAIL: one thread. */
bool mail_read_rest(int fd, std::string *text);
bool mail_is_external(size_t bytes, uint32_t flags);

class MailStore {
public:
    /* directory: host path.  RMS$_FNF when there is none and create is false. */
    static uint32_t open(const std::string &directory, bool create,
                         std::shared_ptr<MailStore> *store);
    static void forget_all(); /* closes what is cached */
    /* Makes mail files that are not there, with few flushes for many; open() tells of failures. */
    static void create_missing(const std::vector<std::string> &directories);
    ~MailStore();
    MailStore(const MailStore &) = delete;
    MailStore &operator=(const MailStore &) = delete;

    /*
    **  Without a flush.  journal 0: none; else nothing happens when the record is already here.
    **  *external: a file with this body that may be linked; receives the path of one made here.
    */
    uint32_t append(const MailDraft &draft, int64_t journal, int64_t record, std::string *external);
    /* Writes again the external file of a message that is here; for recovery. */
    uint32_t restore_external(const MailDraft &draft);

    /* Folders that hold messages, in the order of creation. */
    uint32_t folders(std::vector<std::string> *names);
    /* MAIL$_NOTEXIST when the folder holds no message. */
    uint32_t select(const std::string &folder, const MailFilter &filter,
                    std::vector<MailEntry> *found);
    uint32_t entry(int64_t key, MailEntry *entry);
    /* Headers of the messages first..last in order of key; take() answers false to stop. */
    typedef std::function<void(int64_t key, const MailHeaders &headers)> TakeHeaders;
    uint32_t headers(int64_t first, int64_t last, const TakeHeaders &take);
    /* RMS$_FNF when the external file is missing. */
    uint32_t body(const MailEntry &entry, std::string *text);
    /* The directory, for mail_ahead.h and many files: a path is walked again for every file. */
    const std::shared_ptr<HostFolder> &folder();
    bool external_present(uint64_t date) const;
    std::string external_path(uint64_t date) const;
    /* Dates of all external files of the directory, sorted. */
    void external_dates(std::vector<uint64_t> *dates) const;

    bool folder_has_messages(const std::string &folder);
    /* One transaction, one flush; purge: what is in the wastebasket goes, and the moves into it. */
    uint32_t commit(const std::vector<MailChange> &changes, bool purge, MailPurged *purged);
    /* A copy within the file or from elsewhere; flushed. */
    uint32_t insert_copy(const MailDraft &draft);
    uint32_t wastebasket(std::string *name);
    uint32_t rename_wastebasket(const std::string &name);
    uint32_t deleted_bytes(uint64_t *bytes);
    /* Gives free pages back to the disk, removes external files without a message. */
    uint32_t compress(uint64_t *reclaimed);
    uint32_t new_count(uint32_t *count);
    uint32_t set_new_count(uint32_t count);
    /* For fault tests and recovery: the last record of a journal that is here. */
    int64_t applied(int64_t journal);

    const std::string &directory() const { return directory_; }

private:
    enum Query {
        BEGIN, COMMIT, ROLLBACK, NEXT_SEQUENCE, ADD_NEW, MARK_JOURNAL, INSERT_MSG, INSERT_BODY,
        FIND_FOLDER, ADD_FOLDER, LIST_FOLDERS, ANY_IN_RANGE, SELECT, ENTRY, HEADERS, BODY, MOVE,
        SET_FLAGS, DELETE_MSG, DELETE_BODY, APPLIED, GET_STATE, ADD_DELETED, RENAME, SET_NEW,
        HAS_DATE, ALL_DATES, QUERY_COUNT
    };
    MailStore(const std::string &directory, sqlite3 *db);
    sqlite3_stmt *query(Query which);
    uint32_t run(Query which);
    uint32_t run(Query which, int64_t first);
    uint32_t run(Query which, int64_t first, int64_t second);
    uint32_t fail(uint32_t status);
    uint32_t failure();
    uint32_t set_flush(bool full);
    uint32_t begin(bool flush);
    uint32_t finish(uint32_t status);
    int64_t folder_number(const std::string &folder, bool create);
    uint32_t insert(const MailDraft &draft, bool external);
    uint32_t write_external(const MailDraft &draft, std::string *external);
    uint32_t apply(const MailChange &change, int64_t folder, bool purge,
                   std::vector<uint64_t> *dead, MailPurged *sum);
    uint32_t apply_all(const std::vector<MailChange> &changes, bool purge,
                       std::vector<uint64_t> *dead, MailPurged *sum);
    void erase_files(const std::vector<uint64_t> &dates);
    uint32_t erase(int64_t key, std::vector<uint64_t> *dead, MailPurged *sum);
    uint32_t empty_waste(std::vector<uint64_t> *dead, MailPurged *sum);
    void remove_orphans();
    bool same_file() const;

    std::string directory_;
    sqlite3 *db_;
    bool full_flush_;
    uint64_t inode_;
    std::shared_ptr<HostFolder> folder_; /* once it is needed */
    sqlite3_stmt *queries_[QUERY_COUNT];
};

} // namespace shim

#endif
