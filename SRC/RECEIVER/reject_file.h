/*
**  reject_file - the reject file of TCPware: finds it, reads it again when it changes, tells about
**  it
**
**  TW Rejecting Mail, spec/tcpware.md 3.1, 3.6, 3.7.  Without the file there are no rules.
*/
#ifndef RECEIVER_REJECT_FILE_H
#define RECEIVER_REJECT_FILE_H

#include <string>
#include "CORE/reject_rules.h"
#include "MTA/config.h"
#include "VMS/thread.h"
#include "VMS/vmstime.h"
#include "boostset.h"

namespace mail {

typedef boost::shared_ptr<const RejectRules> RejectRulesPtr;

/* Bits of REJECT_INFO: what the operator is told. */
enum RejectInfo {
    REJECT_INFO_REFUSED = 1,    /* action y */
    REJECT_INFO_REWRITTEN = 2,  /* action n with data */
    REJECT_INFO_TEXT = 4,       /* the refusal that the client got */
    REJECT_INFO_PARSING = 8,    /* the file: rules, errors */
    REJECT_INFO_ACCEPTED = 16,  /* action n without data */
    REJECT_INFO_DISCARDED = 32, /* action q */
    REJECT_INFO_HEADER = 64     /* header rules */
};
/* To the log always, to the operator when REJECT_INFO has the bit. */
void reject_tell(const Settings &settings, RejectInfo bit, const std::string &id,
                 const std::string &text);

/* Never empty.  Looks at the files again after CONFIG_CHECK_TIME.  Any thread. */
class RejectKeeper {
public:
    RejectKeeper() : next_look_(0), looking_(false) {}
    RejectRulesPtr get(const SettingsPtr &settings);

private:
    RejectKeeper(const RejectKeeper &);
    RejectKeeper &operator=(const RejectKeeper &);
    Mutex mutex_;
    SettingsPtr settings_;
    RejectRulesPtr rules_;
    std::string told_; /* what was said about the file last */
    VmsTime next_look_;
    bool looking_;
};

} // namespace mail
#endif
