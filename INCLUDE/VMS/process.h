/*
**  process - this process: who it is, its privileges, sleeping and waking, its end
**
**  Privileges belong to the process, not to a thread: a guard counts, so a privilege is enabled
**  while any guard holds it and disabled after the last one, unless it was on at image start.
**  Keep guards inside VMS and MTA wrappers and short.  spec/vms-api.md 4.7, 7.2.  Any thread,
**  except process_hibernate (main thread only).
*/
#ifndef MAIL_VMS_PROCESS_H
#define MAIL_VMS_PROCESS_H

#include "VMS/status.h"

namespace mail {

boost::uint32_t process_pid();
std::string process_user(); /* upper case, no padding */
boost::uint32_t process_uic(); /* group << 16 | member */
/* CPU time that the process has used, in hundredths of a second. */
boost::uint32_t process_cpu_time();
std::string process_name();
std::string process_node(); /* SCSNODE; upper case, at most 6 characters */
/* "OpenVMS V8.4 Alpha"; what the system does not tell is left out. */
std::string process_system();
bool process_is_network();  /* started by the auxiliary server */
/* At most 15 characters; exists() when the name is taken in this group. */
Status process_set_name(const std::string &name);

/* SYSGEN parameters that concern us. */
enum SystemParameter { PARAMETER_LGI_BRK_LIM, PARAMETER_LGI_BRK_TMO, PARAMETER_LGI_HID_TIM };
Status process_system_parameter(SystemParameter parameter, boost::uint32_t *value);

/* Sleeps until process_wake; a wake that came before is kept, once. Callers rescan all work. */
void process_hibernate();
void process_wake();

/* Called once at image run-down, last registered first; argument as given. At most 16. */
Status process_at_exit(void (*routine)(void *), void *argument);

enum Privilege {
    PRIVILEGE_SYSPRV, PRIVILEGE_BYPASS, PRIVILEGE_OPER, PRIVILEGE_SYSNAM, PRIVILEGE_CMKRNL,
    PRIVILEGE_SECURITY, PRIVILEGE_EXQUOTA, PRIVILEGE_SYSLCK, PRIVILEGE_WORLD, PRIVILEGE_READALL,
    PRIVILEGE_COUNT
};

/*
**  An installed image begins with all its privileges on: this turns them off, so that they are on
**  only inside of guards.  First thing in main.
*/
Status process_privileges_off();

/* Has the user enabled the privilege for the process (SET PROCESS/PRIVILEGES)? */
bool process_has(Privilege privilege);

class PrivilegeGuard {
public:
    explicit PrivilegeGuard(Privilege privilege);
    ~PrivilegeGuard();
    /* no_privilege() when the process is not authorized; the guarded call then fails by itself. */
    const Status &status() const { return status_; }

private:
    PrivilegeGuard(const PrivilegeGuard &);
    PrivilegeGuard &operator=(const PrivilegeGuard &);
    Privilege privilege_;
    Status status_;
};

} // namespace mail

#endif
