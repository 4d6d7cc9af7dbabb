/*
**  rights_store - the rights database: identifiers and who holds them
**
**  SYS$SYSTEM:RIGHTSLIST.DAT, an SQLite file.  The identifier of a user is not in it: it is the
**  user's UIC.  Status: SS$_NORMAL, SS$_NOSUCHID, SS$_DUPIDENT.
*/
#ifndef SHIM_RIGHTS_STORE_H
#define SHIM_RIGHTS_STORE_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim::rights {

struct Identifier {
    std::string name, attributes; /* "RESOURCE,DYNAMIC" */
    uint32_t value = 0;
};
uint32_t identifier_add(Identifier *identifier); /* value 0: the next free one */
uint32_t identifier_remove(const std::string &name);
/* Its name, value and attributes become those of `to`; who holds it goes on to do so. */
uint32_t identifier_modify(const std::string &name, const Identifier &to);
uint32_t identifier_get(const std::string &name, Identifier *identifier);
std::vector<Identifier> identifier_list();
uint32_t identifier_grant(const std::string &name, const std::string &user);
uint32_t identifier_revoke(const std::string &name, const std::string &user);
std::vector<std::string> identifier_holders(const std::string &name);
std::vector<Identifier> identifiers_of(const std::string &user);

} // namespace shim::rights

#endif
