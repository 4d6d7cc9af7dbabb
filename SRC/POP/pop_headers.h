/*
**  pop_headers - the headers that a POP client is sent, made of MAIL's own lines
**
**  HP 19.1.6 (header set, conditions), 19.1.6.1 (From: rebuilt by type of address), 19.3
**  (rewriting, personal names, ID headers); spec 8.4, 8.5.  Bytes in, bytes out; the settings
**  decide.
*/
#ifndef MAIL_POP_HEADERS_H
#define MAIL_POP_HEADERS_H

#include "CORE/vms_address.h"
#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"
#include "VMS/mailstore.h"

#include <string>

namespace mail {

/* Does a DECnet node have a TCP/IP name?  False: no translation.  Any thread. */
typedef bool (*PopNodeLookup)(const std::string &node, std::string *host);

/*
**  The value of From: for a MAIL From: line (19.1.6.1, every row).  lookup 0: the hosts file and
**  DNS.
*/
std::string pop_from_value(const VmsAddress &from, const Settings &settings,
                           const Identity &identity, PopNodeLookup lookup);

/* Is it an SMTP address: SMTP%"...", also behind a node name? */
bool pop_from_is_smtp(const VmsAddress &from);

/* Has SMTP put the headers on top of the text (SET CONFIGURATION SMTP /OPTION=TOP_HEADERS)? */
bool pop_headers_on_top(const Settings &settings);

/* Date, From, To, CC, Subject, X-VMS-From and, when set, X-POP3-Server, X-POP3-ID; each with CRLF.
   from: of the item; uid: for X-POP3-ID. */
std::string pop_header_block(const MailItem &item, const VmsAddress &from, const std::string &uid,
                             const Settings &settings, const Identity &identity,
                             const HeaderZone &zone);

/* Is the text of the message something that no client can be given? */
bool pop_is_withheld(const MailBrief &item);
/* What is sent in its place: the message is foreign, or its file is missing. */
std::string pop_withheld_text(const MailBrief &item);

} // namespace mail

#endif
