/*
**  analyze_mail - do queue entries and control files belong together (HP 18.9.1, spec 3.8)
**
**  The files are listed before the entries, so what is neither open nor entered when its turn comes
**  has really been forgotten: on a living system nothing is found that is only on its way.
*/
#ifndef MANAGE_ANALYZE_MAIL_H
#define MANAGE_ANALYZE_MAIL_H

#include <string>
#include "VMS/status.h"
#include "VMS/vmstime.h"
#include "boostset.h"

namespace mail {

/* since <= time < before; 0: no bound. */
struct TimeFrame {
    bool on;
    VmsTime since, before;
    TimeFrame() : on(false), since(0), before(0) {}
    bool holds(VmsTime time) const
    {
        return on && time >= since && (before == 0 || time < before);
    }
    bool is_bounded() const { return since != 0 || before != 0; }
};

struct AnalyzeOptions {
    std::string user;         /* "" all, else upper case */
    TimeFrame repair, remove; /* /REPAIR, /DELETE: by the creation of the control file */
    bool lost_only;           /* the repair submits what is lost; nothing is deleted or released */
    bool confirm;
    VmsTime hold;             /* requeued files wait until then; 0: no */
    AnalyzeOptions() : lost_only(false), confirm(false), hold(0) {}
};

/*
**  /REPAIR with /DELETE: the one without a frame is for what is outside of the other's.  False when
**  both have one and they overlap, or neither has.
*/
bool analyze_settle_frames(AnalyzeOptions *options);

struct AnalyzeCounts {
    boost::uint32_t pairs, entries_deleted, lone_files, held, files_deleted, submitted,
        access_errors, foreign, corrupt;
    AnalyzeCounts()
        : pairs(0), entries_deleted(0), lone_files(0), held(0), files_deleted(0), submitted(0),
          access_errors(0), foreign(0), corrupt(0)
    {
    }
};

/* The whole command from ANA_RUNING to the last count. */
Status analyze_run(const AnalyzeOptions &options, AnalyzeCounts *counts);

/* Creation time by the name "yymmddhhmmsscc_...", 0 when it has none. */
VmsTime analyze_name_time(const std::string &stamp);

} // namespace mail
#endif
