/*
**  dns_codec - the wire form of DNS
**
**  Reader holds {data, size, at} and never moves past the end; a failed read makes it bad and all
**  that follow fail too.
*/
#include "CORE/dns_codec.h"

namespace mail {

namespace {

const size_t HEADER_SIZE = 12;
const unsigned CLASS_INTERNET = 1;
const size_t LABEL_MAX = 63;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

struct Reader {
    const unsigned char *data;
    size_t size, at;
    bool bad;

    Reader(const char *bytes, size_t length)
        : data(reinterpret_cast<const unsigned char *>(bytes)), size(length), at(0), bad(false)
    {
    }
    bool have(size_t count)
    {
        if (bad || count > size - at)
            bad = true;
        return !bad;
    }
    unsigned word()
    {
        if (!have(2))
            return 0;
        at += 2;
        return static_cast<unsigned>(data[at - 2]) << 8 | data[at - 1];
    }
    boost::uint32_t longword()
    {
        boost::uint32_t high = word();
        return high << 16 | word();
    }
    std::string bytes(size_t count)
    {
        if (!have(count))
            return std::string();
        at += count;
        return std::string(reinterpret_cast<const char *>(data) + at - count, count);
    }
    std::string name();
};

/* Each pointer must lead further back than the one before: no loop is possible. */
std::string Reader::name()
{
    std::string text;
    size_t pos = at, limit = at;
    bool jumped = false;
    for (;;) {
        if (bad || pos >= size) {
            bad = true;
            return text;
        }
        unsigned length = data[pos];
        if (length == 0) {
            at = jumped ? at : pos + 1;
            return text;
        }
        if (length >= 0xc0) {
            if (pos + 2 > size)
                bad = true;
            size_t target = bad ? 0 : (length & 0x3fu) << 8 | data[pos + 1];
            if (bad || target >= limit) {
                bad = true;
                return text;
            }
            at = jumped ? at : pos + 2;
            jumped = true;
            pos = limit = target;
            continue;
        }
        bool too_long = text.size() + (text.empty() ? 0 : 1) + length > DNS_NAME_MAX;
        if (length > LABEL_MAX || pos + 1 + length > size || too_long) {
            bad = true;
            return text;
        }
        if (!text.empty())
            text += '.';
        for (unsigned i = 0; i < length; ++i) {
            unsigned char c = data[pos + 1 + i];
            bad = bad || c <= ' ' || c == 0x7f || c == '.'; // would read as another name
            text += lower(static_cast<char>(c));
        }
        pos += 1 + length;
    }
}

void put_word(std::string *text, unsigned value)
{
    text->push_back(static_cast<char>(value >> 8 & 0xff));
    text->push_back(static_cast<char>(value & 0xff));
}

bool put_name(std::string *text, const std::string &name)
{
    if (name.size() > DNS_NAME_MAX)
        return false;
    size_t begin = 0;
    while (begin < name.size()) {
        size_t end = name.find('.', begin);
        if (end == std::string::npos)
            end = name.size();
        size_t length = end - begin;
        if (length == 0 || length > LABEL_MAX)
            return false;
        text->push_back(static_cast<char>(length));
        for (size_t i = begin; i < end; ++i)
            text->push_back(lower(name[i]));
        begin = end + 1;
    }
    text->push_back('\0');
    return true;
}

/* A TXT record is a row of counted strings: their texts joined. */
std::string joined_text(const std::string &data)
{
    std::string text;
    for (size_t at = 0; at < data.size();) {
        size_t length = static_cast<unsigned char>(data[at]);
        text.append(data, at + 1, length);
        at += 1 + length;
    }
    return text;
}

void read_data(Reader &reader, size_t length, DnsRecord *record, boost::uint32_t *minimum)
{
    size_t end = reader.at + length;
    switch (record->type) {
    case DNS_A:
    case DNS_AAAA:
        if (length != (record->type == DNS_A ? 4u : 16u))
            reader.bad = true;
        record->data = reader.bytes(length);
        break;
    case DNS_MX:
        record->preference = reader.word();
        record->data = reader.name();
        break;
    case DNS_CNAME:
    case DNS_PTR:
        record->data = reader.name();
        break;
    case DNS_TXT:
        record->data = joined_text(reader.bytes(length));
        break;
    case DNS_SOA:
        reader.name();
        reader.name();
        reader.bytes(16); /* serial, refresh, retry, expire */
        *minimum = reader.longword();
        break;
    default:
        reader.bytes(length);
        break;
    }
    if (reader.at != end)
        reader.bad = true;
}

/* One resource record; false: malformed. */
bool read_record(Reader &reader, DnsRecord *record, boost::uint32_t *minimum)
{
    record->name = reader.name();
    record->type = reader.word();
    unsigned record_class = reader.word();
    record->ttl = reader.longword();
    if (record->ttl > 0x7fffffffu)
        record->ttl = 0;
    size_t length = reader.word();
    if (!reader.have(length))
        return false;
    if (record_class != CLASS_INTERNET) {
        record->type = 0;
        reader.bytes(length);
        return true;
    }
    read_data(reader, length, record, minimum);
    return !reader.bad;
}

} // namespace

bool dns_encode_question(unsigned id, const std::string &name, unsigned type, std::string *message)
{
    std::string text;
    std::string bare = name;
    if (!bare.empty() && bare[bare.size() - 1] == '.')
        bare.erase(bare.size() - 1);
    put_word(&text, id);
    put_word(&text, 0x0100); /* recursion desired */
    put_word(&text, 1);
    put_word(&text, 0);
    put_word(&text, 0);
    put_word(&text, 0);
    if (bare.empty() || !put_name(&text, bare))
        return false;
    put_word(&text, type);
    put_word(&text, CLASS_INTERNET);
    message->swap(text);
    return true;
}

bool dns_decode(const char *data, size_t size, DnsMessage *message)
{
    Reader reader(data, size);
    if (size < HEADER_SIZE)
        return false;
    *message = DnsMessage();
    message->id = reader.word();
    unsigned flags = reader.word();
    unsigned questions = reader.word(), answers = reader.word(), authorities = reader.word();
    reader.word();
    message->is_answer = (flags & 0x8000) != 0;
    message->truncated = (flags & 0x0200) != 0;
    message->code = flags & 0xf;
    if (questions > 1 || answers > DNS_RECORDS_MAX || authorities > DNS_RECORDS_MAX)
        return false;
    if (questions == 1) {
        message->question = reader.name();
        message->question_type = reader.word();
        reader.word();
    }
    if (reader.bad)
        return false;
    if (message->truncated)
        return true; /* the rest may be cut anywhere: it is asked again by TCP */
    for (unsigned i = 0; i < answers + authorities; ++i) {
        DnsRecord record;
        boost::uint32_t minimum = 0;
        if (!read_record(reader, &record, &minimum))
            return false;
        if (i < answers) {
            message->answers.push_back(record);
        } else if (record.type == DNS_SOA) {
            message->has_negative_ttl = true;
            message->negative_ttl = record.ttl < minimum ? record.ttl : minimum;
        }
    }
    return true;
}

} // namespace mail
