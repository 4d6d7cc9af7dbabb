/*
**  mail_profile - the profile file and its cache
*/
#include "mail_profile.h"

#include "mail_host.h"
#include "shim.h"

#include <mailmsgdef.h>
#include <rmsdef.h>

#include <cstdio>
#include <memory>
#include <atomic>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>
#include <unordered_map>

namespace shim {

namespace {

const int COLUMNS = 3 + MailProfile::TEXT_COUNT;
const int BUSY_MS = 10000;

const char schema[] =
    "PRAGMA journal_mode=WAL;"
    "CREATE TABLE IF NOT EXISTS profile(user TEXT PRIMARY KEY, flags INTEGER, fresh INTEGER, t0 "
    "BLOB,"
    " t1 BLOB, t2 BLOB, t3 BLOB, t4 BLOB, t5 BLOB, t6 BLOB, t7 BLOB, t8 BLOB, t9 BLOB, t10 BLOB)"
    " WITHOUT ROWID;";

struct Cached {
    bool present;
    MailProfile profile;
};

struct ProfileFile {
    sqlite3 *db;
    sqlite3_stmt *version, *read;
    pid_t owner;
    std::atomic<uint64_t> *changes; /* shared by all processes; odd: a change is under way */
    uint64_t seen_changes;          /* of what is cached */
    int64_t seen;                   /* data_version of what is cached */
    std::unordered_map<std::string, Cached> cache;
};

ProfileFile *file;

/* 0 when there is none: then SQLite's own version is asked each time. */
std::atomic<uint64_t> *map_changes()
{
    int fd = open(store_path("profile.changes").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
        return nullptr;
    void *at = MAP_FAILED;
    if (posix_fallocate(fd, 0, sizeof(std::atomic<uint64_t>)) == 0)
        at = mmap(nullptr, sizeof(std::atomic<uint64_t>), PROT_READ | PROT_WRITE, MAP_SHARED, fd,
                  0);
    close(fd);
    return at == MAP_FAILED ? nullptr : static_cast<std::atomic<uint64_t> *>(at);
}

void close_file()
{
    if (file && file->owner == host_process()) {
        sqlite3_finalize(file->version);
        sqlite3_finalize(file->read);
        sqlite3_close(file->db);
        if (file->changes)
            munmap(file->changes, sizeof *file->changes);
        delete file;
    }
    file = nullptr; /* after a fork the parent's handle is left alone */
}
RootChange profile_change(close_file);

uint32_t status_of(sqlite3 *db)
{
    int rc = sqlite3_errcode(db);
    trace("mail profile: %s", sqlite3_errmsg(db));
    return rc == SQLITE_BUSY   ? RMS$_FLK
           : rc == SQLITE_FULL ? RMS$_FUL
           : rc == SQLITE_READONLY || rc == SQLITE_PERM ? RMS$_PRV : MAIL$_UAFOPNERR;
}

uint32_t open_file()
{
    if (file && file->owner == host_process())
        return SS$_NORMAL;
    close_file();
    std::string path;
    uint32_t status = mail_profile_path(&path);
    if (!(status & 1))
        return status;
    sqlite3 *db = nullptr;
    if (sqlite3_open_v2(path.c_str(), &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                        nullptr) != SQLITE_OK) {
        sqlite3_close(db);
        return MAIL$_UAFOPNERR;
    }
    sqlite3_busy_timeout(db, BUSY_MS);
    std::unique_ptr<ProfileFile> made(new ProfileFile());
    made->db = db;
    made->owner = host_process();
    bool good = sqlite3_exec(db, schema, nullptr, nullptr, nullptr) == SQLITE_OK &&
                sqlite3_prepare_v3(db, "PRAGMA data_version", -1, SQLITE_PREPARE_PERSISTENT,
                                   &made->version, nullptr) == SQLITE_OK &&
                sqlite3_prepare_v3(db, "SELECT * FROM profile WHERE user=?1", -1,
                                   SQLITE_PREPARE_PERSISTENT, &made->read, nullptr) == SQLITE_OK;
    if (!good) {
        status = status_of(db);
        sqlite3_finalize(made->version);
        sqlite3_close(db);
        return status;
    }
    made->changes = map_changes();
    made->seen_changes = 1;
    file = made.release();
    return SS$_NORMAL;
}

/* Empties the cache after somebody's change; nothing is asked of SQLite while there was none. */
void check_version()
{
    uint64_t now = file->changes ? file->changes->load(std::memory_order_acquire) : 1;
    if (now % 2 == 0 && now == file->seen_changes && file->cache.size() <= MAIL_PROFILE_CACHE)
        return;
    file->seen_changes = now;
    int64_t version = sqlite3_step(file->version) == SQLITE_ROW
                          ? sqlite3_column_int64(file->version, 0) : -1;
    sqlite3_reset(file->version);
    if (version != file->seen || file->cache.size() > MAIL_PROFILE_CACHE)
        file->cache.clear();
    file->seen = version;
}

std::string column(sqlite3_stmt *row, int at)
{
    const void *data = sqlite3_column_blob(row, at);
    return data ? std::string(static_cast<const char *>(data),
                              static_cast<size_t>(sqlite3_column_bytes(row, at)))
                : std::string();
}

void take_row(sqlite3_stmt *row, MailProfile *profile)
{
    profile->user = column(row, 0);
    profile->flags = static_cast<uint32_t>(sqlite3_column_int(row, 1));
    profile->new_messages = static_cast<uint32_t>(sqlite3_column_int(row, 2));
    for (int i = 0; i < MailProfile::TEXT_COUNT; ++i)
        profile->text[i] = column(row, 3 + i);
}

uint32_t change(const char *text, const MailProfile &profile, int columns)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v2(file->db, text, -1, &statement, nullptr) != SQLITE_OK)
        return status_of(file->db);
    sqlite3_bind_text(statement, 1, profile.user.data(), static_cast<int>(profile.user.size()),
                      SQLITE_STATIC);
    if (columns > 1) {
        sqlite3_bind_int64(statement, 2, profile.flags);
        sqlite3_bind_int64(statement, 3, profile.new_messages);
    }
    for (int i = 0; columns > 1 && i < MailProfile::TEXT_COUNT; ++i)
        sqlite3_bind_blob(statement, 4 + i, profile.text[i].data(),
                          static_cast<int>(profile.text[i].size()), SQLITE_STATIC);
    if (sqlite3_exec(file->db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) != SQLITE_OK) {
        uint32_t busy = status_of(file->db);
        sqlite3_finalize(statement);
        return busy;
    }
    uint64_t odd = file->changes ? file->changes->load() | 1 : 1; /* one writer at a time is here */
    if (file->changes)
        file->changes->store(odd);
    int rc = sqlite3_step(statement);
    int changed = sqlite3_changes(file->db);
    sqlite3_reset(statement);
    bool done = rc == SQLITE_DONE &&
                sqlite3_exec(file->db, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK;
    uint32_t status = done ? static_cast<uint32_t>(SS$_NORMAL) : status_of(file->db);
    if (!sqlite3_get_autocommit(file->db))
        sqlite3_exec(file->db, "ROLLBACK", nullptr, nullptr, nullptr);
    if (file->changes)
        file->changes->store(odd + 1);
    if ((status & 1) && changed == 0)
        status = MAIL$_NOSUCHUSR;
    sqlite3_finalize(statement);
    file->cache.erase(profile.user);
    return status;
}

} // namespace

uint32_t mail_profile_read(const std::string &user, MailProfile *profile)
{
    uint32_t status = open_file();
    if (!(status & 1))
        return status;
    check_version();
    auto found = file->cache.find(user);
    if (found == file->cache.end()) {
        Cached fresh;
        sqlite3_bind_text(file->read, 1, user.data(), static_cast<int>(user.size()), SQLITE_STATIC);
        int rc = sqlite3_step(file->read);
        fresh.present = rc == SQLITE_ROW;
        if (fresh.present)
            take_row(file->read, &fresh.profile);
        sqlite3_reset(file->read);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE)
            return status_of(file->db);
        found = file->cache.emplace(user, fresh).first;
    }
    if (!found->second.present)
        return MAIL$_NOSUCHUSR;
    *profile = found->second.profile;
    return SS$_NORMAL;
}

uint32_t mail_profile_next(const std::string &user, MailProfile *profile)
{
    uint32_t status = open_file();
    if (!(status & 1))
        return status;
    sqlite3_stmt *row = nullptr;
    if (sqlite3_prepare_v2(file->db, "SELECT * FROM profile WHERE user>?1 ORDER BY user LIMIT 1",
                           -1, &row, nullptr) != SQLITE_OK)
        return status_of(file->db);
    sqlite3_bind_text(row, 1, user.data(), static_cast<int>(user.size()), SQLITE_STATIC);
    int rc = sqlite3_step(row);
    if (rc == SQLITE_ROW)
        take_row(row, profile);
    status = rc == SQLITE_ROW    ? SS$_NORMAL
             : rc == SQLITE_DONE ? MAIL$_NOSUCHUSR
                                 : status_of(file->db);
    sqlite3_finalize(row);
    return status;
}

uint32_t mail_profile_write(const MailProfile &profile)
{
    uint32_t status = open_file();
    if (!(status & 1))
        return status;
    return change(
        "INSERT OR REPLACE INTO profile VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)",
        profile, COLUMNS);
}

uint32_t mail_profile_delete(const std::string &user)
{
    uint32_t status = open_file();
    MailProfile profile;
    profile.user = user;
    return (status & 1) ? change("DELETE FROM profile WHERE user=?1", profile, 1) : status;
}

} // namespace shim
