/*
**  account - $GETUAI, $HASH_PASSWORD, $SCAN_INTRUSION
**
**  Order of spec/vms-api.md 4.4: record, password, flags and dates, intrusion scan.  The password
**  is hashed for an unknown user too, with a fixed salt, so that time tells nothing.  The scan's
**  answers SUSPECT and INTRUDER have the low bit set: they are compared by value (4.5).
*/
#include "VMS/account.h"

#include <jpidef.h>
#include <lgimsgdef.h>
#include <prvdef.h>
#include <ciadef.h>
#include <rmsdef.h>
#include <secsrvmsgdef.h>
#include <ssdef.h>
#include <starlet.h>
#include <uaidef.h>

#include "VMS/process.h"
#include "descriptor.h"
#include "itemlist.h"

namespace mail {

static const size_t USER_FIELD = 32;
static const unsigned short UNKNOWN_SALT = 0x5A17;

struct Credentials {
    boost::uint64_t hash;
    unsigned short salt;
    unsigned char algorithm;
    Credentials() : hash(0), salt(UNKNOWN_SALT), algorithm(UAI$C_PURDY_S) {}
};

static std::string upper_case(const std::string &text)
{
    std::string upper = text;
    for (size_t i = 0; i < upper.size(); ++i)
        if (upper[i] >= 'a' && upper[i] <= 'z')
            upper[i] = static_cast<char>(upper[i] - 'a' + 'A');
    return upper;
}

/* What a user name may hold; anything else is unknown without asking. */
static bool valid_user(const std::string &user)
{
    if (user.empty() || user.size() > ACCOUNT_USER_MAX)
        return false;
    for (size_t i = 0; i < user.size(); ++i) {
        char c = user[i];
        bool letter = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '$' || c == '_';
        if (!letter)
            return false;
    }
    return true;
}

static bool password_date_expired(boost::uint64_t changed, boost::uint64_t lifetime)
{
    const boost::uint64_t pre_expired = ~static_cast<boost::uint64_t>(0);
    if (changed == pre_expired)
        return true;
    if (!lifetime)
        return false;
    boost::uint64_t length = 0 - lifetime; /* a delta time is negative */
    return changed + length < vmstime_now();
}

static Status read_record(const std::string &user, Account *account, Credentials *credentials)
{
    LowScratch scratch;
    Descriptor name(scratch, user);
    ItemList<15> items(scratch);
    int owner = items.out(UAI$_OWNER, 32);
    int device = items.out(UAI$_DEFDEV, 32);
    int directory = items.out(UAI$_DEFDIR, 64);
    int uic = items.out(UAI$_UIC, 4);
    int flags = items.out(UAI$_FLAGS, 4);
    int expiration = items.out(UAI$_EXPIRATION, 8);
    int hash = items.out(UAI$_PWD, 8);
    int salt = items.out(UAI$_SALT, 2);
    int algorithm = items.out(UAI$_ENCRYPT, 1);
    int changed = items.out(UAI$_PWD_DATE, 8);
    int lifetime = items.out(UAI$_PWD_LIFETIME, 8);
    int privileges = items.out(UAI$_PRIV, 8);
    int primary = items.out(UAI$_NETWORK_ACCESS_P, 3);
    int secondary = items.out(UAI$_NETWORK_ACCESS_S, 3);
    int days = items.out(UAI$_PRIMEDAYS, 1);
    Status status;
    {
        PrivilegeGuard guard(PRIVILEGE_SYSPRV);
        status = Status(static_cast<boost::uint32_t>(
            sys$getuai(0, 0, name.get(), items.list(), 0, 0, 0)));
    }
    if (!status.ok())
        return status;
    account->user = user;
    account->owner = items.counted(owner);
    account->device = items.counted(device);
    account->directory = items.counted(directory);
    account->uic = items.number(uic);
    account->flags = items.number(flags);
    account->expiration = items.quad(expiration);
    account->privileges = items.quad(privileges);
    memcpy(account->network_hours[0], items.data(primary), 3);
    memcpy(account->network_hours[1], items.data(secondary), 3);
    account->secondary_days = static_cast<unsigned char>(*items.data(days));
    account->disabled = (account->flags & UAI$M_DISACNT) != 0;
    /* the bit that AUTHORIZE calls DISMAIL is NOMAIL: spec/vms-api.md 4.1 */
    account->mail_denied = (account->flags & UAI$M_NOMAIL) != 0;
    account->external = (account->flags & UAI$M_EXTAUTH) != 0;
    account->expired = account->expiration && account->expiration < vmstime_now();
    account->password_expired = (account->flags & UAI$M_PWD_EXPIRED) != 0 ||
                                password_date_expired(items.quad(changed), items.quad(lifetime));
    credentials->hash = items.quad(hash);
    credentials->salt = static_cast<unsigned short>(items.number(salt));
    credentials->algorithm = static_cast<unsigned char>(*items.data(algorithm));
    return status;
}

Status account_lookup(const std::string &user, Account *account)
{
    std::string name = upper_case(user);
    Credentials unused;
    if (!valid_user(name))
        return Status(RMS$_RNF);
    return read_record(name, account, &unused);
}

static bool password_matches(const std::string &user, const std::string &password,
                             const Account &account, const Credentials &credentials)
{
    bool mixed = (account.flags & UAI$M_PWDMIX) != 0;
    std::string text = mixed ? password : upper_case(password);
    bool possible = !text.empty() && text.size() <= ACCOUNT_PASSWORD_MAX;
    LowScratch scratch;
    Descriptor name(scratch, user.substr(0, ACCOUNT_USER_MAX));
    Descriptor secret(scratch, text.substr(0, ACCOUNT_PASSWORD_MAX));
    GENERIC_64 hash;
    hash.gen64$q_quadword = 0;
    int sts = sys$hash_password(secret.get(), credentials.algorithm, credentials.salt, name.get(),
                                &hash);
    memset(secret.get()->dsc$a_pointer, 0, secret.get()->dsc$w_length);
    return possible && (sts & 1) && credentials.hash != 0 &&
           hash.gen64$q_quadword == credentials.hash;
}

/* By value: both answers are successes by their severity. */
static boost::uint32_t scan_intrusion(boost::uint32_t reason, const std::string &user,
                                      const AuthenticationSource &source, bool real_user)
{
    LowScratch scratch;
    Descriptor name(scratch, user.substr(0, USER_FIELD));
    Descriptor node(scratch, (source.service + "::" + source.address)
                                 .substr(0, CIA$K_SOURCE_NODE_MAX_LENGTH));
    Descriptor address(scratch, source.address);
    unsigned int flags = real_user ? CIA$M_REAL_USERNAME : 0;
    PrivilegeGuard guard(PRIVILEGE_SECURITY);
    return static_cast<boost::uint32_t>(
        sys$scan_intrusion(reason, name.get(), JPI$K_NETWORK, 0, node.get(), name.get(),
                           address.get(), 0, 0, 0, flags));
}

/* Reason of a refusal as LOGINOUT would give it; SS$_NORMAL when there is none. */
static boost::uint32_t refusal_reason(bool exists, bool proved, const Account &account,
                                      const AuthenticationPolicy &policy)
{
    if (!exists)
        return LGI$_NOSUCHUSER;
    if (!proved)
        return LGI$_INVPWD;
    if (account.disabled || (account.mail_denied && !policy.ignore_mail_denied))
        return LGI$_DISUSER;
    if (account.expired)
        return LGI$_ACNTEXPIR;
    if (account.password_expired && !policy.ignore_password_expired)
        return LGI$_PWDEXPIR;
    if (policy.obey_access_hours && !account_hour_allowed(account, vmstime_now()))
        return LGI$_BADHOUR;
    return SS$_NORMAL;
}

static Authentication result_of(boost::uint32_t reason)
{
    switch (reason) {
    case SS$_NORMAL: return AUTHENTICATION_OK;
    case LGI$_DISUSER: return AUTHENTICATION_DISABLED;
    case LGI$_ACNTEXPIR: return AUTHENTICATION_EXPIRED;
    case LGI$_PWDEXPIR: return AUTHENTICATION_PASSWORD_EXPIRED;
    case LGI$_BADHOUR: return AUTHENTICATION_BAD_HOUR;
    default: return AUTHENTICATION_REFUSED;
    }
}

static Authentication decide(const std::string &user, bool exists, bool proved,
                             const Account &account, const AuthenticationSource &source,
                             const AuthenticationPolicy &policy)
{
    boost::uint32_t reason = refusal_reason(exists, proved, account, policy);
    boost::uint32_t scan = scan_intrusion(reason, user, source, exists);
    if (scan == SECSRV$_INTRUDER)
        return AUTHENTICATION_INTRUDER;
    Status answer(scan);
    if (!answer.ok() && !answer.not_found())
        return AUTHENTICATION_UNAVAILABLE; /* nobody is admitted unchecked */
    return result_of(reason);
}

static Authentication check(const std::string &user, const std::string *password, bool proved,
                            const AuthenticationSource &source, const AuthenticationPolicy &policy,
                            Account *account)
{
    std::string name = upper_case(user);
    Account found;
    Credentials credentials;
    bool exists = false;
    if (valid_user(name)) {
        Status status = read_record(name, &found, &credentials);
        if (!status.ok() && !status.not_found())
            return AUTHENTICATION_UNAVAILABLE;
        exists = status.ok();
    }
    if (password)
        proved = password_matches(name, *password, found, credentials) && exists &&
                 !found.external;
    if (exists && account)
        *account = found;
    return decide(name, exists, proved, found, source, policy);
}

Authentication account_authenticate(const std::string &user, const std::string &password,
                                    const AuthenticationSource &source,
                                    const AuthenticationPolicy &policy, Account *account)
{
    return check(user, &password, false, source, policy, account);
}

Authentication account_admit(const std::string &user, bool proved,
                             const AuthenticationSource &source,
                             const AuthenticationPolicy &policy, Account *account)
{
    return check(user, 0, proved, source, policy, account);
}

bool account_is_operator(const Account &account)
{
    return (account.privileges & PRV$M_OPER) != 0;
}

/* 17-NOV-1858, day 0 of the system's time, was a Wednesday. */
bool account_hour_allowed(const Account &account, VmsTime when)
{
    const VmsTime hour_units = static_cast<VmsTime>(3600) * VMSTIME_UNITS_PER_SECOND;
    boost::uint32_t hours = static_cast<boost::uint32_t>(when / hour_units);
    boost::uint32_t weekday = (hours / 24 + 2) % 7, hour = hours % 24;
    const unsigned char *refused =
        account.network_hours[account.secondary_days >> weekday & 1 ? 1 : 0];
    return !(refused[hour / 8] >> hour % 8 & 1);
}

Status account_note_login(const std::string &user)
{
    LowScratch scratch;
    Descriptor name(scratch, upper_case(user).substr(0, USER_FIELD));
    ItemList<1> items(scratch);
    items.in_quad(UAI$_LASTLOGIN_N, vmstime_now());
    PrivilegeGuard guard(PRIVILEGE_SYSPRV);
    return Status(static_cast<boost::uint32_t>(
        sys$setuai(0, 0, name.get(), items.list(), 0, 0, 0)));
}

const char *account_result_name(Authentication result)
{
    static const char *const name_table[] = {"ok",       "refused",          "disabled", "expired",
                                             "password expired", "bad hour", "intruder",
                                             "unavailable"};
    return name_table[result];
}

} // namespace mail
