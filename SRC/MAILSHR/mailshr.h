/*
**  mailshr - MAIL$PROTOCOL: what MAIL calls for SMTP%"address" and user@host
**
**  spec/vms-api.md 3.7.  The image is activated inside MAIL and callable MAIL, whoever runs them:
**  nothing is made at image start, and nothing that goes wrong leaves as an exception.  With
**  TCPIP$SMTP_VMSMAIL_SEND it writes DEBUG.TXT in the default directory.
*/
#ifndef MAIL_MAILSHR_MAILSHR_H
#define MAIL_MAILSHR_MAILSHR_H

#include <stdarg.h>

namespace mail {

/* The arguments behind the code; in a structure, because a va_list may be an array. */
struct MailshrArguments {
    va_list list;
};

/* context: MAIL's longword, ours to use.  What the arguments are, the code tells. */
int mailshr_call(unsigned int *context, int code, MailshrArguments *arguments);

} // namespace mail

#endif
