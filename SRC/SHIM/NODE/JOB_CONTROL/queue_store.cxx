/*
**  queue_store - queues and entries as rows of (key, encoded body)
**
**  The body is the model's own encoding, so a write is one row and a start one scan.  A write that
**  fails spoils its transaction: commit() then rolls back and answers false.
*/
#include "queue_store.h"

#include "crash_point.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim::job_control {

namespace {

/*
**  Exclusive: queue.lock says already that no other process comes, so no byte of it is locked.
**  Normal: only checkpoints flush; the log is flushed here, when commit() is asked to.
*/
const char SCHEMA[] = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL;"
                      "PRAGMA synchronous=NORMAL; PRAGMA cache_size=-256;"
                      "PRAGMA wal_autocheckpoint=1000;"
                      "CREATE TABLE IF NOT EXISTS queue(id INTEGER PRIMARY KEY, body BLOB);"
                      "CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY, body BLOB);";

const char *const statement_table[] = {
    "BEGIN IMMEDIATE",
    "COMMIT",
    "ROLLBACK",
    "INSERT OR REPLACE INTO queue(id, body) VALUES(?1, ?2)",
    "DELETE FROM queue WHERE id = ?1",
    "INSERT OR REPLACE INTO entry(id, body) VALUES(?1, ?2)",
    "DELETE FROM entry WHERE id = ?1",
};

/*
**  The log gets its full size at once: flushing a write inside a file costs a third of flushing one
**  that makes it longer.  Zeros are no valid frames.  Nothing is lost when there is no room for it.
**  Its descriptor, or -1.
*/
int open_log(const std::string &path)
{
    const off_t LOG_BYTES = 1100 * 4120; /* a little more than the checkpoint waits for */
    const size_t PIECE = 64 * 1024;
    int fd = open((path + "-wal").c_str(), O_WRONLY | O_CLOEXEC);
    struct stat status;
    if (fd < 0)
        return fd;
    std::string zeros(PIECE, '\0');
    off_t at = fstat(fd, &status) == 0 ? status.st_size : LOG_BYTES;
    while (at < LOG_BYTES && pwrite(fd, zeros.data(), PIECE, at) == static_cast<ssize_t>(PIECE))
        at += static_cast<off_t>(PIECE);
    return fd;
}

} // namespace

QueueStore::QueueStore()
    : database_(nullptr), statements_(), in_transaction_(false), broken_(false), unflushed_(false),
      log_(-1)
{
}

QueueStore::~QueueStore()
{
    close();
}

bool QueueStore::failed(const char *what)
{
    error_ = std::string(what) + ": " + (database_ ? sqlite3_errmsg(database_) : "no memory");
    return false;
}

bool QueueStore::open(const std::string &path)
{
    if (sqlite3_open(path.c_str(), &database_) != SQLITE_OK)
        return failed("open");
    sqlite3_busy_timeout(database_, 5000);
    if (sqlite3_exec(database_, SCHEMA, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failed("schema");
    log_ = open_log(path);
    if (log_ < 0)
        return failed("log");
    for (int i = 0; i < STATEMENTS; ++i)
        if (sqlite3_prepare_v3(database_, statement_table[i], -1, SQLITE_PREPARE_PERSISTENT,
                               &statements_[i], nullptr) != SQLITE_OK)
            return failed("prepare");
    return true;
}

void QueueStore::close()
{
    if (!database_)
        return;
    for (sqlite3_stmt *&statement : statements_) {
        sqlite3_finalize(statement);
        statement = nullptr;
    }
    sqlite3_close(database_);
    database_ = nullptr;
    if (log_ >= 0)
        ::close(log_);
    log_ = -1;
}

bool QueueStore::load(QueueModel *model)
{
    sqlite3_stmt *rows = nullptr;
    bool good = sqlite3_prepare_v2(database_, "SELECT body FROM queue", -1, &rows, nullptr) == 0;
    auto body = [&rows](int column) {
        const char *data = static_cast<const char *>(sqlite3_column_blob(rows, column));
        return std::string(data ? data : "",
                           static_cast<size_t>(sqlite3_column_bytes(rows, column)));
    };
    while (good && sqlite3_step(rows) == SQLITE_ROW) {
        std::unique_ptr<Queue> queue(new Queue);
        if (queue->decode(body(0)))
            model->add_queue(std::move(queue));
        else
            error_ = "a queue's record cannot be read";
    }
    sqlite3_finalize(rows);
    model->link_targets();
    const char *entries = "SELECT id, body FROM entry ORDER BY id";
    good = good && sqlite3_prepare_v2(database_, entries, -1, &rows, nullptr) == 0;
    while (good && sqlite3_step(rows) == SQLITE_ROW) {
        std::unique_ptr<Entry> entry(new Entry);
        entry->number = static_cast<uint32_t>(sqlite3_column_int64(rows, 0));
        std::string entered, queue;
        bool read = entry->decode(body(1), &entered, &queue);
        entry->entered = model->find_queue(entered);
        entry->queue = model->find_queue(queue);
        if (!read || !entry->entered || !entry->queue) {
            error_ = "the record of entry " + std::to_string(entry->number) + " cannot be read";
            continue;
        }
        entry->saved = true;
        if (entry->number > model->last_number)
            model->last_number = entry->number;
        model->add_entry(std::move(entry));
    }
    if (good)
        sqlite3_finalize(rows);
    return good || failed("load");
}

bool QueueStore::step(sqlite3_stmt *statement)
{
    bool done = sqlite3_step(statement) == SQLITE_DONE;
    if (!done)
        failed("write");
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return done;
}

void QueueStore::begin()
{
    if (in_transaction_)
        return;
    in_transaction_ = true;
    broken_ = !step(statements_[BEGIN]);
}

void QueueStore::blob_row(int statement, uint32_t key, const std::string &body)
{
    begin();
    sqlite3_stmt *row = statements_[statement];
    sqlite3_bind_int64(row, 1, key);
    sqlite3_bind_blob(row, 2, body.data(), static_cast<int>(body.size()), SQLITE_STATIC);
    if (broken_ || !step(row))
        broken_ = true;
}

void QueueStore::save_queue(const Queue &queue)
{
    blob_row(PUT_QUEUE, queue.id, queue.encode());
}

void QueueStore::save_entry(Entry *entry)
{
    blob_row(PUT_ENTRY, entry->number, entry->encode());
    entry->saved = true;
    entry->dirty = false;
}

void QueueStore::remove_queue(uint32_t id)
{
    begin();
    sqlite3_bind_int64(statements_[CUT_QUEUE], 1, id);
    if (broken_ || !step(statements_[CUT_QUEUE]))
        broken_ = true;
}

void QueueStore::remove_entry(const Entry &entry)
{
    if (!entry.saved)
        return;
    begin();
    sqlite3_bind_int64(statements_[CUT_ENTRY], 1, entry.number);
    if (broken_ || !step(statements_[CUT_ENTRY]))
        broken_ = true;
}

bool QueueStore::commit(bool flush)
{
    bool done = true;
    if (!in_transaction_ && !(flush && unflushed_))
        return done;
    if (in_transaction_) {
        CRASH_POINT("crash:queue_changed");
        done = !broken_ && step(statements_[COMMIT]);
        if (!done && !sqlite3_get_autocommit(database_))
            step(statements_[ROLLBACK]);
        in_transaction_ = broken_ = false;
        unflushed_ = unflushed_ || done;
    }
    if (done && flush && unflushed_) {
        done = fdatasync(log_) == 0;
        if (!done)
            error_ = "flush: " + std::string(strerror(errno));
        unflushed_ = !done;
    }
    CRASH_POINT("crash:queue_committed");
    return done;
}

} // namespace shim::job_control
