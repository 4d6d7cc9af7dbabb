/*
**  control_codec - control file blocks to values and back
**
**  The layout stands in CORE/control_codec.h; the order of the head's numbers only here.  Nothing
**  in the file is believed before its checksum is: sizes are compared with each other and with what
**  was given before they are used.
*/
#include "CORE/control_codec.h"

#include <stdio.h>
#include <string.h>

namespace mail {

static const char magic[8] = {'V', 'M', 'A', 'I', 'L', 'C', 'F', '\x1A'};

/* Positions in the head. */
enum {
    AT_VERSION = 8,
    AT_BLOCK_SIZE = 10,
    AT_FLAGS = 12,
    AT_FIELD_BLOCK = 16,
    AT_FIELD_BYTES = 20,
    AT_CELL_BLOCK = 24,
    AT_CELL_COUNT = 28,
    AT_TEXT_BLOCK = 32,
    AT_FIELD_CHECK = 36,
    AT_TEXT_BYTES = 40,
    AT_TEXT_CHECK = 48,
    AT_HEAD_CHECK = CONTROL_BLOCK - 4,
    FLAG_COMPLETE = 1
};

/* Positions in a cell. */
enum {
    AT_STATE = 0,
    AT_CELL_FLAGS = 1,
    AT_ATTEMPTS = 2,
    AT_CODE = 4,
    AT_STATUS = 6,
    AT_TEXT_SIZE = 9,
    AT_ATTEMPTED = 16,
    AT_CELL_TEXT = 24,
    AT_CELL_CHECK = CONTROL_CELL - 4,
    CELL_REPORTED = 1
};

enum { FIELD_HEAD = 4, MAX_FIELD_BYTES = 64 * 1024 * 1024 };

struct TextTagRow {
    char letter;
    std::string ControlEnvelope::*member;
    size_t most;
};

static const TextTagRow text_tag_table[] = {
#define CONTROL_TAG(letter, member, most, help) {letter, &ControlEnvelope::member, most},
#include "CORE/control_tags.def"
#undef CONTROL_TAG
};
static const size_t text_tags = sizeof text_tag_table / sizeof *text_tag_table;

static const boost::uint32_t crc_table[256] = {
    0x00000000u, 0x77073096u, 0xee0e612cu, 0x990951bau, 0x076dc419u, 0x706af48fu, 0xe963a535u,
    0x9e6495a3u, 0x0edb8832u, 0x79dcb8a4u, 0xe0d5e91eu, 0x97d2d988u, 0x09b64c2bu, 0x7eb17cbdu,
    0xe7b82d07u, 0x90bf1d91u, 0x1db71064u, 0x6ab020f2u, 0xf3b97148u, 0x84be41deu, 0x1adad47du,
    0x6ddde4ebu, 0xf4d4b551u, 0x83d385c7u, 0x136c9856u, 0x646ba8c0u, 0xfd62f97au, 0x8a65c9ecu,
    0x14015c4fu, 0x63066cd9u, 0xfa0f3d63u, 0x8d080df5u, 0x3b6e20c8u, 0x4c69105eu, 0xd56041e4u,
    0xa2677172u, 0x3c03e4d1u, 0x4b04d447u, 0xd20d85fdu, 0xa50ab56bu, 0x35b5a8fau, 0x42b2986cu,
    0xdbbbc9d6u, 0xacbcf940u, 0x32d86ce3u, 0x45df5c75u, 0xdcd60dcfu, 0xabd13d59u, 0x26d930acu,
    0x51de003au, 0xc8d75180u, 0xbfd06116u, 0x21b4f4b5u, 0x56b3c423u, 0xcfba9599u, 0xb8bda50fu,
    0x2802b89eu, 0x5f058808u, 0xc60cd9b2u, 0xb10be924u, 0x2f6f7c87u, 0x58684c11u, 0xc1611dabu,
    0xb6662d3du, 0x76dc4190u, 0x01db7106u, 0x98d220bcu, 0xefd5102au, 0x71b18589u, 0x06b6b51fu,
    0x9fbfe4a5u, 0xe8b8d433u, 0x7807c9a2u, 0x0f00f934u, 0x9609a88eu, 0xe10e9818u, 0x7f6a0dbbu,
    0x086d3d2du, 0x91646c97u, 0xe6635c01u, 0x6b6b51f4u, 0x1c6c6162u, 0x856530d8u, 0xf262004eu,
    0x6c0695edu, 0x1b01a57bu, 0x8208f4c1u, 0xf50fc457u, 0x65b0d9c6u, 0x12b7e950u, 0x8bbeb8eau,
    0xfcb9887cu, 0x62dd1ddfu, 0x15da2d49u, 0x8cd37cf3u, 0xfbd44c65u, 0x4db26158u, 0x3ab551ceu,
    0xa3bc0074u, 0xd4bb30e2u, 0x4adfa541u, 0x3dd895d7u, 0xa4d1c46du, 0xd3d6f4fbu, 0x4369e96au,
    0x346ed9fcu, 0xad678846u, 0xda60b8d0u, 0x44042d73u, 0x33031de5u, 0xaa0a4c5fu, 0xdd0d7cc9u,
    0x5005713cu, 0x270241aau, 0xbe0b1010u, 0xc90c2086u, 0x5768b525u, 0x206f85b3u, 0xb966d409u,
    0xce61e49fu, 0x5edef90eu, 0x29d9c998u, 0xb0d09822u, 0xc7d7a8b4u, 0x59b33d17u, 0x2eb40d81u,
    0xb7bd5c3bu, 0xc0ba6cadu, 0xedb88320u, 0x9abfb3b6u, 0x03b6e20cu, 0x74b1d29au, 0xead54739u,
    0x9dd277afu, 0x04db2615u, 0x73dc1683u, 0xe3630b12u, 0x94643b84u, 0x0d6d6a3eu, 0x7a6a5aa8u,
    0xe40ecf0bu, 0x9309ff9du, 0x0a00ae27u, 0x7d079eb1u, 0xf00f9344u, 0x8708a3d2u, 0x1e01f268u,
    0x6906c2feu, 0xf762575du, 0x806567cbu, 0x196c3671u, 0x6e6b06e7u, 0xfed41b76u, 0x89d32be0u,
    0x10da7a5au, 0x67dd4accu, 0xf9b9df6fu, 0x8ebeeff9u, 0x17b7be43u, 0x60b08ed5u, 0xd6d6a3e8u,
    0xa1d1937eu, 0x38d8c2c4u, 0x4fdff252u, 0xd1bb67f1u, 0xa6bc5767u, 0x3fb506ddu, 0x48b2364bu,
    0xd80d2bdau, 0xaf0a1b4cu, 0x36034af6u, 0x41047a60u, 0xdf60efc3u, 0xa867df55u, 0x316e8eefu,
    0x4669be79u, 0xcb61b38cu, 0xbc66831au, 0x256fd2a0u, 0x5268e236u, 0xcc0c7795u, 0xbb0b4703u,
    0x220216b9u, 0x5505262fu, 0xc5ba3bbeu, 0xb2bd0b28u, 0x2bb45a92u, 0x5cb36a04u, 0xc2d7ffa7u,
    0xb5d0cf31u, 0x2cd99e8bu, 0x5bdeae1du, 0x9b64c2b0u, 0xec63f226u, 0x756aa39cu, 0x026d930au,
    0x9c0906a9u, 0xeb0e363fu, 0x72076785u, 0x05005713u, 0x95bf4a82u, 0xe2b87a14u, 0x7bb12baeu,
    0x0cb61b38u, 0x92d28e9bu, 0xe5d5be0du, 0x7cdcefb7u, 0x0bdbdf21u, 0x86d3d2d4u, 0xf1d4e242u,
    0x68ddb3f8u, 0x1fda836eu, 0x81be16cdu, 0xf6b9265bu, 0x6fb077e1u, 0x18b74777u, 0x88085ae6u,
    0xff0f6a70u, 0x66063bcau, 0x11010b5cu, 0x8f659effu, 0xf862ae69u, 0x616bffd3u, 0x166ccf45u,
    0xa00ae278u, 0xd70dd2eeu, 0x4e048354u, 0x3903b3c2u, 0xa7672661u, 0xd06016f7u, 0x4969474du,
    0x3e6e77dbu, 0xaed16a4au, 0xd9d65adcu, 0x40df0b66u, 0x37d83bf0u, 0xa9bcae53u, 0xdebb9ec5u,
    0x47b2cf7fu, 0x30b5ffe9u, 0xbdbdf21cu, 0xcabac28au, 0x53b39330u, 0x24b4a3a6u, 0xbad03605u,
    0xcdd70693u, 0x54de5729u, 0x23d967bfu, 0xb3667a2eu, 0xc4614ab8u, 0x5d681b02u, 0x2a6f2b94u,
    0xb40bbe37u, 0xc30c8ea1u, 0x5a05df1bu, 0x2d02ef8du
};

ControlCell::ControlCell()
    : state(CONTROL_UNSENT), damaged(false), reported(false), attempts(0), code(0), attempted(0)
{
    status[0] = status[1] = status[2] = 0;
}

ControlLayout::ControlLayout()
    : field_block(0), field_bytes(0), cell_block(0), cell_count(0), text_block(0), text_bytes(0),
      text_check(0), complete(false)
{
}

const char *control_verdict_name(ControlVerdict verdict)
{
    static const char *const names[] = {"ok",    "short",      "not a control file",
                                        "newer", "unfinished", "damaged"};
    return names[verdict];
}

/* ---- numbers ---- */

static void put(char *at, boost::uint64_t value, size_t size)
{
    for (size_t i = 0; i < size; ++i)
        at[i] = static_cast<char>((value >> (8 * i)) & 0xFF);
}

static boost::uint64_t get(const char *at, size_t size)
{
    boost::uint64_t value = 0;
    for (size_t i = size; i > 0; --i)
        value = (value << 8) | static_cast<unsigned char>(at[i - 1]);
    return value;
}

static boost::uint32_t get32(const char *at)
{
    return static_cast<boost::uint32_t>(get(at, 4));
}

static boost::uint32_t blocks_for(boost::uint64_t bytes)
{
    return static_cast<boost::uint32_t>((bytes + CONTROL_BLOCK - 1) / CONTROL_BLOCK);
}

boost::uint32_t control_check(boost::uint32_t check, const char *data, size_t size)
{
    boost::uint32_t c = ~check;
    for (size_t i = 0; i < size; ++i)
        c = (c >> 8) ^ crc_table[(c ^ static_cast<unsigned char>(data[i])) & 0xFF];
    return ~c;
}

/* ---- the text's check ---- */

void ControlTextCheck::add(const char *data, size_t size)
{
    while (held_ != 0 && size != 0) {
        part_[held_++] = *data++;
        --size;
        if (held_ == sizeof part_) {
            sum_ += get32(part_);
            order_ += sum_;
            held_ = 0;
        }
    }
    boost::uint64_t sum = sum_, order = order_;
    for (; size >= sizeof part_; size -= sizeof part_, data += sizeof part_) {
        boost::uint32_t word; /* every machine of ours is little-endian */
        memcpy(&word, data, sizeof word);
        sum += word;
        order += sum;
    }
    sum_ = sum;
    order_ = order;
    for (; size != 0; --size)
        part_[held_++] = *data++;
}

boost::uint64_t ControlTextCheck::value() const
{
    boost::uint64_t sum = sum_, order = order_;
    if (held_ != 0) {
        sum += get(part_, held_);
        order += sum;
    }
    return (order << 32) | (sum & 0xFFFFFFFFu);
}

/* ---- writing ---- */

static bool put_field(char tag, const std::string &value, size_t most, std::string *out)
{
    if (value.size() > most)
        return false;
    for (size_t i = 0; i < value.size(); ++i)
        if (static_cast<unsigned char>(value[i]) < ' ' || value[i] == 0x7F)
            return false;
    char head[FIELD_HEAD] = {tag, 0, 0, 0};
    put(head + 2, value.size(), 2);
    out->append(head, sizeof head);
    out->append(value);
    return true;
}

static void put_number_field(char tag, boost::uint64_t value, std::string *out)
{
    char field[FIELD_HEAD + 8] = {tag, 0, 8, 0};
    put(field + FIELD_HEAD, value, 8);
    out->append(field, sizeof field);
}

static bool is_notify(boost::uint64_t n)
{
    const boost::uint64_t others =
        CONTROL_NOTIFY_SUCCESS | CONTROL_NOTIFY_FAILURE | CONTROL_NOTIFY_DELAY;
    return n == CONTROL_NOTIFY_NEVER || (n != 0 && (n & ~others) == 0);
}

static bool put_fields(const ControlEnvelope &envelope,
                       const std::vector<ControlRecipient> &recipients, std::string *out)
{
    put_number_field('T', envelope.created, out);
    put_number_field('O', static_cast<boost::uint64_t>(envelope.origin), out);
    put_number_field('B', static_cast<boost::uint64_t>(envelope.body), out);
    if (envelope.returned != CONTROL_RETURN_UNSAID)
        put_number_field('r', static_cast<boost::uint64_t>(envelope.returned), out);
    for (size_t i = 0; i < text_tags; ++i) {
        const std::string &value = envelope.*text_tag_table[i].member;
        if (!value.empty() &&
            !put_field(text_tag_table[i].letter, value, text_tag_table[i].most, out))
            return false;
    }
    for (size_t i = 0; i < recipients.size(); ++i) {
        const ControlRecipient &r = recipients[i];
        if (r.address.empty() || !put_field('R', r.address, CONTROL_MAX_FIELD, out))
            return false;
        if (!r.original.empty() && !put_field('Q', r.original, CONTROL_MAX_FIELD, out))
            return false;
        if (r.notify != 0 && !is_notify(r.notify))
            return false;
        if (r.notify != 0)
            put_number_field('n', r.notify, out);
    }
    return out->size() <= CONTROL_BLOCK + static_cast<size_t>(MAX_FIELD_BYTES);
}

bool control_encode(const ControlEnvelope &envelope,
                    const std::vector<ControlRecipient> &recipients, std::string *blocks,
                    ControlLayout *layout)
{
    if (recipients.empty() || recipients.size() > CONTROL_MAX_RECIPIENTS)
        return false;
    std::string out(CONTROL_BLOCK, '\0');
    if (!put_fields(envelope, recipients, &out))
        return false;
    ControlLayout l;
    l.field_block = 2;
    l.field_bytes = static_cast<boost::uint32_t>(out.size() - CONTROL_BLOCK);
    l.cell_block = l.field_block + blocks_for(l.field_bytes);
    l.cell_count = static_cast<boost::uint32_t>(recipients.size());
    l.text_block =
        l.cell_block + blocks_for(static_cast<boost::uint64_t>(l.cell_count) * CONTROL_CELL);
    out.resize(static_cast<size_t>(l.text_block - 1) * CONTROL_BLOCK);
    for (size_t i = 0; i < recipients.size(); ++i)
        control_encode_cell(recipients[i].cell, i,
                            &out[(l.cell_block - 1) * CONTROL_BLOCK + i * CONTROL_CELL]);

    memcpy(&out[0], magic, sizeof magic);
    put(&out[AT_VERSION], CONTROL_VERSION, 2);
    put(&out[AT_BLOCK_SIZE], CONTROL_BLOCK, 2);
    put(&out[AT_FIELD_BLOCK], l.field_block, 4);
    put(&out[AT_FIELD_BYTES], l.field_bytes, 4);
    put(&out[AT_CELL_BLOCK], l.cell_block, 4);
    put(&out[AT_CELL_COUNT], l.cell_count, 4);
    put(&out[AT_TEXT_BLOCK], l.text_block, 4);
    put(&out[AT_FIELD_CHECK],
        control_check(0, out.data() + CONTROL_BLOCK, (l.cell_block - 2) * CONTROL_BLOCK), 4);
    put(&out[AT_HEAD_CHECK], control_check(0, out.data(), AT_HEAD_CHECK), 4);
    blocks->swap(out);
    *layout = l;
    return true;
}

void control_seal(char *first_block, boost::uint64_t text_bytes, boost::uint64_t text_check)
{
    put(first_block + AT_FLAGS, FLAG_COMPLETE, 4);
    put(first_block + AT_TEXT_BYTES, text_bytes, 8);
    put(first_block + AT_TEXT_CHECK, text_check, 8);
    put(first_block + AT_HEAD_CHECK, control_check(0, first_block, AT_HEAD_CHECK), 4);
}

/* ---- reading ---- */

ControlVerdict control_decode_head(const char *block, size_t size, ControlLayout *layout)
{
    if (size < sizeof magic)
        return CONTROL_SHORT;
    if (memcmp(block, magic, sizeof magic) != 0)
        return CONTROL_FOREIGN;
    if (size < CONTROL_BLOCK)
        return CONTROL_SHORT;
    if (control_check(0, block, AT_HEAD_CHECK) != get32(block + AT_HEAD_CHECK))
        return CONTROL_DAMAGED;
    if (get(block + AT_VERSION, 2) != CONTROL_VERSION)
        return CONTROL_NEWER;
    ControlLayout l;
    l.field_block = get32(block + AT_FIELD_BLOCK);
    l.field_bytes = get32(block + AT_FIELD_BYTES);
    l.cell_block = get32(block + AT_CELL_BLOCK);
    l.cell_count = get32(block + AT_CELL_COUNT);
    l.text_block = get32(block + AT_TEXT_BLOCK);
    l.text_bytes = get(block + AT_TEXT_BYTES, 8);
    l.text_check = get(block + AT_TEXT_CHECK, 8);
    l.complete = (get32(block + AT_FLAGS) & FLAG_COMPLETE) != 0;
    if (get(block + AT_BLOCK_SIZE, 2) != CONTROL_BLOCK || l.field_block != 2 ||
        l.field_bytes > MAX_FIELD_BYTES || l.cell_count == 0 ||
        l.cell_count > CONTROL_MAX_RECIPIENTS ||
        l.cell_block != l.field_block + blocks_for(l.field_bytes) ||
        l.text_block !=
            l.cell_block + blocks_for(static_cast<boost::uint64_t>(l.cell_count) * CONTROL_CELL))
        return CONTROL_DAMAGED;
    *layout = l;
    return l.complete ? CONTROL_OK : CONTROL_UNFINISHED;
}

/* What the fields are read into. */
struct FieldTarget {
    ControlEnvelope envelope;
    std::vector<ControlRecipient> recipients;
};

static bool take_number(char tag, const std::string &value, FieldTarget *target)
{
    if (value.size() != 8)
        return false;
    ControlEnvelope *envelope = &target->envelope;
    boost::uint64_t n = get(value.data(), 8);
    if (tag == 'T')
        envelope->created = n;
    else if (tag == 'O' && n <= CONTROL_BOUNCE)
        envelope->origin = static_cast<ControlOrigin>(n);
    else if (tag == 'B' && n <= CONTROL_8BITMIME)
        envelope->body = static_cast<ControlBody>(n);
    else if (tag == 'r' && n != CONTROL_RETURN_UNSAID && n <= CONTROL_RETURN_HEADERS)
        envelope->returned = static_cast<ControlReturn>(n);
    else if (tag == 'n' && is_notify(n) && !target->recipients.empty())
        target->recipients.back().notify = static_cast<unsigned>(n);
    else
        return false;
    return true;
}

static bool take_field(char tag, const std::string &value, FieldTarget *target)
{
    if (tag == 'T' || tag == 'O' || tag == 'B' || tag == 'r' || tag == 'n')
        return take_number(tag, value, target);
    if (tag == 'R') {
        target->recipients.push_back(ControlRecipient());
        target->recipients.back().address = value;
        return !value.empty();
    }
    if (tag == 'Q') {
        if (target->recipients.empty() || !target->recipients.back().original.empty())
            return false;
        target->recipients.back().original = value;
        return true;
    }
    for (size_t i = 0; i < text_tags; ++i) {
        if (text_tag_table[i].letter == tag) {
            std::string &member = target->envelope.*text_tag_table[i].member;
            if (!member.empty() || value.size() > text_tag_table[i].most)
                return false;
            member = value;
            return true;
        }
    }
    return tag >= 'a' && tag <= 'z';
}

static bool take_fields(const char *data, size_t size, FieldTarget *target)
{
    size_t at = 0;
    while (at < size) {
        if (size - at < FIELD_HEAD || data[at + 1] != 0)
            return false;
        size_t length = static_cast<size_t>(get(data + at + 2, 2));
        if (length > size - at - FIELD_HEAD)
            return false;
        if (!take_field(data[at], std::string(data + at + FIELD_HEAD, length), target))
            return false;
        at += FIELD_HEAD + length;
    }
    return true;
}

static bool all_zero(const char *data, size_t size)
{
    for (size_t i = 0; i < size; ++i)
        if (data[i] != 0)
            return false;
    return true;
}

ControlVerdict control_decode(const char *blocks, size_t size, ControlEnvelope *envelope,
                              std::vector<ControlRecipient> *recipients, ControlLayout *layout)
{
    ControlLayout l;
    ControlVerdict verdict = control_decode_head(blocks, size, &l);
    if (verdict != CONTROL_OK && verdict != CONTROL_UNFINISHED)
        return verdict;
    size_t before_text = static_cast<size_t>(l.text_block - 1) * CONTROL_BLOCK;
    if (size < before_text)
        return CONTROL_SHORT;
    size_t field_space = static_cast<size_t>(l.cell_block - l.field_block) * CONTROL_BLOCK;
    if (control_check(0, blocks + CONTROL_BLOCK, field_space) != get32(blocks + AT_FIELD_CHECK))
        return CONTROL_DAMAGED;
    FieldTarget target;
    target.recipients.reserve(l.cell_count);
    if (!take_fields(blocks + CONTROL_BLOCK, l.field_bytes, &target) ||
        target.recipients.size() != l.cell_count)
        return CONTROL_DAMAGED;
    const char *cells = blocks + static_cast<size_t>(l.cell_block - 1) * CONTROL_BLOCK;
    for (size_t i = 0; i < l.cell_count; ++i)
        control_decode_cell(cells + i * CONTROL_CELL, i, &target.recipients[i].cell);
    const char *after = cells + static_cast<size_t>(l.cell_count) * CONTROL_CELL;
    if (!all_zero(after, static_cast<size_t>(blocks + before_text - after)))
        return CONTROL_DAMAGED;
    *envelope = target.envelope;
    recipients->swap(target.recipients);
    *layout = l;
    return verdict;
}

/* ---- cells ---- */

void control_cell_place(const ControlLayout &layout, size_t index, boost::uint32_t *block,
                        size_t *offset)
{
    *block = layout.cell_block + static_cast<boost::uint32_t>(index / CONTROL_CELLS_PER_BLOCK);
    *offset = index % CONTROL_CELLS_PER_BLOCK * CONTROL_CELL;
}

/* The index goes into the check, so that a cell in another one's place shows. */
static boost::uint32_t cell_check(const char *bytes, size_t index)
{
    char number[4];
    put(number, index, sizeof number);
    return control_check(control_check(0, number, sizeof number), bytes, AT_CELL_CHECK);
}

void control_encode_cell(const ControlCell &cell, size_t index, char *bytes)
{
    memset(bytes, 0, CONTROL_CELL);
    size_t size = cell.text.size() < CONTROL_CELL_TEXT ? cell.text.size()
                                                       : static_cast<size_t>(CONTROL_CELL_TEXT);
    put(bytes + AT_STATE, static_cast<boost::uint64_t>(cell.state), 1);
    put(bytes + AT_CELL_FLAGS, cell.reported ? CELL_REPORTED : 0, 1);
    put(bytes + AT_ATTEMPTS, cell.attempts, 2);
    put(bytes + AT_CODE, cell.code, 2);
    for (int i = 0; i < 3; ++i)
        put(bytes + AT_STATUS + i, cell.status[i], 1);
    put(bytes + AT_TEXT_SIZE, size, 1);
    put(bytes + AT_ATTEMPTED, cell.attempted, 8);
    memcpy(bytes + AT_CELL_TEXT, cell.text.data(), size);
    put(bytes + AT_CELL_CHECK, cell_check(bytes, index), 4);
}

void control_decode_cell(const char *bytes, size_t index, ControlCell *cell)
{
    ControlCell c;
    size_t size = static_cast<unsigned char>(bytes[AT_TEXT_SIZE]);
    int state = static_cast<unsigned char>(bytes[AT_STATE]);
    if (cell_check(bytes, index) != get32(bytes + AT_CELL_CHECK) || size > CONTROL_CELL_TEXT ||
        state > CONTROL_FAILED) {
        c.damaged = true;
    } else {
        c.state = static_cast<ControlState>(state);
        c.reported = (bytes[AT_CELL_FLAGS] & CELL_REPORTED) != 0;
        c.attempts = static_cast<boost::uint16_t>(get(bytes + AT_ATTEMPTS, 2));
        c.code = static_cast<boost::uint16_t>(get(bytes + AT_CODE, 2));
        for (int i = 0; i < 3; ++i)
            c.status[i] = static_cast<unsigned char>(bytes[AT_STATUS + i]);
        c.attempted = get(bytes + AT_ATTEMPTED, 8);
        c.text.assign(bytes + AT_CELL_TEXT, size);
    }
    *cell = c;
}

/* ---- names ---- */

std::string control_name_print(const ControlName &name)
{
    return name.stamp + "_" + name.user + "_" + name.pid + ".TCPIP_" + name.node;
}

static bool is_all(const std::string &text, const char *set)
{
    return !text.empty() && text.find_first_not_of(set) == std::string::npos;
}

bool control_name_parse(const std::string &file, ControlName *name)
{
    static const char digits[] = "0123456789";
    static const char hex[] = "0123456789ABCDEFabcdef";
    static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    size_t from = file.find_last_of(":]>");
    from = from == std::string::npos ? 0 : from + 1;
    std::string base = file.substr(from, file.find(';', from) - from);
    size_t point = base.find('.'), first = base.find('_');
    if (point == std::string::npos || first == std::string::npos || first > point)
        return false;
    ControlName n;
    std::string type = base.substr(point + 1);
    if (type.compare(0, 6, "TCPIP_") == 0)
        n.node = type.substr(6);
    else if (type.compare(0, 4, "UCX_") == 0)
        n.node = type.substr(4);
    n.stamp = base.substr(0, first);
    n.user = base.substr(first + 1, point - first - 1);
    size_t last = n.user.rfind('_');
    if (last != std::string::npos && n.user.size() - last == 9 &&
        is_all(n.user.substr(last + 1), hex)) {
        n.pid = n.user.substr(last + 1);
        n.user.resize(last);
    }
    if (n.node.empty() || n.user.empty() || n.stamp.size() < 14 || n.stamp.size() > 16 ||
        !is_all(n.stamp.substr(0, 14), digits) || !is_all(n.stamp, letters))
        return false;
    *name = n;
    return true;
}

} // namespace mail
