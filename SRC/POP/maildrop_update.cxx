/*
**  maildrop_update - what QUIT does: messages go, or move to MAIL, and the new ones are counted
*/
#include "maildrop.h"

#include "MTA/log.h"

namespace mail {

static const int recounts_max = 4;

/*
**  A withheld message is never deleted: what the client deleted goes to MAIL, also where
**  LEAVE_IN_NEWMAIL would let it be shown again (HP 19.1.4).  Each message has one fate; a
**  failure with one does not keep the others from theirs.
*/
Status Maildrop::settle_folder()
{
    Status result;
    bool leave = settings_->flag(P_POP_LEAVE_IN_NEWMAIL) || folder_name_ == MAILDROP_MAIL;
    for (size_t i = 0; i < states_.size(); ++i) {
        const State &state = states_[i];
        const boost::uint32_t id = items_[i].id;
        Status status;
        if (id == 0)
            continue; /* somebody else has removed it */
        if (state.deleted && !withheld(i))
            status = folder_.remove(id);
        else if ((state.deleted && folder_name_ != MAILDROP_MAIL) || (state.read && !leave))
            status = folder_.move(id, MAILDROP_MAIL);
        if (!status.ok() && !MailFolder::is_gone(status)) {
            LogLine(LOG_ERROR, user_, "update").add("message", uid(i)).add("status", status.text());
            result = status;
        }
    }
    return result;
}

/*
**  NEW_MESSAGES is a number in the profile that nobody recounts: say what is left.  Mail that comes
**  between the look and the saying has been counted by MAIL and would be lost from it: look again.
*/
void Maildrop::recount_new()
{
    boost::uint32_t left = 0, said = 0;
    for (int i = 0; i < recounts_max; ++i) {
        MailFolder again;
        if (!again.select(&file_, MAILDROP_NEWMAIL, &left).ok() || (i > 0 && left == said))
            return;
        mailstore_set_new_messages(user_, left);
        said = left;
    }
}

Status Maildrop::update()
{
    Status result;
    if (has_file_) {
        MutexGuard using_now(use_);
        result = settle();
    }
    close();
    return result;
}

Status Maildrop::settle()
{
    bool removed = false, touched = false;
    for (size_t i = 0; i < states_.size(); ++i) {
        removed = removed || states_[i].deleted;
        touched = touched || states_[i].deleted || states_[i].read;
    }
    Status result;
    if (touched)
        result = wake();
    if (touched && result.ok()) {
        result = settle_folder();
        /* with the folder still selected: MAIL can do all of it at once */
        bool reclaim = settings_->flag(P_POP_PURGE_RECLAIM);
        if (removed && (reclaim || settings_->flag(P_POP_PURGE_WASTE))) {
            Status purged = file_.purge(reclaim, 0);
            if (result.ok())
                result = purged;
        }
        folder_.close();
        recount_new();
    }
    return result;
}

} // namespace mail
