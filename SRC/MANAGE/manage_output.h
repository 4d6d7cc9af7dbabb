/*
**  manage_output - what the commands say to their user, and what they ask
**
**  Lines go to SYS$OUTPUT, and to a log file while one is open.  Main thread only.
*/
#ifndef MANAGE_OUTPUT_H
#define MANAGE_OUTPUT_H

#include <string>
#include "MTA/mail_msg.h"
#include "VMS/message.h"
#include "VMS/status.h"
#include "boostset.h"

namespace mail {

void say(const std::string &line);

/* "%TCPIP-W-NORECORD, Information not found"; the status is the condition, its message shown. */
Status tell(boost::uint32_t condition);
Status tell(boost::uint32_t condition, const std::string &text);
Status tell(boost::uint32_t condition, boost::uint32_t number);
Status tell(boost::uint32_t condition, const std::string &first, const std::string &second);
Status tell(boost::uint32_t condition, const std::string &first, const std::string &second,
            const std::string &third);
/* The line under a message: "-RMS-E-FNF, file not found". */
void tell_cause(const Status &status);
/* Status of a service that nobody has shown yet. */
Status tell_status(const Status &status);

/* What is said from here on is in the file as well; "" ends it. */
Status output_log(const std::string &file);

/* The same, and SYS$OUTPUT does not get it. */
Status output_redirect(const std::string &file);

/*
**  Asks about one thing after the other: Y yes, N no, G yes and no more questions.  Anything else
**  is asked again; the end of the input means no, for all.
*/
class Confirmation : private boost::noncopyable {
public:
    /* asking false: every answer is yes. */
    Confirmation(bool asking, const std::string &prompt)
        : asking_(asking), refusing_(false), prompt_(prompt)
    {
    }
    bool yes();
    /* The input has ended: nothing more will be confirmed. */
    bool ended() const { return refusing_; }

private:
    bool asking_, refusing_;
    std::string prompt_;
};

/* Tests: lines are appended to *text instead (0 ends it), and answers come from the routine. */
void output_capture(std::string *text);
typedef bool (*AskRoutine)(const std::string &prompt, std::string *line);
void ask_use(AskRoutine routine);

} // namespace mail
#endif
