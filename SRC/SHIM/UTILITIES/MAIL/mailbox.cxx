/*
**  mailbox - callable MAIL without item lists
*/
#include "UTILITIES/MAIL/mailbox.h"

#include "DCL/low.h"
#include "shim.h"
#include "system_page.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>

namespace shim::mail {

namespace {

using dcl::LowItems;

const size_t TEXT_SIZE = 998;

/* An input list: always without signals. */
struct Input : LowItems {
    Input() { put(MAIL$_NOSIGNAL, "", 0); }
};

std::vector<std::string> *folder_list;

int take_folder(void *, dsc$descriptor_s *name)
{
    std::string text;
    if (name->dsc$w_length && (get_text(name, &text) & 1))
        folder_list->push_back(text);
    return SS$_NORMAL;
}

} // namespace

Mailbox::~Mailbox()
{
    Input in;
    LowItems out;
    if (message_) {
        leave_newmail();
        mail$message_end(&message_, in.list(), out.list());
    }
    if (open_)
        mail$mailfile_close(&file_, in.list(), out.list());
    if (file_)
        mail$mailfile_end(&file_, in.list(), out.list());
}

uint32_t Mailbox::open()
{
    Input in;
    LowItems out;
    uint32_t status = file_ ? static_cast<uint32_t>(SS$_NORMAL)
                            : mail$mailfile_begin(&file_, in.list(), out.list());
    if (status & 1)
        status = mail$mailfile_open(&file_, in.list(), out.list());
    open_ = status & 1;
    if (!open_)
        return status;
    Input context;
    context.put(MAIL$_MESSAGE_FILE_CTX, file_);
    return mail$message_begin(&message_, context.list(), out.list());
}

uint32_t Mailbox::select(const std::string &folder, const Selection &selection)
{
    leave_newmail();
    uint32_t opened = open_ ? static_cast<uint32_t>(SS$_NORMAL) : open();
    if (!(opened & 1))
        return opened;
    Input in;
    LowItems out;
    in.put(MAIL$_MESSAGE_FOLDER, folder);
    const struct {
        unsigned short code;
        const std::string *text;
    } rows[] = {{MAIL$_MESSAGE_SINCE, &selection.since},
                {MAIL$_MESSAGE_BEFORE, &selection.before},
                {MAIL$_MESSAGE_FROM_SUBSTRING, &selection.from},
                {MAIL$_MESSAGE_TO_SUBSTRING, &selection.to},
                {MAIL$_MESSAGE_CC_SUBSTRING, &selection.cc},
                {MAIL$_MESSAGE_SUBJ_SUBSTRING, &selection.subject}};
    for (const auto &row : rows)
        if (!row.text->empty())
            in.put(row.code, *row.text);
    if (selection.flags)
        in.put(MAIL$_MESSAGE_FLAGS, &selection.flags, sizeof selection.flags);
    if (selection.flags_mbz)
        in.put(MAIL$_MESSAGE_FLAGS_MBZ, &selection.flags_mbz, sizeof selection.flags_mbz);
    size_t count = out.ask(MAIL$_MESSAGE_SELECTED, 4);
    uint32_t status = mail$message_select(&message_, in.list(), out.list());
    folder_ = folder;
    selection_ = selection;
    count_ = status & 1 ? static_cast<uint32_t>(out.number(count)) : 0;
    return status;
}

uint32_t Mailbox::info(uint32_t number, MessageInfo *info)
{
    Input in;
    LowItems out;
    in.put(MAIL$_MESSAGE_ID, number);
    struct {
        unsigned short code;
        std::string *text;
        size_t at;
    } rows[] = {{MAIL$_MESSAGE_DATE, &info->date, 0},
                {MAIL$_MESSAGE_FROM, &info->from, 0},
                {MAIL$_MESSAGE_TO, &info->to, 0},
                {MAIL$_MESSAGE_CC, &info->cc, 0},
                {MAIL$_MESSAGE_SUBJECT, &info->subject, 0},
                {MAIL$_MESSAGE_REPLY_PATH, &info->reply_path, 0}};
    for (auto &row : rows)
        row.at = out.ask(row.code, TEXT_SIZE);
    size_t records = out.ask(MAIL$_MESSAGE_SIZE, 4), flags = out.ask(MAIL$_MESSAGE_RETURN_FLAGS, 2);
    uint32_t status = mail$message_info(&message_, in.list(), out.list());
    if (!(status & 1))
        return status;
    for (auto &row : rows)
        *row.text = out.text(row.at);
    info->number = number;
    info->records = static_cast<uint32_t>(out.number(records));
    info->flags = static_cast<uint16_t>(out.number(flags));
    return status;
}

uint32_t Mailbox::look(uint32_t number,
                       const std::function<void(bool, const std::string &)> &take)
{
    Input first;
    LowItems nothing;
    first.put(MAIL$_MESSAGE_ID, number);
    uint32_t status = mail$message_get(&message_, first.list(), nothing.list());
    while (status & 1) {
        Input in;
        LowItems out;
        in.put(MAIL$_MESSAGE_CONTINUE, "", 0);
        size_t record = out.ask(MAIL$_MESSAGE_RECORD, 2048);
        size_t type = out.ask(MAIL$_MESSAGE_RECORD_TYPE, 2);
        status = mail$message_get(&message_, in.list(), out.list());
        if (status & 1)
            take(out.number(type) == MAIL$_MESSAGE_HEADER, out.text(record));
    }
    return status == MAIL$_NOMOREREC ? static_cast<uint32_t>(SS$_NORMAL) : status;
}

uint32_t Mailbox::read(uint32_t number,
                       const std::function<void(bool, const std::string &)> &take)
{
    uint32_t status = look(number, take);
    if (status & 1)
        not_new(number);
    return status;
}

/* It was read, or has gone: one new message less. */
void Mailbox::not_new(uint32_t number)
{
    uint32_t count = 0;
    if (folder_ != "NEWMAIL" || !new_read_.insert(number).second)
        return;
    user_number("", MAIL$_USER_NEW_MESSAGES, &count);
    if (count)
        set_user_number("", MAIL$_USER_SET_NEW_MESSAGES, count - 1);
}

void Mailbox::leave_newmail()
{
    bool created;
    std::set<uint32_t> read = new_read_;
    for (uint32_t number : read)
        copy(number, "MAIL", true, &created); /* it may have been deleted or filed meanwhile */
    new_read_.clear();
}

uint32_t Mailbox::copy(uint32_t number, const std::string &folder, bool move, bool *created)
{
    Input in;
    LowItems out;
    in.put(MAIL$_MESSAGE_ID, number);
    in.put(MAIL$_MESSAGE_FOLDER, folder);
    if (move)
        in.put(MAIL$_MESSAGE_DELETE, "", 0);
    size_t made = out.ask(MAIL$_MESSAGE_FOLDER_CREATED, 4);
    uint32_t status = mail$message_copy(&message_, in.list(), out.list());
    *created = (status & 1) && out.number(made);
    if ((status & 1) && move)
        not_new(number);
    return status;
}

uint32_t Mailbox::remove(uint32_t number)
{
    Input in;
    LowItems out;
    in.put(MAIL$_MESSAGE_ID, number);
    uint32_t status = mail$message_delete(&message_, in.list(), out.list());
    if (status & 1)
        not_new(number);
    return status;
}

uint32_t Mailbox::set_flag(uint32_t number, uint16_t flag, bool on)
{
    MessageInfo known;
    uint32_t status = info(number, &known);
    if (!(status & 1))
        return status;
    Input in;
    LowItems out;
    uint16_t flags = static_cast<uint16_t>(on ? known.flags | flag : known.flags & ~flag);
    in.put(MAIL$_MESSAGE_ID, number);
    in.put(MAIL$_MESSAGE_FLAGS, &flags, sizeof flags);
    return mail$message_modify(&message_, in.list(), out.list());
}

uint32_t Mailbox::purge(bool reclaim, uint32_t *messages)
{
    Input in;
    LowItems out;
    if (reclaim)
        in.put(MAIL$_MAILFILE_RECLAIM, "", 0);
    size_t count = out.ask(MAIL$_MAILFILE_MESSAGES_DELETED, 4);
    uint32_t status = mail$mailfile_purge_waste(&file_, in.list(), out.list());
    *messages = status & 1 ? static_cast<uint32_t>(out.number(count)) : 0;
    return status;
}

std::vector<std::string> Mailbox::folders()
{
    std::vector<std::string> names;
    Input in;
    LowItems out;
    void *routine = reinterpret_cast<void *>(take_folder);
    folder_list = &names;
    ILE3 *list = in.list();
    dcl::LowBlock block(3 * sizeof(ILE3));
    ILE3 *items = block.as<ILE3>();
    items[0] = list[0];
    items[1].ile3$w_code = MAIL$_MAILFILE_FOLDER_ROUTINE;
    items[1].ile3$w_length = 4;
    items[1].ile3$ps_bufaddr = routine;
    mail$mailfile_info_file(&file_, items, out.list());
    return names;
}

std::string Mailbox::wastebasket()
{
    Input in;
    LowItems out;
    size_t name = out.ask(MAIL$_MAILFILE_WASTEBASKET, TEXT_SIZE);
    return mail$mailfile_info_file(&file_, in.list(), out.list()) & 1 ? out.text(name)
                                                                       : std::string();
}

uint32_t Mailbox::rename_wastebasket(const std::string &folder)
{
    Input in;
    LowItems out;
    in.put(MAIL$_MAILFILE_WASTEBASKET_NAME, folder);
    return mail$mailfile_modify(&file_, in.list(), out.list());
}

uint32_t Mailbox::deleted_bytes(uint32_t *bytes)
{
    Input in;
    LowItems out;
    size_t at = out.ask(MAIL$_MAILFILE_DELETED_BYTES, 4);
    uint32_t status = mail$mailfile_info_file(&file_, in.list(), out.list());
    *bytes = status & 1 ? static_cast<uint32_t>(out.number(at)) : 0;
    return status;
}

uint32_t Mailbox::compress()
{
    Input in;
    LowItems out;
    return mail$mailfile_compress(&file_, in.list(), out.list());
}

namespace {

uint32_t user_call(const std::string &user, LowItems *out)
{
    unsigned int context = 0;
    Input in, none;
    LowItems nothing;
    in.put(MAIL$_USER_USERNAME, user.empty() ? self().user : user);
    uint32_t status = mail$user_begin(&context, none.list(), nothing.list());
    if (!(status & 1))
        return status;
    status = mail$user_get_info(&context, in.list(), out->list());
    mail$user_end(&context, none.list(), nothing.list());
    return status;
}

} // namespace

uint32_t user_text(const std::string &user, unsigned short code, std::string *text)
{
    LowItems out;
    size_t at = out.ask(code, TEXT_SIZE);
    text->clear();
    uint32_t status = user_call(user, &out);
    if (status & 1)
        *text = out.text(at);
    return status;
}

uint32_t user_number(const std::string &user, unsigned short code, uint32_t *number)
{
    LowItems out;
    size_t at = out.ask(code, code == MAIL$_USER_NEW_MESSAGES ? 2 : 4);
    uint32_t status = user_call(user, &out);
    *number = status & 1 ? static_cast<uint32_t>(out.number(at)) : 0;
    return status;
}

uint32_t set_user_number(const std::string &user, unsigned short code, uint32_t number)
{
    uint16_t word = static_cast<uint16_t>(number);
    return set_user(user, code, std::string(reinterpret_cast<const char *>(&word), sizeof word));
}

uint32_t set_user(const std::string &user, unsigned short code, const std::string &text)
{
    unsigned int context = 0;
    Input in, none;
    LowItems nothing;
    in.put(MAIL$_USER_USERNAME, user.empty() ? self().user : user);
    in.put(MAIL$_USER_CREATE_IF, "", 0);
    in.put(code, text);
    uint32_t status = mail$user_begin(&context, none.list(), nothing.list());
    if (!(status & 1))
        return status;
    status = mail$user_set_info(&context, in.list(), nothing.list());
    mail$user_end(&context, none.list(), nothing.list());
    return status;
}

std::vector<std::string> users_like(const std::string &pattern)
{
    std::vector<std::string> names;
    unsigned int context = 0;
    Input none;
    LowItems nothing;
    if (!(mail$user_begin(&context, none.list(), nothing.list()) & 1))
        return names;
    for (unsigned short code = MAIL$_USER_FIRST;; code = MAIL$_USER_NEXT) {
        Input in;
        LowItems out;
        in.put(code, "", 0);
        size_t name = out.ask(MAIL$_USER_RETURN_USERNAME, TEXT_SIZE);
        if (!(mail$user_get_info(&context, in.list(), out.list()) & 1))
            break;
        if (wild_match(pattern.c_str(), out.text(name).c_str()))
            names.push_back(out.text(name));
    }
    mail$user_end(&context, none.list(), nothing.list());
    return names;
}

uint32_t remove_user(const std::string &user)
{
    unsigned int context = 0;
    Input in, none;
    LowItems nothing;
    in.put(MAIL$_USER_USERNAME, user);
    uint32_t status = mail$user_begin(&context, none.list(), nothing.list());
    if (!(status & 1))
        return status;
    status = mail$user_delete_info(&context, in.list(), nothing.list());
    mail$user_end(&context, none.list(), nothing.list());
    return status;
}

} // namespace shim::mail
