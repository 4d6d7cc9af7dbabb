/*
**  mail_journal_record - packing and reading back
*/
#include "mail_journal_record.h"

#include "record_journal.h"

namespace shim {

namespace {

bool unpack_message(JournalReader *in, MailRecord *record)
{
    MailDraft &draft = record->draft;
    draft.date = in->number();
    draft.records = static_cast<uint32_t>(in->number());
    uint64_t flags = in->number();
    draft.flags = static_cast<uint16_t>(flags);
    draft.uflags = static_cast<uint16_t>(flags >> 16);
    draft.folder = in->text();
    draft.headers.from = in->text();
    draft.headers.to = in->text();
    draft.headers.cc = in->text();
    draft.headers.subject = in->text();
    draft.headers.sender = in->text();
    record->directories.clear();
    for (uint64_t n = in->number(); n && in->good(); --n)
        record->directories.push_back(in->text());
    draft.body = std::make_shared<const std::string>(in->text());
    return in->good();
}

bool unpack_cancel(JournalReader *in, MailRecord *record)
{
    record->about = static_cast<int64_t>(in->number());
    record->cancelled.clear();
    for (uint64_t n = in->number(); n && in->good(); --n)
        record->cancelled.push_back(static_cast<uint32_t>(in->number()));
    return in->good();
}

} // namespace

std::string pack_message(const MailDraft &draft, const std::vector<std::string> &directories)
{
    std::string out;
    out.reserve(1024 + directories.size() * 64);
    journal_put(&out, static_cast<uint64_t>(MailRecord::MESSAGE));
    journal_put(&out, draft.date);
    journal_put(&out, static_cast<uint64_t>(draft.records));
    journal_put(&out, draft.flags | static_cast<uint64_t>(draft.uflags) << 16);
    journal_put(&out, draft.folder);
    journal_put(&out, draft.headers.from);
    journal_put(&out, draft.headers.to);
    journal_put(&out, draft.headers.cc);
    journal_put(&out, draft.headers.subject);
    journal_put(&out, draft.headers.sender);
    journal_put(&out, static_cast<uint64_t>(directories.size()));
    for (const std::string &directory : directories)
        journal_put(&out, directory);
    journal_put(&out, static_cast<uint64_t>(draft.body->size()));
    return out;
}

std::string pack_cancel(int64_t about, const std::vector<uint32_t> &cancelled)
{
    std::string out;
    journal_put(&out, static_cast<uint64_t>(MailRecord::CANCEL));
    journal_put(&out, static_cast<uint64_t>(about));
    journal_put(&out, static_cast<uint64_t>(cancelled.size()));
    for (uint32_t index : cancelled)
        journal_put(&out, static_cast<uint64_t>(index));
    return out;
}

bool unpack_record(const std::string &body, MailRecord *record)
{
    JournalReader in(body);
    uint64_t kind = in.number();
    record->kind = kind == MailRecord::CANCEL ? MailRecord::CANCEL : MailRecord::MESSAGE;
    return kind == MailRecord::CANCEL ? unpack_cancel(&in, record) : unpack_message(&in, record);
}

} // namespace shim
