/*
**  mail_message - MAIL$MESSAGE_xxx
**
**  Changes are kept in the MAILFILE context until mail_store.h says they are committed.  GET
**  returns MAIL$_MSGINFO for a position, then MAIL$_MSGTEXT for every record with CONTINUE:
**  From:, To:, CC:, Subj: of type HEADER, the body's of type TEXT, then MAIL$_NOMOREREC.  A
**  record longer than the buffer is cut, MAIL$_RECTOBIG, and the next CONTINUE gives the
**  following one.  The body of a foreign message is not text: MAIL$_FORMSG.  spec/vms-api.md 3.1,
**  3.2, 3.4.
*/
#include "mail_selection.h"
#include "mail_journal.h"
#include "shim.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>

#include <algorithm>

namespace {

using namespace shim;

const MailItemSpec begin_items[] = {
    {MAIL$_MESSAGE_FILE_CTX, ITEM_LONG, ITEM_REQUIRED, 0},
    {MAIL$_MESSAGE_SELECTED, ITEM_LONG, ITEM_OUT, 0},
};
const MailItemSpec select_items[] = {
    {MAIL$_MESSAGE_FOLDER, ITEM_TEXT, ITEM_REQUIRED, 255},
    {MAIL$_MESSAGE_BEFORE, ITEM_TEXT, ITEM_IN, 64},
    {MAIL$_MESSAGE_SINCE, ITEM_TEXT, ITEM_IN, 64},
    {MAIL$_MESSAGE_FLAGS, ITEM_WORD, ITEM_IN, 0},
    {MAIL$_MESSAGE_FLAGS_MBZ, ITEM_WORD, ITEM_IN, 0},
    {MAIL$_MESSAGE_FROM_SUBSTRING, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MESSAGE_TO_SUBSTRING, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MESSAGE_CC_SUBSTRING, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MESSAGE_SUBJ_SUBSTRING, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MESSAGE_UFLAGS, ITEM_WORD, ITEM_IN, 0},
    {MAIL$_MESSAGE_SELECTED, ITEM_LONG, ITEM_OUT, 0},
};
#define POSITION_ITEMS                                                                             \
    {MAIL$_MESSAGE_NEXT, ITEM_FLAG, ITEM_IN, 0}, {MAIL$_MESSAGE_BACK, ITEM_FLAG, ITEM_IN, 0},      \
    {MAIL$_MESSAGE_ID, ITEM_LONG, ITEM_IN, 0}
#define INFO_ITEMS                                                                                 \
    {MAIL$_MESSAGE_CONTINUE, ITEM_FLAG, ITEM_IN, 0}, /* first: a call per record is looked up */   \
        {MAIL$_MESSAGE_CURRENT_ID, ITEM_LONG, ITEM_OUT, 0},                                        \
        {MAIL$_MESSAGE_BINARY_DATE, ITEM_QUAD, ITEM_OUT, 0},                                       \
        {MAIL$_MESSAGE_SIZE, ITEM_LONG, ITEM_OUT, 0},                                              \
        {MAIL$_MESSAGE_RETURN_FLAGS, ITEM_WORD, ITEM_OUT, 0},                                      \
        {MAIL$_MESSAGE_EXTID, ITEM_TEXT, ITEM_OUT, 0},                                             \
        {MAIL$_MESSAGE_FROM, ITEM_TEXT, ITEM_OUT, 0}, {MAIL$_MESSAGE_TO, ITEM_TEXT, ITEM_OUT, 0},  \
        {MAIL$_MESSAGE_CC, ITEM_TEXT, ITEM_OUT, 0},                                                \
        {MAIL$_MESSAGE_SUBJECT, ITEM_TEXT, ITEM_OUT, 0},                                           \
        {MAIL$_MESSAGE_SENDER, ITEM_TEXT, ITEM_OUT, 0},                                            \
        {MAIL$_MESSAGE_REPLY_PATH, ITEM_TEXT, ITEM_OUT, 0},                                        \
        {MAIL$_MESSAGE_DATE, ITEM_TEXT, ITEM_OUT, 0},                                              \
        {MAIL$_MESSAGE_RETURN_UFLAGS, ITEM_WORD, ITEM_OUT, 0},                                     \
        {MAIL$_MESSAGE_RETURN_CLASS, ITEM_WORD, ITEM_OUT, 0},                                      \
        POSITION_ITEMS,                                                                            \
    {                                                                                              \
        MAIL$_MESSAGE_AUTO_NEWMAIL, ITEM_FLAG, ITEM_IN, 0                                          \
    }
const MailItemSpec info_items[] = {INFO_ITEMS};
const MailItemSpec get_items[] = {
    {MAIL$_MESSAGE_RECORD, ITEM_TEXT, ITEM_OUT, 0},
    {MAIL$_MESSAGE_RECORD_TYPE, ITEM_WORD, ITEM_OUT, 0},
    {MAIL$_MESSAGE_BUFFER, ITEM_TEXT, ITEM_OUT, 0},
    INFO_ITEMS,
};
const MailItemSpec copy_items[] = {
    {MAIL$_MESSAGE_FOLDER, ITEM_TEXT, ITEM_REQUIRED, 255},
    POSITION_ITEMS,
    {MAIL$_MESSAGE_DELETE, ITEM_FLAG, ITEM_IN, 0},
    {MAIL$_MESSAGE_FILENAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MESSAGE_DEFAULT_NAME, ITEM_TEXT, ITEM_IN, 255},
    {MAIL$_MESSAGE_FILE_ACTION, ITEM_ROUTINE, ITEM_IN, 0},
    {MAIL$_MESSAGE_FOLDER_ACTION, ITEM_ROUTINE, ITEM_IN, 0},
    {MAIL$_MESSAGE_USER_DATA, ITEM_DATA, ITEM_IN, 0},
    {MAIL$_MESSAGE_FILE_CREATED, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MESSAGE_FOLDER_CREATED, ITEM_LONG, ITEM_OUT, 0},
    {MAIL$_MESSAGE_RESULTSPEC, ITEM_TEXT, ITEM_OUT, 0},
};
const MailItemSpec modify_items[] = {
    POSITION_ITEMS,
    {MAIL$_MESSAGE_FLAGS, ITEM_WORD, ITEM_IN, 0},
    {MAIL$_MESSAGE_UFLAGS, ITEM_WORD, ITEM_IN, 0},
    {MAIL$_MESSAGE_CURRENT_ID, ITEM_LONG, ITEM_OUT, 0},
};
const MailItemSpec delete_items[] = {{MAIL$_MESSAGE_ID, ITEM_LONG, ITEM_REQUIRED, 0}};
const MailItemSpec no_items[] = {{0, ITEM_FLAG, ITEM_IN, 0}};

typedef int (*ActionRoutine)(void *data, dsc$descriptor_s *name);
const uint16_t CHANGEABLE = MAIL$M_REPLIED | MAIL$M_MARKED;

MailSelection *selection_of(MailCall &call)
{
    return static_cast<MailSelection *>(call.object);
}

/* A sequential file has no folders: all of it is selected. */
void select_sequential(const MailFileContext &file, MailSelection *selection)
{
    selection->selected = true;
    for (size_t i = 0; i < file.messages.size(); ++i) {
        const MailDraft &draft = file.messages[i];
        MailEntry entry = {static_cast<int64_t>(i + 1), draft.date, draft.records, draft.flags, 0,
                           static_cast<uint32_t>(draft.body->size())};
        selection->entries.push_back(entry);
    }
}

uint32_t message_begin(MailCall &call)
{
    MailContext *object = nullptr;
    uint32_t value = call.number(MAIL$_MESSAGE_FILE_CTX, 0);
    uint32_t status = mail_find_context(MAIL_FILE, value, &object);
    if (!(status & 1))
        return status;
    MailFileContext *file = static_cast<MailFileContext *>(object);
    if (!file->open)
        return MAIL$_NOFILEOPEN;
    MailSelection *selection = new MailSelection();
    selection->file_value = value;
    selection->generation = file->generation;
    if (!file->store)
        select_sequential(*file, selection);
    call.put_number(MAIL$_MESSAGE_SELECTED, selection->entries.size());
    return mail_new_context(MAIL_MESSAGE, selection, call.context);
}

bool folder_name(const std::string &text, std::string *folder)
{
    *folder = trimmed(text);
    if (folder->empty() || folder->size() > MAIL_FOLDER_MAX)
        return false;
    for (unsigned char c : *folder)
        if (c < ' ' || c == 0x7f)
            return false;
    return true;
}

uint32_t read_filter(const MailCall &call, MailFilter *filter)
{
    if ((call.has(MAIL$_MESSAGE_SINCE) &&
         !mail_parse_date(call.text(MAIL$_MESSAGE_SINCE), &filter->since)) ||
        (call.has(MAIL$_MESSAGE_BEFORE) &&
         !mail_parse_date(call.text(MAIL$_MESSAGE_BEFORE), &filter->before)))
        return MAIL$_INVITMVAL;
    filter->flags = call.number(MAIL$_MESSAGE_FLAGS, 0);
    filter->flags_mbz = call.number(MAIL$_MESSAGE_FLAGS_MBZ, 0);
    filter->from = upper(call.text(MAIL$_MESSAGE_FROM_SUBSTRING));
    filter->to = upper(call.text(MAIL$_MESSAGE_TO_SUBSTRING));
    filter->cc = upper(call.text(MAIL$_MESSAGE_CC_SUBSTRING));
    filter->subject = upper(call.text(MAIL$_MESSAGE_SUBJ_SUBSTRING));
    return SS$_NORMAL;
}

uint32_t message_select(MailCall &call)
{
    MailSelection *selection = selection_of(call);
    MailFileContext *file = nullptr;
    std::string folder;
    MailFilter filter;
    uint32_t status = selection->file(&file);
    if (!(status & 1))
        return status;
    if (!file->store)
        return MAIL$_NOTISAM;
    if (!folder_name(call.text(MAIL$_MESSAGE_FOLDER), &folder))
        return MAIL$_ILLFOLNAM;
    status = read_filter(call, &filter);
    if (status & 1)
        status = file->commit(false, nullptr);
    if (!(status & 1))
        return status;
    selection->forget();
    status = file->store->select(folder, filter, &selection->entries);
    if (call.has(MAIL$_MESSAGE_UFLAGS)) {
        uint16_t mask = static_cast<uint16_t>(call.number(MAIL$_MESSAGE_UFLAGS, 0));
        auto &all = selection->entries;
        all.erase(std::remove_if(all.begin(), all.end(),
                                 [mask](const MailEntry &e) { return (e.uflags & mask) != mask; }),
                  all.end());
    }
    selection->selected = (status & 1) != 0;
    call.put_number(MAIL$_MESSAGE_SELECTED, selection->entries.size());
    if (status == MAIL$_NOTEXIST)
        call.condition.add(status, {folder});
    return status;
}

bool wants_headers(const MailCall &call)
{
    return call.wants(MAIL$_MESSAGE_FROM) || call.wants(MAIL$_MESSAGE_TO) ||
           call.wants(MAIL$_MESSAGE_CC) || call.wants(MAIL$_MESSAGE_SUBJECT) ||
           call.wants(MAIL$_MESSAGE_SENDER) || call.wants(MAIL$_MESSAGE_REPLY_PATH);
}

uint32_t put_info(MailCall &call, MailSelection *selection, MailFileContext *file, uint32_t id)
{
    const MailEntry &entry = selection->entries[id - 1];
    call.put_number(MAIL$_MESSAGE_CURRENT_ID, id);
    call.put_number(MAIL$_MESSAGE_BINARY_DATE, entry.date);
    call.put_number(MAIL$_MESSAGE_SIZE, entry.records);
    call.put_number(MAIL$_MESSAGE_RETURN_UFLAGS, entry.uflags);
    call.put_number(MAIL$_MESSAGE_RETURN_CLASS, 0);
    if (call.wants(MAIL$_MESSAGE_RETURN_FLAGS))
        call.put_number(MAIL$_MESSAGE_RETURN_FLAGS, selection->flags_of(file, id));
    if ((entry.flags & MAIL$M_EXTMSG) && call.wants(MAIL$_MESSAGE_EXTID))
        call.put_text(MAIL$_MESSAGE_EXTID, mail_external_name(entry.date));
    if (call.wants(MAIL$_MESSAGE_DATE))
        call.put_text(MAIL$_MESSAGE_DATE, mail_format_date(entry.date, true));
    if (!wants_headers(call))
        return SS$_NORMAL;
    const MailHeaders *headers = nullptr;
    uint32_t status = selection->headers_of(file, id, &headers);
    if (!(status & 1))
        return status;
    call.put_text(MAIL$_MESSAGE_FROM, headers->from);
    call.put_text(MAIL$_MESSAGE_TO, headers->to);
    call.put_text(MAIL$_MESSAGE_CC, headers->cc);
    call.put_text(MAIL$_MESSAGE_SUBJECT, headers->subject);
    call.put_text(MAIL$_MESSAGE_SENDER, headers->sender.empty() ? headers->from : headers->sender);
    call.put_text(MAIL$_MESSAGE_REPLY_PATH, headers->from);
    return SS$_NORMAL;
}

/* The message that an INFO, GET, COPY or MODIFY is about; becomes the current one. */
uint32_t take_position(MailCall &call, MailFileContext **file, uint32_t *id)
{
    MailSelection *selection = selection_of(call);
    uint32_t status = selection->file(file);
    if (status & 1)
        status = selection->find_position(call, id);
    if (!(status & 1))
        return status;
    selection->in_order = *id == selection->position + 1;
    selection->position = *id;
    return status;
}

uint32_t message_info(MailCall &call)
{
    MailSelection *selection = selection_of(call);
    MailFileContext *file = nullptr;
    uint32_t id = 0, status;
    if (call.has(MAIL$_MESSAGE_CONTINUE)) {
        if (call.has(MAIL$_MESSAGE_NEXT) || call.has(MAIL$_MESSAGE_BACK) ||
            call.has(MAIL$_MESSAGE_ID))
            return MAIL$_CONITMCOD;
        status = selection->file(&file);
        id = selection->position;
        if ((status & 1) && (!selection->valid(id) || !selection->entries[id - 1].key))
            status = MAIL$_NOTREADIN;
    } else {
        status = take_position(call, &file, &id);
    }
    return (status & 1) ? put_info(call, selection, file, id) : status;
}

uint32_t put_record(MailCall &call, const char *data, size_t size, unsigned type)
{
    const ILE3 *item = call.out(MAIL$_MESSAGE_RECORD);
    if (!item)
        item = call.out(MAIL$_MESSAGE_BUFFER);
    call.put_number(MAIL$_MESSAGE_RECORD_TYPE, type);
    if (!item)
        return MAIL$_MSGTEXT;
    MailCall::put_text(*item, data, size);
    return item->ile3$w_length < size ? MAIL$_RECTOBIG : MAIL$_MSGTEXT;
}

uint32_t put_header(MailCall &call, MailSelection *selection)
{
    const uint64_t date = selection->entries[selection->reading - 1].date;
    std::string line = mail_header_line(selection->shown, date, selection->next_header++);
    return put_record(call, line.data(), line.size(), MAIL$_MESSAGE_HEADER);
}

/* New mail that is read goes to the folder MAIL, with the next commit. */
uint32_t leave_newmail(MailSelection *selection, MailFileContext *file)
{
    MailEntry &entry = selection->entries[selection->reading - 1];
    if (!file->store || entry.key >> 40 != FOLDER_NEWMAIL)
        return SS$_NORMAL;
    uint32_t status = file->add_change(MailChange{MailChange::MOVE, entry.key, "MAIL", 0, 0});
    entry.key = 0;
    return status;
}

uint32_t get_continue(MailCall &call, MailSelection *selection)
{
    if (!selection->reading)
        return MAIL$_NOTREADIN;
    if (selection->next_header == 0) {
        MailFileContext *file = nullptr;
        uint32_t status = selection->file(&file);
        if ((status & 1) && (selection->entries[selection->reading - 1].flags & MAIL$M_EXTNSTD))
            status = MAIL$_FORMSG;
        if ((status & 1) && call.has(MAIL$_MESSAGE_AUTO_NEWMAIL))
            status = leave_newmail(selection, file);
        if (!(status & 1))
            return status;
    }
    if (selection->next_header < MAIL_HEADER_LINES)
        return put_header(call, selection);
    const char *data;
    size_t size;
    if (selection->reader.next(&data, &size))
        return put_record(call, data, size, MAIL$_MESSAGE_TEXT);
    call.put_number(MAIL$_MESSAGE_RECORD_TYPE, MAIL$_MESSAGE_NULL);
    return MAIL$_NOMOREREC;
}

uint32_t message_get(MailCall &call)
{
    MailSelection *selection = selection_of(call);
    if (call.has(MAIL$_MESSAGE_CONTINUE)) {
        if (call.has(MAIL$_MESSAGE_NEXT) || call.has(MAIL$_MESSAGE_BACK) ||
            call.has(MAIL$_MESSAGE_ID))
            return MAIL$_CONITMCOD;
        return get_continue(call, selection);
    }
    MailFileContext *file = nullptr;
    uint32_t id = 0, status = take_position(call, &file, &id);
    if (!(status & 1))
        return status;
    selection->reading = 0;
    status = put_info(call, selection, file, id);
    if (status & 1)
        status = selection->load_body(file, id);
    if (!(status & 1)) {
        if (status == RMS$_FNF) {
            call.condition.add(MAIL$_OPENIN, {mail_external_name(selection->entries[id - 1].date)});
            call.condition.add_rms(status, 0);
        }
        return status;
    }
    const MailHeaders *headers = nullptr;
    status = selection->headers_of(file, id, &headers);
    if (!(status & 1))
        return status;
    selection->shown = *headers;
    selection->reading = id;
    selection->next_header = 0;
    selection->reader = RecordReader(selection->body.data(), selection->body.size());
    return MAIL$_MSGINFO;
}

/* Asks an action routine whether `name` may be made; without one it may. */
bool may_create(MailCall &call, unsigned short routine_code, const std::string &name)
{
    ActionRoutine routine = call.routine<ActionRoutine>(routine_code);
    if (!routine)
        return true;
    MailCondition holder;
    dsc$descriptor_s *text = holder.text(name);
    return text && (routine(call.data(MAIL$_MESSAGE_USER_DATA), text) & 1);
}

uint32_t check_folder(MailCall &call, MailFileContext *target, const std::string &folder)
{
    bool there = target->store->folder_has_messages(folder);
    for (const MailChange &change : target->changes)
        there = there || (change.kind == MailChange::MOVE && change.folder == folder);
    if (!there && !may_create(call, MAIL$_MESSAGE_FOLDER_ACTION, folder))
        return MAIL$_NOFOLDER;
    call.put_number(MAIL$_MESSAGE_FOLDER_CREATED, !there);
    return SS$_NORMAL;
}

/* Opens the mail file that FILENAME names. */
uint32_t open_target(MailCall &call, MailFileContext *target)
{
    std::string name = trimmed(call.text(MAIL$_MESSAGE_FILENAME));
    std::string defaults = trimmed(call.text(MAIL$_MESSAGE_DEFAULT_NAME));
    uint32_t status = mail_open_spec(name, defaults, false, target, nullptr);
    bool created = false;
    if (status == RMS$_FNF) {
        if (!may_create(call, MAIL$_MESSAGE_FILE_ACTION,
                        target->spec.empty() ? name : target->spec))
            return status;
        status = mail_open_spec(name, defaults, true, target, &created);
    }
    if ((status & 1) && !target->store)
        status = MAIL$_NOTISAM;
    if ((status & 1) && target->read_only)
        status = RMS$_PRV;
    call.put_number(MAIL$_MESSAGE_FILE_CREATED, created);
    return status;
}

uint32_t copy_message(MailCall &call, MailFileContext *file, MailFileContext *target, uint32_t id,
                      const std::string &folder)
{
    MailDraft draft;
    uint32_t status = selection_of(call)->draft_of(file, id, &draft);
    if (!(status & 1))
        return status;
    draft.folder = folder;
    if (folder != "NEWMAIL")
        draft.flags &= ~MAIL$M_NEWMSG;
    status = target->commit(false, nullptr);
    return (status & 1) ? target->store->insert_copy(draft) : status;
}

uint32_t message_copy(MailCall &call)
{
    MailSelection *selection = selection_of(call);
    MailFileContext *file = nullptr, named, *target = &named;
    std::string folder;
    uint32_t id = 0, status = take_position(call, &file, &id);
    if (!(status & 1))
        return status;
    if (!folder_name(call.text(MAIL$_MESSAGE_FOLDER), &folder))
        return MAIL$_ILLFOLNAM;
    if (call.has(MAIL$_MESSAGE_FILENAME) || call.has(MAIL$_MESSAGE_DEFAULT_NAME) || !file->store)
        status = open_target(call, &named);
    else
        target = file;
    if (target == &named && (status & 1) && named.store == file->store)
        target = file; /* the same file by name */
    if (status & 1)
        status = check_folder(call, target, folder);
    if (!(status & 1))
        return status;
    call.put_text(MAIL$_MESSAGE_RESULTSPEC, target->spec);
    bool move = call.has(MAIL$_MESSAGE_DELETE);
    MailEntry &entry = selection->entries[id - 1];
    if (move && target == file) {
        status = file->add_change(MailChange{MailChange::MOVE, entry.key, folder, 0, 0});
        entry.key = (status & 1) ? 0 : entry.key;
        return status;
    }
    status = copy_message(call, file, target, id, folder);
    if (!(status & 1) || !move || !file->store)
        return status;
    std::string waste;
    status = file->store->wastebasket(&waste);
    if (status & 1)
        status = file->add_change(MailChange{MailChange::MOVE, entry.key, waste, 0, 0});
    entry.key = (status & 1) ? 0 : entry.key;
    return status;
}

uint32_t message_modify(MailCall &call)
{
    MailSelection *selection = selection_of(call);
    MailFileContext *file = nullptr;
    uint32_t id = 0, status = take_position(call, &file, &id);
    if (!(status & 1))
        return status;
    if (!file->store)
        return MAIL$_NOTISAM;
    MailEntry &entry = selection->entries[id - 1];
    if (call.has(MAIL$_MESSAGE_FLAGS))
        entry.flags = static_cast<uint16_t>((entry.flags & ~CHANGEABLE) |
                                            (call.number(MAIL$_MESSAGE_FLAGS, 0) & CHANGEABLE));
    if (call.has(MAIL$_MESSAGE_UFLAGS))
        entry.uflags = static_cast<uint16_t>(call.number(MAIL$_MESSAGE_UFLAGS, 0));
    call.put_number(MAIL$_MESSAGE_CURRENT_ID, id);
    return file->add_change(
        MailChange{MailChange::FLAGS, entry.key, "", entry.flags, entry.uflags});
}

uint32_t message_delete(MailCall &call)
{
    MailSelection *selection = selection_of(call);
    MailFileContext *file = nullptr;
    uint32_t id = call.number(MAIL$_MESSAGE_ID, 0), status = selection->file(&file);
    if (!(status & 1))
        return status;
    if (!file->store)
        return MAIL$_NOTISAM;
    if (!selection->selected)
        return MAIL$_NOMSGS;
    if (!selection->valid(id))
        return MAIL$_NOTEXIST;
    MailEntry &entry = selection->entries[id - 1];
    if (!entry.key)
        return MAIL$_DELMSG;
    const std::string *waste = nullptr;
    status = file->wastebasket(&waste);
    if (status & 1)
        status = file->add_change(MailChange{MailChange::MOVE, entry.key, *waste, 0, 0});
    if (status & 1)
        entry.key = 0;
    return status;
}

uint32_t message_end(MailCall &call)
{
    MailFileContext *file = nullptr;
    if (!(selection_of(call)->file(&file) & 1))
        return SS$_NORMAL; /* the file was closed before: that committed */
    return file->commit(false, nullptr);
}

} // namespace

MAIL_ROUTINE(mail$message_begin, MAIL_MESSAGE, CONTEXT_BEGIN, begin_items, message_begin)
MAIL_ROUTINE(mail$message_select, MAIL_MESSAGE, CONTEXT_USE, select_items, message_select)
MAIL_ROUTINE(mail$message_info, MAIL_MESSAGE, CONTEXT_USE, info_items, message_info)
MAIL_ROUTINE(mail$message_get, MAIL_MESSAGE, CONTEXT_USE, get_items, message_get)
MAIL_ROUTINE(mail$message_copy, MAIL_MESSAGE, CONTEXT_USE, copy_items, message_copy)
MAIL_ROUTINE(mail$message_modify, MAIL_MESSAGE, CONTEXT_USE, modify_items, message_modify)
MAIL_ROUTINE(mail$message_delete, MAIL_MESSAGE, CONTEXT_USE, delete_items, message_delete)
MAIL_ROUTINE(mail$message_end, MAIL_MESSAGE, CONTEXT_END, no_items, message_end)
