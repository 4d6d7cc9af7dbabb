/*
**  sff - the command line of SMTP_SFF
**
**  HP 18.7:  SMTP_SFF infile_name [-log logfile_name] [-loglevel log_level]; -logfile as well
**  (spec 5.3).
*/
#ifndef MAIL_SFF_SFF_H
#define MAIL_SFF_SFF_H

#include <string>
#include <vector>

namespace mail {

struct SffCommand {
    std::string file, log; /* log: "" is SYS$OUTPUT */
    int level;             /* 0 or 1 */
    SffCommand() : level(0) {}
};

extern const char sff_usage[]; /* lines with \n */

/* words: without the image's name.  False: not a command; the usage is to be shown. */
bool sff_parse(const std::vector<std::string> &words, SffCommand *command);

/* True: the message is queued. */
bool sff_run(const SffCommand &command);

} // namespace mail

#endif
