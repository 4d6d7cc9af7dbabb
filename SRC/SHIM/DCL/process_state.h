/*
**  process_state - default directory and other things of the process that verbs and lexicals share
*/
#ifndef SHIM_DCL_PROCESS_STATE_H
#define SHIM_DCL_PROCESS_STATE_H

#include <string>

namespace shim {
namespace dcl {

/* "SYS$SYSROOT:[SYSMGR]": SYS$DISK's translation and the default directory. */
std::string default_device_and_directory();
/* The new default; throws Failure. */
void set_default(const std::string &spec);

} // namespace dcl
} // namespace shim

#endif
