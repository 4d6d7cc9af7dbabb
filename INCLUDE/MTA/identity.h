/*
**  identity - who we are: host, domain, node, and which domains are ours
**
**  HP 18.3 (local alias file), HP 19.1.6.1 ("the POP and SMTP servers call the same routine to
**  determine if a host name is local"), spec 6.3.
*/
#ifndef MTA_IDENTITY_H
#define MTA_IDENTITY_H

#include <set>
#include <string>
#include "MTA/config.h"
#include "VMS/status.h"
#include "boostset.h"

namespace mail {

/* Immutable once shared; any thread.  Domains are kept and compared in lower case. */
class Identity {
public:
    Identity();

    /* Full name of this host, "condor.hawk.eagle.org"; never empty. */
    const std::string &host() const { return host_; }
    /* Domain of the host, "hawk.eagle.org"; empty when the host name has no period. */
    const std::string &domain() const { return domain_; }
    /* SCSNODE, upper case, at most 6 characters. */
    const std::string &node() const { return node_; }
    /* Empty when not defined. */
    const std::string &substitute_domain() const { return substitute_; }
    /* What follows the @ of a local user's address: the substitute domain, else the host. */
    const std::string &mail_domain() const { return substitute_.empty() ? host_ : substitute_; }
    /* User name that bounces come from and go to, e.g. TCPIP$SMTP; as configured, upper case. */
    const std::string &postmaster() const { return postmaster_; }
    /* postmaster() @ host(), lower-cased user unless it is the default. */
    std::string postmaster_address() const;
    /* Inside which mail does not take the alternate gateway; the local domain by default. */
    const std::string &zone() const { return zone_; }

    /*
    **  Is mail for this domain delivered here?  True for: "" (no domain), the host, the node name,
    **  the substitute domain, the names of the alias file, "localhost", and "[address]" of an
    **  interface set by add_address.  A final period and letter case do not count.
    */
    bool is_local(const std::string &domain) const { return why_local(domain)[0] != '\0'; }
    /* What makes it local, in words ("the substitute domain"); "": it is not. */
    const char *why_local(const std::string &domain) const;
    /* The same rule for "user@domain"; the last @ outside quotes divides. */
    bool is_local_address(const std::string &mailbox) const;
    /* Is this one of our own names in an MX list (the loop rule)?  Aliases count as well. */
    bool is_self(const std::string &host) const { return is_local(host); }

    /* Before sharing. */
    void set_host(const std::string &host, const std::string &domain, const std::string &node);
    /* Everything that settings say: substitute domain, zone, postmaster, local-alias rules. */
    void apply(const Settings &settings);
    void add_alias(const std::string &domain);
    void add_address(const std::string &address);
    size_t alias_count() const { return aliases_.size(); }

    /* False: made of incomplete settings, or alias file or node name could not be read. */
    bool complete() const { return complete_; }
    void set_incomplete() { complete_ = false; }

private:
    std::string host_, domain_, node_, substitute_, postmaster_, zone_;
    std::set<std::string> aliases_, addresses_;
    bool substitute_is_local_, aliases_only_, complete_;
};

typedef boost::shared_ptr<const Identity> IdentityPtr;

/* One line per name, "!" comments, names of 64 characters or fewer, at most 255 of them (HP 18.3).
   What breaks the rule is left out and counted in the result. */
size_t identity_parse_aliases(const std::string &text, Identity *identity);
/* The text of that file and its name: of the common directory, else of the local one, else of the
   common one with the older product's name (HP 18.3).  not_found(): none is there, *file is where
   the first would be. */
Status identity_alias_text(std::string *file, std::string *text);

/*
**  The identity of this process: made at the first call from settings, logical names and the alias
**  file; made again when config_current() has changed or SMTP restarts.  What was made incompletely
**  is made again after a second, and never takes a complete one's place.  Never empty.  Any thread.
*/
IdentityPtr identity_current();

/* Tests: identity_current() answers with this one until identity_use(IdentityPtr()). */
void identity_use(const IdentityPtr &identity);

} // namespace mail
#endif
