/*
**  mail_file - MAIL$MAILFILE_xxx
**
**  spec/vms-api.md 3.1, 3.3, 3.4.  RECLAIM and FULL_CLOSE give the pages of deleted messages back
**  to the disk (compress) when asked, or when MAIL_RECLAIM_BYTES have been deleted.
*/
#include "mail_file.h"

#include "mail_text.h"
#include "shim.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <prvdef.h>
#include <rmsdef.h>

#include <cstring>

namespace shim {

namespace {

uint32_t file_count;

bool starts(const std::string &text, const char *with)
{
    return text.compare(0, strlen(with), with) == 0;
}

/* One header line of a sequential file into the draft; false when it is none. */
bool take_header(const std::string &line, MailDraft *draft)
{
    struct Row {
        const char *name;
        std::string *into;
    } rows[] = {{"From:", &draft->headers.from}, {"To:", &draft->headers.to},
                {"CC:", &draft->headers.cc}, {"Subj:", &draft->headers.subject}};
    for (const Row &row : rows)
        if (starts(line, row.name)) {
            *row.into = trimmed(line.substr(strlen(row.name)));
            return true;
        }
    return false;
}

/* "SMITH   21-NOV-2026 08:45": the date is at the end. */
void split_from(MailDraft *draft)
{
    std::string &from = draft->headers.from;
    size_t dash = from.rfind('-');
    dash = dash == std::string::npos ? dash : from.rfind('-', dash - 1);
    if (dash == std::string::npos || dash < 2)
        return;
    size_t start = from.find_last_not_of("0123456789", dash - 1);
    start = start == std::string::npos ? 0 : start + 1;
    uint64_t date = 0;
    if (mail_parse_date(from.substr(start), &date)) {
        draft->date = date;
        from = trimmed(from.substr(0, start));
    }
}

void parse_messages(const std::vector<std::string> &records, std::vector<MailDraft> *messages)
{
    size_t at = 0;
    while (at < records.size()) {
        if (starts(records[at], "\f"))
            ++at;
        MailDraft draft;
        draft.folder.clear();
        while (at < records.size() && take_header(records[at], &draft))
            ++at;
        if (at < records.size() && records[at].empty())
            ++at;
        std::string body;
        for (; at < records.size() && !starts(records[at], "\f"); ++at) {
            add_record(&body, records[at].data(), records[at].size());
            ++draft.records;
        }
        split_from(&draft);
        draft.body = std::make_shared<const std::string>(std::move(body));
        messages->push_back(draft);
    }
}

/* The caller may read (and change) files below his own login directory. */
uint32_t check_access(const std::string &path, bool *read_only)
{
    MailUser own;
    std::string home;
    *read_only = false;
    if (privileged(PRV$M_SYSPRV | PRV$M_BYPASS))
        return SS$_NORMAL;
    if ((mail_find_user(self().user, &own) & 1) && (mail_host_directory(own.login, &home) & 1) &&
        path.compare(0, home.size() + 1, home + "/") == 0)
        return SS$_NORMAL;
    *read_only = true;
    return privileged(PRV$M_READALL) ? SS$_NORMAL : RMS$_PRV;
}

bool is_mail_file(const std::string &path)
{
    size_t slash = path.rfind('/');
    return path.compare(slash + 1, std::string::npos, "MAIL.MAI;1") == 0;
}

} // namespace

MailFileContext::~MailFileContext()
{
    if (open && store && !changes.empty())
        commit(false, nullptr);
}

uint32_t MailFileContext::add_change(const MailChange &change)
{
    if (read_only)
        return RMS$_PRV;
    changes.push_back(change);
    return changes.size() >= MAIL_PENDING_MAX ? commit(false, nullptr)
                                              : static_cast<uint32_t>(SS$_NORMAL);
}

uint32_t MailFileContext::commit(bool purge, MailPurged *purged)
{
    if (!store || (changes.empty() && !purge))
        return SS$_NORMAL;
    if (read_only)
        return RMS$_PRV;
    uint32_t status = store->commit(changes, purge, purged);
    if (status & 1)
        changes.clear();
    return status;
}

uint32_t MailFileContext::wastebasket(const std::string **name)
{
    uint32_t status = SS$_NORMAL;
    if (changes.empty() || waste_.empty())
        status = store->wastebasket(&waste_);
    *name = &waste_;
    return status;
}

uint32_t mail_own_directory(std::string *directory)
{
    MailUser own;
    uint32_t status = mail_find_user(self().user, &own);
    *directory = own.directory;
    return status;
}

uint32_t mail_open_spec(const std::string &name, const std::string &default_name, bool create,
                        MailFileContext *file, bool *created)
{
    std::string own, path;
    uint32_t status = mail_own_directory(&own);
    if (!(status & 1) && name.find(']') == std::string::npos)
        return status;
    std::string defaults = default_name.empty() ? own + "MAIL.MAI" : default_name;
    if (defaults.find(']') == std::string::npos)
        defaults = own + defaults;
    if (defaults.back() == ']')
        defaults += "MAIL.MAI";
    bool found = true;
    status = host_path(name, defaults, true, &path, &file->spec);
    if (status == RMS$_FNF && create) {
        found = false;
        status = host_path(name, defaults, false, &path, &file->spec);
    }
    if (status & 1)
        status = check_access(path, &file->read_only);
    if (!(status & 1))
        return status;
    if (created)
        *created = !found;
    file->generation = ++file_count;
    if (is_mail_file(path))
        return MailStore::open(path.substr(0, path.rfind('/')), create, &file->store);
    std::vector<std::string> records;
    status = found ? mail_read_file(name, defaults, &records, nullptr)
                   : static_cast<uint32_t>(MAIL$_NOTISAM);
    if (status & 1)
        parse_messages(records, &file->messages);
    return status;
}

} // namespace shim

namespace {

using namespace shim;

const uint64_t MAIL_RECLAIM_BYTES = 100 * 1024;

const MailItemSpec begin_items[] = {{MAIL$_MAILFILE_MAIL_DIRECTORY, ITEM_TEXT, ITEM_OUT, 0}};
const MailItemSpec open_items[] = {
    {MAIL$_MAILFILE_DEFAULT_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_DELETED_BYTES, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_INDEXED, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_RESULTSPEC, ITEM_TEXT, ITEM_OUT, 0},
    {MAIL$_MAILFILE_WASTEBASKET, ITEM_TEXT, ITEM_OUT, 0},
};
const MailItemSpec close_items[] = {
    {MAIL$_MAILFILE_FULL_CLOSE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_MAILFILE_DATA_RECLAIM, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_DATA_SCAN, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_INDEX_RECLAIM, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_MESSAGES_DELETED, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_TOTAL_RECLAIM, ITEM_LONG, ITEM_OUT, 0},
};
const MailItemSpec purge_items[] = {
    {MAIL$_MAILFILE_RECLAIM, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_MAILFILE_DATA_RECLAIM, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_DATA_SCAN, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_DELETED_BYTES, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_INDEX_RECLAIM, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_MESSAGES_DELETED, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_TOTAL_RECLAIM, ITEM_LONG, ITEM_OUT, 0},
};
const MailItemSpec compress_items[] = {
    {MAIL$_MAILFILE_DEFAULT_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_FULL_CLOSE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_MAILFILE_RESULTSPEC, ITEM_TEXT, ITEM_OUT, 0},
};
const MailItemSpec info_items[] = {
    {MAIL$_MAILFILE_DEFAULT_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_FOLDER_ROUTINE, ITEM_ROUTINE, ITEM_IN, 0},
    {MAIL$_MAILFILE_USER_DATA, ITEM_DATA, ITEM_IN, 0},
    {MAIL$_MAILFILE_DELETED_BYTES, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MAILFILE_RESULTSPEC, ITEM_TEXT, ITEM_OUT, 0},
    {MAIL$_MAILFILE_WASTEBASKET, ITEM_TEXT, ITEM_OUT, 0},
};
const MailItemSpec modify_items[] = {
    {MAIL$_MAILFILE_DEFAULT_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MAILFILE_WASTEBASKET_NAME, ITEM_TEXT, ITEM_IN, MAIL_FOLDER_MAX},
    {MAIL$_MAILFILE_RESULTSPEC, ITEM_TEXT, ITEM_OUT, 0},
};
const MailItemSpec end_items[] = {{MAIL$_MAILFILE_FULL_CLOSE, ITEM_FLAG, ITEM_IN, 0}};

typedef int (*FolderRoutine)(void *data, dsc$descriptor_s *name);

MailFileContext *context_of(MailCall &call)
{
    return static_cast<MailFileContext *>(call.object);
}

uint32_t file_begin(MailCall &call)
{
    std::string directory;
    if (mail_own_directory(&directory) & 1)
        call.put_text(MAIL$_MAILFILE_MAIL_DIRECTORY, directory);
    return mail_new_context(MAIL_FILE, new MailFileContext(), call.context);
}

void put_file(MailCall &call, const MailFileContext &file)
{
    call.put_text(MAIL$_MAILFILE_RESULTSPEC, file.spec);
    call.put_number(MAIL$_MAILFILE_INDEXED, file.store != nullptr);
    uint64_t deleted = 0;
    std::string waste;
    if (file.store && call.wants(MAIL$_MAILFILE_DELETED_BYTES) &&
        (file.store->deleted_bytes(&deleted) & 1))
        call.put_number(MAIL$_MAILFILE_DELETED_BYTES, deleted);
    if (file.store && call.wants(MAIL$_MAILFILE_WASTEBASKET) &&
        (file.store->wastebasket(&waste) & 1))
        call.put_text(MAIL$_MAILFILE_WASTEBASKET, waste);
}

/* The signal names the file and what RMS said. */
uint32_t open_error(MailCall &call, const std::string &spec, uint32_t status)
{
    if (status >> 16 == 1) {
        call.condition.add(MAIL$_OPENIN, {spec});
        call.condition.add_rms(status, 0);
    }
    return status;
}

uint32_t open_named(MailCall &call, bool create, MailFileContext *file)
{
    std::string name = trimmed(call.text(MAIL$_MAILFILE_NAME));
    uint32_t status = mail_open_spec(name, trimmed(call.text(MAIL$_MAILFILE_DEFAULT_NAME)), create,
                                     file, nullptr);
    return (status & 1) ? status : open_error(call, name.empty() ? "MAIL.MAI" : name, status);
}

uint32_t file_open(MailCall &call)
{
    MailFileContext *file = context_of(call);
    if (file->open)
        return MAIL$_FILEOPEN;
    file->store.reset();
    file->messages.clear();
    uint32_t status = open_named(call, false, file);
    if (!(status & 1))
        return status;
    file->open = true;
    put_file(call, *file);
    return SS$_NORMAL;
}

/* The counts are pages of 8 blocks, as buckets are. */
void put_reclaimed(MailCall &call, const MailPurged &purged, uint64_t reclaimed)
{
    call.put_number(MAIL$_MAILFILE_MESSAGES_DELETED, purged.messages);
    call.put_number(MAIL$_MAILFILE_DATA_SCAN, (purged.bytes + 4095) / 4096);
    call.put_number(MAIL$_MAILFILE_DATA_RECLAIM, (reclaimed + 4095) / 4096);
    call.put_number(MAIL$_MAILFILE_INDEX_RECLAIM, 0);
    call.put_number(MAIL$_MAILFILE_TOTAL_RECLAIM, (reclaimed + 4095) / 4096);
}

uint32_t purge(MailCall &call, MailFileContext *file, bool forced)
{
    MailPurged purged;
    uint64_t deleted = 0, reclaimed = 0;
    if (!file->store)
        return MAIL$_NOTISAM;
    uint32_t status = file->commit(true, &purged);
    if (status & 1)
        status = file->store->deleted_bytes(&deleted);
    if ((status & 1) && forced)
        status = file->store->compress(&reclaimed);
    call.put_number(MAIL$_MAILFILE_DELETED_BYTES, deleted);
    put_reclaimed(call, purged, reclaimed);
    return status;
}

uint32_t file_purge(MailCall &call)
{
    MailFileContext *file = context_of(call);
    if (!file->open)
        return MAIL$_NOFILEOPEN;
    return purge(call, file, call.has(MAIL$_MAILFILE_RECLAIM));
}

uint32_t close_file(MailCall &call, MailFileContext *file)
{
    uint32_t status;
    if (call.has(MAIL$_MAILFILE_FULL_CLOSE) && file->store) {
        uint64_t deleted = 0;
        file->store->deleted_bytes(&deleted);
        status = purge(call, file, deleted >= MAIL_RECLAIM_BYTES);
    } else {
        status = file->commit(false, nullptr);
        put_reclaimed(call, MailPurged(), 0);
    }
    file->open = false;
    file->changes.clear();
    file->store.reset();
    file->messages.clear();
    return status;
}

uint32_t file_close(MailCall &call)
{
    MailFileContext *file = context_of(call);
    return file->open ? close_file(call, file) : static_cast<uint32_t>(MAIL$_NOFILEOPEN);
}

uint32_t file_end(MailCall &call)
{
    MailFileContext *file = context_of(call);
    return file->open ? close_file(call, file) : static_cast<uint32_t>(SS$_NORMAL);
}

/* The file that is open, or the one named. */
uint32_t choose_file(MailCall &call, MailFileContext *named, MailFileContext **file)
{
    *file = context_of(call);
    bool other = call.has(MAIL$_MAILFILE_NAME) || call.has(MAIL$_MAILFILE_DEFAULT_NAME);
    if ((*file)->open && !other)
        return (*file)->commit(false, nullptr);
    *file = named;
    return open_named(call, false, named);
}

uint32_t file_compress(MailCall &call)
{
    MailFileContext named, *file;
    uint64_t reclaimed = 0;
    uint32_t status = choose_file(call, &named, &file);
    if (!(status & 1))
        return status;
    call.put_text(MAIL$_MAILFILE_RESULTSPEC, file->spec);
    if (!file->store)
        return MAIL$_NOTISAM;
    return file->read_only ? static_cast<uint32_t>(RMS$_PRV) : file->store->compress(&reclaimed);
}

uint32_t file_info(MailCall &call)
{
    MailFileContext named, *file;
    uint32_t status = choose_file(call, &named, &file);
    if (!(status & 1))
        return status;
    put_file(call, *file);
    FolderRoutine routine = call.routine<FolderRoutine>(MAIL$_MAILFILE_FOLDER_ROUTINE);
    if (!routine || !file->store)
        return file->store ? static_cast<uint32_t>(SS$_NORMAL)
                           : static_cast<uint32_t>(MAIL$_NOTISAM);
    std::vector<std::string> names;
    status = file->store->folders(&names);
    names.push_back(""); /* the end of the list */
    for (size_t i = 0; i < names.size() && (status & 1); ++i) {
        MailCondition holder;
        dsc$descriptor_s *name = holder.text(names[i]);
        if (!name)
            return MAIL$_FAILGETVM;
        if (!(routine(call.data(MAIL$_MAILFILE_USER_DATA), name) & 1))
            break;
    }
    return status;
}

uint32_t file_modify(MailCall &call)
{
    MailFileContext named, *file;
    uint32_t status = choose_file(call, &named, &file);
    if (!(status & 1))
        return status;
    call.put_text(MAIL$_MAILFILE_RESULTSPEC, file->spec);
    if (!call.has(MAIL$_MAILFILE_WASTEBASKET_NAME))
        return SS$_NORMAL;
    std::string name = upper(trimmed(call.text(MAIL$_MAILFILE_WASTEBASKET_NAME)));
    if (name.empty() || name == "NEWMAIL" || name == "MAIL")
        return MAIL$_ILLFOLNAM;
    if (file->read_only || !file->store)
        return file->read_only ? static_cast<uint32_t>(RMS$_PRV)
                               : static_cast<uint32_t>(MAIL$_NOTISAM);
    status = file->commit(false, nullptr); /* what waits knows the old name */
    return (status & 1) ? file->store->rename_wastebasket(name) : status;
}

} // namespace

MAIL_ROUTINE(mail$mailfile_begin, MAIL_FILE, CONTEXT_BEGIN, begin_items, file_begin)
MAIL_ROUTINE(mail$mailfile_open, MAIL_FILE, CONTEXT_USE, open_items, file_open)
MAIL_ROUTINE(mail$mailfile_close, MAIL_FILE, CONTEXT_USE, close_items, file_close)
MAIL_ROUTINE(mail$mailfile_compress, MAIL_FILE, CONTEXT_USE, compress_items, file_compress)
MAIL_ROUTINE(mail$mailfile_info_file, MAIL_FILE, CONTEXT_USE, info_items, file_info)
MAIL_ROUTINE(mail$mailfile_modify, MAIL_FILE, CONTEXT_USE, modify_items, file_modify)
MAIL_ROUTINE(mail$mailfile_purge_waste, MAIL_FILE, CONTEXT_USE, purge_items, file_purge)
MAIL_ROUTINE(mail$mailfile_end, MAIL_FILE, CONTEXT_END, end_items, file_end)
