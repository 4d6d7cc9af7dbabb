/*
**  mail_store - opening mail files, delivery into them
**
**  A new file is made from a ready image.  Reading is in mail_reading.cxx, the
**  changes of the reader in mail_changes.cxx.
*/
#include "mail_store.h"

#include "mail_ahead.h"
#include "mail_host.h"
#include "mail_text.h"
#include "rms_file.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>
#include <fabdef.h>
#include <rmsdef.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <list>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>
#include <unordered_map>

namespace shim {

namespace {

const char schema[] =
    "PRAGMA page_size=4096;"
    "CREATE TABLE state(k INTEGER PRIMARY KEY, v INTEGER, w INTEGER);"
    "CREATE TABLE folder(n INTEGER PRIMARY KEY, name TEXT UNIQUE);"
    "CREATE TABLE msg(k INTEGER PRIMARY KEY, date INTEGER, records INTEGER, flags INTEGER,"
    " uflags INTEGER, bytes INTEGER, sfrom BLOB, sto BLOB, cc BLOB, subject BLOB, sender BLOB);"
    "CREATE TABLE body(k INTEGER PRIMARY KEY, data BLOB);"
    "INSERT INTO state VALUES(1,0,0),(2,0,0);"
    "INSERT INTO folder VALUES(1,'WASTEBASKET'),(2,'MAIL'),(1048576,'NEWMAIL');";

const char *const query_texts[] = {
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "UPDATE state SET v=v+1 WHERE k=1 RETURNING v",
    "UPDATE state SET w=min(w+1,65535) WHERE k=1",
    "INSERT OR REPLACE INTO state VALUES(?1,?2,0)",
    "INSERT INTO msg VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11)",
    "INSERT INTO body VALUES(?1,?2)",
    "SELECT n FROM folder WHERE name=?1",
    "INSERT INTO folder SELECT max(n)+1,?1 FROM folder WHERE n<1048576 RETURNING n",
    "SELECT n,name FROM folder ORDER BY n",
    "SELECT 1 FROM msg WHERE k>=?1 AND k<?2 LIMIT 1",
    ("SELECT k,date,records,flags,uflags,bytes,sfrom,sto,cc,subject FROM msg WHERE k>=?1 AND k<?2 "
     "ORDER BY k"),
    "SELECT k,date,records,flags,uflags,bytes FROM msg WHERE k=?1",
    "SELECT k,sfrom,sto,cc,subject,sender FROM msg WHERE k>=?1 AND k<=?2 ORDER BY k",
    "SELECT data FROM body WHERE k=?1",
    "UPDATE OR REPLACE msg SET k=?2 WHERE k=?1",
    "UPDATE msg SET flags=?2,uflags=?3 WHERE k=?1",
    "DELETE FROM msg WHERE k=?1 RETURNING date,flags,bytes",
    "DELETE FROM body WHERE k=?1",
    "SELECT v FROM state WHERE k=?1",
    "SELECT v,w FROM state WHERE k=?1",
    "UPDATE state SET v=v+?1 WHERE k=2",
    "UPDATE folder SET name=?1 WHERE n=1",
    "UPDATE state SET w=?1 WHERE k=1",
    "SELECT k FROM msg WHERE date=?1 LIMIT 1",
    "SELECT date FROM msg",
};

const size_t FLUSH_ALONE_MAX = 2; /* new files; for more the whole file system is flushed */

typedef std::list<std::shared_ptr<MailStore>> StoreList;
StoreList open_stores;                             /* most recently used first */
std::unordered_map<std::string, StoreList::iterator> stores_by_directory;
int open_by;                                       /* SQLite handles do not survive a fork */

void close_store(StoreList::iterator at)
{
    stores_by_directory.erase((*at)->directory());
    open_stores.erase(at);
}

void drop_stores()
{
    MailStore::forget_all();
}
RootChange stores_change(drop_stores);

std::string file_of(const std::string &directory)
{
    return directory + "/MAIL.MAI;1";
}

/* An empty mail file, made once. */
const std::string &template_image()
{
    static std::string image;
    if (image.empty()) {
        sqlite3 *db = nullptr;
        sqlite3_int64 size = 0;
        sqlite3_open(":memory:", &db);
        sqlite3_exec(db, schema, nullptr, nullptr, nullptr);
        unsigned char *data = sqlite3_serialize(db, "main", &size, 0);
        image.assign(reinterpret_cast<char *>(data), static_cast<size_t>(size));
        sqlite3_free(data);
        sqlite3_close(db);
        image[18] = image[19] = 2; /* file format: WAL */
    }
    return image;
}

bool write_all(int fd, const char *data, size_t size)
{
    while (size) {
        ssize_t did = write(fd, data, size);
        if (did < 0 && errno == EINTR)
            continue;
        if (did <= 0)
            return false;
        data += did;
        size -= static_cast<size_t>(did);
    }
    return true;
}

bool flush_path(const std::string &path)
{
    int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

/*
**  Under a name of its own first, so that nobody sees a part of it; a race is lost quietly.
**  Whoever does not have it flushed does so before anything else relies on it.
*/
uint32_t create_file(const std::string &directory, bool flush)
{
    char name[64];
    snprintf(name, sizeof name, "/MAIL_%d.TMP;1", static_cast<int>(getpid()));
    std::string temporary = directory + name;
    int fd = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    if (fd < 0)
        return errno == ENOENT ? static_cast<uint32_t>(RMS$_DNF) : mail_file_error(errno);
    const std::string &image = template_image();
    bool good = write_all(fd, image.data(), image.size()) && (!flush || fsync(fd) == 0);
    uint32_t status = good ? static_cast<uint32_t>(SS$_NORMAL) : mail_file_error(errno);
    close(fd);
    if (good && link(temporary.c_str(), file_of(directory).c_str()) != 0 && errno != EEXIST)
        status = mail_file_error(errno);
    unlink(temporary.c_str());
    if (good && flush)
        flush_path(directory);
    return status;
}

uint32_t status_of_sqlite(sqlite3 *db)
{
    switch (sqlite3_errcode(db)) {
    case SQLITE_FULL:
        return RMS$_FUL;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return RMS$_FLK;
    case SQLITE_READONLY:
    case SQLITE_PERM:
        return RMS$_PRV;
    case SQLITE_NOTADB:
        return MAIL$_NOTISAM;
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
        return MAIL$_FILECONFUSED;
    case SQLITE_NOMEM:
        return SS$_INSFMEM;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR: {
        int error = sqlite3_system_errno(db);
        return error ? mail_file_error(error) : static_cast<uint32_t>(MAIL$_READERR);
    }
    default:
        return MAIL$_READERR;
    }
}

/* What RMS sees: records with carriage control, or a foreign message's plain bytes. */
rms::Attributes external_attributes(const MailDraft &draft)
{
    rms::Attributes attributes = rms::default_attributes();
    bool plain = (draft.flags & MAIL$M_EXTNSTD) != 0;
    attributes.layout = 1;
    attributes.org = FAB$C_SEQ;
    attributes.rfm = plain ? FAB$C_STMLF : FAB$C_VAR;
    attributes.rat = FAB$M_CR;
    attributes.form = plain ? rms::FORM_TEXT : rms::FORM_COUNTED;
    attributes.created = draft.date;
    return attributes;
}

uint64_t inode_of(const std::string &path)
{
    struct stat info;
    return stat(path.c_str(), &info) == 0 ? static_cast<uint64_t>(info.st_ino) : 0;
}

void bind_text(sqlite3_stmt *statement, int at, const std::string &text)
{
    sqlite3_bind_blob(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}

} // namespace

uint32_t mail_file_error(int error)
{
    switch (error) {
    case ENOSPC:
        return RMS$_FUL;
    case EDQUOT:
        return SS$_EXDISKQUOTA;
    case ENOENT:
        return RMS$_FNF;
    case ENOTDIR:
        return RMS$_DNF;
    case EACCES:
    case EPERM:
    case EROFS:
        return RMS$_PRV;
    default:
        return RMS$_WER;
    }
}

std::string mail_external_name(uint64_t date)
{
    std::string name = "MAIL$0000000000000000.MAI";
    for (size_t at = 20; date; date >>= 4)
        name[at--] = "0123456789ABCDEF"[date & 15];
    return name;
}

std::string mail_external_host_name(uint64_t date)
{
    return mail_external_name(date) + ";1";
}

bool mail_is_external(size_t bytes, uint32_t flags)
{
    return bytes >= MAIL_EXTERNAL_BYTES || (flags & MAIL$M_EXTNSTD) != 0;
}

MailStore::MailStore(const std::string &directory, sqlite3 *db)
    : directory_(directory), db_(db), full_flush_(false), inode_(inode_of(file_of(directory)))
{
    memset(queries_, 0, sizeof queries_);
}

MailStore::~MailStore()
{
    if (open_by != host_process())
        return;
    for (sqlite3_stmt *statement : queries_)
        sqlite3_finalize(statement);
    sqlite3_close(db_);
}

bool MailStore::same_file() const
{
    return inode_ != 0 && inode_of(file_of(directory_)) == inode_;
}

void MailStore::forget_all()
{
    stores_by_directory.clear();
    open_stores.clear();
}

void MailStore::create_missing(const std::vector<std::string> &directories)
{
    std::vector<const std::string *> made;
    for (const std::string &directory : directories)
        if (!stores_by_directory.count(directory) &&
            access(file_of(directory).c_str(), F_OK) != 0 && errno == ENOENT &&
            (create_file(directory, false) & 1))
            made.push_back(&directory);
    if (made.size() > FLUSH_ALONE_MAX) {
        int fd = ::open(made[0]->c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        bool all = fd >= 0 && syncfs(fd) == 0;
        if (fd >= 0)
            close(fd);
        if (all)
            return;
    }
    for (const std::string *directory : made) {
        flush_path(file_of(*directory));
        flush_path(*directory);
    }
}

uint32_t MailStore::open(const std::string &directory, bool create,
                         std::shared_ptr<MailStore> *store)
{
    if (open_by != host_process()) {
        forget_all();
        open_by = host_process();
    }
    auto known = stores_by_directory.find(directory);
    if (known != stores_by_directory.end()) {
        StoreList::iterator at = known->second;
        if ((*at)->same_file()) {
            open_stores.splice(open_stores.begin(), open_stores, at);
            *store = *at;
            return SS$_NORMAL;
        }
        close_store(at);
    }
    std::string path = file_of(directory);
    if (access(path.c_str(), F_OK) != 0) {
        uint32_t status = errno != ENOENT ? mail_file_error(errno)
                          : create        ? create_file(directory, true)
                                          : static_cast<uint32_t>(RMS$_FNF);
        if (!(status & 1))
            return status;
    }
    sqlite3 *db = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(path.c_str(), &db, flags, nullptr) != SQLITE_OK) {
        uint32_t status = status_of_sqlite(db);
        sqlite3_close(db);
        return status;
    }
    int pages = 400 + static_cast<int>(std::hash<std::string>()(directory) % 256);
    sqlite3_busy_timeout(db, MAIL_BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_LOOKASIDE, nullptr, 256, 40);
    sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_wal_autocheckpoint(db, pages); /* not the same for all: they grow together */
    char setup[96];
    snprintf(setup, sizeof setup, "PRAGMA synchronous=NORMAL;PRAGMA cache_size=%d",
             MAIL_CACHE_PAGES);
    if (sqlite3_exec(db, setup, nullptr, nullptr, nullptr) != SQLITE_OK) {
        uint32_t status = status_of_sqlite(db);
        sqlite3_close(db);
        return status;
    }
    store->reset(new MailStore(directory, db));
    open_stores.push_front(*store);
    stores_by_directory[directory] = open_stores.begin();
    if (open_stores.size() > MAIL_STORES_OPEN)
        close_store(--open_stores.end());
    return SS$_NORMAL;
}

/* ---- statements ---- */

sqlite3_stmt *MailStore::query(Query which)
{
    static_assert(sizeof query_texts / sizeof query_texts[0] == QUERY_COUNT, "one text per query");
    if (!queries_[which])
        sqlite3_prepare_v3(db_, query_texts[which], -1, SQLITE_PREPARE_PERSISTENT, &queries_[which],
                           nullptr);
    else
        sqlite3_reset(queries_[which]);
    return queries_[which];
}

uint32_t MailStore::failure()
{
    uint32_t status = status_of_sqlite(db_);
    trace("mail store %s: %s", directory_.c_str(), sqlite3_errmsg(db_));
    return status;
}

uint32_t MailStore::run(Query which)
{
    sqlite3_stmt *statement = query(which);
    int rc = sqlite3_step(statement);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        return failure();
    sqlite3_reset(statement);
    return SS$_NORMAL;
}

uint32_t MailStore::run(Query which, int64_t first)
{
    sqlite3_bind_int64(query(which), 1, first);
    return run(which);
}

uint32_t MailStore::run(Query which, int64_t first, int64_t second)
{
    sqlite3_bind_int64(query(which), 1, first);
    sqlite3_bind_int64(query(which), 2, second);
    return run(which);
}

uint32_t MailStore::set_flush(bool full)
{
    if (full == full_flush_)
        return SS$_NORMAL;
    const char *text = full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
    if (sqlite3_exec(db_, text, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    full_flush_ = full;
    return SS$_NORMAL;
}

uint32_t MailStore::begin(bool flush)
{
    uint32_t status = set_flush(flush);
    return (status & 1) ? run(BEGIN) : status;
}

uint32_t MailStore::finish(uint32_t status)
{
    if (status & 1)
        status = run(COMMIT);
    if (!(status & 1))
        run(ROLLBACK);
    return status;
}

/* ---- delivery ---- */

int64_t MailStore::folder_number(const std::string &folder, bool create)
{
    if (folder == "NEWMAIL")
        return FOLDER_NEWMAIL;
    sqlite3_stmt *statement = query(FIND_FOLDER);
    sqlite3_bind_text(statement, 1, folder.data(), static_cast<int>(folder.size()), SQLITE_STATIC);
    int64_t number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    if (number || !create)
        return number;
    statement = query(ADD_FOLDER);
    sqlite3_bind_text(statement, 1, folder.data(), static_cast<int>(folder.size()), SQLITE_STATIC);
    number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
    }
    sqlite3_reset(statement);
    return number;
}

std::string MailStore::external_path(uint64_t date) const
{
    return directory_ + "/" + mail_external_host_name(date);
}

uint32_t MailStore::write_external(const MailDraft &draft, std::string *external)
{
    std::string path = external_path(draft.date);
    if (external && !external->empty() && link(external->c_str(), path.c_str()) == 0)
        return SS$_NORMAL;
    int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
    if (fd < 0)
        return mail_file_error(errno);
    errno = rms::disk_limit(directory_, draft.body->size());
    bool good = errno == 0 && write_all(fd, draft.body->data(), draft.body->size()) &&
                rms::write_attributes(fd, path, external_attributes(draft));
    int error = errno;
    close(fd);
    if (!good) {
        unlink(path.c_str());
        return mail_file_error(error);
    }
    if (external)
        *external = path;
    return SS$_NORMAL;
}

/* Inside a transaction. */
uint32_t MailStore::insert(const MailDraft &draft, bool external)
{
    int64_t folder = folder_number(draft.folder, true);
    if (!folder)
        return failure();
    sqlite3_stmt *next = query(NEXT_SEQUENCE);
    if (sqlite3_step(next) != SQLITE_ROW)
        return failure();
    int64_t sequence = sqlite3_column_int64(next, 0);
    sqlite3_step(next);
    sqlite3_reset(next);
    sqlite3_stmt *put = query(INSERT_MSG);
    sqlite3_bind_int64(put, 1, folder << 40 | sequence);
    sqlite3_bind_int64(put, 2, static_cast<int64_t>(draft.date));
    sqlite3_bind_int64(put, 3, draft.records);
    sqlite3_bind_int(put, 4, draft.flags | (external ? MAIL$M_EXTMSG : 0));
    sqlite3_bind_int(put, 5, draft.uflags);
    sqlite3_bind_int64(put, 6, static_cast<int64_t>(draft.body->size()));
    bind_text(put, 7, draft.headers.from);
    bind_text(put, 8, draft.headers.to);
    bind_text(put, 9, draft.headers.cc);
    bind_text(put, 10, draft.headers.subject);
    bind_text(put, 11, draft.headers.sender);
    uint32_t status = run(INSERT_MSG);
    if (!(status & 1) || external)
        return status;
    put = query(INSERT_BODY);
    sqlite3_bind_int64(put, 1, sequence);
    bind_text(put, 2, *draft.body);
    status = run(INSERT_BODY);
    sqlite3_bind_null(put, 2); /* the blob belongs to the caller */
    return status;
}

int64_t MailStore::applied(int64_t journal)
{
    sqlite3_stmt *statement = query(APPLIED);
    sqlite3_bind_int64(statement, 1, journal);
    int64_t record = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    return record;
}

uint32_t MailStore::append(const MailDraft &draft, int64_t journal, int64_t record,
                           std::string *external)
{
    bool outside = mail_is_external(draft.body->size(), draft.flags);
    uint32_t status = begin(false);
    if (!(status & 1))
        return status;
    if (journal && record && applied(journal) >= record)
        return finish(SS$_NORMAL);
    if (outside)
        status = write_external(draft, external);
    if (status & 1)
        status = insert(draft, outside);
    if ((status & 1) && draft.folder == "NEWMAIL")
        status = run(ADD_NEW);
    if ((status & 1) && journal)
        status = run(MARK_JOURNAL, journal, record);
    return finish(status);
}

uint32_t MailStore::insert_copy(const MailDraft &draft)
{
    bool outside = mail_is_external(draft.body->size(), draft.flags);
    uint32_t status = outside ? write_external(draft, nullptr) : static_cast<uint32_t>(SS$_NORMAL);
    if (outside && (status & 1)) {
        int fd = ::open(external_path(draft.date).c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0 || fsync(fd) != 0)
            status = mail_file_error(errno);
        if (fd >= 0)
            close(fd);
    }
    if (status & 1)
        status = begin(true);
    if (!(status & 1))
        return status;
    status = insert(draft, outside);
    return finish(status);
}

uint32_t MailStore::restore_external(const MailDraft &draft)
{
    sqlite3_stmt *statement = query(HAS_DATE);
    sqlite3_bind_int64(statement, 1, static_cast<int64_t>(draft.date));
    bool here = sqlite3_step(statement) == SQLITE_ROW;
    sqlite3_reset(statement);
    struct stat info;
    if (!here || (stat(external_path(draft.date).c_str(), &info) == 0 &&
                  static_cast<uint64_t>(info.st_size) == draft.body->size()))
        return SS$_NORMAL;
    unlink(external_path(draft.date).c_str());
    return write_external(draft, nullptr);
}

} // namespace shim
