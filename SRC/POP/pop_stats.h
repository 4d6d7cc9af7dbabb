/*
**  pop_stats - what the server has done since it started, as XTND STATS prints it (HP 19.6)
**
**  Counts of connections are the engine's (VMS/service); the rest is counted here.  Any thread.
*/
#ifndef MAIL_POP_STATS_H
#define MAIL_POP_STATS_H

#include "VMS/service.h"
#include "VMS/thread.h"
#include "boostset.h"

#include <map>
#include <string>

namespace mail {

class PopStats : private boost::noncopyable {
public:
    PopStats();

    void disconnected(bool normally); /* after QUIT, or in any other way */
    void retrieved(boost::uint64_t octets);
    void login_failed();
    /* number: of the session. */
    void logged_in(boost::uint32_t number, const std::string &user);
    void logged_out(boost::uint32_t number);

    /*
    **  The lines of XTND STATS, each with CRLF.  only_user: of the current users only this one is
    **  named; empty: all are.
    */
    std::string print(const std::string &version, const std::string &level,
                      const std::string &up_since, const ServiceCounts &counts,
                      const std::string &only_user) const;

private:
    mutable Mutex mutex_;
    boost::uint32_t normal_, abnormal_, failures_;
    boost::uint64_t messages_, octets_, least_, most_;
    std::map<boost::uint32_t, std::string> users_;
};

/* "1999-04-04 06:42:17" */
std::string pop_time_text(VmsTime time);

} // namespace mail

#endif
