/*
**  process_rights - the identifiers that a process holds
**
**  Those of its user in the rights database, by what it is (INTERACTIVE, BATCH ...), and what SET
**  RIGHTS_LIST has added or taken away; of another process what it had at its login.  Nothing here
**  has an access control list, so identifiers guard nothing but what asks for them.
*/
#ifndef SHIM_DCL_PROCESS_RIGHTS_H
#define SHIM_DCL_PROCESS_RIGHTS_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim {
namespace dcl {

struct Right {
    std::string name, attributes; /* "DYNAMIC,RESOURCE" */
};

/* Without the user's own, which is its UIC; in the order of SHOW PROCESS. */
std::vector<Right> process_rights(uint32_t pid);
/*
**  SET RIGHTS_LIST of this process.  A holder of a DYNAMIC identifier may, and who has CMKRNL.
**  Throws SS$_NOSUCHID, SS$_NOPRIV.
*/
void change_right(const std::string &name, bool enable, const std::string &attributes);

} // namespace dcl
} // namespace shim

#endif
