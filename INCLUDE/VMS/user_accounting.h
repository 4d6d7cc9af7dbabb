/*
**  user_accounting - records of type USER in the system's accounting file
**
**  $SNDJBC, function SJC$_WRITE_ACCOUNTING; ACCOUNTING/TYPE=USER shows them.  Any thread; never
**  from an AST.
*/
#ifndef MAIL_VMS_USER_ACCOUNTING_H
#define MAIL_VMS_USER_ACCOUNTING_H

#include "VMS/status.h"

namespace mail {

const size_t USER_ACCOUNTING_MAX = 255;

/* Text of at most USER_ACCOUNTING_MAX bytes, the rest is cut; controls become '.'. */
Status user_accounting_write(const std::string &text);

} // namespace mail

#endif
