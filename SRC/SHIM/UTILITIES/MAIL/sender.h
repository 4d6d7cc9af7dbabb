/*
**  sender - SEND, REPLY, FORWARD and MAIL file user: a message by callable MAIL
**
**  An address list is comma separated; quotes hold commas together: SMTP%"a,b@host".  "@file" is a
**  distribution list: one address a line, "!" begins a comment, default type .DIS.
*/
#ifndef SHIM_SENDER_H
#define SHIM_SENDER_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim::mail {

struct Outgoing {
    std::string to, cc, subject, personal_name, file;
    std::vector<std::string> lines; /* the text, unless a file has it */
    bool no_personal_name = false, self = false;
};

/* Messages of what failed were shown.  False: nothing, or not to all, was sent. */
bool send_message(const Outgoing &message);
std::vector<std::string> split_addresses(const std::string &list);

} // namespace shim::mail

#endif
