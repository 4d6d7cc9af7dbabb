/*
**  connections - kept connections to remote hosts, and hosts that did not answer
**
**  Shared by all streams of a symbiont process; any thread.  Limits are the SYMB_ parameters: how
**  many connections are kept, for how long, how often one is used; how long a dead host is left
**  alone; how many streams may be at work for one destination or one host at once.
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
    Connections() : streams_(0) {}
    ~Connections();

    /* A usable kept connection to the address, of this security, or 0.  The caller owns it. */
    SmtpClient *take(const NetAddress &address, const Settings &settings,
                     const ClientSecurity &security = ClientSecurity());
    /* Back into the store, or closed when a limit says so. */
    void give(const NetAddress &address, SmtpClient *client, const Settings &settings);

    void mark_dead(const NetAddress &address, const Settings &settings);
    bool is_dead(const NetAddress &address);
    void forget_dead();

    /* Streams of this process: one destination never gets all of them. */
    void add_streams(int difference);
    /*
    **  A place at `key` (a domain, an address), waited for as long as SYMB_BUSY_WAIT says.  False:
    **  all SYMB_CONNECTIONS_PER_HOST places, or all streams but one, are taken; or stopped.
    */
    bool claim(const std::string &key, const Settings &settings, const StopFlag &stop);
    void release(const std::string &key);

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
    bool has_place(const std::string &key, const Settings &settings) const;

    Mutex mutex_;
    Condition released_;
    boost::uint32_t streams_;
    std::map<std::string, boost::uint32_t> claims_;
    std::list<Kept> kept_; /* oldest first */
    std::map<std::string, VmsTime> dead_;
};

/* A place at one key, given back when the object dies. */
class Claim {
public:
    Claim(Connections &connections, const std::string &key, const Settings &settings,
          const StopFlag &stop)
        : connections_(connections), key_(key), held_(connections.claim(key, settings, stop))
    {
    }
    ~Claim()
    {
        if (held_)
            connections_.release(key_);
    }
    bool held() const { return held_; }
    Outcome refusal() const
    {
        return Outcome::not_tried(key_ + ": as many streams as it may have are at work for it");
    }

private:
    Claim(const Claim &);
    Claim &operator=(const Claim &);
    Connections &connections_;
    std::string key_;
    bool held_;
};

} // namespace mail

#endif
