/*
**  mail_tool - reading and sending for SHIM's programs
*/
#include "mail_tool.h"

#include "mail_address.h"
#include "mail_context.h"
#include "mail_protocol.h"
#include "mail_text.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>

namespace shim {

namespace {

uint32_t open_user(const std::string &user, std::shared_ptr<MailStore> *store)
{
    MailUser known;
    std::string directory;
    uint32_t status = mail_find_user(upper(user), &known);
    if (status & 1)
        status = mail_host_directory(known.directory, &directory);
    if (status & 1)
        status = MailStore::open(directory, false, store);
    return status == RMS$_FNF ? static_cast<uint32_t>(MAIL$_NOTEXIST) : status;
}

std::string lines_of(const std::string &body)
{
    std::string text;
    RecordReader reader(body.data(), body.size());
    const char *data;
    size_t size;
    while (reader.next(&data, &size))
        text.append(data, size).push_back('\n');
    return text;
}

void take_text(const std::string &text, MailDraft *draft)
{
    std::string body;
    for (size_t at = 0; at < text.size(); ++draft->records) {
        size_t end = text.find('\n', at);
        end = end == std::string::npos ? text.size() : end;
        add_record(&body, text.data() + at, end - at);
        at = end + 1;
    }
    draft->body = std::make_shared<const std::string>(std::move(body));
}

uint32_t send_foreign(const MailAddress &address, const MailDraft &draft)
{
    std::unique_ptr<MailLink> link;
    MailBody body = {draft.body.get(), draft.headers.to, "", draft.headers.subject, false};
    uint32_t status =
        MailLink::connect(address.protocol, address.node, draft.headers.from, false, &link);
    if (status & 1)
        status = link->check_user(address.text);
    if (status & 1)
        status = link->send(body);
    if (status & 1)
        status = link->check_sent(address.text);
    return status;
}

} // namespace

uint32_t mail_tool_folders(const std::string &user, std::vector<std::string> *folders)
{
    MailEntrance entrance;
    std::shared_ptr<MailStore> store;
    uint32_t status =
        entrance.inside() ? open_user(user, &store) : static_cast<uint32_t>(MAIL$_CONABORT);
    return (status & 1) ? store->folders(folders) : status;
}

uint32_t mail_tool_directory(const std::string &user, const std::string &folder,
                             std::vector<MailLine> *lines)
{
    MailEntrance entrance;
    std::shared_ptr<MailStore> store;
    std::vector<MailEntry> entries;
    uint32_t status =
        entrance.inside() ? open_user(user, &store) : static_cast<uint32_t>(MAIL$_CONABORT);
    if (status & 1)
        status = store->select(upper(folder), MailFilter(), &entries);
    if (!(status & 1))
        return status;
    for (const MailEntry &entry : entries) {
        MailLine line;
        line.number = static_cast<uint32_t>(lines->size() + 1);
        line.date = entry.date;
        line.records = entry.records;
        line.flags = entry.flags;
        lines->push_back(line);
    }
    size_t at = 0;
    return store->headers(entries.front().key, entries.back().key,
                          [&](int64_t, const MailHeaders &headers) {
                              if (at < lines->size()) {
                                  (*lines)[at].from = headers.from;
                                  (*lines)[at].subject = headers.subject;
                              }
                              ++at;
                          });
}

uint32_t mail_tool_read(const std::string &user, const std::string &folder, uint32_t number,
                        std::string *text)
{
    MailEntrance entrance;
    std::shared_ptr<MailStore> store;
    std::vector<MailEntry> entries;
    uint32_t status =
        entrance.inside() ? open_user(user, &store) : static_cast<uint32_t>(MAIL$_CONABORT);
    if (status & 1)
        status = store->select(upper(folder), MailFilter(), &entries);
    if ((status & 1) && (number < 1 || number > entries.size()))
        status = MAIL$_NOTEXIST;
    if (!(status & 1))
        return status;
    const MailEntry &entry = entries[number - 1];
    std::string body;
    text->clear();
    status = store->headers(entry.key, entry.key, [&](int64_t, const MailHeaders &headers) {
        for (unsigned i = 0; i < MAIL_HEADER_LINES; ++i)
            *text += mail_header_line(headers, entry.date, i) + "\n";
        *text += "\n";
    });
    if (status & 1)
        status = store->body(entry, &body);
    if (!(status & 1))
        return status;
    *text += (entry.flags & MAIL$M_EXTNSTD) ? body : lines_of(body);
    if (entry.key >> 40 != FOLDER_NEWMAIL)
        return status;
    uint32_t count = 0;
    status = store->commit({MailChange{MailChange::MOVE, entry.key, "MAIL", 0, 0}}, false, nullptr);
    if ((status & 1) && (store->new_count(&count) & 1) && count)
        status = store->set_new_count(count - 1);
    return status;
}

uint32_t mail_tool_send(const std::string &from, const std::vector<std::string> &to,
                        const std::string &subject, const std::string &text,
                        std::vector<MailToolResult> *results)
{
    MailEntrance entrance;
    if (!entrance.inside())
        return MAIL$_CONABORT;
    MailDraft draft;
    draft.date = mail_fresh_date();
    draft.flags = MAIL$M_NEWMSG;
    draft.headers.from = draft.headers.sender = node_name() + "::" + upper(from);
    draft.headers.subject = subject;
    for (const std::string &one : to)
        draft.headers.to += (draft.headers.to.empty() ? "" : ", ") + one;
    take_text(text, &draft);
    uint32_t status = SS$_NORMAL;
    for (const std::string &one : to) {
        MailAddress address;
        std::string failed;
        std::vector<MailTarget> target(1);
        MailToolResult result = {one, mail_resolve(one, "", &address, &failed)};
        if ((result.status & 1) && !address.protocol.empty())
            result.status = send_foreign(address, draft);
        else if (result.status & 1) {
            result.status = mail_host_directory(address.directory, &target[0].directory);
            MailDelivery delivery;
            if (result.status & 1)
                result.status = mail_deliver(draft, &target, &delivery);
            if (result.status & 1)
                result.status = target[0].status;
            uint32_t ended = mail_deliver_end(&delivery);
            if (result.status & 1)
                result.status = ended;
        }
        if (!(result.status & 1))
            status = result.status;
        results->push_back(result);
    }
    return status;
}

uint32_t mail_tool_set_forward(const std::string &user, const std::string &address)
{
    MailEntrance entrance;
    if (!entrance.inside())
        return MAIL$_CONABORT;
    MailProfile profile;
    uint32_t status = mail_profile_read(upper(user), &profile);
    if (!(status & 1) && status != MAIL$_NOSUCHUSR)
        return status;
    profile.user = upper(user);
    profile.text[MailProfile::FORWARDING] = address;
    return mail_profile_write(profile);
}

uint32_t mail_tool_forward(const std::string &user, std::string *address)
{
    MailEntrance entrance;
    MailProfile profile;
    uint32_t status = entrance.inside() ? mail_profile_read(upper(user), &profile)
                                        : static_cast<uint32_t>(MAIL$_CONABORT);
    *address = profile.text[MailProfile::FORWARDING];
    return status;
}

} // namespace shim
