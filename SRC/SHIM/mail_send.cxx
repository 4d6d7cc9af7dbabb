/*
**  mail_send - MAIL$SEND_xxx
**
**  ADD_ADDRESS finds out who gets the message and answers for an address that cannot be;
**  SEND_MESSAGE delivers to all local users, then by the protocol images, and calls SUCCESS_ENTRY
**  or ERROR_ENTRY once per addressee: int routine(descriptor of the address as given, signal array,
**  address of USER_DATA).  It answers success when one addressee was reached, else MAIL$_SENDERR.
**  Without ERROR_ENTRY and MAIL$_NOSIGNAL each failure is signalled.  What was delivered is on disk
**  when SEND_END answers success.  spec/vms-api.md 3.1, 3.5.
*/
#include "mail_address.h"
#include "mail_context.h"
#include "mail_journal.h"
#include "mail_protocol.h"
#include "mail_text.h"
#include "shim.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <prvdef.h>
#include <rmsdef.h>

namespace {

using namespace shim;

struct Addressee {
    std::string given;
    MailAddress address;
    unsigned short type;   /* MAIL$_TO, MAIL$_CC */
    MailLink *link;        /* foreign */
    uint32_t status;
};

struct SendContext : MailContext {
    std::string transport, personal_name, from, to, cc, subject, sigfile;
    bool server, foreign, has_to, has_cc, has_body;
    uint16_t uflags;
    uint32_t records;
    std::shared_ptr<std::string> body; /* of a message that was sent, too, until it changes */
    std::vector<Addressee> addressees;
    std::vector<std::unique_ptr<MailLink>> links;
    MailDelivery delivery; /* by SEND_MESSAGE; permanent at SEND_END */
    SendContext()
        : server(false), foreign(false), has_to(false), has_cc(false), has_body(false), uflags(0),
          records(0), body(std::make_shared<std::string>())
    {
    }
    ~SendContext() { mail_deliver_end(&delivery); }
    std::string *text()
    {
        if (body.use_count() > 1)
            body = std::make_shared<std::string>(*body);
        return body.get();
    }
};

typedef int (*EntryRoutine)(dsc$descriptor_s *user, unsigned int *signal, void *data);

const MailItemSpec begin_items[] = {
    {MAIL$_SEND_DEFAULT_TRANSPORT, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_SEND_NO_DEFAULT_TRANSPORT, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_SEND_PERS_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_SEND_NO_PERS_NAME, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_SEND_SERVER, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_SEND_SIGFILE, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_SEND_NO_SIGFILE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_SEND_COPY_FORWARD, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_SEND_COPY_REPLY, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_SEND_COPY_SEND, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_SEND_USER, ITEM_TEXT, ITEM_OUT, 0},
};
const MailItemSpec address_items[] = {
    {MAIL$_SEND_USERNAME, ITEM_TEXT, ITEM_REQUIRED, MAIL_ADDRESS_MAX},
    {MAIL$_SEND_USERNAME_TYPE, ITEM_WORD, ITEM_IN, 0},
    {MAIL$_SEND_PARSE_QUOTES, ITEM_FLAG, ITEM_IN, 0},
};
const MailItemSpec attribute_items[] = {
    {MAIL$_SEND_CC_LINE, ITEM_TEXT, ITEM_IN, MAIL_HEADER_MAX},
    {MAIL$_SEND_FOREIGN, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_SEND_FROM_LINE, ITEM_TEXT, ITEM_IN, MAIL_HEADER_MAX},
    {MAIL$_SEND_SUBJECT, ITEM_TEXT, ITEM_IN, MAIL_HEADER_MAX},
    {MAIL$_SEND_TO_LINE, ITEM_TEXT, ITEM_IN, MAIL_HEADER_MAX},
    {MAIL$_SEND_UFLAGS, ITEM_WORD, ITEM_IN, 0},
};
const MailItemSpec body_items[] = {
    {MAIL$_SEND_RECORD, ITEM_TEXT, ITEM_IN, 65535},
    {MAIL$_SEND_DEFAULT_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_SEND_FID, ITEM_FID, ITEM_IN, 0},
    {MAIL$_SEND_FILENAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_SEND_RESULTSPEC, ITEM_TEXT, ITEM_OUT, 0},
};
const MailItemSpec message_items[] = {
    {MAIL$_SEND_ERROR_ENTRY, ITEM_ROUTINE, ITEM_IN, 0},
    {MAIL$_SEND_SUCCESS_ENTRY, ITEM_ROUTINE, ITEM_IN, 0},
    {MAIL$_SEND_USER_DATA, ITEM_DATA, ITEM_IN, 0},
    {MAIL$_SEND_RECIP_FOLDER, ITEM_TEXT, ITEM_IN, MAIL_FOLDER_MAX},
};
const MailItemSpec no_items[] = {{0, ITEM_FLAG, ITEM_IN, 0}};

SendContext *context_of(MailCall &call)
{
    return static_cast<SendContext *>(call.object);
}

uint32_t send_begin(MailCall &call)
{
    if ((call.has(MAIL$_SEND_DEFAULT_TRANSPORT) && call.has(MAIL$_SEND_NO_DEFAULT_TRANSPORT)) ||
        (call.has(MAIL$_SEND_PERS_NAME) && call.has(MAIL$_SEND_NO_PERS_NAME)) ||
        (call.has(MAIL$_SEND_SIGFILE) && call.has(MAIL$_SEND_NO_SIGFILE)))
        return MAIL$_CONITMCOD;
    MailProfile profile;
    std::string user = self().user;
    mail_profile_read(user, &profile); /* who has none has the defaults */
    SendContext *context = new SendContext();
    context->server = call.has(MAIL$_SEND_SERVER);
    context->transport =
        call.has(MAIL$_SEND_DEFAULT_TRANSPORT)      ? call.text(MAIL$_SEND_DEFAULT_TRANSPORT)
        : call.has(MAIL$_SEND_NO_DEFAULT_TRANSPORT) ? std::string()
                                                    : profile.text[MailProfile::TRANSPORT];
    context->personal_name = call.has(MAIL$_SEND_PERS_NAME) ? call.text(MAIL$_SEND_PERS_NAME)
                             : call.has(MAIL$_SEND_NO_PERS_NAME)
                                 ? std::string()
                                 : profile.text[MailProfile::PERSONAL_NAME];
    context->sigfile = call.has(MAIL$_SEND_SIGFILE)      ? call.text(MAIL$_SEND_SIGFILE)
                       : call.has(MAIL$_SEND_NO_SIGFILE) ? std::string()
                                                         : profile.text[MailProfile::SIGFILE];
    call.put_number(MAIL$_SEND_COPY_SEND, profile.flags >> MailProfile::COPY_SEND & 1);
    call.put_number(MAIL$_SEND_COPY_REPLY, profile.flags >> MailProfile::COPY_REPLY & 1);
    call.put_number(MAIL$_SEND_COPY_FORWARD, profile.flags >> MailProfile::COPY_FORWARD & 1);
    call.put_text(MAIL$_SEND_USER, user);
    return mail_new_context(MAIL_SEND, context, call.context);
}

std::string sender_of(const SendContext &context)
{
    if (!context.from.empty())
        return context.from;
    std::string from = mail_node() + "::" + self().user;
    return context.personal_name.empty() ? from : from + " \"" + context.personal_name + "\"";
}

/* The link of this protocol and node, connected when it is the first use. */
uint32_t find_link(SendContext *context, const MailAddress &address, MailLink **link)
{
    for (const std::unique_ptr<MailLink> &known : context->links)
        if (known->protocol() == address.protocol && known->node() == address.node) {
            *link = known.get();
            return SS$_NORMAL;
        }
    std::unique_ptr<MailLink> made;
    uint32_t status = MailLink::connect(address.protocol, address.node, sender_of(*context),
                                        context->foreign, &made);
    if (!(status & 1))
        return status;
    *link = made.get();
    context->links.push_back(std::move(made));
    return SS$_NORMAL;
}

uint32_t send_add_address(MailCall &call)
{
    SendContext *context = context_of(call);
    Addressee addressee;
    std::string failed;
    addressee.given = call.text(MAIL$_SEND_USERNAME);
    addressee.type = static_cast<unsigned short>(call.number(MAIL$_SEND_USERNAME_TYPE, MAIL$_TO));
    addressee.link = nullptr;
    addressee.status = SS$_NORMAL;
    if (addressee.type != MAIL$_TO && addressee.type != MAIL$_CC)
        return MAIL$_INVITMVAL;
    uint32_t status =
        mail_resolve(addressee.given, context->transport, &addressee.address, &failed);
    if ((status & 1) && !addressee.address.protocol.empty()) {
        failed = addressee.given;
        status = find_link(context, addressee.address, &addressee.link);
        if (status & 1)
            status = addressee.link->check_user(addressee.address.text);
    }
    if (status & 1)
        context->addressees.push_back(addressee);
    else if (status >> 16 == MAIL$_FACILITY)
        call.condition.add(status, {failed});
    return (status & 1) ? static_cast<uint32_t>(SS$_NORMAL) : status;
}

uint32_t send_add_attribute(MailCall &call)
{
    SendContext *context = context_of(call);
    if (call.has(MAIL$_SEND_FROM_LINE)) {
        if (!privileged(PRV$M_SYSPRV))
            return MAIL$_NOSYSPRV;
        context->from = call.text(MAIL$_SEND_FROM_LINE);
    }
    if (call.has(MAIL$_SEND_SUBJECT))
        context->subject = call.text(MAIL$_SEND_SUBJECT);
    if (call.has(MAIL$_SEND_TO_LINE))
        context->to = call.text(MAIL$_SEND_TO_LINE);
    if (call.has(MAIL$_SEND_CC_LINE))
        context->cc = call.text(MAIL$_SEND_CC_LINE);
    context->has_to = context->has_to || call.has(MAIL$_SEND_TO_LINE);
    context->has_cc = context->has_cc || call.has(MAIL$_SEND_CC_LINE);
    context->foreign = context->foreign || call.has(MAIL$_SEND_FOREIGN);
    context->uflags = static_cast<uint16_t>(call.number(MAIL$_SEND_UFLAGS, context->uflags));
    return SS$_NORMAL;
}

uint32_t add_file(SendContext *context, const std::string &spec, const std::string &defaults,
                  std::string *resultant)
{
    if (context->foreign)
        return mail_read_bytes(spec, defaults, context->text(), resultant);
    std::vector<std::string> records;
    uint32_t status = mail_read_file(spec, defaults, &records, resultant);
    for (size_t i = 0; i < records.size() && (status & 1); ++i)
        add_record(context->text(), records[i].data(), records[i].size());
    context->records += static_cast<uint32_t>(records.size());
    return status;
}

uint32_t send_add_bodypart(MailCall &call)
{
    SendContext *context = context_of(call);
    const ILE3 *record = call.in(MAIL$_SEND_RECORD);
    bool named = call.has(MAIL$_SEND_FILENAME);
    if ((record != nullptr) + named + call.has(MAIL$_SEND_FID) > 1)
        return MAIL$_CONITMCOD;
    if (call.has(MAIL$_SEND_FID))
        return MAIL$_OPENIN; /* a file without a name: SHIM has no index file */
    if (!record && !named)
        return MAIL$_MISREQITM;
    context->has_body = true;
    if (record && context->foreign)
        return MAIL$_FORMSG;
    if (record) {
        add_record(context->text(), static_cast<const char *>(record->ile3$ps_bufaddr),
                   record->ile3$w_length);
        ++context->records;
        return SS$_NORMAL;
    }
    std::string resultant, spec = trimmed(call.text(MAIL$_SEND_FILENAME));
    uint32_t status = add_file(context, spec, call.text(MAIL$_SEND_DEFAULT_NAME), &resultant);
    call.put_text(MAIL$_SEND_RESULTSPEC, resultant);
    if (!(status & 1)) {
        call.condition.add(MAIL$_OPENIN, {spec});
        call.condition.add_rms(status, 0);
    }
    return status;
}

/* ---- SEND_MESSAGE ---- */

std::string list_of(const SendContext &context, unsigned short type)
{
    std::string list;
    for (const Addressee &addressee : context.addressees)
        if (addressee.type == type)
            list += (list.empty() ? "" : ", ") + addressee.given;
    return list;
}

/* A full disk or an exceeded quota, for tests; EXQUOTA does not know quotas. */
uint32_t forced_failure()
{
    static Service service("mail:deliver");
    uint32_t status = SS$_NORMAL;
    if (!service_enter(service, &status))
        return SS$_NORMAL;
    return status == SS$_EXDISKQUOTA && privileged(PRV$M_EXQUOTA)
               ? static_cast<uint32_t>(SS$_NORMAL)
               : status;
}

void deliver_local(SendContext *context, const MailDraft &draft)
{
    std::vector<MailTarget> targets;
    std::vector<size_t> owners;
    for (size_t i = 0; i < context->addressees.size(); ++i) {
        Addressee &addressee = context->addressees[i];
        if (!addressee.address.protocol.empty())
            continue;
        MailTarget target;
        addressee.status = forced_failure();
        if (addressee.status & 1)
            addressee.status = mail_host_directory(addressee.address.directory, &target.directory);
        if (!(addressee.status & 1))
            continue;
        target.status = SS$_NORMAL;
        targets.push_back(target);
        owners.push_back(i);
    }
    if (targets.empty())
        return;
    uint32_t status = mail_deliver(draft, &targets, &context->delivery);
    for (size_t i = 0; i < targets.size(); ++i)
        context->addressees[owners[i]].status = (status & 1) ? targets[i].status : status;
    for (size_t i : owners) {
        const Addressee &addressee = context->addressees[i];
        if (!(addressee.status & 1))
            continue;
        MailProfile profile; /* who gets mail has a profile */
        if (mail_profile_read(addressee.address.user, &profile) == MAIL$_NOSUCHUSR) {
            profile.user = addressee.address.user;
            mail_profile_write(profile);
        }
        mail_announce(addressee.address.user, draft.headers.from, draft.folder, draft.date);
    }
}

void deliver_foreign(SendContext *context, const MailDraft &draft)
{
    for (const std::unique_ptr<MailLink> &link : context->links) {
        MailBody body = {draft.body.get(), draft.headers.to, draft.headers.cc,
                         draft.headers.subject, context->foreign};
        uint32_t status = link->send(body);
        for (Addressee &addressee : context->addressees)
            if (addressee.link == link.get())
                addressee.status = (status & 1) ? link->check_sent(addressee.address.text) : status;
        if (status & 1)
            link->check_sent(std::string(1, '\0'));
        link->finish();
    }
    for (Addressee &addressee : context->addressees)
        addressee.link = nullptr;
    context->links.clear();
}

/* What MAIL says about a failed addressee. */
void explain(const Addressee &addressee, MailCondition *condition)
{
    uint32_t status = addressee.status;
    if (status >> 16 == MAIL$_FACILITY && !addressee.address.protocol.empty()) {
        condition->add(status, {addressee.given});
        return;
    }
    condition->add(MAIL$_SENDERR, {addressee.given});
    if (addressee.address.user.empty()) {
        condition->add(status);
        return;
    }
    condition->add(MAIL$_OPENOUT, {addressee.address.directory + "MAIL.MAI"});
    if (status == SS$_EXDISKQUOTA)
        condition->add_rms(RMS$_EXT, SS$_EXDISKQUOTA);
    else if (status >> 16 == 1)
        condition->add_rms(status, status == RMS$_FUL ? SS$_DEVICEFULL : 0);
    else
        condition->add(status);
}

void report(MailCall &call, const SendContext &context, const Addressee &addressee)
{
    bool good = (addressee.status & 1) != 0;
    MailCondition condition;
    if (good)
        condition.add(MAIL$_MSGSENT, {addressee.given});
    else
        explain(addressee, &condition);
    EntryRoutine routine =
        call.routine<EntryRoutine>(good ? MAIL$_SEND_SUCCESS_ENTRY : MAIL$_SEND_ERROR_ENTRY);
    if (routine) {
        dsc$descriptor_s *user = condition.text(addressee.given);
        unsigned int *array = condition.array();
        if (user && array)
            routine(user, array, call.data(MAIL$_SEND_USER_DATA));
    } else if (!call.has(MAIL$_NOSIGNAL) && (!good || context.server)) {
        condition.signal();
    }
}

uint32_t add_signature(SendContext *context)
{
    if (context->sigfile.empty() || context->foreign)
        return SS$_NORMAL;
    std::string file = context->sigfile, resultant;
    context->sigfile.clear();
    add_record(context->text(), "", 0);
    context->records++;
    return add_file(context, file, "SYS$LOGIN:.SIG", &resultant);
}

uint32_t send_message(MailCall &call)
{
    SendContext *context = context_of(call);
    if (context->addressees.empty())
        return MAIL$_NOUSERSPEC;
    uint32_t status = add_signature(context);
    if (!(status & 1))
        return status;
    MailDraft draft;
    draft.date = mail_fresh_date();
    draft.records = context->records;
    draft.uflags = context->uflags;
    draft.headers.from = sender_of(*context);
    draft.headers.sender = mail_node() + "::" + self().user;
    draft.headers.to = context->has_to ? context->to : list_of(*context, MAIL$_TO);
    draft.headers.cc = context->has_cc ? context->cc : list_of(*context, MAIL$_CC);
    draft.headers.subject = context->subject;
    if (call.has(MAIL$_SEND_RECIP_FOLDER))
        draft.folder = trimmed(call.text(MAIL$_SEND_RECIP_FOLDER));
    if (draft.folder.empty())
        return MAIL$_ILLFOLNAM;
    draft.flags = static_cast<uint16_t>((draft.folder == "NEWMAIL" ? MAIL$M_NEWMSG : 0) |
                                        (context->foreign ? MAIL$M_EXTNSTD : 0));
    draft.body = context->body;
    deliver_local(context, draft);
    deliver_foreign(context, draft);
    bool any = false;
    for (const Addressee &addressee : context->addressees) {
        any = any || (addressee.status & 1);
        report(call, *context, addressee);
    }
    return any ? SS$_NORMAL : MAIL$_SENDERR;
}

uint32_t send_abort(MailCall &call)
{
    SendContext *context = context_of(call);
    context->addressees.clear();
    context->links.clear(); /* tells the images to drop what they have */
    context->body = std::make_shared<std::string>();
    context->records = 0;
    return SS$_NORMAL;
}

uint32_t send_end(MailCall &call)
{
    return mail_deliver_end(&context_of(call)->delivery);
}

} // namespace

MAIL_ROUTINE(mail$send_begin, MAIL_SEND, CONTEXT_BEGIN, begin_items, send_begin)
MAIL_ROUTINE(mail$send_add_address, MAIL_SEND, CONTEXT_USE, address_items, send_add_address)
MAIL_ROUTINE(mail$send_add_attribute, MAIL_SEND, CONTEXT_USE, attribute_items, send_add_attribute)
MAIL_ROUTINE(mail$send_add_bodypart, MAIL_SEND, CONTEXT_USE, body_items, send_add_bodypart)
MAIL_ROUTINE(mail$send_message, MAIL_SEND, CONTEXT_USE, message_items, send_message)
MAIL_ROUTINE(mail$send_abort, MAIL_SEND, CONTEXT_USE, no_items, send_abort)
MAIL_ROUTINE(mail$send_end, MAIL_SEND, CONTEXT_END, no_items, send_end)
