/*
**  mailbox - the user's mail file by callable MAIL: one folder is selected at a time
**
**  Numbers of messages are those of the selection, from 1.  A message that was read stays in
**  NEWMAIL until the folder is left.  Every routine answers a condition of
**  MAIL$; nothing is signalled.
*/
#ifndef SHIM_MAILBOX_H
#define SHIM_MAILBOX_H

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace shim::mail {

struct Selection { /* empty texts: no condition */
    std::string since, before, from, to, cc, subject;
    uint16_t flags = 0, flags_mbz = 0;
};

struct MessageInfo {
    uint32_t number = 0, records = 0;
    uint16_t flags = 0;
    std::string date, from, to, cc, subject, reply_path;
};

class Mailbox {
public:
    Mailbox() : file_(0), message_(0), count_(0), open_(false) {}
    ~Mailbox();
    Mailbox(const Mailbox &) = delete;
    Mailbox &operator=(const Mailbox &) = delete;
    uint32_t open();
    uint32_t select(const std::string &folder, const Selection &selection);
    const std::string &folder() const { return folder_; }
    const Selection &selection() const { return selection_; }
    uint32_t count() const { return count_; }
    uint32_t info(uint32_t number, MessageInfo *info);
    /* Header lines (From:, To: ...) are told from the text. */
    uint32_t read(uint32_t number,
                  const std::function<void(bool header, const std::string &line)> &take);
    /* The same, and the message stays unread. */
    uint32_t look(uint32_t number,
                  const std::function<void(bool header, const std::string &line)> &take);
    uint32_t copy(uint32_t number, const std::string &folder, bool move, bool *created);
    uint32_t remove(uint32_t number);
    /* MAIL$M_REPLIED, MAIL$M_MARKED */
    uint32_t set_flag(uint32_t number, uint16_t flag, bool on);
    void leave_newmail();  /* what was read there moves to MAIL */
    uint32_t purge(bool reclaim, uint32_t *messages);
    std::vector<std::string> folders();
    std::string wastebasket();
    uint32_t rename_wastebasket(const std::string &folder);
    uint32_t deleted_bytes(uint32_t *bytes);
    /* Gives the space of deleted messages back; the selection is kept. */
    uint32_t compress();

private:
    unsigned int file_, message_;
    std::set<uint32_t> new_read_; /* of the selection, when it is NEWMAIL */
    void not_new(uint32_t number);
    uint32_t count_;
    bool open_;
    std::string folder_;
    Selection selection_;
};

/* mail$user_get_info and mail$user_set_info: one text or number of a user; empty: oneself. */
uint32_t user_text(const std::string &user, unsigned short code, std::string *text);
uint32_t user_number(const std::string &user, unsigned short code, uint32_t *number);
uint32_t set_user_number(const std::string &user, unsigned short code, uint32_t number);
uint32_t set_user(const std::string &user, unsigned short code, const std::string &text);
/* Those of the profile that a name with wildcards means. */
std::vector<std::string> users_like(const std::string &pattern);
uint32_t remove_user(const std::string &user);

} // namespace shim::mail

#endif
