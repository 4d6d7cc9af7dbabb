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
    SHARED_CLOSEIN = 0x1028,
    SHARED_CLOSEOUT = 0x1030,
    SHARED_OPENIN = 0x1098,
    SHARED_OPENOUT = 0x10A0,
    SHARED_READERR = 0x10B0,
    SHARED_WRITEERR = 0x10D0,
    SHARED_SEARCHFAIL = 0x1108,
    SHARED_ACTIMAGE = 0x12B8
};
/* Facilities of verbs that images do: the condition becomes $STATUS, message inhibited. */
enum Facility {
    FACILITY_CLI = 3,
    FACILITY_COPY = 103,
    FACILITY_TYPE = 119
};
Failure file_failure(SharedMessage message, const std::string &file, uint32_t sts, uint32_t stv,
                     Facility facility = FACILITY_CLI);

/* Messages of RUN. */
const uint32_t RUN_CREPRC = 151u << 16 | 0x8002, RUN_PROC_ID = 151u << 16 | 0x8009;

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
