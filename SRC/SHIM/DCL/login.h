/*
**  login - the beginning and the end of a process that a command interpreter runs
*/
#ifndef SHIM_DCL_LOGIN_H
#define SHIM_DCL_LOGIN_H

#include "session.h"

namespace shim {
namespace dcl {

/* SYS$LOGIN, SYS$LOGIN_DEVICE, SYS$SCRATCH, SYS$DISK and the default directory of the user. */
void set_up_process(Session &session);
/* SYLOGIN.COM and LOGIN.COM. */
void run_login_procedures(Session &session);
/* The interactive login: welcome, last login. */
void greet(Session &session);
/* "  SYSTEM       logged out at ..." or, of a job, "job terminated at" with its accounting. */
void say_goodbye(Session &session, bool full);
/* What Ctrl-T shows: "NODE::SYSTEM 15:20:30 (DCL) CPU=00:00:00.21 PF=123 IO=4 MEM=567"; empty when
   SET CONTROL=T is not in force. */
std::string control_t_line(const Session &session);
/* SYS$INPUT, SYS$OUTPUT and SYS$ERROR of a process made by $CREPRC or the job controller: opens
   them; further: files behind the first one.  The status that ends the process when that is not
   possible. */
uint32_t open_job_streams(Session &session, std::vector<std::string> *further);
/* All files of the job; one that ends with an error is the last (DCL Dictionary SUBMIT). */
void run_job_files(Session &session, const std::vector<std::string> &further);

} // namespace dcl
} // namespace shim

#endif
