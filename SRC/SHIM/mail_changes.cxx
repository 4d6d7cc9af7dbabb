/*
**  mail_changes - what the reader changes in a mail file: moves, flags, purge, compress
**
**  All changes of one call are one transaction and one flush.  mail_store.h tells when it happens.
*/
#include "mail_store.h"

#include "mail_ahead.h"
#include "mail_text.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>

#include <algorithm>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {

namespace {

const time_t ORPHAN_SECONDS = 3600; /* younger ones may belong to a delivery that is under way */

} // namespace

/* The row, its text; its external file is for the caller to erase after the commit. */
uint32_t MailStore::erase(int64_t key, std::vector<uint64_t> *dead, MailPurged *sum)
{
    sqlite3_stmt *row = query(DELETE_MSG);
    sqlite3_bind_int64(row, 1, key);
    int rc = sqlite3_step(row);
    bool external = false;
    if (rc == SQLITE_ROW) {
        external = (sqlite3_column_int(row, 1) & MAIL$M_EXTMSG) != 0;
        if (external)
            dead->push_back(static_cast<uint64_t>(sqlite3_column_int64(row, 0)));
        sum->messages++;
        sum->bytes += static_cast<uint64_t>(sqlite3_column_int64(row, 2));
        rc = sqlite3_step(row);
    }
    sqlite3_reset(row);
    if (rc != SQLITE_DONE)
        return failure();
    return external ? static_cast<uint32_t>(SS$_NORMAL) : run(DELETE_BODY, key & 0xffffffffffLL);
}

/* folder: the number of the one that it is moved to */
uint32_t MailStore::apply(const MailChange &change, int64_t folder, bool purge,
                          std::vector<uint64_t> *dead, MailPurged *sum)
{
    if (change.kind == MailChange::FLAGS) {
        sqlite3_bind_int(query(SET_FLAGS), 3, change.uflags);
        return run(SET_FLAGS, change.key, change.flags);
    }
    if (folder == FOLDER_WASTE && purge)
        return erase(change.key, dead, sum);
    uint32_t status = run(MOVE, change.key, folder << 40 | (change.key & 0xffffffffffLL));
    MailEntry moved;
    if ((status & 1) && folder != FOLDER_NEWMAIL &&
        (entry(folder << 40 | (change.key & 0xffffffffffLL), &moved) & 1) &&
        (moved.flags & MAIL$M_NEWMSG)) { /* only NEWMAIL holds new messages */
        sqlite3_bind_int(query(SET_FLAGS), 3, moved.uflags);
        status = run(SET_FLAGS, moved.key, moved.flags & ~MAIL$M_NEWMSG);
    }
    return status;
}

/* Most changes of a session go to the same folder: its number is looked up once. */
uint32_t MailStore::apply_all(const std::vector<MailChange> &changes, bool purge,
                              std::vector<uint64_t> *dead, MailPurged *sum)
{
    const std::string *name = nullptr;
    int64_t folder = 0;
    uint32_t status = SS$_NORMAL;
    for (size_t i = 0; i < changes.size() && (status & 1); ++i) {
        const MailChange &change = changes[i];
        if (change.kind == MailChange::MOVE && (!name || *name != change.folder)) {
            name = &change.folder;
            folder = folder_number(change.folder, true);
            if (!folder)
                return failure();
        }
        status = apply(change, folder, purge, dead, sum);
    }
    return status;
}

/* Gone from the mail file for good; a file that stays is an orphan for compress(). */
void MailStore::erase_files(const std::vector<uint64_t> &dates)
{
    for (uint64_t date : dates)
        unlinkat(folder()->fd, mail_external_host_name(date).c_str(), 0);
}

uint32_t MailStore::empty_waste(std::vector<uint64_t> *dead, MailPurged *sum)
{
    std::vector<MailEntry> found;
    std::string name;
    uint32_t status = wastebasket(&name);
    if (status & 1)
        status = select(name, MailFilter(), &found);
    if (status == MAIL$_NOTEXIST)
        return SS$_NORMAL;
    for (size_t i = 0; i < found.size() && (status & 1); ++i)
        status = erase(found[i].key, dead, sum);
    return status;
}

uint32_t MailStore::commit(const std::vector<MailChange> &changes, bool purge, MailPurged *purged)
{
    MailPurged sum;
    std::vector<uint64_t> dead;
    std::string waste;
    uint32_t status = wastebasket(&waste);
    if (purge && changes.empty() && (status & 1) && !folder_has_messages(waste))
        return SS$_NORMAL;
    if (status & 1)
        status = begin(true);
    if (!(status & 1))
        return status;
    status = apply_all(changes, purge, &dead, &sum);
    if (purge && (status & 1))
        status = empty_waste(&dead, &sum);
    if (sum.bytes && (status & 1))
        status = run(ADD_DELETED, static_cast<int64_t>(sum.bytes));
    status = finish(status);
    if (!(status & 1))
        return status;
    erase_files(dead);
    if (purged)
        *purged = sum;
    return status;
}

uint32_t MailStore::wastebasket(std::string *name)
{
    sqlite3_stmt *list = query(LIST_FOLDERS);
    bool found = sqlite3_step(list) == SQLITE_ROW; /* the lowest number */
    if (found)
        *name = reinterpret_cast<const char *>(sqlite3_column_text(list, 1));
    sqlite3_reset(list);
    return found ? static_cast<uint32_t>(SS$_NORMAL) : failure();
}

uint32_t MailStore::rename_wastebasket(const std::string &name)
{
    int64_t number = folder_number(name, false);
    if (number && number != FOLDER_WASTE)
        return MAIL$_ILLFOLNAM;
    uint32_t status = begin(true);
    if (!(status & 1))
        return status;
    sqlite3_bind_text(query(RENAME), 1, name.data(), static_cast<int>(name.size()),
                      SQLITE_TRANSIENT);
    return finish(run(RENAME));
}

uint32_t MailStore::deleted_bytes(uint64_t *bytes)
{
    sqlite3_stmt *row = query(GET_STATE);
    sqlite3_bind_int64(row, 1, 2);
    bool found = sqlite3_step(row) == SQLITE_ROW;
    *bytes = found ? static_cast<uint64_t>(sqlite3_column_int64(row, 0)) : 0;
    sqlite3_reset(row);
    return found ? static_cast<uint32_t>(SS$_NORMAL) : failure();
}

uint32_t MailStore::new_count(uint32_t *count)
{
    sqlite3_stmt *row = query(GET_STATE);
    sqlite3_bind_int64(row, 1, 1);
    bool found = sqlite3_step(row) == SQLITE_ROW;
    *count = found ? static_cast<uint32_t>(sqlite3_column_int64(row, 1)) : 0;
    sqlite3_reset(row);
    return found ? static_cast<uint32_t>(SS$_NORMAL) : failure();
}

uint32_t MailStore::set_new_count(uint32_t count)
{
    uint32_t status = begin(false);
    return (status & 1) ? finish(run(SET_NEW, count)) : status;
}

void MailStore::remove_orphans()
{
    std::vector<uint64_t> dates, used;
    external_dates(&dates);
    sqlite3_stmt *rows = query(ALL_DATES);
    int rc;
    while ((rc = sqlite3_step(rows)) == SQLITE_ROW)
        used.push_back(static_cast<uint64_t>(sqlite3_column_int64(rows, 0)));
    sqlite3_reset(rows);
    std::sort(used.begin(), used.end());
    for (uint64_t date : dates) {
        struct stat info;
        std::string path = external_path(date);
        if (rc == SQLITE_DONE && !std::binary_search(used.begin(), used.end(), date) &&
            stat(path.c_str(), &info) == 0 && info.st_mtime + ORPHAN_SECONDS < time(nullptr))
            unlink(path.c_str());
    }
}

uint32_t MailStore::compress(uint64_t *reclaimed)
{
    uint64_t deleted = 0;
    uint32_t status = deleted_bytes(&deleted);
    if (status & 1)
        status = begin(true);
    if (status & 1)
        status = finish(run(ADD_DELETED, -static_cast<int64_t>(deleted)));
    if (!(status & 1))
        return status;
    for (int i = 0; i < QUERY_COUNT; ++i)
        if (queries_[i])
            sqlite3_reset(queries_[i]);
    if (sqlite3_exec(db_, "VACUUM", nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure();
    sqlite3_wal_checkpoint_v2(db_, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    remove_orphans();
    *reclaimed = deleted;
    return SS$_NORMAL;
}

} // namespace shim
