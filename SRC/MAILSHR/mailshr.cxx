/*
**  mailshr - the codes of MAIL$PROTOCOL
*/
#include "mailshr.h"

#include "outgoing.h"

#include "MTA/log.h"

#include <descrip.h>
#include <mailmsgdef.h>
#include <rms.h>
#include <ssdef.h>
#include <starlet.h>

namespace mail {

namespace {

/* The public numbers of the interface; no header of VMS has them. */
enum {
    OUT_CONNECT, OUT_SENDER, OUT_CKUSER, OUT_TO, OUT_SUBJ, OUT_FILE, OUT_CKSEND, OUT_DEACCESS,
    IN_FIRST, IN_LAST = 16, OUT_CC, IN_ATTRIBS, OUT_ATTRIBS, CODE_COUNT
};
const int FLAG_FOREIGN = 1;
const size_t LINKS_MAX = 64;
const char debug_file[] = "DEBUG.TXT";

typedef int (*ErrorRoutine)(unsigned int condition, ...);

/*
**  MAIL's longword has no room for a pointer on every machine: it holds a number, from 1.  Callable
**  MAIL is one thread at a time.
*/
Outgoing *links[LINKS_MAX];

Outgoing *link_of(const unsigned int *context)
{
    return context && *context >= 1 && *context <= LINKS_MAX ? links[*context - 1] : 0;
}

std::string text_of(const dsc$descriptor_s *text)
{
    return text && text->dsc$a_pointer ? std::string(text->dsc$a_pointer, text->dsc$w_length)
                                       : std::string();
}

std::string next_text(MailshrArguments *arguments)
{
    return text_of(va_arg(arguments->list, dsc$descriptor_s *));
}

bool is_end_of_list(const std::string &addressee)
{
    return addressee == std::string(1, '\0');
}

void begin_debug(const Settings &settings)
{
    if (!settings.flag(P_SMTP_VMSMAIL_SEND))
        return;
    log_open(debug_file);
    log_set_level(LOG_DEBUG);
    log_number_lines(settings.flag(P_SMTP_LOG_LINE_NUMBERS));
}

int connect(unsigned int *context, MailshrArguments *arguments)
{
    log_hold(); /* MAIL's terminal is no place for a log */
    SettingsPtr settings = config_current();
    IdentityPtr identity = identity_current();
    begin_debug(*settings);
    std::string protocol = next_text(arguments), node = next_text(arguments);
    va_arg(arguments->list, int); /* MAIL$_LOGLINK */
    va_arg(arguments->list, int); /* record attributes */
    int format = va_arg(arguments->list, int);
    (void)va_arg(arguments->list, int);
    (void)va_arg(arguments->list, dsc$descriptor_s *);
    int organization = va_arg(arguments->list, int), flags = va_arg(arguments->list, int);
    LogLine(LOG_DEBUG, "mailshr", "connect")
        .add("protocol", protocol)
        .add("node", node)
        .add("format", static_cast<boost::int32_t>(format))
        .add("organization", static_cast<boost::int32_t>(organization))
        .add("flags", static_cast<boost::int32_t>(flags));
    if (!settings->complete() || !identity->complete())
        return SS$_ABORT; /* who we are is not known for sure */
    for (size_t i = 0; i < LINKS_MAX; ++i) {
        if (links[i])
            continue;
        links[i] = new Outgoing(settings, identity);
        links[i]->set_foreign((flags & FLAG_FOREIGN) != 0);
        *context = static_cast<unsigned int>(i + 1);
        return SS$_NORMAL;
    }
    return SS$_INSFMEM;
}

int deaccess(unsigned int *context)
{
    Outgoing *link = link_of(context);
    if (!link)
        return SS$_NORMAL;
    links[*context - 1] = 0;
    delete link;
    LogLine(LOG_DEBUG, "mailshr", "deaccess");
    log_close();
    *context = 0;
    return SS$_NORMAL;
}

int check_user(Outgoing &link, MailshrArguments *arguments)
{
    std::string addressee = next_text(arguments);
    ErrorRoutine error = va_arg(arguments->list, ErrorRoutine);
    if (is_end_of_list(addressee))
        return SS$_NORMAL;
    Outcome outcome = link.add_recipient(addressee);
    LogLine(LOG_DEBUG, "mailshr", "check_user")
        .add("addressee", addressee)
        .add("result", outcome.is_done() ? std::string("ok") : outcome.sender_text());
    if (outcome.is_done())
        return SS$_NORMAL;
    if (error)
        error(MAIL$_USERSPEC, 0);
    return MAIL$_USERSPEC;
}

/* What became of the message is everybody's answer. */
int check_sent(Outgoing &link, MailshrArguments *arguments)
{
    std::string addressee = next_text(arguments);
    ErrorRoutine error = va_arg(arguments->list, ErrorRoutine);
    if (is_end_of_list(addressee) || link.outcome().is_done())
        return SS$_NORMAL;
    if (error)
        error(MAIL$_SENDERR, 0);
    return MAIL$_SENDERR;
}

int take_file(Outgoing &link, MailshrArguments *arguments)
{
    struct RAB *rab = va_arg(arguments->list, struct RAB *);
    int status;
    while ((status = sys$get(rab)) & 1)
        link.add_record(rab->rab$l_rbf, rab->rab$w_rsz);
    if (status != RMS$_EOF)
        return status;
    return link.submit().is_done() ? SS$_NORMAL : SS$_ABORT;
}

int call(unsigned int *context, int code, MailshrArguments *arguments)
{
    if (code == OUT_CONNECT)
        return connect(context, arguments);
    if (code == OUT_DEACCESS)
        return deaccess(context);
    if (code < 0 || code >= CODE_COUNT)
        return SS$_BADPARAM;
    if ((code >= IN_FIRST && code <= IN_LAST) || code == IN_ATTRIBS || code == OUT_ATTRIBS)
        return SS$_NOENTRY; /* mail comes in by the receiver */
    Outgoing *link = link_of(context);
    if (!link)
        return SS$_BADPARAM;
    next_text(arguments); /* the node: SMTP has none */
    switch (code) {
    case OUT_SENDER:
        link->set_sender(next_text(arguments));
        return SS$_NORMAL;
    case OUT_CKUSER:
        return check_user(*link, arguments);
    case OUT_TO:
        link->set_to(next_text(arguments));
        return SS$_NORMAL;
    case OUT_CC:
        link->set_cc(next_text(arguments));
        return SS$_NORMAL;
    case OUT_SUBJ:
        link->set_subject(next_text(arguments));
        return SS$_NORMAL;
    case OUT_FILE:
        return take_file(*link, arguments);
    default:
        return check_sent(*link, arguments);
    }
}

} // namespace

int mailshr_call(unsigned int *context, int code, MailshrArguments *arguments)
{
    try {
        return call(context, code, arguments);
    } catch (...) {
        return SS$_INSFMEM; /* nothing may leave into MAIL */
    }
}

} // namespace mail
