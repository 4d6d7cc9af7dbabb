/*
**  size_files - records of packed entries between a head and a tail
*/
#include "size_files.h"

#include "CORE/md5.h"
#include "CORE/text.h"
#include "MTA/outheaders.h"
#include "VMS/recfile.h"

namespace mail {

namespace {

const char head_word[] = "POP-SIZES-1 ", tail_word[] = "END ";
const size_t ENTRIES_PER_RECORD = 20;
enum { ENTRY_ON_TOP = 1, ENTRY_WHOLE = 2 }; /* the octets are kept too */

/* Of an entry: number of hexadecimal digits, in this order. */
const size_t DATE_DIGITS = 16, SIZE_DIGITS = 8, ENTRY_SIZES = 5, FLAG_DIGITS = 1;
const size_t ENTRY = DATE_DIGITS + ENTRY_SIZES * SIZE_DIGITS + FLAG_DIGITS;

void put(boost::uint64_t value, size_t digits, std::string *out)
{
    for (size_t i = digits; i-- > 0;)
        *out += "0123456789ABCDEF"[(value >> (4 * i)) & 15];
}

bool take(const std::string &text, size_t *at, size_t digits, boost::uint64_t *value)
{
    *value = 0;
    for (size_t end = *at + digits; *at < end; ++*at) {
        char c = text[*at];
        if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'F')))
            return false;
        *value = *value << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'A' + 10);
    }
    return true;
}

void put_entry(const KnownSize &one, std::string *out)
{
    const PopTextFacts &facts = one.facts;
    const boost::uint32_t sizes[ENTRY_SIZES] = {facts.octets, facts.bottom, facts.fields,
                                                facts.more, one.fixed ? one.octets : 0};
    put(one.date, DATE_DIGITS, out);
    for (size_t i = 0; i < ENTRY_SIZES; ++i)
        put(sizes[i], SIZE_DIGITS, out);
    put((facts.on_top ? ENTRY_ON_TOP : 0) | (one.fixed ? ENTRY_WHOLE : 0), FLAG_DIGITS, out);
}

bool take_entry(const std::string &record, size_t *at, KnownSize *one)
{
    boost::uint64_t date, flags, sizes[ENTRY_SIZES];
    bool good = take(record, at, DATE_DIGITS, &date);
    for (size_t i = 0; good && i < ENTRY_SIZES; ++i)
        good = take(record, at, SIZE_DIGITS, &sizes[i]);
    if (!good || !take(record, at, FLAG_DIGITS, &flags))
        return false;
    one->date = date;
    one->facts.octets = static_cast<boost::uint32_t>(sizes[0]);
    one->facts.bottom = static_cast<boost::uint32_t>(sizes[1]);
    one->facts.fields = static_cast<boost::uint32_t>(sizes[2]);
    one->facts.more = static_cast<boost::uint32_t>(sizes[3]);
    one->facts.on_top = (flags & ENTRY_ON_TOP) != 0;
    one->octets = static_cast<boost::uint32_t>(sizes[4]);
    one->fixed = (flags & ENTRY_WHOLE) != 0;
    return one->facts.bottom <= one->facts.octets && one->facts.fields <= one->facts.bottom &&
           one->facts.more <= one->facts.fields;
}

std::string head_of(const SizeFile &file)
{
    return head_word + file.print + " " + file.directory;
}

std::string tail_of(const KnownSizes &sizes)
{
    return tail_word + text_from_number(sizes.size());
}

/* Two heads that differ in the print alone: the facts count, the whole sizes do not. */
bool same_mailbox(const std::string &head, const SizeFile &file, bool *same_print)
{
    std::string wanted = head_of(file);
    size_t place = sizeof head_word - 1 + file.print.size();
    *same_print = head == wanted;
    return head.size() == wanted.size() && text_begins(head, head_word) &&
           head.compare(place, std::string::npos, wanted, place, std::string::npos) == 0;
}

bool read_entries(RecordReader &reader, bool whole, KnownSizes *sizes)
{
    std::string record;
    while (reader.next(&record).ok()) {
        if (text_begins(record, tail_word))
            return record == tail_of(*sizes);
        if (record.size() % ENTRY != 0)
            return false;
        for (size_t at = 0; at < record.size();) {
            KnownSize one;
            if (!take_entry(record, &at, &one) ||
                (!sizes->empty() && one.date <= sizes->back().date))
                return false;
            if (!whole)
                one.octets = 0;
            sizes->push_back(one);
        }
        if (sizes->size() > POP_SIZE_CACHE_MAX)
            return false;
    }
    return false; /* it has no tail: its writer was killed */
}

} // namespace

bool size_file_read(const SizeFile &file, KnownSizes *sizes, size_t expected)
{
    RecordReader reader;
    std::string head;
    KnownSizes found;
    bool whole = false;
    if (file.place.empty() || !reader.open(file.user, file.place).ok() ||
        !reader.next(&head).ok() || !same_mailbox(head, file, &whole))
        return false;
    found.reserve(expected < POP_SIZE_CACHE_MAX ? expected : size_t(POP_SIZE_CACHE_MAX));
    if (!read_entries(reader, whole, &found))
        return false;
    sizes->swap(found);
    return true;
}

Status size_file_write(const SizeFile &file, const KnownSizes &sizes)
{
    RecordWriter writer;
    Status status = writer.create(file.user, file.place);
    if (!status.ok())
        return status;
    status = writer.write(head_of(file));
    std::string record;
    for (size_t i = 0; status.ok() && i < sizes.size(); ++i) {
        put_entry(sizes[i], &record);
        if (record.size() < ENTRIES_PER_RECORD * ENTRY && i + 1 < sizes.size())
            continue;
        status = writer.write(record);
        record.clear();
    }
    if (status.ok())
        status = writer.write(tail_of(sizes));
    std::string name = writer.resultant();
    if (!status.ok()) {
        writer.abandon();
        return status;
    }
    status = writer.close();
    size_t version = name.rfind(';');
    if (status.ok() && version != std::string::npos)
        file_erase(name.substr(0, version) + ";-1"); /* often there is none */
    return status;
}

std::string pop_size_print(const Settings &settings, const Identity &identity)
{
    static const ParamId ids[] = {P_POP_IGNORE_MAIL11_HEADERS, P_POP_SEND_ID_HEADERS,
                                  P_POP_PERSONAL_NAME,         P_POP_BOTTOM_HEADERS,
                                  P_POP_DECNET_REWRITE,        P_POP_QUOTED_DECNET_REWRITE,
                                  P_HEADERS};
    std::string all = product_version() + "\n" + identity.host() + "\n" + identity.mail_domain();
    for (size_t i = 0; i < sizeof ids / sizeof *ids; ++i)
        all += "\n" + text_from_number(settings.flag(ids[i])) + " " +
               text_from_number(settings.number(ids[i]));
    return md5_hex(all);
}

} // namespace mail
