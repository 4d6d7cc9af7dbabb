/*
**  mail_profile - VMSMAIL_PROFILE.DATA: one record per user who has used MAIL
**
**  SQLite (WAL) at SYS$SYSTEM:VMSMAIL_PROFILE.DATA (logical name VMSMAIL_PROFILE overrides).  A
**  record may exist for a name that is no user (forward-only).  Changes are flushed when the call
**  returns.  The new-mail count of a user with a mail file lives there (mail_store.h), so that a
**  delivery does not touch this file, which all share; only the count of a user without one is
**  kept here.
**
**  Records read are cached; a lookup asks SQLite whether anybody changed the file (microseconds).
**  Threads: only inside callable MAIL.  MAIL$_NOSUCHUSR: no record.
*/
#ifndef SHIM_MAIL_PROFILE_H
#define SHIM_MAIL_PROFILE_H

#include <cstdint>
#include <string>

namespace shim {

const size_t MAIL_USER_MAX = 31;
const size_t MAIL_PROFILE_CACHE = 10000; /* records, present or absent */

struct MailProfile {
    enum Text {
        SUB_DIRECTORY,
        FORWARDING,
        PERSONAL_NAME,
        TRANSPORT,
        EDITOR,
        QUEUE,
        USER1,
        USER2,
        USER3,
        FORM,
        SIGFILE,
        TEXT_COUNT
    };
    enum Flag { NO_AUTO_PURGE, COPY_SEND, COPY_REPLY, COPY_FORWARD, CC_PROMPT, MAILPLUS };
    std::string user, text[TEXT_COUNT];
    uint32_t flags;        /* bits 1 << Flag */
    uint32_t new_messages;
    MailProfile() : flags(0), new_messages(0) {}
};

uint32_t mail_profile_read(const std::string &user, MailProfile *profile);
/* The first name after `user` ("" for the first of all); MAIL$_NOSUCHUSR at the end. */
uint32_t mail_profile_next(const std::string &user, MailProfile *profile);
uint32_t mail_profile_write(const MailProfile &profile);
uint32_t mail_profile_delete(const std::string &user);
/* A user's new messages, wherever they are counted; 0 for a name that has no mail. */
uint32_t mail_new_messages(const std::string &user);

} // namespace shim

#endif
