/*
**  mx_command - the local MX database (HP 18.1.5, spec 3.9)
**
**  TCPIP$SMTP_COMMON:TCPIP$SMTP_LOCAL_MX.TXT, the file that the router reads: one line
**  "destination gateway preference" per record, "!" comments, which stay.
*/
#ifndef MANAGE_MX_COMMAND_H
#define MANAGE_MX_COMMAND_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

struct MxEntry {
    std::string destination, gateway;
    boost::uint32_t preference;
    MxEntry() : preference(0) {}
};

/* False: the line is a comment, empty, or no record. */
bool mx_line_parse(const std::string &line, MxEntry *entry);
/* Replaces the record of the same destination and gateway, or adds one. */
void mx_lines_set(std::vector<std::string> *lines, const MxEntry &entry);
/* gateway "": all records of the destination; how many went. */
size_t mx_lines_remove(std::vector<std::string> *lines, const std::string &destination,
                       const std::string &gateway);

/* Lines of the file's text that are neither records nor comments nor empty. */
size_t mx_lines_left_out(const std::string &text);

/* DCL makes capitals of what is not in quotation marks: a name of capitals alone is meant in lower
   case, the form in which mail has it. */
std::string mx_name(const std::string &typed);

} // namespace mail
#endif
