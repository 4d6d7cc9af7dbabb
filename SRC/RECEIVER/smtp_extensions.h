/*
**  smtp_extensions - what the receiver can do beyond RFC 821, and the parameters that come with it
**
**  EHLO walks the table of extensions; a parameter of MAIL or RCPT is known when its extension is
**  offered to this client.  SMTPUTF8 and REQUIRETLS are not offered.
*/
#ifndef RECEIVER_SMTP_EXTENSIONS_H
#define RECEIVER_SMTP_EXTENSIONS_H

#include "smtp_commands.h"

namespace mail {

/* The lines of EHLO behind the first. */
void smtp_extensions_list(const SmtpSession &session, SmtpReply *reply);
bool smtp_extension_offered(const SmtpSession &session, const char *keyword);

/*
**  The parameters of MAIL or RCPT behind the path that ends at `at`.  False: *reply refuses them.
**  A client that said HELO has none (RFC 5321 2.2.1).
*/
bool smtp_take_parameters(const SmtpSession &session, SmtpVerb verb, size_t at,
                          SmtpRequest *request, SmtpReply *reply);

} // namespace mail
#endif
