/*
**  aliases - a local part to a name that callable MAIL takes, or the reason why not
**
**  Only plain user names reach MAIL: a local part with '::', '%', '@', quotes or blanks would be an
**  address of another transport there and turn this host into a relay.
*/
#include "MTA/aliases.h"

#include <map>
#include <pthread.h>
#include "CORE/text.h"
#include "MTA/config.h"
#include "MTA/lists.h"
#include "MTA/log.h"
#include "VMS/account.h"
#include "VMS/mailstore.h"
#include "VMS/vmstime.h"

namespace mail {

enum { MAX_KEPT = 10000, MAX_NAME = 31 };

static const char postmaster_name[] = "POSTMASTER";
static const char manager_name[] = "SYSTEM";

struct KeptAnswer {
    LocalUser user;
    VmsTime until;
};
typedef std::map<std::string, KeptAnswer> KeptAnswers;

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static KeptAnswers *the_answers = 0; /* made at the first use, never deleted */
static AliasLookup the_lookup = 0;

/* The client is only told to try again: the log says why. */
static LocalUser::Verdict trouble_with(const std::string &user, const char *file,
                                       const Status &status)
{
    LogLine(LOG_WARNING, "", "user")
        .add("name", user)
        .add("file", file)
        .add("reason", status.text());
    return LocalUser::TROUBLE;
}

/* Profile before SYSUAF: a forwarding entry needs no account (HP 18.2.2). */
static LocalUser::Verdict system_lookup(const std::string &user, std::string *forward)
{
    MailProfile profile;
    Status status = mailstore_profile(user, &profile);
    if (status.ok() && !profile.forwarding.empty()) {
        *forward = profile.forwarding;
        return LocalUser::DELIVER;
    }
    if (!status.ok() && !status.not_found())
        return trouble_with(user, "profile", status);
    if (user.size() > ACCOUNT_USER_MAX)
        return LocalUser::UNKNOWN;
    Account account;
    status = account_lookup(user, &account);
    if (status.ok())
        return account.mail_denied ? LocalUser::REFUSED : LocalUser::DELIVER;
    return status.not_found() ? LocalUser::UNKNOWN : trouble_with(user, "SYSUAF", status);
}

static const char *verdict_reason(LocalUser::Verdict verdict)
{
    static const char *const reasons[] = {"user", "no such user", "account takes no mail",
                                          "distribution list",
                                          "user file or profile cannot be read"};
    return reasons[verdict];
}

static LocalUser look_up(const std::string &user)
{
    LocalUser answer;
    answer.verdict = (the_lookup ? the_lookup : system_lookup)(user, &answer.forward);
    answer.user = user;
    answer.reason = verdict_reason(answer.verdict);
    if (answer.verdict == LocalUser::DELIVER && !answer.forward.empty())
        answer.reason = "forwarded";
    return answer;
}

/* Upper case; empty when it cannot be the name of a user. */
static std::string user_name(const std::string &local_part)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$_-.";
    std::string name = local_part;
    for (size_t i = 0; i < name.size(); ++i)
        if (name[i] >= 'a' && name[i] <= 'z')
            name[i] = static_cast<char>(name[i] - 'a' + 'A');
    if (name.size() > MAX_NAME || name.find_first_not_of(allowed) != std::string::npos)
        name.clear();
    return name;
}

/* The first of the three names that can take mail; trouble with one of them is trouble. */
static LocalUser resolve_postmaster(const Identity &identity)
{
    std::string names[3] = {postmaster_name, identity.postmaster(), manager_name};
    LocalUser answer;
    for (int i = 0; i < 3; ++i) {
        answer = look_up(names[i]);
        if (answer.verdict == LocalUser::DELIVER || answer.verdict == LocalUser::TROUBLE)
            return answer;
    }
    return answer;
}

/* A name as MAIL takes it. */
static LocalUser resolve_user(const std::string &name, const Identity &identity)
{
    LocalUser answer;
    if (name == postmaster_name || name == identity.postmaster())
        return resolve_postmaster(identity);
    answer = look_up(name);
    if (answer.verdict != LocalUser::UNKNOWN || name.find('.') == std::string::npos)
        return answer;
    std::string other = name;
    for (size_t i = 0; i < other.size(); ++i)
        if (other[i] == '.')
            other[i] = '$';
    LocalUser second = look_up(other);
    return second.verdict == LocalUser::UNKNOWN ? answer : second;
}

static LocalUser resolve(const std::string &name, const std::string &local_part,
                         const Identity &identity)
{
    LocalUser answer;
    std::string list;
    if (!name.empty())
        answer = resolve_user(name, identity);
    if (answer.verdict == LocalUser::UNKNOWN &&
        list_find(local_part, *config_current(), &list)) {
        answer.verdict = LocalUser::LIST;
        answer.list = list;
    }
    if (name.empty() || answer.verdict == LocalUser::LIST)
        answer.reason = verdict_reason(answer.verdict);
    return answer;
}

LocalUser alias_resolve(const std::string &local_part, const Identity &identity)
{
    std::string name = user_name(local_part), key = text_uppered(local_part);
    VmsTime now = vmstime_now();
    LocalUser answer;
    bool found = false;
    pthread_mutex_lock(&mutex);
    if (!the_answers)
        the_answers = new KeptAnswers;
    KeptAnswers::const_iterator kept = the_answers->find(key);
    if (kept != the_answers->end() && kept->second.until > now) {
        answer = kept->second.user;
        found = true;
    }
    pthread_mutex_unlock(&mutex);
    if (found)
        return answer;

    answer = resolve(name, local_part, identity);
    boost::uint32_t seconds = config_current()->seconds(P_USER_CACHE_TIME);
    if (answer.verdict == LocalUser::TROUBLE || seconds == 0)
        return answer;
    pthread_mutex_lock(&mutex);
    if (the_answers->size() >= MAX_KEPT)
        the_answers->clear();
    KeptAnswer &slot = (*the_answers)[key];
    slot.user = answer;
    slot.until = now + static_cast<VmsTime>(seconds) * VMSTIME_UNITS_PER_SECOND;
    pthread_mutex_unlock(&mutex);
    return answer;
}

void alias_forget()
{
    pthread_mutex_lock(&mutex);
    if (the_answers)
        the_answers->clear();
    pthread_mutex_unlock(&mutex);
}

void alias_use(AliasLookup lookup)
{
    the_lookup = lookup;
    alias_forget();
}

} // namespace mail
