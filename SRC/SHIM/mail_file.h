/*
**  mail_file - an open mail file of the MAILFILE family
**
**  Indexed: a MailStore and the changes that wait for their commit.  Not indexed: a sequential
**  file of messages as MAIL's EXTRACT and MX's folder delivery write them (a record that begins
**  with form feed, From:, To:, CC:, Subj: lines, an empty record, text), read whole.
*/
#ifndef SHIM_MAIL_FILE_H
#define SHIM_MAIL_FILE_H

#include "mail_context.h"

namespace shim {

struct MailFileContext : MailContext {
    bool open;
    std::string spec;                  /* resultant */
    std::shared_ptr<MailStore> store;  /* 0: sequential */
    std::vector<MailDraft> messages;   /* of a sequential file */
    std::vector<MailChange> changes;
    bool read_only;                    /* READALL alone: nothing may be changed */
    uint32_t generation; /* counts the files opened: a message context knows its own */
    MailFileContext() : open(false), read_only(false), generation(0) {}
    ~MailFileContext();

    uint32_t add_change(const MailChange &change);
    uint32_t commit(bool purge, MailPurged *purged);
    /* The wastebasket's name; looked up for the first of the changes that wait. */
    uint32_t wastebasket(const std::string **name);

private:
    std::string waste_;
};

/*
**  Opens by specification; empty name: the caller's MAIL.MAI.  RMS$_FNF, RMS$_PRV (another user's,
**  without SYSPRV, BYPASS or, to read, READALL).
*/
uint32_t mail_open_spec(const std::string &name, const std::string &default_name, bool create,
                        MailFileContext *file, bool *created);
/* The caller's mail directory, VMS form. */
uint32_t mail_own_directory(std::string *directory);

} // namespace shim

#endif
