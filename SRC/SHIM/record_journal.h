/*
**  record_journal - records made permanent by one flush of a file whose blocks are there already
**
**  VMSROOT/.shim/<folder>/NNN.A and NNN.B belong to the process that holds the lock on NNN.A.  A
**  record is {magic, length, journal, number, checksum} and a body.  The numbers of a journal begin
**  with 1 at the start of the file; what follows the last good record is an older journal or zeros.
**  Blocks are written with zeros before they are used, so that the flush of a record changes no
**  metadata of the host's file system.
**
**  write() puts a record behind the others, flush() returns when it is on disk: records of several
**  threads share one flush, and one of the threads makes it.  finished() says that what the record
**  promises has been done to the files it is about (without a flush).  A half that is full, broken
**  or older than retire_ms is retired: when all its records are finished, a thread has the file
**  system flush everything, and the half may be used again.
**
**  Crash: recover() takes each half whose owner is gone, gives its records to apply(), flushes,
**  empties it; the owner of a new slot does the same with that slot.
**
**  Threads: any.  A forked child begins with a slot of its own.
*/
#ifndef SHIM_RECORD_JOURNAL_H
#define SHIM_RECORD_JOURNAL_H

#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

namespace shim {

const uint32_t JOURNAL_SLOTS = 256; /* processes that use one kind of journal at the same time */

struct JournalEntry {
    uint64_t journal;
    int64_t number;
    std::string body;
};

struct JournalKind {
    const char *folder;
    uint64_t bytes;      /* of a half; its last record may pass it */
    uint32_t retire_ms;  /* 0: a half is retired only when it is full */
    /* Adds to *records how many it had to look at; other than success stops the recovery. */
    uint32_t (*apply)(const std::vector<JournalEntry> &entries, uint32_t *records);
};

struct JournalTicket {
    int half;
    uint64_t end, journal;
    int64_t number;
};

class RecordJournal {
public:
    explicit RecordJournal(const JournalKind &kind) : kind_(kind), state_(nullptr) {}
    RecordJournal(const RecordJournal &) = delete;
    RecordJournal &operator=(const RecordJournal &) = delete;

    /* Takes a slot when this process has none.  RMS$_CRE, SS$_EXQUOTA, what apply() answers. */
    uint32_t open();
    uint32_t slot() const;      /* after open() */
    bool device(uint64_t *number) const; /* where the journal lies, after open() */
    /*
    **  RMS$_FUL, SS$_EXDISKQUOTA, RMS$_WER: nothing is written, there is no ticket.  After success
    **  flush() and finished() must follow.
    */
    uint32_t write(const std::string &body, JournalTicket *ticket)
    {
        return write(body, std::string(), ticket);
    }
    /* The body is `first` and `second`, so that nobody has to put large texts together. */
    uint32_t write(const std::string &first, const std::string &second, JournalTicket *ticket);
    /* RMS$_WER: the record may be lost, or may not. */
    uint32_t flush(const JournalTicket &ticket);
    bool flushing() const;      /* by a thread, now: a newer record waits for the next flush */
    void finished(const JournalTicket &ticket);
    uint32_t recover(uint32_t *records);
    /* Flushes the file system, empties this process's slot; flush() of others then fails. */
    void close();

private:
    struct State;
    State *own() const;         /* of this process, or 0 */
    const JournalKind kind_;
    std::atomic<State *> state_;
};

/* ---- bodies: numbers and texts in native byte order, as a journal stays on its machine ---- */

inline void journal_put(std::string *body, uint64_t number)
{
    body->append(reinterpret_cast<const char *>(&number), sizeof number);
}

inline void journal_put(std::string *body, const std::string &text)
{
    journal_put(body, static_cast<uint64_t>(text.size()));
    *body += text;
}

class JournalReader {
public:
    explicit JournalReader(const std::string &body)
        : at_(body.data()), end_(at_ + body.size()), good_(true)
    {
    }
    uint64_t number()
    {
        uint64_t value = 0;
        good_ = good_ && end_ - at_ >= 8;
        if (!good_)
            return 0;
        memcpy(&value, at_, 8);
        at_ += 8;
        return value;
    }
    std::string text()
    {
        uint64_t size = number();
        good_ = good_ && size <= static_cast<uint64_t>(end_ - at_);
        if (!good_)
            return std::string();
        std::string text(at_, static_cast<size_t>(size));
        at_ += size;
        return text;
    }
    bool good() const { return good_; }

private:
    const char *at_, *end_;
    bool good_;
};

} // namespace shim

#endif
