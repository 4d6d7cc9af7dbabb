/*
**  mail_support - a VMSROOT with users, and item lists for callable MAIL
*/
#ifndef TEST_MAIL_SUPPORT_H
#define TEST_MAIL_SUPPORT_H

#include "shim_root.h"
#include "mail_profile.h"
#include "mail_store.h"
#include "rms_spec.h"
#include "uaf.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <prvdef.h>
#include <rmsdef.h>
#include <shim_control.h>
#include <uaidef.h>

#include <cstring>
#include <sys/stat.h>
#include <vector>

/* Users SYSTEM (us), SMITH, JONES with their directories; all privileges. */
class MailRoot : public ShimRoot {
public:
    MailRoot()
    {
        mkdir((path() + "/VMS$COMMON").c_str(), 0770);
        mkdir((path() + "/VMS$COMMON/SYSEXE").c_str(), 0770);
        shim::define_standard_logicals();
        shim_set_privileges(~0ULL);
        add("SYSTEM", 0);
        add("SMITH", 0);
        add("JONES", 0);
    }
    ~MailRoot() { shim::MailStore::forget_all(); }
    void add(const std::string &user, uint32_t flags)
    {
        shim::UafRecord record;
        record.user = user;
        record.device = "SYS$SYSDEVICE:";
        record.directory = "[" + user + "]";
        record.uic = 0200 << 16 | ++count_;
        record.flags = flags;
        shim::uaf_add(record);
        mkdir(directory(user).c_str(), 0770);
    }
    std::string directory(const std::string &user) const { return path() + "/" + user; }

private:
    unsigned count_ = 0;
};

/* An item list in low memory; outputs are read back by the index that add() gave. */
class MailItems {
public:
    MailItems() : block_(static_cast<char *>(shim::arena_get(SIZE))), used_(LIST), count_(0)
    {
        memset(block_, 0, SIZE);
    }
    ~MailItems() { shim::arena_free(block_, SIZE); }
    MailItems(const MailItems &) = delete;
    MailItems &operator=(const MailItems &) = delete;
    MailItems &text(unsigned code, const std::string &value)
    {
        return put(code, value.data(), value.size());
    }
    MailItems &number(unsigned code, uint32_t value, size_t size = 4)
    {
        return put(code, &value, size);
    }
    MailItems &flag(unsigned code) { return put(code, "", 0); }
    template <class Routine> MailItems &routine(unsigned code, Routine routine)
    {
        ILE3 &item = next(code, 4);
        item.ile3$ps_bufaddr = reinterpret_cast<void *>(routine);
        return *this;
    }
    MailItems &out(unsigned code, size_t size)
    {
        ILE3 &item = next(code, size);
        item.ile3$ps_bufaddr = space(size);
        item.ile3$ps_retlen_addr = static_cast<unsigned short *>(space(2));
        return *this;
    }
    std::string text_of(unsigned code) const
    {
        const ILE3 &item = find(code);
        return std::string(static_cast<char *>(item.ile3$ps_bufaddr), *item.ile3$ps_retlen_addr);
    }
    uint64_t number_of(unsigned code) const
    {
        const ILE3 &item = find(code);
        uint64_t value = 0;
        memcpy(&value, item.ile3$ps_bufaddr, item.ile3$w_length < 8 ? item.ile3$w_length : 8);
        return value;
    }
    operator ILE3 *() { return reinterpret_cast<ILE3 *>(block_); }

private:
    static const size_t LIST = 32 * sizeof(ILE3), SIZE = LIST + 40000;
    ILE3 &next(unsigned code, size_t size)
    {
        ILE3 &item = reinterpret_cast<ILE3 *>(block_)[count_++];
        item.ile3$w_code = static_cast<unsigned short>(code);
        item.ile3$w_length = static_cast<unsigned short>(size);
        return item;
    }
    void *space(size_t size)
    {
        char *at = block_ + used_;
        used_ += (size + 15) / 16 * 16;
        return at;
    }
    MailItems &put(unsigned code, const void *data, size_t size)
    {
        ILE3 &item = next(code, size);
        item.ile3$ps_bufaddr = space(size + 1);
        memcpy(item.ile3$ps_bufaddr, data, size);
        return *this;
    }
    const ILE3 &find(unsigned code) const
    {
        const ILE3 *list = reinterpret_cast<const ILE3 *>(block_);
        while (list->ile3$w_code != code)
            ++list;
        return *list;
    }
    char *block_;
    size_t used_;
    unsigned count_;
};

/* Sends a message to one or more users; the status of MAIL$SEND_MESSAGE or of the address. */
inline uint32_t send_mail(const std::vector<std::string> &to, const std::vector<std::string> &lines,
                          const std::string &subject = "Test")
{
    unsigned int context = 0;
    MailItems quiet, none, attributes;
    quiet.flag(MAIL$_NOSIGNAL);
    attributes.flag(MAIL$_NOSIGNAL).text(MAIL$_SEND_SUBJECT, subject);
    uint32_t status = mail$send_begin(&context, quiet, none);
    mail$send_add_attribute(&context, attributes, none);
    for (size_t i = 0; i < to.size() && (status & 1); ++i) {
        MailItems address;
        address.flag(MAIL$_NOSIGNAL).text(MAIL$_SEND_USERNAME, to[i]);
        status = mail$send_add_address(&context, address, none);
    }
    for (size_t i = 0; i < lines.size() && (status & 1); ++i) {
        MailItems record;
        record.flag(MAIL$_NOSIGNAL).text(MAIL$_SEND_RECORD, lines[i]);
        status = mail$send_add_bodypart(&context, record, none);
    }
    if (status & 1)
        status = mail$send_message(&context, quiet, none);
    mail$send_end(&context, quiet, none);
    return status;
}

/* A user's open mail file with one selection. */
struct MailReader {
    unsigned int file, message;
    explicit MailReader(const std::string &user) : file(0), message(0)
    {
        MailItems quiet, none, name, begin;
        quiet.flag(MAIL$_NOSIGNAL);
        name.flag(MAIL$_NOSIGNAL).text(MAIL$_MAILFILE_NAME, "SYS$SYSDEVICE:[" + user + "]MAIL.MAI");
        mail$mailfile_begin(&file, quiet, none);
        opened = mail$mailfile_open(&file, name, none);
        begin.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_FILE_CTX, file);
        if (opened & 1)
            mail$message_begin(&message, begin, none);
    }
    ~MailReader()
    {
        MailItems quiet, none;
        quiet.flag(MAIL$_NOSIGNAL);
        if (message)
            mail$message_end(&message, quiet, none);
        if (opened & 1)
            mail$mailfile_close(&file, quiet, none);
        mail$mailfile_end(&file, quiet, none);
    }
    uint32_t select(const std::string &folder, uint32_t *count)
    {
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL).text(MAIL$_MESSAGE_FOLDER, folder);
        out.out(MAIL$_MESSAGE_SELECTED, 4);
        uint32_t status = mail$message_select(&message, in, out);
        *count = static_cast<uint32_t>(out.number_of(MAIL$_MESSAGE_SELECTED));
        return status;
    }
    uint32_t remove(uint32_t id)
    {
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, id);
        return mail$message_delete(&message, in, none);
    }
    uint32_t move(uint32_t id, const std::string &folder)
    {
        MailItems in, none;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, id).text(MAIL$_MESSAGE_FOLDER, folder);
        in.flag(MAIL$_MESSAGE_DELETE);
        return mail$message_copy(&message, in, none);
    }
    uint32_t purge(uint32_t *messages)
    {
        MailItems in, out;
        in.flag(MAIL$_NOSIGNAL);
        out.out(MAIL$_MAILFILE_MESSAGES_DELETED, 4);
        uint32_t status = mail$mailfile_purge_waste(&file, in, out);
        *messages = static_cast<uint32_t>(out.number_of(MAIL$_MAILFILE_MESSAGES_DELETED));
        return status;
    }
    /* All records of a message: "H:" and "T:" before each tells its type. */
    uint32_t read(uint32_t id, std::vector<std::string> *records)
    {
        MailItems in, none, more, out;
        in.flag(MAIL$_NOSIGNAL).number(MAIL$_MESSAGE_ID, id);
        uint32_t status = mail$message_get(&message, in, none);
        if (status != MAIL$_MSGINFO)
            return status;
        more.flag(MAIL$_NOSIGNAL).flag(MAIL$_MESSAGE_CONTINUE);
        out.out(MAIL$_MESSAGE_RECORD, 30000).out(MAIL$_MESSAGE_RECORD_TYPE, 2);
        while ((status = mail$message_get(&message, more, out)) == MAIL$_MSGTEXT)
            records->push_back(
                (out.number_of(MAIL$_MESSAGE_RECORD_TYPE) == MAIL$_MESSAGE_HEADER ? "H:" : "T:") +
                out.text_of(MAIL$_MESSAGE_RECORD));
        return status;
    }
    uint32_t opened;
};

#endif
