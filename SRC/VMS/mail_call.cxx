/*
**  mail_call - the lock and the handler
*/
#include "mail_call.h"

#include <pthread.h>

#include <lib$routines.h>
#include <maildef.h>

#include "itemlist.h"

namespace mail {

static pthread_once_t mail_once = PTHREAD_ONCE_INIT;
static pthread_mutex_t mail_mutex; /* recursive: a turn of several calls, and each call in it */

extern "C" {
static void mail_make_mutex(void)
{
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&mail_mutex, &attributes);
    pthread_mutexattr_destroy(&attributes);
}
}

MailLock::MailLock()
{
    pthread_once(&mail_once, mail_make_mutex);
    pthread_mutex_lock(&mail_mutex);
}

MailLock::~MailLock()
{
    pthread_mutex_unlock(&mail_mutex);
}

/* A frame without C++ objects: the handler unwinds through it. */
extern "C" {
static unsigned int mail_guarded_call(MailRoutine routine, unsigned int *context, ILE3 *in,
                                      ILE3 *out)
{
    lib$establish(lib$sig_to_ret);
    return routine(context, in, out);
}

static unsigned int mail_guarded_body(MailBody body, void *argument)
{
    lib$establish(lib$sig_to_ret);
    return body(argument);
}
}

Status mail_guarded(MailBody body, void *argument)
{
    return Status(mail_guarded_body(body, argument));
}

Status mail_call(MailRoutine routine, boost::uint32_t *context, ILE3 *in, ILE3 *out)
{
    LowScratch scratch;
    ItemList<1> none(scratch);
    unsigned int value = *context;
    unsigned int sts = mail_guarded_call(routine, &value, in ? in : none.list(),
                                         out ? out : none.list());
    *context = value;
    return Status(sts);
}

Status mail_call_plain(MailRoutine routine, boost::uint32_t *context)
{
    LowScratch scratch;
    ItemList<1> items(scratch);
    items.flag(MAIL$_NOSIGNAL);
    return mail_call(routine, context, items.list(), 0);
}

} // namespace mail
