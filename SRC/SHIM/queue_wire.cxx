/*
**  queue_wire - the one encoding of the queue manager's messages
**
**  Numbers are little-endian whatever the host is; a reader checks every length, so a broken peer
**  gets an empty value or a closed connection, never memory that is not its own.
*/
#include "queue_wire.h"

namespace shim {

namespace {

const size_t SMB_HEADER = 12;   /* SMBMSG$S_REQUEST_HEADER */
const size_t ITEM_HEADER = 4;
const size_t ITEM_DATA_MAX = 65535;

uint64_t number_at(const std::string &data, size_t at, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = bytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(data[at + i]);
    return value;
}

void put_number(std::string *to, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; ++i)
        to->push_back(static_cast<char>(value >> (8 * i)));
}

/* Length-prefixed data of at least `least` bytes; 1, 0 or -1 as take_frame(). */
int take_counted(const std::string &buffer, size_t *at, size_t least, size_t *begin, size_t *size)
{
    if (buffer.size() - *at < 4)
        return 0;
    size_t length = static_cast<size_t>(number_at(buffer, *at, 4));
    if (length > QUEUE_FRAME_MAX || length < least)
        return -1;
    if (buffer.size() - *at - 4 < length)
        return 0;
    *begin = *at + 4;
    *size = length;
    *at += 4 + length;
    return 1;
}

} // namespace

void WireWriter::number(uint64_t value, int bytes)
{
    put_number(&data_, value, bytes);
}

void WireWriter::text(const std::string &value)
{
    longword(static_cast<uint32_t>(value.size()));
    data_ += value;
}

uint64_t WireReader::number(size_t bytes)
{
    if (data_.size() - at_ < bytes) {
        ok_ = false;
        at_ = data_.size();
        return 0;
    }
    at_ += bytes;
    return number_at(data_, at_ - bytes, bytes);
}

std::string WireReader::text()
{
    size_t length = longword();
    if (data_.size() - at_ < length) {
        ok_ = false;
        at_ = data_.size();
        return std::string();
    }
    at_ += length;
    return data_.substr(at_ - length, length);
}

std::string WireReader::rest()
{
    size_t from = at_;
    at_ = data_.size();
    return data_.substr(from);
}

void add_item(std::string *items, uint16_t code, const std::string &data)
{
    size_t size = data.size() < ITEM_DATA_MAX ? data.size() : ITEM_DATA_MAX;
    put_number(items, size, 2);
    put_number(items, code, 2);
    items->append(data, 0, size);
}

void add_long(std::string *items, uint16_t code, uint32_t value)
{
    put_number(items, 4, 2);
    put_number(items, code, 2);
    put_number(items, value, 4);
}

void add_quad(std::string *items, uint16_t code, uint64_t value)
{
    put_number(items, 8, 2);
    put_number(items, code, 2);
    put_number(items, value, 8);
}

bool ItemReader::next(uint16_t *code, std::string *data)
{
    if (at_ > items_.size() || items_.size() - at_ < ITEM_HEADER)
        return false;
    size_t size = static_cast<size_t>(number_at(items_, at_, 2));
    if (items_.size() - at_ - ITEM_HEADER < size)
        return false;
    *code = static_cast<uint16_t>(number_at(items_, at_ + 2, 2));
    data->assign(items_, at_ + ITEM_HEADER, size);
    at_ += ITEM_HEADER + size;
    return true;
}

bool find_item(const std::string &items, uint16_t code, std::string *data)
{
    ItemReader reader(items);
    uint16_t found;
    while (reader.next(&found, data))
        if (found == code)
            return true;
    data->clear();
    return false;
}

uint64_t wire_number(const std::string &data)
{
    return number_at(data, 0, data.size() < 8 ? data.size() : 8);
}

std::string queue_frame(uint32_t id, uint16_t operation, uint16_t function, const std::string &body)
{
    std::string frame;
    frame.reserve(QUEUE_FRAME_HEADER + body.size());
    put_number(&frame, QUEUE_FRAME_HEADER - 4 + body.size(), 4);
    put_number(&frame, id, 4);
    put_number(&frame, operation, 2);
    put_number(&frame, function, 2);
    frame += body;
    return frame;
}

int take_frame(const std::string &buffer, size_t *at, QueueFrame *frame)
{
    size_t begin, size;
    int taken = take_counted(buffer, at, QUEUE_FRAME_HEADER - 4, &begin, &size);
    if (taken == 1) {
        frame->id = static_cast<uint32_t>(number_at(buffer, begin, 4));
        frame->operation = static_cast<uint16_t>(number_at(buffer, begin + 4, 2));
        frame->function = static_cast<uint16_t>(number_at(buffer, begin + 6, 2));
        frame->body.assign(buffer, begin + 8, size - 8);
    }
    return taken;
}

std::string smb_body(const SmbMessage &message)
{
    std::string body;
    body.reserve(SMB_HEADER + message.items.size());
    put_number(&body, message.request, 2);
    put_number(&body, message.level, 1);
    put_number(&body, message.stream, 1);
    put_number(&body, message.symbiont, 4);
    put_number(&body, message.job, 4);
    body += message.items;
    return body;
}

std::string smb_frame(const SmbMessage &message)
{
    std::string frame;
    put_number(&frame, SMB_HEADER + message.items.size(), 4);
    return frame + smb_body(message);
}

bool parse_smb_body(const std::string &body, SmbMessage *message)
{
    if (body.size() < SMB_HEADER)
        return false;
    message->request = static_cast<uint16_t>(number_at(body, 0, 2));
    message->level = static_cast<uint8_t>(body[2]);
    message->stream = static_cast<uint8_t>(body[3]);
    message->symbiont = static_cast<uint32_t>(number_at(body, 4, 4));
    message->job = static_cast<uint32_t>(number_at(body, 8, 4));
    message->items.assign(body, SMB_HEADER, std::string::npos);
    return true;
}

int take_smb_body(const std::string &buffer, size_t *at, std::string *body)
{
    size_t begin, size;
    int taken = take_counted(buffer, at, SMB_HEADER, &begin, &size);
    if (taken == 1)
        body->assign(buffer, begin, size);
    return taken;
}

void QueueCaller::write(WireWriter *to) const
{
    to->longword(pid);
    to->longword(uic);
    to->quadword(privileges);
    to->text(user);
    to->text(account);
    to->text(node);
}

void QueueCaller::read(WireReader *from)
{
    pid = from->longword();
    uic = from->longword();
    privileges = from->quadword();
    user = from->text();
    account = from->text();
    node = from->text();
}

void QueueQuery::write(WireWriter *to) const
{
    to->longword(flags);
    to->longword(number);
    to->longword(most);
    to->text(name);
    to->text(user);
    to->text(job_name);
    to->text(queue);
    to->text(cursor);
}

void QueueQuery::read(WireReader *from)
{
    flags = from->longword();
    number = from->longword();
    most = from->longword();
    name = from->text();
    user = from->text();
    job_name = from->text();
    queue = from->text();
    cursor = from->text();
}

} // namespace shim
