/*
**  maildrop - one user's mail as a POP session sees it: numbered, sized, marked, updated at QUIT
**
**  HP 19.1.2 (NEWMAIL), 19.1.4 (foreign messages), 19.3 (USE_MAIL_FOLDER, LEAVE_IN_NEWMAIL,
**  MESSAGE_MAXIMUM, FAST_SCAN, PURGE_RECLAIM); RFC 1939 5-6.  The set of messages is fixed when the
**  drop is opened; mail that arrives later is for the next session.  Nothing is changed before
**  update().
**
**  Used by one thread at a time.  The drop holds a lock on the user's name, so there is one session
**  per mailbox on all nodes and in all server processes; they share the account TCPIP$POP, so the
**  lock may be one of the UIC group, which needs no SYSLCK (HP 19.1.1: SYSPRV and BYPASS only).
*/
#ifndef MAIL_POP_MAILDROP_H
#define MAIL_POP_MAILDROP_H

#include "pop_headers.h"
#include "pop_message.h"
#include "size_files.h"

#include "MTA/config.h"
#include "MTA/identity.h"
#include "VMS/account.h"
#include "VMS/lock.h"
#include "VMS/mailstore.h"
#include "VMS/thread.h"
#include "boostset.h"

#include <string>
#include <vector>

namespace mail {

enum {
    POP_UID_MAX = 70,                  /* RFC 1939: unique-id listing */
    POP_MESSAGE_BYTES_MAX = 268435456, /* a message larger than this cannot be fetched */
    POP_OPEN_DROPS_MAX = 24,           /* maildrops with MAIL contexts; a process has 31 */
    POP_DESCRIBED_AHEAD = 16,          /* messages whose lines are fetched together, in order */
    POP_ESTIMATED_LINE = 64,           /* octets of a line that is not read: FAST_SCAN */
    POP_SCRATCH_KEPT = 65536,          /* octets of the text that is only measured */
    POP_AHEAD_MOST = 65536,            /* octets of the text that is read before it is asked for */
    POP_AHEAD_SECONDS = 2              /* then it is read again: somebody may have deleted it */
};

/* Folders of MAIL. */
const char MAILDROP_NEWMAIL[] = "NEWMAIL";
const char MAILDROP_MAIL[] = "MAIL";

/*
**  One user's drop.  A process has few MAIL contexts: the drop that was used longest ago gives
**  its own back when another needs one, and opens its file again when it is asked for more.  The
**  numbers that the client knows stay; a message that somebody else removed meanwhile cannot be
**  read.
*/
class Maildrop : private boost::noncopyable {
public:
    Maildrop();
    ~Maildrop();

    enum Opened {
        OPENED,
        IN_USE, /* another session has it */
        TROUBLE /* see *why; nothing was changed */
    };
    Opened open(const Account &account, const SettingsPtr &settings, const IdentityPtr &identity,
                std::string *why);

    /* Messages as numbered for the client, from 0; deleted ones keep their number. */
    size_t count() const { return items_.size(); }
    bool deleted(size_t n) const { return states_[n].deleted; }
    bool foreign(size_t n) const { return MailFolder::is_foreign(items_[n]); }
    /* A short text is sent instead, and the message stays: foreign, or its file is missing. */
    bool withheld(size_t n) const { return pop_is_withheld(items_[n]); }
    /* "SMITH_2026112108334712..." at most POP_UID_MAX printable characters, never reused. */
    std::string uid(size_t n) const;
    void append_uid(size_t n, std::string *text) const;

    /*
    **  Exact octets as RETR sends them.  Estimated with FAST_SCAN, and for a message that cannot be
    **  read: it must not keep the client from the others.
    */
    Status size(size_t n, boost::uint32_t *octets);
    /* Headers, empty line, body; lines end in CRLF; no dot is stuffed. */
    Status text(size_t n, std::string *out);
    /*
    **  Who fetches one message after the other gets the next one read while this one is on its
    **  way.  Does nothing for anybody else, and has no error: text() will meet it again.
    */
    void read_ahead();
    /* Headers, empty line and `lines` lines of the body. */
    Status top(size_t n, boost::uint32_t lines, std::string *out);

    void mark_deleted(size_t n);
    void mark_read(size_t n);
    /* Deleted marks are taken away (RSET); what was read stays read; LAST begins anew. */
    void reset();
    /*
    **  LAST of RFC 1460: highest message number that RETR or DELE had in this session, 0 if none.
    **  Nothing is kept from session to session: what was read has left NEWMAIL.
    */
    size_t last_accessed() const { return last_accessed_; }
    /* Messages not deleted, and their octets. */
    Status totals(size_t *messages, boost::uint64_t *octets);

    /*
    **  The update state: deleted messages go, read ones move to MAIL unless LEAVE_IN_NEWMAIL,
    **  withheld ones that were read move to MAIL; the new mail count is set; the drop is closed.
    **  Durable when ok().
    */
    Status update();
    /* Changes nothing. */
    void close();

private:
    struct State {
        bool deleted, read;
        bool known;             /* the facts are the text's */
        PopTextFacts facts;
        boost::uint32_t octets; /* of the whole message, 0: not known yet */
        bool fixed;             /* the octets depend on no name that was looked up */
        State() : deleted(false), read(false), known(false), octets(0), fixed(false) {}
    };
    friend class OpenDrops;
    void note_access(size_t n);
    Status gather(const std::string &directory, std::string *why);
    Status wake();
    void sleep();
    void renumber(const std::vector<MailBrief> &items);
    Status settle();
    Status take_folder();
    Status describe(size_t n, const MailItem **item);
    Status measure(size_t n);
    boost::uint32_t estimate(size_t n) const { return items_[n].records * POP_ESTIMATED_LINE; }
    Status facts(size_t n, PopTextFacts *facts);
    Status read(size_t n, std::string *text);
    Status compose(size_t n, std::string *out);
    bool take_ahead(size_t n, std::string *out);
    Status plain_top(size_t n, boost::uint32_t lines, std::string *out, bool *done);
    void use_known_sizes();
    void keep_known_sizes();
    SizeFile size_file() const;
    Status settle_folder();
    void recount_new();

    SettingsPtr settings_;
    IdentityPtr identity_;
    HeaderZone zone_; /* of what is described */
    std::string user_, folder_name_, directory_;
    Lock lock_;
    Mutex use_;     /* held while the contexts are in use: whoever has it may not be put to sleep */
    bool has_file_; /* the user has a mail file */
    MailFile file_;
    MailFolder folder_;
    std::vector<MailBrief> items_;    /* as the client numbers them */
    std::vector<State> states_;       /* of the items */
    std::vector<MailItem> described_; /* some of them with MAIL's lines, in order of their ids */
    std::string scratch_;             /* a text that is only measured; its space is used again */
    size_t last_text_, in_order_;     /* number of the last text(), from 1; how many in order */
    size_t ahead_of_;                 /* whose text ahead_ is, from 1; 0: nobody's */
    VmsTime ahead_at_;
    std::string ahead_;
    size_t last_accessed_;
    size_t learned_; /* sizes that were not known when the drop was opened */
};

/* The user's directory of MAIL files: the profile's, else the login directory. */
std::string maildrop_directory(const Account &account);

} // namespace mail

#endif
