/*
**  aliases - who is meant by the local part of an address of ours
**
**  Asked by the receiver at RCPT and by the symbiont before delivery, so that both agree.
**  HP 18.2.2 (postmaster, forwarding), spec 6.4 (lists), 6.8.
*/
#ifndef MTA_ALIASES_H
#define MTA_ALIASES_H

#include <string>
#include "MTA/identity.h"

namespace mail {

struct LocalUser {
    enum Verdict {
        DELIVER, /* give the message to MAIL for `user` (MAIL itself follows forwarding) */
        UNKNOWN, /* no such user: 550 5.1.1 */
        REFUSED, /* the account takes no mail (DISMAIL): 550 5.2.1 */
        LIST,    /* a distribution list: give the message to the members of `list` */
        TROUBLE  /* cannot tell now: 451, never a refusal for good */
    };
    Verdict verdict;
    /* Upper case; what callable MAIL is given as recipient. */
    std::string user;
    /* MAIL's SET FORWARD text when there is one; information only. */
    std::string forward;
    /* LIST: specification of the file. */
    std::string list;
    /* Why, in words, for the log and VRFY. */
    std::string reason;
    LocalUser() : verdict(UNKNOWN) {}
};

/*
**  local_part: as in the address, quotes removed, any case.  Order: POSTMASTER and the postmaster
**  alias are always deliverable, to the first of POSTMASTER, the alias and SYSTEM that has a
**  forwarding entry or an account; then the MAIL profile (a forwarding entry needs no account,
**  HP 18.2.2); then SYSUAF, where DISMAIL refuses.  A name that is not found is tried again with
**  every '.' read as '$' because '$' is a hard character for many senders.  What is no user may be
**  a distribution list (spec 6.4).
**  Answers (also "unknown") are kept USER_CACHE_TIME.  Any thread.
*/
LocalUser alias_resolve(const std::string &local_part, const Identity &identity);

/* Forgets every kept answer. */
void alias_forget();

/* Tests: a stand-in for the profile and SYSUAF; 0 restores them. */
typedef LocalUser::Verdict (*AliasLookup)(const std::string &user, std::string *forward);
void alias_use(AliasLookup lookup);

} // namespace mail
#endif
