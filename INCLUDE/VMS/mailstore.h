/*
**  mailstore - reading users' mail through callable MAIL: profile, mail file, folders, messages
**
**  Callable MAIL is not thread-safe: one process-wide lock is taken inside each call of this file
**  and given back before it returns; no call here touches the network.  Acting for another user
**  needs SYSPRV, which the calls enable for themselves.  spec/vms-api.md 3.1 - 3.4, 3.6.
**
**  A MailFile or MailFolder object is used by one thread at a time.  Conditions of MAIL come back
**  in the Status; nothing is signalled.
*/
#ifndef MAIL_VMS_MAILSTORE_H
#define MAIL_VMS_MAILSTORE_H

#include "VMS/status.h"
#include "VMS/vmstime.h"

#include <vector>

namespace mail {

const size_t MAILSTORE_FOLDER_MAX = 39;
const size_t MAILSTORE_USER_MAX = 31;

struct MailProfile {
    std::string directory;     /* full: "SYS$SYSDEVICE:[SMITH.MAIL]" */
    std::string forwarding;    /* empty: none */
    std::string personal_name;
    std::string transport;
    boost::uint32_t new_messages;
    MailProfile() : new_messages(0) {}
};

/* not_found(): no profile record, which is normal for a user who never used MAIL. */
Status mailstore_profile(const std::string &user, MailProfile *profile);
/* All users with a profile record, in the order of their names.  Needs SYSPRV or SYSNAM. */
struct MailUser {
    std::string user, directory;
};
Status mailstore_users(std::vector<MailUser> *users);
Status mailstore_set_new_messages(const std::string &user, boost::uint32_t count);
/* Empty text clears it. Creates the profile record when there is none. */
Status mailstore_set_forwarding(const std::string &user, const std::string &forwarding);
Status mailstore_delete_profile(const std::string &user);

/* Message flags (MAIL$M_ values, spec 3.2). */
enum MailFlag {
    MAILFLAG_NEW = 1, MAILFLAG_REPLIED = 2, MAILFLAG_EXTERNAL = 8, MAILFLAG_EXTERNAL_MISSING = 16,
    MAILFLAG_FOREIGN = 64, MAILFLAG_MARKED = 128
};

/* What a list of all messages needs, which is faster to read: 24 bytes a message. */
struct MailBrief {
    boost::uint32_t id;      /* valid in this selection only */
    boost::uint32_t records; /* size as MAIL counts it: text records */
    boost::uint32_t flags;   /* MailFlag bits */
    VmsTime date;            /* arrival; with extid the stable part of an identity */
    MailBrief() : id(0), records(0), flags(0), date(0) {}
};

struct MailItem : public MailBrief {
    std::string from, to, cc, subject;
    std::string external;    /* name of the external file, empty for short messages */
};

class MailFolder;

/* One user's MAIL.MAI. */
class MailFile {
public:
    MailFile() : context_(0), open_(false) {}
    ~MailFile() { close(); }
    /* directory as in MailProfile; not_found() when the user has no mail file yet. */
    Status open(const std::string &directory);
    Status folders(std::vector<std::string> *names);
    /* Empties the wastebasket; reclaim compresses the file too. *purged may be 0. */
    Status purge(bool reclaim, boost::uint32_t *purged);
    void close();
    bool is_open() const { return open_; }
    const std::string &directory() const { return directory_; }

private:
    friend class MailFolder;
    MailFile(const MailFile &);
    MailFile &operator=(const MailFile &);
    boost::uint32_t context_;
    bool open_;
    std::string directory_;
};

/* A selection of one folder of an open mail file. The file outlives it. */
class MailFolder {
public:
    MailFolder() : file_(0), context_(0), count_(0) {}
    ~MailFolder() { close(); }
    /* A folder that does not exist is an empty one: ok() and *count = 0. */
    Status select(MailFile *file, const std::string &folder, boost::uint32_t *count);
    /* Appends all, MailBrief or MailItem, in order. The lock is given back every few items. */
    template <class Item> Status list(std::vector<Item> *items) { return list(1, count_, items); }
    /* Those from the id `first` on, at most `most`; without the ones that are gone. */
    Status list(boost::uint32_t first, boost::uint32_t most, std::vector<MailBrief> *items);
    Status list(boost::uint32_t first, boost::uint32_t most, std::vector<MailItem> *items);
    Status item(boost::uint32_t id, MailItem *found);

    /*
    **  Appends the text records of a message, each followed by CRLF.  header_lines: MAIL's own
    **  From:, To:, CC:, Subj: lines come first.  too_big() beyond `most` bytes.  A foreign message
    **  answers no text: see is_foreign().
    */
    Status read(const MailBrief &item, bool header_lines, size_t most, std::string *text);
    /* At most `lines` text records (TOP). */
    Status read_top(const MailBrief &item, boost::uint32_t lines, std::string *text);
    /* Somebody has removed the message since the selection was made. */
    static bool is_gone(const Status &status);
    static bool is_foreign(const MailBrief &item) { return (item.flags & MAILFLAG_FOREIGN) != 0; }
    /* The file of its text was not there when it was listed. */
    static bool is_lost(const MailBrief &item)
    {
        return (item.flags & MAILFLAG_EXTERNAL_MISSING) != 0;
    }

    /* To another folder of the same file, which is created when needed. */
    Status move(boost::uint32_t id, const std::string &folder);
    /* To the wastebasket. */
    Status remove(boost::uint32_t id);
    Status set_flags(boost::uint32_t id, bool replied, bool marked);
    void close();

private:
    MailFolder(const MailFolder &);
    MailFolder &operator=(const MailFolder &);
    boost::uint32_t last_of(boost::uint32_t first, boost::uint32_t most) const;
    Status read_records(const MailBrief &item, bool header_lines, boost::uint32_t lines,
                        size_t most, std::string *text);
    MailFile *file_;
    boost::uint32_t context_;
    boost::uint32_t count_; /* messages of the selection; their ids are 1 to count_ */
};

/* The lock of callable MAIL, for mailsend; nobody else needs it. */
class MailLock {
public:
    MailLock();
    ~MailLock();

private:
    MailLock(const MailLock &);
    MailLock &operator=(const MailLock &);
};

} // namespace mail

#endif
