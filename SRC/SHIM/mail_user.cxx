/*
**  mail_user - MAIL$USER_xxx: the profile
**
**  Another user's record: SYSNAM or SYSPRV to read, SYSPRV to change (MAIL$_NOSYSNAM,
**  MAIL$_NOSYSPRV). spec/vms-api.md 3.1.
*/
#include "mail_context.h"
#include "mail_text.h"
#include "shim.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <prvdef.h>
#include <rmsdef.h>
#include <uaidef.h>

namespace {

using namespace shim;

struct UserContext : MailContext {
    std::string position; /* of NEXT */
};

struct TextRow {
    unsigned short get, set, unset, most;
    MailProfile::Text text;
};
const TextRow text_table[] = {
    {MAIL$_USER_SUB_DIRECTORY, MAIL$_USER_SET_SUB_DIRECTORY, MAIL$_USER_SET_NO_SUB_DIRECTORY, 255,
     MailProfile::SUB_DIRECTORY},
    {MAIL$_USER_FORWARDING, MAIL$_USER_SET_FORWARDING, MAIL$_USER_SET_NO_FORWARDING, 255,
     MailProfile::FORWARDING},
    {MAIL$_USER_PERSONAL_NAME, MAIL$_USER_SET_PERSONAL_NAME, MAIL$_USER_SET_NO_PERSONAL_NAME, 127,
     MailProfile::PERSONAL_NAME},
    {MAIL$_USER_TRANSPORT, MAIL$_USER_SET_TRANSPORT, MAIL$_USER_SET_NO_TRANSPORT, 255,
     MailProfile::TRANSPORT},
    {MAIL$_USER_EDITOR, MAIL$_USER_SET_EDITOR, MAIL$_USER_SET_NO_EDITOR, 255, MailProfile::EDITOR},
    {MAIL$_USER_QUEUE, MAIL$_USER_SET_QUEUE, MAIL$_USER_SET_NO_QUEUE, 255, MailProfile::QUEUE},
    {MAIL$_USER_USER1, MAIL$_USER_SET_USER1, MAIL$_USER_SET_NO_USER1, 255, MailProfile::USER1},
    {MAIL$_USER_USER2, MAIL$_USER_SET_USER2, MAIL$_USER_SET_NO_USER2, 255, MailProfile::USER2},
    {MAIL$_USER_USER3, MAIL$_USER_SET_USER3, MAIL$_USER_SET_NO_USER3, 255, MailProfile::USER3},
    {MAIL$_USER_FORM, MAIL$_USER_SET_FORM, MAIL$_USER_SET_NO_FORM, 255, MailProfile::FORM},
    {MAIL$_USER_SIGFILE, MAIL$_USER_SET_SIGFILE, MAIL$_USER_SET_NO_SIGFILE, 255,
     MailProfile::SIGFILE},
};

struct FlagRow {
    unsigned short get, set, unset;
    MailProfile::Flag flag;
    bool inverted; /* the bit says no */
};
const FlagRow flag_table[] = {
    {MAIL$_USER_AUTO_PURGE, MAIL$_USER_SET_AUTO_PURGE, MAIL$_USER_SET_NO_AUTO_PURGE,
     MailProfile::NO_AUTO_PURGE, true},
    {MAIL$_USER_COPY_SEND, MAIL$_USER_SET_COPY_SEND, MAIL$_USER_SET_NO_COPY_SEND,
     MailProfile::COPY_SEND, false},
    {MAIL$_USER_COPY_REPLY, MAIL$_USER_SET_COPY_REPLY, MAIL$_USER_SET_NO_COPY_REPLY,
     MailProfile::COPY_REPLY, false},
    {MAIL$_USER_COPY_FORWARD, MAIL$_USER_SET_COPY_FORWARD, MAIL$_USER_SET_NO_COPY_FORWARD,
     MailProfile::COPY_FORWARD, false},
    {MAIL$_USER_CC_PROMPT, MAIL$_USER_SET_CC_PROMPT, MAIL$_USER_SET_NO_CC_PROMPT,
     MailProfile::CC_PROMPT, false},
    {MAIL$_USER_MAILPLUS, MAIL$_USER_SET_MAILPLUS, MAIL$_USER_SET_NO_MAILPLUS,
     MailProfile::MAILPLUS, false},
};

#define USER_OUTPUTS                                                                               \
    {MAIL$_USER_SUB_DIRECTORY, ITEM_TEXT, ITEM_OUT, 0},                                            \
        {MAIL$_USER_FORWARDING, ITEM_TEXT, ITEM_OUT, 0},                                           \
        {MAIL$_USER_PERSONAL_NAME, ITEM_TEXT, ITEM_OUT, 0},                                        \
        {MAIL$_USER_TRANSPORT, ITEM_TEXT, ITEM_OUT, 0},                                            \
        {MAIL$_USER_EDITOR, ITEM_TEXT, ITEM_OUT, 0}, {MAIL$_USER_QUEUE, ITEM_TEXT, ITEM_OUT, 0},   \
        {MAIL$_USER_USER1, ITEM_TEXT, ITEM_OUT, 0}, {MAIL$_USER_USER2, ITEM_TEXT, ITEM_OUT, 0},    \
        {MAIL$_USER_USER3, ITEM_TEXT, ITEM_OUT, 0}, {MAIL$_USER_FORM, ITEM_TEXT, ITEM_OUT, 0},     \
        {MAIL$_USER_SIGFILE, ITEM_TEXT, ITEM_OUT, 0},                                              \
        {MAIL$_USER_RETURN_USERNAME, ITEM_TEXT, ITEM_OUT, 0},                                      \
        {MAIL$_USER_FULL_DIRECTORY, ITEM_TEXT, ITEM_OUT, 0},                                       \
        {MAIL$_USER_AUTO_PURGE, ITEM_LONG, ITEM_OUT, 0},                                           \
        {MAIL$_USER_COPY_SEND, ITEM_LONG, ITEM_OUT, 0},                                            \
        {MAIL$_USER_COPY_REPLY, ITEM_LONG, ITEM_OUT, 0},                                           \
        {MAIL$_USER_COPY_FORWARD, ITEM_LONG, ITEM_OUT, 0},                                         \
        {MAIL$_USER_CC_PROMPT, ITEM_LONG, ITEM_OUT, 0},                                            \
        {MAIL$_USER_MAILPLUS, ITEM_LONG, ITEM_OUT, 0},                                             \
        {MAIL$_USER_CAPTIVE, ITEM_LONG, ITEM_OUT, 0},                                              \
    {                                                                                              \
        MAIL$_USER_NEW_MESSAGES, ITEM_WORD, ITEM_OUT, 0                                            \
    }

const MailItemSpec begin_items[] = {USER_OUTPUTS};
const MailItemSpec get_items[] = {
    {MAIL$_USER_USERNAME, ITEM_TEXT, ITEM_IN, MAIL_USER_MAX},
    {MAIL$_USER_FIRST, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_NEXT, ITEM_FLAG, ITEM_IN, 0},
    USER_OUTPUTS,
};
const MailItemSpec set_items[] = {
    {MAIL$_USER_USERNAME, ITEM_TEXT, ITEM_IN, MAIL_USER_MAX},
    {MAIL$_USER_CREATE_IF, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_NEW_MESSAGES, ITEM_WORD, ITEM_IN, 0},
    {MAIL$_USER_SET_SUB_DIRECTORY, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_SUB_DIRECTORY, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_FORWARDING, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_FORWARDING, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_PERSONAL_NAME, ITEM_TEXT, ITEM_IN, 127},
    {MAIL$_USER_SET_NO_PERSONAL_NAME, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_TRANSPORT, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_TRANSPORT, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_EDITOR, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_EDITOR, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_QUEUE, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_QUEUE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_USER1, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_USER1, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_USER2, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_USER2, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_USER3, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_USER3, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_FORM, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_FORM, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_SIGFILE, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_USER_SET_NO_SIGFILE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_AUTO_PURGE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_NO_AUTO_PURGE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_COPY_SEND, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_NO_COPY_SEND, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_COPY_REPLY, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_NO_COPY_REPLY, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_COPY_FORWARD, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_NO_COPY_FORWARD, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_CC_PROMPT, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_NO_CC_PROMPT, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_MAILPLUS, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_USER_SET_NO_MAILPLUS, ITEM_FLAG, ITEM_IN, 0},
};
const MailItemSpec delete_items[] = {
    {MAIL$_USER_USERNAME, ITEM_TEXT, ITEM_REQUIRED, MAIL_USER_MAX},
};
const MailItemSpec no_items[] = {{0, ITEM_FLAG, ITEM_IN, 0}};

/* The count of a user with a mail file is in that file. */
uint32_t open_own_store(const std::string &user, std::shared_ptr<MailStore> *store)
{
    MailUser known;
    std::string directory;
    uint32_t status = mail_find_user(user, &known);
    if (status & 1)
        status = mail_host_directory(known.directory, &directory);
    return (status & 1) ? MailStore::open(directory, false, store) : status;
}

uint32_t count_of(const MailProfile &profile)
{
    std::shared_ptr<MailStore> store;
    uint32_t count = profile.new_messages;
    if (open_own_store(profile.user, &store) & 1)
        store->new_count(&count);
    return count;
}

void put_profile(MailCall &call, const MailProfile &profile)
{
    for (const TextRow &row : text_table)
        call.put_text(row.get, profile.text[row.text]);
    for (const FlagRow &row : flag_table)
        call.put_number(row.get, ((profile.flags >> row.flag & 1) != 0) != row.inverted);
    call.put_text(MAIL$_USER_RETURN_USERNAME, profile.user);
    if (call.wants(MAIL$_USER_FULL_DIRECTORY) || call.wants(MAIL$_USER_CAPTIVE)) {
        MailUser known;
        if (mail_find_user(profile.user, &known) & 1) {
            call.put_text(MAIL$_USER_FULL_DIRECTORY, known.directory);
            call.put_number(MAIL$_USER_CAPTIVE, (known.flags & UAI$M_CAPTIVE) != 0);
        }
    }
    if (call.wants(MAIL$_USER_NEW_MESSAGES))
        call.put_number(MAIL$_USER_NEW_MESSAGES, count_of(profile));
}

std::string user_name(const MailCall &call)
{
    std::string user = upper(trimmed(call.text(MAIL$_USER_USERNAME)));
    return user.empty() ? self().user : user;
}

uint32_t user_begin(MailCall &call)
{
    MailProfile profile;
    std::string user = self().user;
    uint32_t status = mail_profile_read(user, &profile);
    if (!(status & 1) && status != MAIL$_NOSUCHUSR)
        return status;
    profile.user = user; /* who has no record yet has the defaults */
    put_profile(call, profile);
    return mail_new_context(MAIL_USER, new UserContext(), call.context);
}

uint32_t user_get_info(MailCall &call)
{
    UserContext *context = static_cast<UserContext *>(call.object);
    bool first = call.has(MAIL$_USER_FIRST), next = call.has(MAIL$_USER_NEXT);
    bool named = call.has(MAIL$_USER_USERNAME);
    if (first + next + named > 1)
        return MAIL$_CONITMCOD;
    std::string user = user_name(call);
    if ((first || next || user != self().user) && !privileged(PRV$M_SYSNAM | PRV$M_SYSPRV))
        return MAIL$_NOSYSNAM;
    MailProfile profile;
    uint32_t status;
    if (first || next)
        status = mail_profile_next(first ? std::string() : context->position, &profile);
    else
        status = mail_profile_read(user, &profile);
    if (!(status & 1)) {
        if (status == MAIL$_NOSUCHUSR)
            call.condition.add(status, {user});
        return status;
    }
    if (first || next)
        context->position = profile.user;
    put_profile(call, profile);
    return SS$_NORMAL;
}

uint32_t set_new_messages(MailCall &call, MailProfile *profile)
{
    profile->new_messages = call.number(MAIL$_USER_SET_NEW_MESSAGES, 0) & 0xffff;
    std::shared_ptr<MailStore> store;
    uint32_t status = open_own_store(profile->user, &store);
    return (status & 1) ? store->set_new_count(profile->new_messages)
                        : static_cast<uint32_t>(SS$_NORMAL);
}

/* What the items say, into the record.  only_count: nothing else was asked for. */
uint32_t take_items(MailCall &call, MailProfile *profile, bool *only_count)
{
    *only_count = call.has(MAIL$_USER_SET_NEW_MESSAGES);
    for (const TextRow &row : text_table) {
        if (call.has(row.set) && call.has(row.unset))
            return MAIL$_CONITMCOD;
        if (call.has(row.set) || call.has(row.unset)) {
            profile->text[row.text] = call.text(row.set);
            *only_count = false;
        }
    }
    for (const FlagRow &row : flag_table) {
        if (call.has(row.set) && call.has(row.unset))
            return MAIL$_CONITMCOD;
        if (call.has(row.set) || call.has(row.unset)) {
            uint32_t bit = 1u << row.flag;
            profile->flags &= ~bit;
            if (call.has(row.set) != row.inverted)
                profile->flags |= bit;
            *only_count = false;
        }
    }
    return SS$_NORMAL;
}

uint32_t make_sub_directory(const MailProfile &profile)
{
    const std::string &sub = profile.text[MailProfile::SUB_DIRECTORY];
    MailUser known;
    if (!(mail_find_user(profile.user, &known) & 1))
        return SS$_NORMAL;
    std::string directory = mail_join_directory(known.login, sub);
    return directory == known.login ? static_cast<uint32_t>(MAIL$_NOTSUBDIR)
                                    : mail_make_directory(directory);
}

uint32_t user_set_info(MailCall &call)
{
    std::string user = user_name(call);
    if (user != self().user && !privileged(PRV$M_SYSPRV))
        return MAIL$_NOSYSPRV;
    MailProfile profile;
    uint32_t status = mail_profile_read(user, &profile);
    bool present = (status & 1) != 0, only_count = false;
    if (status == MAIL$_NOSUCHUSR && !call.has(MAIL$_USER_CREATE_IF)) {
        call.condition.add(status, {user});
        return status;
    }
    if (!present && status != MAIL$_NOSUCHUSR)
        return status;
    profile.user = user;
    MailProfile before = profile;
    status = take_items(call, &profile, &only_count);
    if ((status & 1) && call.has(MAIL$_USER_SET_SUB_DIRECTORY))
        status = make_sub_directory(profile);
    if (!(status & 1))
        return status;
    if (call.has(MAIL$_USER_SET_NEW_MESSAGES))
        status = set_new_messages(call, &profile);
    if ((status & 1) && !(present && only_count && before.new_messages == profile.new_messages))
        status = mail_profile_write(profile);
    return status;
}

uint32_t user_delete_info(MailCall &call)
{
    std::string user = user_name(call);
    if (!privileged(PRV$M_SYSPRV))
        return MAIL$_NOSYSPRV;
    uint32_t status = mail_profile_delete(user);
    if (status == MAIL$_NOSUCHUSR)
        call.condition.add(status, {user});
    return status;
}

uint32_t user_end(MailCall &)
{
    return SS$_NORMAL;
}

} // namespace

uint32_t shim::mail_new_messages(const std::string &user)
{
    MailProfile profile;
    mail_profile_read(user, &profile); /* one who never set anything has no record, but mail */
    profile.user = user;
    return count_of(profile);
}

MAIL_ROUTINE(mail$user_begin, MAIL_USER, CONTEXT_BEGIN, begin_items, user_begin)
MAIL_ROUTINE(mail$user_get_info, MAIL_USER, CONTEXT_USE, get_items, user_get_info)
MAIL_ROUTINE(mail$user_set_info, MAIL_USER, CONTEXT_USE, set_items, user_set_info)
MAIL_ROUTINE(mail$user_delete_info, MAIL_USER, CONTEXT_USE, delete_items, user_delete_info)
MAIL_ROUTINE(mail$user_end, MAIL_USER, CONTEXT_END, no_items, user_end)
