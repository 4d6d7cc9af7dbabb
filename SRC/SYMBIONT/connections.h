/*
**  connections - kept connections to remote hosts, and hosts that did not answer
**
**  Shared by all streams of a symbiont process; any thread.  Limits are the SYMB_ parameters: how
**  many connections are kept, for how long, how often one is used; how long a dead host is left
**  alone.
*/
#ifndef MAIL_SYMBIONT_CONNECTIONS_H
#define MAIL_SYMBIONT_CONNECTIONS_H

#include "smtp_client.h"

#include "VMS/thread.h"
#include "VMS/vmstime.h"

#include <list>
#include <map>

namespace mail {

class Connections {
public:
    Connections() {}
    ~Connections();

    /* A usable kept connection to the address, or 0.  The caller owns it. */
    SmtpClient *take(const NetAddress &address, const Settings &settings);
    /* Back into the store, or closed when a limit says so. */
    void give(const NetAddress &address, SmtpClient *client, const Settings &settings);

    void mark_dead(const NetAddress &address, const Settings &settings);
    bool is_dead(const NetAddress &address);
    void forget_dead();

    /* Closes what was idle for too long; true while something is kept. */
    bool expire(const Settings &settings);
    void close_all();

private:
    Connections(const Connections &);
    Connections &operator=(const Connections &);
    struct Kept {
        std::string key;
        SmtpClient *client;
        boost::uint64_t since_ms;
    };
    void close_these(std::list<Kept> *closing);

    Mutex mutex_;
    std::list<Kept> kept_; /* oldest first */
    std::map<std::string, VmsTime> dead_;
};

} // namespace mail

#endif
