/*
**  mail_address - what an addressee's text means
**
**  USER, _USER (no forwarding), NODE::USER of this node, PROT%text, PROT%node::text,
**  user@host.with.dot (PROT of logical name MAIL$INTERNET_TRANSPORT, default SMTP).  Forwarding
**  is followed up to MAIL_FORWARD_MAX steps; it may end at a foreign address; a profile without a
**  SYSUAF record forwards all the same.  Forwarding is looked up before SYSUAF. Status:
**  MAIL$_NOSUCHUSR, MAIL$_USERDSABL (NOMAIL or DISACNT), MAIL$_FORWLOOP, MAIL$_LOGLINK (another
**  node), MAIL$_USERSPEC (no address).
*/
#ifndef SHIM_MAIL_ADDRESS_H
#define SHIM_MAIL_ADDRESS_H

#include "mail_host.h"

namespace shim {

const unsigned MAIL_FORWARD_MAX = 16;
const size_t MAIL_ADDRESS_MAX = 255;

struct MailAddress {
    std::string protocol, node, text; /* foreign when protocol is not empty */
    std::string user, directory;      /* local: directory is VMS form */
};

/* transport: put before a plain name, as of DEFAULT_TRANSPORT; may be empty.  failed: the name at
   fault. */
uint32_t mail_resolve(const std::string &address, const std::string &transport,
                      MailAddress *resolved, std::string *failed);

} // namespace shim

#endif
