/*
**  log_message - the header of a message in the log
**
**  For RECV_DEBUG and LOG_LEVEL 2 and more: a line per field.  The subject is private: it is shown
**  as SUBJECT:<omitted> unless NOSEY is on (HP 17.5, spec 2.1).
*/
#ifndef MTA_LOG_MESSAGE_H
#define MTA_LOG_MESSAGE_H

#include <string>
#include "MTA/log.h"

namespace mail {

enum { LOG_MESSAGE_FIELDS = 100, LOG_MESSAGE_VALUE = 500 }; /* lines; bytes of a value */

void log_message_header(LogLevel level, const std::string &id, const std::string &header,
                        bool nosey);

} // namespace mail
#endif
