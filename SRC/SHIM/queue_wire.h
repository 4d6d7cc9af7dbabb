/*
**  queue_wire - what the job controller, its clients and its symbionts say to each other
**
**  One encoding for all three: an item is word size, word code, data (the documented form of
**  symbiont messages, smbdef.h).  On VMSROOT/.shim/queue.sock a frame is longword length of the
**  rest, longword request id, word operation, word function, then the operation's body.  On a
**  symbiont's channel a frame is longword length, then the 12-byte request header and items.
**  All numbers little-endian, all lengths checked by the reader.
*/
#ifndef SHIM_QUEUE_WIRE_H
#define SHIM_QUEUE_WIRE_H

#include <cstdint>
#include <string>

namespace shim {

const uint32_t QUEUE_FRAME_MAX = 1 << 20;   /* bytes of a frame; a peer that sends more is cut */
const size_t QUEUE_FRAME_HEADER = 12;

enum QueueOperation {
    QUEUE_SNDJBC = 1,    /* function SJC$_xxx; Caller, items */
    QUEUE_GETQUI = 2,    /* function QUI$_xxx; Caller, Query */
    QUEUE_REPLY = 3,     /* longword condition value, items */
    QUEUE_NODE = 4,      /* a node's job controller names itself: text */
    QUEUE_TO_STREAM = 5, /* function SMBMSG$K_xxx; longword queue, text processor, items */
    QUEUE_FROM_STREAM = 6, /* the same without processor */
    QUEUE_STREAM_GONE = 7, /* longword queue, longword condition value */
    QUEUE_NODE_STOPS = 8,  /* a member shuts down: stop its streams */
    QUEUE_LOGGED = 9,      /* as QUEUE_SNDJBC; the client has it on disk (queue_redo.h) */
    QUEUE_LOGGING = 10,    /* or brings it there meanwhile: nothing runs before QUEUE_SETTLED, or
                              the client's end */
    QUEUE_SETTLED = 11     /* longword id of a QUEUE_LOGGING request; function QueueSettled */
};

enum QueueSettled {
    QUEUE_ON_DISK = 0,     /* the client has it; no reply */
    QUEUE_NOT_ON_DISK = 1  /* it has not: the reply comes when the queue manager has */
};

/* Codes that no documented item has, for use inside these messages. */
enum QueuePrivateItem {
    QUEUE_ITEM_OBJECT = 60000, /* one displayed object: items */
    QUEUE_ITEM_CURSOR,         /* where the next search goes on: opaque */
    QUEUE_ITEM_FILE,           /* one file of a job: items */
    QUEUE_ITEM_LOG,            /* log file of a batch job: as asked for, then as it was made */
    QUEUE_ITEM_LOG_QUEUE,      /* where it is printed */
    QUEUE_ITEM_PID             /* longword: process of a batch job */
};

class WireWriter {
public:
    void word(uint16_t value) { number(value, 2); }
    void longword(uint32_t value) { number(value, 4); }
    void quadword(uint64_t value) { number(value, 8); }
    void text(const std::string &value);   /* longword length, bytes */
    void raw(const std::string &value) { data_ += value; }
    const std::string &data() const { return data_; }

private:
    void number(uint64_t value, int bytes);
    std::string data_;
};

/* Reads zeros and empty texts after the end; ok() tells. */
class WireReader {
public:
    explicit WireReader(const std::string &data, size_t at = 0) : data_(data), at_(at), ok_(true) {}
    uint16_t word() { return static_cast<uint16_t>(number(2)); }
    uint32_t longword() { return static_cast<uint32_t>(number(4)); }
    uint64_t quadword() { return number(8); }
    std::string text();
    std::string rest();
    bool ok() const { return ok_; }
    bool at_end() const { return at_ >= data_.size(); }

private:
    uint64_t number(size_t bytes);
    const std::string &data_;
    size_t at_;
    bool ok_;
};

/* Items; data longer than 65535 bytes is cut. */
void add_item(std::string *items, uint16_t code, const std::string &data);
void add_long(std::string *items, uint16_t code, uint32_t value);
void add_quad(std::string *items, uint16_t code, uint64_t value);

class ItemReader {
public:
    explicit ItemReader(const std::string &items, size_t at = 0) : items_(items), at_(at) {}
    bool next(uint16_t *code, std::string *data);  /* false at the end or at a broken item */

private:
    const std::string &items_;
    size_t at_;
};

/* The first item of that code; empty and false when there is none. */
bool find_item(const std::string &items, uint16_t code, std::string *data);
uint64_t wire_number(const std::string &data);     /* 0 to 8 bytes, little-endian */

/* Whole frame, ready to send. */
std::string queue_frame(uint32_t id, uint16_t operation, uint16_t function,
                        const std::string &body);
struct QueueFrame {
    uint32_t id;
    uint16_t operation, function;
    std::string body;
};
/*
**  Takes the first frame off a receive buffer, from *at on.  1: taken, *at is behind it; 0: not
**  complete; -1: not a frame, cut the connection.
*/
int take_frame(const std::string &buffer, size_t *at, QueueFrame *frame);

/* A message on a symbiont's channel, without and with its length. */
struct SmbMessage {
    uint16_t request;
    uint8_t level, stream;
    uint32_t symbiont, job;
    std::string items;
};
std::string smb_frame(const SmbMessage &message);
std::string smb_body(const SmbMessage &message);
bool parse_smb_body(const std::string &body, SmbMessage *message);
int take_smb_body(const std::string &buffer, size_t *at, std::string *body);

/* Who asks: checked by the queue manager, stated by SHIM itself. */
struct QueueCaller {
    uint32_t pid, uic;
    uint64_t privileges;
    std::string user, account, node;
    QueueCaller() : pid(0), uic(0), privileges(0) {}
    void write(WireWriter *to) const;
    void read(WireReader *from);
};

/* A search of $GETQUI. */
struct QueueQuery {
    uint32_t flags, number, most;    /* QUI$M_SEARCH_xxx; SEARCH_NUMBER or 0; objects wanted */
    std::string name, user, job_name, queue, cursor;
    QueueQuery() : flags(0), number(0), most(1) {}
    void write(WireWriter *to) const;
    void read(WireReader *from);
};

} // namespace shim

#endif
