/*
**  mail_selection - positions, headers and bodies of selected messages
*/
#include "mail_selection.h"

#include "mail_journal.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>

#include <algorithm>
#include <fcntl.h>
#include <unistd.h>

namespace shim {

uint32_t MailSelection::file(MailFileContext **file) const
{
    MailContext *object = nullptr;
    uint32_t status = mail_find_context(MAIL_FILE, file_value, &object);
    if (!(status & 1))
        return MAIL$_NOFILEOPEN;
    *file = static_cast<MailFileContext *>(object);
    if (!(*file)->open)
        return MAIL$_NOFILEOPEN;
    return (*file)->generation == generation ? SS$_NORMAL : MAIL$_WRONGFILE;
}

void MailSelection::forget()
{
    entries.clear();
    position = reading = window_first = window_count = 0;
    window.clear();
    external.clear();
    listed = in_order = false;
    loaded = loaded_run = 0;
    ahead.stop();
}

uint32_t MailSelection::find_position(const MailCall &call, uint32_t *id) const
{
    bool next = call.has(MAIL$_MESSAGE_NEXT), back = call.has(MAIL$_MESSAGE_BACK);
    const bool by_id = call.has(MAIL$_MESSAGE_ID);
    if (next + back + by_id > 1)
        return MAIL$_CONITMCOD;
    if (next + back + by_id == 0)
        return MAIL$_MISREQITM;
    if (!selected)
        return MAIL$_NOMSGS;
    if (by_id) {
        *id = call.number(MAIL$_MESSAGE_ID, 0);
        if (!valid(*id))
            return MAIL$_NOTEXIST;
        return entries[*id - 1].key ? SS$_NORMAL : MAIL$_DELMSG;
    }
    uint32_t at = position;
    do
        at += next ? 1 : at ? ~0u : 0;
    while (valid(at) && entries[at - 1].key == 0);
    if (!valid(at))
        return MAIL$_NOMOREMSG;
    *id = at;
    return SS$_NORMAL;
}

uint32_t MailSelection::headers_of(MailFileContext *file, uint32_t id, const MailHeaders **headers)
{
    if (!file->store) {
        *headers = &file->messages[id - 1].headers;
        return SS$_NORMAL;
    }
    if (id < window_first || id >= window_first + window_count) {
        bool in_order = id == window_first + window_count && window_count;
        uint32_t last = in_order || id == 1 ? id + HEADER_WINDOW - 1 : id;
        last = std::min(last, static_cast<uint32_t>(entries.size()));
        while (last > id && entries[last - 1].key < entries[id - 1].key)
            --last; /* gone ones have no key */
        window.assign(last - id + 1, MailHeaders());
        window_first = id;
        window_count = last - id + 1;
        uint32_t at = id;
        auto take = [&](int64_t key, const MailHeaders &found) {
            while (at <= last && entries[at - 1].key != key && entries[at - 1].key < key)
                ++at;
            if (at <= last && entries[at - 1].key == key)
                window[at - id] = found;
        };
        uint32_t status = file->store->headers(entries[id - 1].key, entries[last - 1].key, take);
        if (!(status & 1)) {
            window_count = 0;
            return status;
        }
    }
    *headers = &window[id - window_first];
    return SS$_NORMAL;
}

/* Dates that are asked for in order mostly lie side by side. */
bool MailSelection::is_listed(uint64_t date)
{
    if (external_next >= external.size() || external[external_next] != date)
        external_next = static_cast<size_t>(
            std::lower_bound(external.begin(), external.end(), date) - external.begin());
    if (external_next >= external.size() || external[external_next] != date)
        return false;
    ++external_next;
    return true;
}

uint32_t MailSelection::flags_of(MailFileContext *file, uint32_t id)
{
    const MailEntry &entry = entries[id - 1];
    if (!(entry.flags & MAIL$M_EXTMSG) || !file->store)
        return entry.flags;
    if (in_order && !listed && entries.size() > LIST_DIRECTORY_ABOVE) {
        file->store->external_dates(&external);
        external_next = 0;
        listed = true;
    }
    bool here = in_order && listed && is_listed(entry.date);
    if (!here)
        here = file->store->external_present(entry.date);
    return here ? entry.flags : entry.flags | MAIL$M_EXTFNF;
}

void MailSelection::read_ahead(MailFileContext *file, uint32_t id)
{
    uint32_t next = std::max(id, ahead.last()) + 1;
    for (; next <= id + AHEAD_FILES && !ahead.full() && valid(next); ++next) {
        const MailEntry &entry = entries[next - 1];
        if (entry.key && (entry.flags & MAIL$M_EXTMSG))
            ahead.want(next, file->store->folder(), mail_external_host_name(entry.date),
                       entry.bytes);
    }
    ahead.start();
}

/* False: it is to be read now.  *status is set when it is true. */
bool MailSelection::take_ahead(MailFileContext *file, uint32_t id, uint32_t *status)
{
    if (id != loaded + 1) {
        ahead.stop();
        loaded_run = 0;
    }
    loaded = id;
    if (++loaded_run <= READ_AHEAD_AFTER)
        return false;
    AheadText found = {std::move(body), -1};
    bool here = ahead.take(id, &found);
    body.swap(found.text);
    if (ahead.low())
        read_ahead(file, id);
    if (!here)
        return false;
    bool good = found.fd < 0 || mail_read_rest(found.fd, &body);
    if (found.fd >= 0)
        close(found.fd);
    *status = good ? static_cast<uint32_t>(SS$_NORMAL) : static_cast<uint32_t>(MAIL$_READERR);
    return true;
}

uint32_t MailSelection::load_body(MailFileContext *file, uint32_t id)
{
    uint32_t status = SS$_NORMAL;
    if (!file->store)
        body = *file->messages[id - 1].body;
    else if (!take_ahead(file, id, &status))
        status = file->store->body(entries[id - 1], &body);
    return status;
}

uint32_t MailSelection::draft_of(MailFileContext *file, uint32_t id, MailDraft *draft)
{
    const MailHeaders *headers = nullptr;
    uint32_t status = headers_of(file, id, &headers);
    if (!(status & 1))
        return status;
    const MailEntry &entry = entries[id - 1];
    draft->headers = *headers;
    draft->records = entry.records;
    draft->flags = entry.flags & ~(MAIL$M_EXTMSG | MAIL$M_EXTFNF);
    draft->uflags = entry.uflags;
    draft->date = mail_fresh_date();
    std::string text;
    if (file->store)
        status = file->store->body(entry, &text);
    else
        text = *file->messages[id - 1].body;
    draft->body = std::make_shared<const std::string>(std::move(text));
    return status;
}

} // namespace shim
