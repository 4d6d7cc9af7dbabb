/*
**  submission - whose address is it?
*/
#include "submission.h"

#include "CORE/address.h"
#include "CORE/header_fields.h"
#include "CORE/text.h"
#include "MTA/aliases.h"

namespace mail {

enum { FROM_OFF, FROM_ENVELOPE, FROM_HEADER }; /* choices of SUBMISSION_FROM */

bool submission_owns(const std::string &user, const std::string &local, const std::string &domain,
                     const Identity &identity)
{
    if (!identity.is_local(domain))
        return false;
    LocalUser found = alias_resolve(local, identity);
    return found.verdict == LocalUser::DELIVER &&
           (text_equal(found.user, user) || text_equal(text_trimmed(found.forward), user));
}

bool submission_may_send_as(const std::string &user, const SmtpPath &sender,
                            const Settings &settings, const Identity &identity)
{
    if (settings.number(P_SUBMISSION_FROM) == FROM_OFF || sender.kind == SmtpPath::NONE)
        return true;
    std::string local = sender.kind == SmtpPath::POSTMASTER ? "POSTMASTER" : sender.local;
    return submission_owns(user, local, sender.domain, identity);
}

/* False: *address is the first that is not his. */
static bool all_his(const std::string &user, const std::string &value, const Identity &identity,
                    std::string *address)
{
    std::vector<Address> list;
    address_list_parse(value, &list);
    for (size_t i = 0; i < list.size(); ++i) {
        if (list[i].kind == Address::GROUP_BEGIN || list[i].kind == Address::GROUP_END)
            continue;
        bool mailbox = list[i].kind == Address::MAILBOX;
        if (mailbox && submission_owns(user, list[i].local, list[i].domain, identity))
            continue;
        *address = mailbox ? address_spec(list[i]) : list[i].raw;
        return false;
    }
    return true;
}

bool submission_header_is_good(const std::string &user, const HeaderBlock &header,
                               const Settings &settings, const Identity &identity,
                               std::string *address)
{
    HeaderFields fields;
    if (settings.number(P_SUBMISSION_FROM) != FROM_HEADER)
        return true;
    fields.parse(header.text());
    for (size_t i = 0; i < fields.count(); ++i) {
        const HeaderField &field = fields.field(i);
        if ((field.id == HEADER_FROM || field.id == HEADER_SENDER) &&
            !all_his(user, header_unfold(field.raw), identity, address))
            return false;
    }
    return true;
}

} // namespace mail
