/*
**  control_codec - the bytes of a control file: envelope, recipients, their states, message text
**
**  One message with all its recipients (HP 18.1.2, spec 6.2).  Reader and writer share this header
**  and nothing else knows the format.  All numbers are little-endian, all blocks have 512 bytes.
**
**      block 1          head: magic, version, sizes, positions, checksum
**      blocks 2..       fields: {tag, 0, length16, bytes} as in control_tags.def
**      blocks ..        cells: 8 per block, 64 bytes each, one per recipient, each with a checksum
**      blocks ..        the message text as it came (CRLF lines, no dot stuffing)
**
**  The checksums of the fields and of the text stand in the head.
**
**  A cell never crosses a block, so the state of a recipient changes by one write of one block.
*/
#ifndef CORE_CONTROL_CODEC_H
#define CORE_CONTROL_CODEC_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum {
    CONTROL_BLOCK = 512,
    CONTROL_CELL = 64,
    CONTROL_CELLS_PER_BLOCK = CONTROL_BLOCK / CONTROL_CELL,
    CONTROL_VERSION = 1,
    CONTROL_MAX_RECIPIENTS = 32768,
    CONTROL_MAX_FIELD = 4096,         /* bytes of one field */
    CONTROL_CELL_TEXT = 32            /* bytes of status text kept in a cell */
};

enum ControlOrigin { CONTROL_INBOUND, CONTROL_LOCAL, CONTROL_SFF, CONTROL_DECNET, CONTROL_BOUNCE };
enum ControlBody { CONTROL_7BIT, CONTROL_8BITMIME };
/* RET (RFC 3461 4.3): what of the message a report returns. */
enum ControlReturn { CONTROL_RETURN_UNSAID, CONTROL_RETURN_FULL, CONTROL_RETURN_HEADERS };
/* NOTIFY (RFC 3461 4.1), bits; 0: the sender did not say. NEVER stands alone. */
enum ControlNotify {
    CONTROL_NOTIFY_NEVER = 1,
    CONTROL_NOTIFY_SUCCESS = 2,
    CONTROL_NOTIFY_FAILURE = 4,
    CONTROL_NOTIFY_DELAY = 8
};

/* The envelope.  Texts are checked by the writer: no controls, CONTROL_MAX_FIELD bytes at most. */
struct ControlEnvelope {
    ControlOrigin origin;
    ControlBody body;
    ControlReturn returned;
    std::string sender;         /* mailbox "user@domain"; "" is the null sender <> */
    std::string envelope_id;    /* RFC 3461 ENVID, decoded; may be empty */
    std::string user;           /* VMS user in whose name it was made */
    std::string client_name;    /* HELO or EHLO name */
    std::string client_address; /* "10.1.2.3" */
    std::string client_host;    /* verified name of the address; may be empty */
    std::string protocol;       /* "SMTP", "ESMTP", "local" */
    std::string message_id;     /* stamp_pid, e.g. "16120515504112_2020046C" */
    boost::uint64_t created;    /* seconds since 1970, UTC */
    ControlEnvelope()
        : origin(CONTROL_INBOUND), body(CONTROL_7BIT), returned(CONTROL_RETURN_UNSAID), created(0)
    {
    }
};

enum ControlState { CONTROL_UNSENT, CONTROL_SENT, CONTROL_FAILED };

/* What changes during the life of a recipient: one cell. */
struct ControlCell {
    ControlState state;
    bool damaged;               /* reader: the checksum was wrong; state reads as UNSENT */
    bool reported;              /* a bounce for this FAILED recipient is committed */
    boost::uint16_t attempts;
    boost::uint16_t code;       /* last SMTP reply code, 0 none */
    boost::uint8_t status[3];   /* enhanced status: class, subject, detail */
    boost::uint64_t attempted;  /* time of the last attempt, seconds since 1970; 0 never */
    std::string text;           /* first CONTROL_CELL_TEXT bytes of the last reason */
    ControlCell();
};

struct ControlRecipient {
    std::string address;        /* mailbox "user@domain" or a local "user" */
    std::string original;       /* ORCPT of RFC 3461: "rfc822;user@domain", decoded; may be empty */
    unsigned notify;            /* ControlNotify bits */
    ControlCell cell;
    ControlRecipient() : notify(0) {}
};

/* Where the parts lie; blocks are counted from 1 as RMS block I/O does. */
struct ControlLayout {
    boost::uint32_t field_block, field_bytes, cell_block, cell_count, text_block;
    boost::uint64_t text_bytes, text_check;
    bool complete;              /* the writer reached the end */
    ControlLayout();
};

enum ControlVerdict {
    CONTROL_OK,
    CONTROL_SHORT,     /* more bytes are needed than were given */
    CONTROL_FOREIGN,   /* not a control file */
    CONTROL_NEWER,     /* a version that this program does not know */
    CONTROL_UNFINISHED,/* its writer did not reach the end */
    CONTROL_DAMAGED    /* a checksum, length or tag is wrong */
};
const char *control_verdict_name(ControlVerdict verdict);

/*
**  Head, fields and cells as whole blocks; the text goes to layout->text_block.  False when a text
**  breaks its limit or there are no or too many recipients.
*/
bool control_encode(const ControlEnvelope &envelope,
                    const std::vector<ControlRecipient> &recipients, std::string *blocks,
                    ControlLayout *layout);

/* Completes the first block (CONTROL_BLOCK bytes) once the size and check of the text are known. */
void control_seal(char *first_block, boost::uint64_t text_bytes, boost::uint64_t text_check);

/* Block 1 alone: tells how many blocks control_decode needs (layout->text_block - 1). */
ControlVerdict control_decode_head(const char *block, size_t size, ControlLayout *layout);

/*
**  The blocks before the text.  A damaged cell is not a damaged file: it is read as UNSENT and
**  marked, because delivering twice is better than losing (DESIGN 6).
*/
ControlVerdict control_decode(const char *blocks, size_t size, ControlEnvelope *envelope,
                              std::vector<ControlRecipient> *recipients, ControlLayout *layout);

/* Block number and offset of a recipient's cell; cells are CONTROL_CELL bytes. */
void control_cell_place(const ControlLayout &layout, size_t index, boost::uint32_t *block,
                        size_t *offset);
void control_encode_cell(const ControlCell &cell, size_t index, char *bytes);
void control_decode_cell(const char *bytes, size_t index, ControlCell *cell);

/* CRC-32 (IEEE 802.3), to be continued: check = control_check(check, data, size), first with 0. */
boost::uint32_t control_check(boost::uint32_t check, const char *data, size_t size);

/*
**  The check of the text: two running sums of its 32-bit words, the second over the first, so that
**  a changed byte and a changed order both show.  Several times faster than a CRC, which would be
**  felt with large messages.
*/
class ControlTextCheck {
public:
    ControlTextCheck() : sum_(0), order_(0), held_(0) {}
    void add(const char *data, size_t size);
    boost::uint64_t value() const;

private:
    boost::uint64_t sum_, order_;
    char part_[4];
    size_t held_; /* bytes of a word that is not complete */
};

/*
**  "yymmddhhmmsscc[uu]_user_pid.TCPIP_node" (spec 6.2).  time: local time fields; uu: two base-36
**  digits, only from the second file on that a process makes in one hundredth of a second.
*/
struct ControlName {
    std::string stamp; /* yymmddhhmmsscc or yymmddhhmmssccuu */
    std::string user;  /* 1-12 characters */
    std::string pid;   /* 8 hex digits, upper case */
    std::string node;  /* SCSNODE */
};
std::string control_name_print(const ControlName &name);
/* Also takes V5.3 and UCX names ("93042311394417_DRAKE.UCX_DODO"): those have no pid.  A device,
   directory and version around the name are ignored. */
bool control_name_parse(const std::string &file, ControlName *name);

} // namespace mail
#endif
