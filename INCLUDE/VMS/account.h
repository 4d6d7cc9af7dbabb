/*
**  account - the user authorization file: does a user exist, may he receive mail, is it he
**
**  Authentication follows the documented order: record, flags, expiration, password, intrusion
**  scan; the scan runs on every failure and, before admission, on success.  SUSPECT is a failure
**  already counted, INTRUDER refuses even the right password.  spec/vms-api.md 4.1, 4.4, 4.5.
**  The caller tells the client one text for all refusals.  Any thread.
*/
#ifndef MAIL_VMS_ACCOUNT_H
#define MAIL_VMS_ACCOUNT_H

#include "VMS/status.h"
#include "VMS/vmstime.h"

namespace mail {

const size_t ACCOUNT_USER_MAX = 12;     /* usable characters of a user name */
const size_t ACCOUNT_PASSWORD_MAX = 32;

struct Account {
    std::string user;      /* upper case */
    std::string owner;
    std::string device;    /* "SYS$SYSDEVICE:" */
    std::string directory; /* "[SMITH]" */
    boost::uint32_t uic;
    boost::uint32_t flags; /* UAI$M_ bits as they are */
    VmsTime expiration;    /* 0: never */
    boost::uint64_t privileges; /* authorized ones, PRV$M_ bits as they are */
    unsigned char network_hours[2][3]; /* hours without access: primary, secondary days */
    unsigned char secondary_days;      /* bit 0 Monday ... set: a secondary day */
    bool disabled;         /* DISUSER */
    bool mail_denied;      /* AUTHORIZE's DISMAIL: takes no mail */
    bool expired;
    bool password_expired;
    bool external;         /* EXTAUTH: the password is checked elsewhere */
    Account()
        : uic(0), flags(0), expiration(0), privileges(0), secondary_days(0), disabled(false),
          mail_denied(false), expired(false), password_expired(false), external(false)
    {
        for (int i = 0; i < 6; ++i)
            network_hours[i / 3][i % 3] = 0;
    }
};

/* user: any case. not_found() when there is no such record. Uses SYSPRV for the call. */
Status account_lookup(const std::string &user, Account *account);

enum Authentication {
    AUTHENTICATION_OK,
    AUTHENTICATION_REFUSED,          /* unknown user or wrong password, indistinguishable */
    AUTHENTICATION_DISABLED,         /* DISUSER or DISMAIL */
    AUTHENTICATION_EXPIRED,          /* account expired */
    AUTHENTICATION_PASSWORD_EXPIRED,
    AUTHENTICATION_BAD_HOUR,         /* no network access at this hour (policy) */
    AUTHENTICATION_INTRUDER,         /* evasion is in force */
    AUTHENTICATION_UNAVAILABLE       /* user file or security server cannot be asked; try later */
};

/* Where the attempt comes from: kept in the intrusion database as node "POP::192.0.2.1". */
struct AuthenticationSource {
    std::string service; /* "POP", "IMAP", "SMTP" */
    std::string address; /* text of the client's address */
};

struct AuthenticationPolicy {
    bool ignore_password_expired; /* POP and IMAP cannot change passwords: a parameter */
    bool ignore_mail_denied;
    bool obey_access_hours; /* /NETWORK= access hours of AUTHORIZE */
    AuthenticationPolicy()
        : ignore_password_expired(false), ignore_mail_denied(false), obey_access_hours(false)
    {
    }
};

/*
**  Takes the same time for an unknown user as for a wrong password.  *account, when not 0, is
**  filled for every user that exists.  The password is any case unless the account has PWDMIX.
*/
Authentication account_authenticate(const std::string &user, const std::string &password,
                                    const AuthenticationSource &source,
                                    const AuthenticationPolicy &policy, Account *account);

/* The same for a proof other than the password (APOP): flags, expiration and intrusion scan. */
Authentication account_admit(const std::string &user, bool proved,
                             const AuthenticationSource &source,
                             const AuthenticationPolicy &policy, Account *account);

/* May this account operate servers: is it authorized for OPER? */
bool account_is_operator(const Account &account);
/* Does the account have network access at that time? */
bool account_hour_allowed(const Account &account, VmsTime when);
/* Last non-interactive login is now. Uses SYSPRV for the call. */
Status account_note_login(const std::string &user);

/* For logs only: "refused", "intruder" ... */
const char *account_result_name(Authentication result);

} // namespace mail

#endif
