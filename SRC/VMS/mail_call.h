/*
**  mail_call - one way into callable MAIL
**
**  Every call holds the process-wide lock and SYSPRV (acting for another user needs it), and has a
**  condition handler: some inner errors are signalled in spite of MAIL$_NOSIGNAL (spec/vms-api.md
**  3.5).  A MailEntry may cover a few calls that belong together, never a wait or the network.
*/
#ifndef MAIL_MAIL_CALL_H
#define MAIL_MAIL_CALL_H

#include "VMS/mailstore.h"
#include "VMS/process.h"

#include <iledef.h>

namespace mail {

typedef unsigned int (*MailRoutine)(unsigned int *context, ILE3 *in, ILE3 *out);

class MailEntry {
public:
    MailEntry() : privilege_(PRIVILEGE_SYSPRV) {}

private:
    MailEntry(const MailEntry &);
    MailEntry &operator=(const MailEntry &);
    MailLock lock_;
    PrivilegeGuard privilege_;
};

/* in or out 0: an empty list. REQUIRES: a MailEntry in the calling thread. */
Status mail_call(MailRoutine routine, boost::uint32_t *context, ILE3 *in, ILE3 *out);
/*
**  Runs body with one handler for all the calls in it: what one of them signals becomes the result.
**  No object with a destructor may live in body.  REQUIRES: a MailEntry in the calling thread.
*/
typedef unsigned int (*MailBody)(void *argument);
Status mail_guarded(MailBody body, void *argument);
/* The same as mail_call with an input list of MAIL$_NOSIGNAL alone. */
Status mail_call_plain(MailRoutine routine, boost::uint32_t *context);

} // namespace mail

#endif
