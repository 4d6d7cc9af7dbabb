/*
**  message - texts of condition values and formatted output ($GETMSG, $FAO)
**
**  spec/vms-api.md 7.5.  Any thread.  Results are at most MESSAGE_TEXT_MAX bytes.
*/
#ifndef MAIL_VMS_MESSAGE_H
#define MAIL_VMS_MESSAGE_H

#include "boostset.h"

#include <string>
#include <vector>

namespace mail {

const size_t MESSAGE_TEXT_MAX = 1024;

/* "%RMS-E-FNF, file not found"; FAO directives stay as they are. */
std::string message_text(boost::uint32_t condition);
/* "file not found" */
std::string message_text_only(boost::uint32_t condition);

/* One FAO parameter: a number, or a text for !AS. */
struct FaoArgument {
    bool is_text;
    boost::uint32_t number;
    std::string text;
    explicit FaoArgument(boost::uint32_t value) : is_text(false), number(value) {}
    explicit FaoArgument(const std::string &value) : is_text(true), number(0), text(value) {}
};
/* "!AS has !UL message!%S"; at most 16 arguments. Empty when the control string is bad. */
std::string message_format(const std::string &control, const std::vector<FaoArgument> &arguments);
/* message_text with its directives filled in. */
std::string message_with(boost::uint32_t condition, const std::vector<FaoArgument> &arguments);

} // namespace mail

#endif
