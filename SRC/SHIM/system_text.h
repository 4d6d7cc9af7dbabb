/*
**  system_text - times, formatted text and messages for SHIM's own modules
**
**  What sys$asctim, sys$fao and sys$getmsg do, without descriptors.  Any thread.
*/
#ifndef SHIM_SYSTEM_TEXT_H
#define SHIM_SYSTEM_TEXT_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace shim
{

/* ---- vtime.cxx ---- */

/* year, month, day, hour, minute, second, hundredths; of a delta: 0, 0, days, ... */
void split_time(int64_t time, uint16_t parts[7]);
/* False when a field is out of range.  Years 1858 (from 17-NOV) to 9999. */
bool join_time(const uint16_t parts[7], int64_t *time);
/* 23, 16 or (time_only) 11 characters, as sys$asctim writes them. */
std::string time_text(int64_t time, bool time_only = false);

/* ---- fao.cxx ---- */

/* Formats into a bounded buffer.  SS$_NORMAL, SS$_BUFFEROVF, SS$_BADPARAM, SS$_ACCVIO. */
uint32_t format_vector(const std::string &control, const uint32_t *arguments, size_t count,
                       char *out, size_t size, size_t *length);
/* Likewise to a string of at most max_formatted bytes; a bad directive ends the text. */
const size_t max_formatted = 4096;
std::string format_text(const std::string &control, const std::vector<uint32_t> &arguments);

/* ---- system_text.cxx ---- */

/* Puts text into a descriptor as system services do: truncated, never padded or reallocated. */
uint32_t put_fixed(void *descriptor, const char *text, size_t size, unsigned short *length);
/* Puts text as the run-time library does: class D grows, class S is blank padded; LIB$_STRTRU. */
uint32_t put_string(void *descriptor, const std::string &text, unsigned short *length);

/* ---- system_message.cxx ---- */

struct Message {
    std::string facility, ident, text;
    unsigned fao_count;
    unsigned user_value = 0;
};
/* False when no message has this number; then facility NONAME, ident NOMSG, a text with the number.
 */
bool find_message(uint32_t code, Message *message);
/* "%FAC-S-IDENT, text" before FAO arguments are put in; flags as of sys$getmsg, lead % or -. */
std::string message_line(uint32_t code, const Message &message, unsigned flags, char lead);
/* The lines of a message vector that starts with the first condition; count longwords. */
void vector_lines(const uint32_t *vector, size_t count, unsigned flags, const std::string &facility,
                  std::vector<std::string> *lines);
/* Writes lines to SYS$OUTPUT, and to SYS$ERROR when that is another file and code is no success. */
void write_lines(const std::vector<std::string> &lines, uint32_t code);

struct MessageRow {
    uint32_t code;
    const char *ident, *text;
    unsigned fao_count;
};
struct MessageTable {
    const char *facility;
    const MessageRow *rows;
    size_t count;
};
/* The messages that come with the system (message_system.cxx, message_facilities.cxx). */
extern const MessageTable system_messages[2];
const MessageTable *facility_messages(size_t *count);
const MessageTable &cli_messages();       /* CLI/cli_messages.cxx */
const MessageTable &cdu_messages();       /* CLI/set_command.cxx */
const MessageTable &librarian_messages(); /* LIBRARIAN/librarian_messages.cxx */

} // namespace shim

#endif
