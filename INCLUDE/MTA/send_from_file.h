/*
**  send_from_file - a message with its envelope out of a text file (SFF)
**
**  HP 18.7, spec 5.  Adds a Received: line and nothing else.  The control file lies in the user's
**  mail directory.  With SFF_REQUIRES_PRIV the process must have BYPASS, SYSPRV or OPER.
*/
#ifndef MTA_SEND_FROM_FILE_H
#define MTA_SEND_FROM_FILE_H

#include <string>
#include "MTA/submit.h"
#include "VMS/status.h"

namespace mail {

/* Where SFF writes what it does: level 0 what went wrong, level 1 every step. */
class SffLog {
public:
    virtual ~SffLog() {}
    virtual void line(const std::string &text) = 0;
};

/*
**  ok(): the message is in the queue.  no_privilege(); not_found() and other states of the file;
**  bad_parameter(): the file is wrong, the log names the line; retryable(): no space, or the queue
**  does not take it now.
*/
Status send_from_file(const std::string &file, SffLog *log, int log_level,
                      SubmitReceipt *receipt);

/* The directory of mail of the process's user: for control files (HP 18.1.2); "" if unknown. */
std::string user_mail_directory(const std::string &user);

} // namespace mail
#endif
