/*
**  queue_store - the queue database: VMSROOT/.shim/queue.db
**
**  SQLite, WAL.  Writes go into one open transaction; commit() makes all of them safe from a crash
**  of processes, with a flush also from one of the host: that is how concurrent $SNDJBC share it.
**  One process (the queue manager, holder of queue.lock) has the database open.
*/
#ifndef SHIM_QUEUE_STORE_H
#define SHIM_QUEUE_STORE_H

#include "queue_model.h"

struct sqlite3;
struct sqlite3_stmt;

namespace shim::job_control {

class QueueStore {
public:
    QueueStore();
    ~QueueStore();
    QueueStore(const QueueStore &) = delete;
    QueueStore &operator=(const QueueStore &) = delete;
    bool open(const std::string &path);
    void close();
    /* Everything stored; entries that were executing have rank JOB_EXECUTING. */
    bool load(QueueModel *model);
    void save_queue(const Queue &queue);
    void remove_queue(uint32_t id);
    void save_entry(Entry *entry);
    void remove_entry(const Entry &entry);
    bool pending() const { return in_transaction_; } /* something is not committed */
    bool unflushed() const { return unflushed_; }    /* something committed is not on disk */
    /* False: nothing of the transaction is permanent (disk full ...); it is rolled back. */
    bool commit(bool flush);
    const std::string &error() const { return error_; }

private:
    enum { BEGIN, COMMIT, ROLLBACK, PUT_QUEUE, CUT_QUEUE, PUT_ENTRY, CUT_ENTRY, STATEMENTS };
    void begin();
    bool step(sqlite3_stmt *statement);
    bool failed(const char *what);
    void blob_row(int statement, uint32_t key, const std::string &body);
    sqlite3 *database_;
    sqlite3_stmt *statements_[STATEMENTS];
    bool in_transaction_, broken_, unflushed_;
    int log_;                /* the write-ahead log, for its flush */
    std::string error_;
};

} // namespace shim::job_control

#endif
