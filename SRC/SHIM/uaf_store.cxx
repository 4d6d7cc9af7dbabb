/*
**  uaf_store - SYSUAF.DAT: an SQLite store with a cache in each process
**
**  A rollback journal, not WAL: no file but SYSUAF.DAT stays in SYS$SYSTEM.  A counter in
**  VMSROOT/.shim/uaf.changes, mapped by all, is odd while a change is being written and goes up
*with
**  each: a record read at an even count is true as long as the count stays.  A writer that dies
**  leaves it odd, and records are then read from the file until the next change.
*/
#include "shim.h"
#include "uaf_fields.h"

#include <cstring>
#include <mutex>
#include <unordered_map>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <rmsdef.h>

namespace shim
{

namespace
{

const size_t cache_max = 4096; /* names, known and unknown; then it starts afresh */
const int busy_ms = 20000;

std::mutex store_mutex; /* connection and statements */
sqlite3 *database;
sqlite3_stmt *select_one;
std::atomic<std::atomic<uint64_t> *> changes;

typedef std::shared_ptr<const UafRecord> Entry; /* empty: there is no such user */
std::mutex cache_mutex;
std::unordered_map<std::string, Entry> cache;
uint64_t cache_count;

void close_store()
{
    std::lock_guard<std::mutex> guard(store_mutex);
    sqlite3_finalize(select_one);
    sqlite3_close(database);
    select_one = nullptr;
    database = nullptr;
    std::lock_guard<std::mutex> cache_guard(cache_mutex);
    cache.clear();
    changes.store(nullptr);
}
RootChange store_change(close_store);

uint32_t status_of(int code)
{
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_DONE:
    case SQLITE_ROW:
        return SS$_NORMAL;
    case SQLITE_FULL:
        return SS$_DEVICEFULL;
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return RMS$_PRV;
    case SQLITE_CONSTRAINT:
        return RMS$_DUP;
    default:
        return SS$_ABORT;
    }
}

std::atomic<uint64_t> *map_changes()
{
    std::atomic<uint64_t> *at = changes.load(std::memory_order_acquire);
    if (at)
        return at;
    int fd = open(store_path("uaf.changes").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return nullptr;
    void *mapped = MAP_FAILED;
    if (posix_fallocate(fd, 0, sizeof *at) == 0)
        mapped = mmap(nullptr, sizeof *at, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (mapped == MAP_FAILED)
        return nullptr;
    std::atomic<uint64_t> *fresh = static_cast<std::atomic<uint64_t> *>(mapped);
    if (!changes.compare_exchange_strong(at, fresh))
        munmap(mapped, sizeof *fresh);
    return changes.load();
}

std::string column_list()
{
    std::string list;
    for (size_t i = 0; i < uaf_field_count; i++)
        list += std::string(i ? ", " : "") + uaf_fields[i].column;
    return list;
}

int open_database()
{
    std::string path = root();
    for (const char *part : {"/VMS$COMMON", "/SYSEXE"}) {
        path += part;
        mkdir(path.c_str(), 0777);
    }
    path += "/SYSUAF.DAT;1";
    int code = sqlite3_open_v2(path.c_str(), &database,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, 0);
    if (code != SQLITE_OK)
        return code;
    sqlite3_busy_timeout(database, busy_ms);
    std::string create = "CREATE TABLE IF NOT EXISTS sysuaf (" + column_list() +
                         ", PRIMARY KEY (USERNAME)) WITHOUT ROWID";
    code = sqlite3_exec(database, create.c_str(), 0, 0, 0);
    std::string select = "SELECT " + column_list() + " FROM sysuaf WHERE USERNAME = ?1";
    if (code == SQLITE_OK)
        code = sqlite3_prepare_v2(database, select.c_str(), -1, &select_one, 0);
    return code;
}

/* Under store_mutex. */
uint32_t open_store()
{
    if (select_one)
        return SS$_NORMAL;
    if (!map_changes())
        return SS$_ABORT;
    int code = open_database();
    if (code == SQLITE_OK)
        return SS$_NORMAL;
    trace("SYSUAF: %s", sqlite3_errmsg(database));
    sqlite3_close(database);
    database = nullptr;
    return status_of(code);
}

void read_column(sqlite3_stmt *row, int i, const UafField &field, UafRecord *record)
{
    if (field.kind == UafField::NUMBER) {
        uint64_t value = static_cast<uint64_t>(sqlite3_column_int64(row, i));
        memcpy(field_bytes(field, record), &value, field.size); /* little endian */
        return;
    }
    const void *data = sqlite3_column_blob(row, i);
    size_t size = static_cast<size_t>(sqlite3_column_bytes(row, i));
    if (field.kind != UafField::BYTES)
        field_text(field, record).assign(data ? static_cast<const char *>(data) : "", size);
    else if (size == field.size)
        memcpy(field_bytes(field, record), data, size);
}

void bind_column(sqlite3_stmt *statement, int i, const UafField &field, const UafRecord &record)
{
    if (field.kind == UafField::NUMBER) {
        uint64_t value = 0;
        memcpy(&value, field_bytes(field, record), field.size);
        sqlite3_bind_int64(statement, i, static_cast<sqlite3_int64>(value));
    } else if (field.kind == UafField::BYTES) {
        sqlite3_bind_blob(statement, i, field_bytes(field, record), field.size, SQLITE_TRANSIENT);
    } else {
        const std::string &text = field_text(field, record);
        sqlite3_bind_text(statement, i, text.data(), static_cast<int>(text.size()),
                          SQLITE_TRANSIENT);
    }
}

/* Under store_mutex, store open. */
uint32_t read_row(const std::string &user, UafRecord *record)
{
    sqlite3_bind_text(select_one, 1, user.data(), static_cast<int>(user.size()), SQLITE_STATIC);
    int code = sqlite3_step(select_one);
    if (code == SQLITE_ROW)
        for (size_t i = 0; i < uaf_field_count; i++)
            read_column(select_one, static_cast<int>(i), uaf_fields[i], record);
    sqlite3_reset(select_one);
    return code == SQLITE_ROW ? SS$_NORMAL : code == SQLITE_DONE ? RMS$_RNF : status_of(code);
}

uint32_t write_row(const UafRecord &record, const char *verb)
{
    std::string sql = std::string(verb) + " INTO sysuaf (" + column_list() + ") VALUES (";
    for (size_t i = 0; i < uaf_field_count; i++)
        sql += i ? ", ?" : "?";
    sqlite3_stmt *statement = nullptr;
    int code = sqlite3_prepare_v2(database, (sql + ")").c_str(), -1, &statement, 0);
    if (code == SQLITE_OK) {
        for (size_t i = 0; i < uaf_field_count; i++)
            bind_column(statement, static_cast<int>(i) + 1, uaf_fields[i], record);
        code = sqlite3_step(statement);
    }
    sqlite3_finalize(statement);
    return status_of(code);
}

bool record_fits(const UafRecord &record)
{
    if (record.user.empty() || record.user.size() > uaf_user_max || record.account.size() > 8)
        return false;
    for (char c : record.user)
        if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$' || c == '_'))
            return false;
    for (size_t i = 0; i < uaf_field_count; i++)
        if (uaf_fields[i].kind == UafField::COUNTED &&
            field_text(uaf_fields[i], record).size() >= uaf_fields[i].size)
            return false;
    return true;
}

/* Runs body() in a transaction that all readers notice. */
uint32_t change_store(const std::function<uint32_t()> &body)
{
    std::lock_guard<std::mutex> guard(store_mutex);
    uint32_t status = open_store();
    if (!(status & 1))
        return status;
    status = status_of(sqlite3_exec(database, "BEGIN IMMEDIATE", 0, 0, 0));
    if (!(status & 1))
        return status;
    std::atomic<uint64_t> &count = *changes.load();
    uint64_t odd = count.load() | 1;
    count.store(odd);
    status = body();
    if (status & 1)
        status = status_of(sqlite3_exec(database, "COMMIT", 0, 0, 0));
    if (!(status & 1) && !sqlite3_get_autocommit(database))
        sqlite3_exec(database, "ROLLBACK", 0, 0, 0);
    count.store(odd + 1);
    return status;
}

bool cached(const std::string &user, uint64_t count, Entry *entry)
{
    std::lock_guard<std::mutex> guard(cache_mutex);
    if (count != cache_count || count % 2)
        return false;
    std::unordered_map<std::string, Entry>::const_iterator found = cache.find(user);
    if (found == cache.end())
        return false;
    *entry = found->second;
    return true;
}

void remember(const std::string &user, uint64_t count, const Entry &entry)
{
    std::lock_guard<std::mutex> guard(cache_mutex);
    if (count != cache_count || cache.size() >= cache_max) {
        cache.clear();
        cache_count = count;
    }
    cache[user] = entry;
}

} // namespace

std::shared_ptr<const UafRecord> uaf_find(const std::string &user, uint32_t *status)
{
    std::atomic<uint64_t> *count = map_changes();
    Entry entry;
    if (count && cached(user, count->load(std::memory_order_acquire), &entry)) {
        *status = entry ? SS$_NORMAL : RMS$_RNF;
        return entry;
    }
    std::lock_guard<std::mutex> guard(store_mutex);
    *status = open_store();
    if (!(*status & 1))
        return entry;
    count = changes.load();
    uint64_t before = count->load();
    std::shared_ptr<UafRecord> fresh = std::make_shared<UafRecord>();
    *status = read_row(user, fresh.get());
    if (*status & 1)
        entry = fresh;
    if (before % 2 == 0 && count->load() == before &&
        (*status == SS$_NORMAL || *status == RMS$_RNF))
        remember(user, before, entry);
    return entry;
}

uint32_t uaf_update(const std::string &user, const std::function<uint32_t(UafRecord *)> &change)
{
    return change_store([&]() -> uint32_t {
        UafRecord record;
        uint32_t status = read_row(user, &record);
        if (status & 1)
            status = change(&record);
        if (!(status & 1))
            return status;
        return record_fits(record) && record.user == user ? write_row(record, "REPLACE")
                                                          : SS$_BADPARAM;
    });
}

uint32_t uaf_read(const std::string &user, UafRecord *record)
{
    uint32_t status;
    Entry entry = uaf_find(user, &status);
    if (entry)
        *record = *entry;
    return status;
}

uint32_t uaf_add(const UafRecord &record)
{
    if (!record_fits(record))
        return SS$_BADPARAM;
    return change_store([&] { return write_row(record, "INSERT"); });
}

uint32_t uaf_modify(const UafRecord &record)
{
    return uaf_update(record.user, [&](UafRecord *old) -> uint32_t {
        *old = record;
        return SS$_NORMAL;
    });
}

uint32_t uaf_remove(const std::string &user)
{
    return change_store([&]() -> uint32_t {
        sqlite3_stmt *statement = nullptr;
        int code = sqlite3_prepare_v2(database, "DELETE FROM sysuaf WHERE USERNAME = ?1", -1,
                                      &statement, 0);
        if (code == SQLITE_OK) {
            sqlite3_bind_text(statement, 1, user.data(), static_cast<int>(user.size()),
                              SQLITE_STATIC);
            code = sqlite3_step(statement);
        }
        sqlite3_finalize(statement);
        if (code == SQLITE_DONE && sqlite3_changes(database) == 0)
            return RMS$_RNF;
        return status_of(code);
    });
}

namespace
{

std::vector<std::string> query_names(const char *sql, uint32_t number)
{
    std::vector<std::string> names;
    std::lock_guard<std::mutex> guard(store_mutex);
    if (!(open_store() & 1))
        return names;
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, 0) == SQLITE_OK) {
        sqlite3_bind_int64(statement, 1, number);
        while (sqlite3_step(statement) == SQLITE_ROW)
            names.push_back(reinterpret_cast<const char *>(sqlite3_column_text(statement, 0)));
    }
    sqlite3_finalize(statement);
    return names;
}

} // namespace

std::vector<std::string> uaf_list()
{
    return query_names("SELECT USERNAME FROM sysuaf WHERE ?1 = 0 ORDER BY USERNAME", 0);
}

bool uaf_user_of_uic(uint32_t uic, std::string *user)
{
    std::vector<std::string> names =
        query_names("SELECT USERNAME FROM sysuaf WHERE UIC = ?1 ORDER BY USERNAME LIMIT 1", uic);
    if (!names.empty())
        *user = names[0];
    return !names.empty();
}

uint32_t find_user(const std::string &user, UserRecord *record)
{
    uint32_t status;
    Entry entry = uaf_find(user, &status);
    if (!entry)
        return status;
    record->user = entry->user;
    record->device = entry->device;
    record->directory = entry->directory;
    record->uic = entry->uic;
    record->flags = entry->flags;
    record->privileges = entry->authorized;
    record->default_privileges = entry->privileges;
    return SS$_NORMAL;
}

} // namespace shim
