/*
**  failure - what goes wrong in a command: thrown, shown and made $STATUS by the interpreter
**
**  Each part is one message line: "%DCL-W-UNDSYM, ...", then "-RMS-E-FNF, ...".  Arguments take the
**  place of the message's FAO directives, in order.  `text` is what DCL shows between backslashes.
*/
#ifndef SHIM_DCL_FAILURE_H
#define SHIM_DCL_FAILURE_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim {
namespace dcl {

struct MessagePart {
    uint32_t code;
    std::vector<std::string> arguments;
};

struct Failure {
    uint32_t status; /* becomes $STATUS; 0: nothing to say, nothing to set */
    std::vector<MessagePart> parts;
    std::string text;
    bool has_text;
    explicit Failure(uint32_t code = 0) : status(code), has_text(false)
    {
        if (code)
            parts.push_back(MessagePart{code, {}});
    }
    Failure(uint32_t code, const std::string &offending)
        : status(code), text(offending), has_text(true)
    {
        parts.push_back(MessagePart{code, {}});
    }
    Failure &with(const std::string &argument)
    {
        parts.back().arguments.push_back(argument);
        return *this;
    }
    /* Of the first part; 0 warning, 2 error, 4 severe. */
    void set_severity(uint32_t severity)
    {
        parts[0].code = (parts[0].code & ~7u) | severity;
        status = (status & ~7u) | severity;
    }
    Failure &also(uint32_t code)
    {
        if (code)
            parts.push_back(MessagePart{code, {}});
        return *this;
    }
};

/* Messages that many facilities utter. */
enum SharedMessage {
    SHARED_APPENDEDB = 4096,
    SHARED_APPENDEDR = 4104,
    SHARED_CLOSEIN = 0x1028,
    SHARED_CLOSEOUT = 0x1030,
    SHARED_COPIEDB = 4192,
    SHARED_COPIEDR = 4200,
    SHARED_CREATED = 4208,
    SHARED_NEWFILES = 4240,
    SHARED_OPENIN = 0x1098,
    SHARED_OPENOUT = 0x10A0,
    SHARED_READERR = 0x10B0,
    SHARED_REPLACED = 4280,
    SHARED_WRITEERR = 0x10D0,
    SHARED_HIGHVER = 4424,
    SHARED_NOTCOPIED = 4536,
    SHARED_INCOMPAT = 4576,
    SHARED_FILNOTDEL = 4592,
    SHARED_DELVER = 4616,
    SHARED_PURGEVER = 4624,
    SHARED_NOFILPURG = 4648,
    SHARED_SEARCHFAIL = 4664,
    SHARED_EXISTS = 4752,
    SHARED_RENAMED = 4768,
    SHARED_PROTECTED = 4776,
    SHARED_ACTIMAGE = 0x12B8,
    SHARED_DIRNOTCRE = 4800,
    SHARED_ILLDIRCOPY = 4840,
    SHARED_TOTAL = 4880,
    SHARED_FILPURG = 4888,
    SHARED_FILDEL = 4896,
    SHARED_NOFILES = 4912
};
/*
**  Facilities of verbs that images do: the condition becomes $STATUS, message inhibited.  CLI,
**  COPY, DIFF, TYPE, BACKUP and SEARCH have VMS's numbers, the others of our own.
*/
enum Facility {
    FACILITY_CLI = 3,
    FACILITY_COPY = 103,
    FACILITY_DIFF = 108,
    FACILITY_TYPE = 119,
    FACILITY_PRINT = 120,
    FACILITY_CREATE = 146,
    FACILITY_DELETE = 147,
    FACILITY_DIRECT = 149,
    FACILITY_RENAME = 150,
    FACILITY_PURGE = 152,
    FACILITY_SET = 153,
    FACILITY_SHOW = 154,
    FACILITY_SUBMIT = 156,
    FACILITY_APPEND = 159,
    FACILITY_BACKUP = 163,
    FACILITY_CXX = 164,
    FACILITY_LINK = 165,
    FACILITY_MESSAGE = 166,
    FACILITY_FDL = 167,
    FACILITY_SORT = 168,
    FACILITY_CONVERT = 169,
    FACILITY_DUMP = 170,
    FACILITY_CHECKSUM = 171,
    FACILITY_ANALYZE = 172,
    FACILITY_UNLOCK = 173,
    FACILITY_SEARCH = 2263
};
/* Messages that one of them has alone; severity in the low three bits. */
enum OwnMessage {
    BACKUP_COPIED = 163 << 16 | 0x8001,
    BACKUP_CREATED = 163 << 16 | 0x8009,
    BACKUP_CREDIR = 163 << 16 | 0x8011,
    BACKUP_NOFILES = 163 << 16 | 0x8018,
    BACKUP_NOTSAVESET = 163 << 16 | 0x8024,
    BACKUP_BADSAVESET = 163 << 16 | 0x802A,
    BACKUP_VERIFYERR = 163 << 16 | 0x8032,
    BACKUP_COMPARED = 163 << 16 | 0x8039,
    CXX_ERRORS = 164 << 16 | 0x8002,
    CXX_NOCOMPILER = 164 << 16 | 0x800C,
    LINK_ERRORS = 165 << 16 | 0x8002,
    LINK_BADOPTION = 165 << 16 | 0x800A,
    LINK_BADIDENT = 165 << 16 | 0x8012,
    LINK_UNDSYM = 165 << 16 | 0x801A,
    MESSAGE_ERRORS = 166 << 16 | 0x8002,
    FDL_SYNTAX = 167 << 16 | 0x800A,
    SORT_BADKEY = 168 << 16 | 0x800A,
    CONVERT_RECORD = 169 << 16 | 0x8002,
    UNLOCK_UNLOCKED = 173 << 16 | 0x8003,
    DIFF_FILAREDIF = 108 << 16 | 0x8013,
    DIFF_FILAREIDE = 108 << 16 | 0x8009,
    SEARCH_NOMATCHES = 0x08D78053,
    SET_MODIFIED = 153 << 16 | 0x8003,
    SET_NOTSET = 153 << 16 | 0x800A
};
/* A message of a facility with a severity: inform(), Failure. */
inline uint32_t shared_code(Facility facility, SharedMessage message, uint32_t severity)
{
    return static_cast<uint32_t>(facility) << 16 | message | severity;
}
Failure file_failure(SharedMessage message, const std::string &file, uint32_t sts, uint32_t stv,
                     Facility facility = FACILITY_CLI);

/* Messages of the queue verbs, of RUN and of SHOW. */
const uint32_t SUBMIT_CREJOB = FACILITY_SUBMIT << 16 | 0x800C,
               PRINT_CREJOB = FACILITY_PRINT << 16 | 0x800C,
               DELETE_QUEUED = FACILITY_DELETE << 16 | 0x8013,
               DELETE_DELETED_ENTRY = FACILITY_DELETE << 16 | 0x801B;
const uint32_t RUN_CREPRC = 151u << 16 | 0x8002, RUN_PROC_ID = 151u << 16 | 0x8009;
const uint32_t SHOW_INVQUAVAL = FACILITY_SHOW << 16 | 4904 | 2; /* value, qualifier */

/* SET MESSAGE: which fields are shown. */
struct MessageFields {
    bool facility = true, severity = true, identification = true, text = true;
};
/* One line; lead is '%' or '-'.  Empty when the fields leave nothing. */
std::string message_text(const MessagePart &part, const MessageFields &fields, char lead);
std::vector<std::string> message_lines(const Failure &failure, const MessageFields &fields);

} // namespace dcl
} // namespace shim

#endif
