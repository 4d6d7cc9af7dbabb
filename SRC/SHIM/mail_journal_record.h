/*
**  mail_journal_record - the body of a delivery's record, one writer and one reader
*/
#ifndef SHIM_MAIL_JOURNAL_RECORD_H
#define SHIM_MAIL_JOURNAL_RECORD_H

#include "mail_store.h"

namespace shim {

struct MailRecord {
    enum Kind { MESSAGE = 1, CANCEL = 2 } kind;
    MailDraft draft;
    std::vector<std::string> directories;
    int64_t about;                   /* CANCEL: number of the message's record */
    std::vector<uint32_t> cancelled; /* indexes of its directories */
};

/* Without the text's bytes, which follow. */
std::string pack_message(const MailDraft &draft, const std::vector<std::string> &directories);
std::string pack_cancel(int64_t about, const std::vector<uint32_t> &cancelled);
bool unpack_record(const std::string &body, MailRecord *record);

} // namespace shim

#endif
