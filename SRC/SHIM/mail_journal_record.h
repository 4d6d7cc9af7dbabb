/*
**  mail_journal_record - the bytes of a journal record, one writer and one reader
**
**  Native byte order: a journal is read on the machine that wrote it.  A record with a wrong
**  checksum is where the journal ends.
*/
#ifndef SHIM_MAIL_JOURNAL_RECORD_H
#define SHIM_MAIL_JOURNAL_RECORD_H

#include "mail_store.h"

namespace shim {

struct JournalRecord {
    enum Kind { MESSAGE = 1, CANCEL = 2 } kind; /* CANCEL is about the record before it */
    uint64_t journal;
    int64_t number;
    MailDraft draft;
    std::vector<std::string> directories;
    std::vector<uint32_t> cancelled; /* indexes of directories */
};

std::string pack_message(uint64_t journal, int64_t number, const MailDraft &draft,
                         const std::vector<std::string> &directories);
std::string pack_cancel(uint64_t journal, int64_t number, const std::vector<uint32_t> &cancelled);

/* The good records of a file, in order.  fd may be -1: none. */
class JournalScan {
public:
    explicit JournalScan(int fd);
    uint64_t journal(); /* of the first record; 0 when the file is empty */
    bool next(JournalRecord *record);

private:
    bool read_at(std::string *data, size_t size);
    int fd_;
    uint64_t at_, journal_;
    int64_t number_;
};

} // namespace shim

#endif
