/*
**  mail_journal_record - packing and reading back
*/
#include "mail_journal_record.h"

#include <cstring>
#include <unistd.h>

namespace shim {

namespace {

const uint32_t MAGIC = 0x314a4d56; /* "VMJ1" */
const uint32_t RECORD_MAX = 0x7fffffff;

struct Head {
    uint32_t magic, size; /* size: of the whole record */
    uint64_t journal;
    int64_t number;
    uint64_t check;       /* of all that follows, and of the fields above */
};

/* Finds torn writes, not forgers. */
uint64_t checksum(const Head &head, const char *data, size_t size)
{
    const uint64_t K = 0x9e3779b97f4a7c15ULL;
    uint64_t sum = (head.journal ^ static_cast<uint64_t>(head.number) * K) + head.size;
    while (size >= 8) {
        uint64_t word;
        memcpy(&word, data, 8);
        sum = (sum ^ word) * K;
        sum ^= sum >> 29;
        data += 8;
        size -= 8;
    }
    uint64_t word = size;
    memcpy(reinterpret_cast<char *>(&word) + 1, data, size);
    sum = (sum ^ word) * K;
    return sum ^ sum >> 32;
}

void put(std::string *out, const void *data, size_t size)
{
    out->append(static_cast<const char *>(data), size);
}

void put_number(std::string *out, uint64_t value)
{
    put(out, &value, sizeof value);
}

void put_string(std::string *out, const std::string &text)
{
    put_number(out, text.size());
    *out += text;
}

struct Reader {
    const char *at, *end;
    bool good;
    uint64_t number()
    {
        uint64_t value = 0;
        if (end - at < 8)
            good = false;
        else
            memcpy(&value, at, 8), at += 8;
        return value;
    }
    std::string string()
    {
        uint64_t size = number();
        if (!good || size > static_cast<uint64_t>(end - at)) {
            good = false;
            return std::string();
        }
        std::string text(at, static_cast<size_t>(size));
        at += size;
        return text;
    }
};

std::string sealed(uint64_t journal, int64_t number, std::string record)
{
    Head head;
    head.magic = MAGIC;
    head.size = static_cast<uint32_t>(record.size());
    head.journal = journal;
    head.number = number;
    head.check = checksum(head, record.data() + sizeof head, record.size() - sizeof head);
    record.replace(0, sizeof head, reinterpret_cast<const char *>(&head), sizeof head);
    return record;
}

bool unpack_message(Reader *in, JournalRecord *record)
{
    MailDraft &draft = record->draft;
    draft.date = in->number();
    draft.records = static_cast<uint32_t>(in->number());
    uint64_t flags = in->number();
    draft.flags = static_cast<uint16_t>(flags);
    draft.uflags = static_cast<uint16_t>(flags >> 16);
    draft.folder = in->string();
    draft.headers.from = in->string();
    draft.headers.to = in->string();
    draft.headers.cc = in->string();
    draft.headers.subject = in->string();
    draft.headers.sender = in->string();
    record->directories.clear();
    for (uint64_t n = in->number(); n && in->good; --n)
        record->directories.push_back(in->string());
    draft.body = std::make_shared<const std::string>(in->string());
    return in->good;
}

bool unpack_cancel(Reader *in, JournalRecord *record)
{
    record->cancelled.clear();
    for (uint64_t n = in->number(); n && in->good; --n)
        record->cancelled.push_back(static_cast<uint32_t>(in->number()));
    return in->good;
}

} // namespace

std::string pack_message(uint64_t journal, int64_t number, const MailDraft &draft,
                         const std::vector<std::string> &directories)
{
    std::string out(sizeof(Head), '\0');
    out.reserve(draft.body->size() + 1024 + directories.size() * 64);
    put_number(&out, JournalRecord::MESSAGE);
    put_number(&out, draft.date);
    put_number(&out, draft.records);
    put_number(&out, draft.flags | static_cast<uint32_t>(draft.uflags) << 16);
    put_string(&out, draft.folder);
    put_string(&out, draft.headers.from);
    put_string(&out, draft.headers.to);
    put_string(&out, draft.headers.cc);
    put_string(&out, draft.headers.subject);
    put_string(&out, draft.headers.sender);
    put_number(&out, directories.size());
    for (const std::string &directory : directories)
        put_string(&out, directory);
    put_string(&out, *draft.body);
    return sealed(journal, number, std::move(out));
}

std::string pack_cancel(uint64_t journal, int64_t number, const std::vector<uint32_t> &cancelled)
{
    std::string out(sizeof(Head), '\0');
    put_number(&out, JournalRecord::CANCEL);
    put_number(&out, cancelled.size());
    for (uint32_t index : cancelled)
        put_number(&out, index);
    return sealed(journal, number, std::move(out));
}

JournalScan::JournalScan(int fd) : fd_(fd), at_(0), journal_(0), number_(0)
{
    std::string head;
    if (fd < 0 || !read_at(&head, sizeof(Head)))
        return;
    Head first;
    memcpy(&first, head.data(), sizeof first);
    if (first.magic == MAGIC && first.number == 1)
        journal_ = first.journal;
}

bool JournalScan::read_at(std::string *data, size_t size)
{
    data->resize(size);
    return pread(fd_, &(*data)[0], size, static_cast<off_t>(at_)) == static_cast<ssize_t>(size);
}

uint64_t JournalScan::journal()
{
    return journal_;
}

bool JournalScan::next(JournalRecord *record)
{
    std::string data;
    if (!journal_ || !read_at(&data, sizeof(Head)))
        return false;
    Head head;
    memcpy(&head, data.data(), sizeof head);
    if (head.magic != MAGIC || head.journal != journal_ || head.number != number_ + 1 ||
        head.size < sizeof head || head.size > RECORD_MAX || !read_at(&data, head.size) ||
        head.check != checksum(head, data.data() + sizeof head, head.size - sizeof head))
        return false;
    Reader in = {data.data() + sizeof head, data.data() + head.size, true};
    uint64_t kind = in.number();
    record->kind = kind == JournalRecord::CANCEL ? JournalRecord::CANCEL : JournalRecord::MESSAGE;
    record->journal = head.journal;
    record->number = head.number;
    bool good =
        kind == JournalRecord::CANCEL ? unpack_cancel(&in, record) : unpack_message(&in, record);
    at_ += head.size;
    number_ = head.number;
    return good;
}

} // namespace shim
