/*
**  mailstore - MAIL$USER_xxx and MAIL$MAILFILE_xxx
**
**  A family's context lives only inside one call here (users) or one object (files).  _END is
**  called on every way out, also after a failed _OPEN.
*/
#include "VMS/mailstore.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>
#include <descrip.h>

#include "VMS/recfile.h"
#include "VMS/process.h"
#include "itemlist.h"
#include "mail_call.h"

namespace mail {

static const size_t TEXT_MAX = 255;

/* ---- profiles ---- */

class UserContext {
public:
    UserContext() : context_(0) { status_ = mail_call_plain(mail$user_begin, &context_); }
    ~UserContext()
    {
        if (status_.ok())
            mail_call_plain(mail$user_end, &context_);
    }
    Status call(MailRoutine routine, ILE3 *in, ILE3 *out)
    {
        return status_.ok() ? mail_call(routine, &context_, in, out) : status_;
    }

private:
    UserContext(const UserContext &);
    UserContext &operator=(const UserContext &);
    boost::uint32_t context_;
    Status status_;
};

Status mailstore_profile(const std::string &user, MailProfile *profile)
{
    LowScratch scratch;
    ItemList<2> in(scratch);
    in.in(MAIL$_USER_USERNAME, user.substr(0, MAILSTORE_USER_MAX));
    in.flag(MAIL$_NOSIGNAL);
    ItemList<5> out(scratch);
    int directory = out.out(MAIL$_USER_FULL_DIRECTORY, TEXT_MAX);
    int forwarding = out.out(MAIL$_USER_FORWARDING, TEXT_MAX);
    int personal = out.out(MAIL$_USER_PERSONAL_NAME, TEXT_MAX);
    int transport = out.out(MAIL$_USER_TRANSPORT, TEXT_MAX);
    int count = out.out(MAIL$_USER_NEW_MESSAGES, 2);
    MailEntry entry;
    UserContext context;
    Status status = context.call(mail$user_get_info, in.list(), out.list());
    if (!status.ok())
        return status;
    profile->directory = out.text(directory);
    profile->forwarding = out.text(forwarding);
    profile->personal_name = out.text(personal);
    profile->transport = out.text(transport);
    profile->new_messages = out.number(count);
    return status;
}

Status mailstore_users(std::vector<MailUser> *users)
{
    PrivilegeGuard guard(PRIVILEGE_SYSPRV);
    MailEntry entry;
    UserContext context;
    for (bool first = true;; first = false) {
        LowScratch scratch;
        ItemList<2> in(scratch), out(scratch);
        in.flag(first ? MAIL$_USER_FIRST : MAIL$_USER_NEXT);
        in.flag(MAIL$_NOSIGNAL);
        int name = out.out(MAIL$_USER_RETURN_USERNAME, MAILSTORE_USER_MAX);
        int directory = out.out(MAIL$_USER_FULL_DIRECTORY, TEXT_MAX);
        Status status = context.call(mail$user_get_info, in.list(), out.list());
        if (status.end_of_file() || status.not_found())
            return Status();
        if (!status.ok())
            return status;
        MailUser user;
        user.user = out.trimmed(name);
        user.directory = out.text(directory);
        users->push_back(user);
    }
}

Status mailstore_set_new_messages(const std::string &user, boost::uint32_t count)
{
    LowScratch scratch;
    ItemList<3> in(scratch);
    in.in(MAIL$_USER_USERNAME, user.substr(0, MAILSTORE_USER_MAX));
    in.in_word(MAIL$_USER_SET_NEW_MESSAGES,
               static_cast<unsigned short>(count > 65535 ? 65535 : count));
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    UserContext context;
    return context.call(mail$user_set_info, in.list(), 0);
}

Status mailstore_set_forwarding(const std::string &user, const std::string &forwarding)
{
    if (forwarding.size() > TEXT_MAX)
        return Status::bad_parameter();
    LowScratch scratch;
    ItemList<4> in(scratch);
    in.in(MAIL$_USER_USERNAME, user.substr(0, MAILSTORE_USER_MAX));
    in.flag(MAIL$_USER_CREATE_IF);
    if (forwarding.empty())
        in.flag(MAIL$_USER_SET_NO_FORWARDING);
    else
        in.in(MAIL$_USER_SET_FORWARDING, forwarding);
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    UserContext context;
    return context.call(mail$user_set_info, in.list(), 0);
}

Status mailstore_delete_profile(const std::string &user)
{
    LowScratch scratch;
    ItemList<2> in(scratch);
    in.in(MAIL$_USER_USERNAME, user.substr(0, MAILSTORE_USER_MAX));
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    UserContext context;
    return context.call(mail$user_delete_info, in.list(), 0);
}

/* ---- mail files ---- */

Status MailFile::open(const std::string &directory)
{
    close();
    std::string name = directory + "MAIL.MAI";
    LowScratch scratch;
    ItemList<2> in(scratch);
    in.in(MAIL$_MAILFILE_NAME, name.substr(0, TEXT_MAX));
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    Status status = mail_call_plain(mail$mailfile_begin, &context_);
    if (!status.ok())
        return status;
    status = mail_call(mail$mailfile_open, &context_, in.list(), 0);
    open_ = status.ok();
    if (open_) {
        directory_ = directory;
        return status;
    }
    mail_call_plain(mail$mailfile_end, &context_);
    context_ = 0;
    /* MAIL says only that it cannot open: a user without mail file is a normal case */
    if (status.sts() == MAIL$_OPENIN && !file_exists(name, ""))
        return Status(RMS$_FNF, status.sts());
    return status;
}

/* One list at a time: it is filled inside a call, under the lock of callable MAIL. */
static std::vector<std::string> *folder_names;

extern "C" {
static int mail_folder_routine(void *, struct dsc$descriptor_s *name)
{
    try {
        if (name->dsc$w_length) /* the end of the list has length 0 */
            folder_names->push_back(std::string(name->dsc$a_pointer, name->dsc$w_length));
    } catch (...) {
        return 0;
    }
    return 1;
}
}

Status MailFile::folders(std::vector<std::string> *names)
{
    if (!open_)
        return Status(MAIL$_NOFILEOPEN);
    std::vector<std::string> found;
    LowScratch scratch;
    ItemList<3> in(scratch);
    in.in_routine(MAIL$_MAILFILE_FOLDER_ROUTINE, mail_folder_routine);
    in.in_long(MAIL$_MAILFILE_USER_DATA, 0);
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    folder_names = &found;
    Status status = mail_call(mail$mailfile_info_file, &context_, in.list(), 0);
    folder_names = 0;
    if (status.ok())
        names->swap(found);
    return status;
}

Status MailFile::purge(bool reclaim, boost::uint32_t *purged)
{
    if (!open_)
        return Status(MAIL$_NOFILEOPEN);
    LowScratch scratch;
    ItemList<2> in(scratch);
    if (reclaim)
        in.flag(MAIL$_MAILFILE_RECLAIM);
    in.flag(MAIL$_NOSIGNAL);
    ItemList<1> out(scratch);
    int deleted = out.out(MAIL$_MAILFILE_MESSAGES_DELETED, 4);
    MailEntry entry;
    Status status = mail_call(mail$mailfile_purge_waste, &context_, in.list(), out.list());
    if (status.ok() && purged)
        *purged = out.number(deleted);
    return status;
}

void MailFile::close()
{
    if (!context_)
        return;
    MailEntry entry;
    if (open_)
        mail_call_plain(mail$mailfile_close, &context_);
    mail_call_plain(mail$mailfile_end, &context_);
    context_ = 0;
    open_ = false;
}

} // namespace mail
