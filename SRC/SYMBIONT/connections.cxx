/*
**  connections - the store of kept connections
**
**  A connection is closed outside of the lock: QUIT may wait for the network.
*/
#include "connections.h"

namespace mail {

namespace {
const size_t DEAD_MAX = 10000; /* then the list begins anew */
const boost::uint32_t SLICE_MS = 100; /* a stopped job is noticed after this */
}

Connections::~Connections()
{
    close_all();
}

void Connections::close_these(std::list<Kept> *closing)
{
    for (std::list<Kept>::iterator i = closing->begin(); i != closing->end(); ++i) {
        i->client->quit();
        delete i->client;
    }
    closing->clear();
}

SmtpClient *Connections::take(const NetAddress &address, const Settings &settings,
                              const ClientSecurity &security)
{
    expire(settings);
    std::string key = net_endpoint_text(address) + " " + SmtpClient::security_key(security);
    MutexGuard guard(mutex_);
    for (std::list<Kept>::iterator i = kept_.end(); i != kept_.begin();) {
        --i;
        if (i->key != key)
            continue;
        SmtpClient *client = i->client;
        kept_.erase(i);
        return client;
    }
    return 0;
}

void Connections::give(const NetAddress &address, SmtpClient *client, const Settings &settings)
{
    std::list<Kept> closing;
    Kept kept;
    kept.key = net_endpoint_text(address) + " " + client->key();
    kept.client = client;
    kept.since_ms = net_milliseconds();
    bool keep = client->usable() &&
                client->messages() < settings.number(P_SYMB_MESSAGES_PER_CONNECTION) &&
                settings.seconds(P_SYMB_CONNECTION_IDLE) != 0;
    if (!keep) {
        closing.push_back(kept);
    } else {
        MutexGuard guard(mutex_);
        kept_.push_back(kept);
        if (kept_.size() > settings.number(P_SYMB_CONNECTIONS)) {
            closing.push_back(kept_.front());
            kept_.pop_front();
        }
    }
    close_these(&closing);
}

void Connections::add_streams(int difference)
{
    MutexGuard guard(mutex_);
    streams_ = static_cast<boost::uint32_t>(static_cast<int>(streams_) + difference);
    released_.broadcast();
}

/* The lock is held. */
bool Connections::has_place(const std::string &key, const Settings &settings) const
{
    boost::uint32_t most = settings.number(P_SYMB_CONNECTIONS_PER_HOST);
    if (streams_ > 1 && most > streams_ - 1)
        most = streams_ - 1;
    std::map<std::string, boost::uint32_t>::const_iterator i = claims_.find(key);
    return i == claims_.end() || i->second < most;
}

bool Connections::claim(const std::string &key, const Settings &settings, const StopFlag &stop)
{
    boost::uint64_t deadline =
        net_milliseconds() +
        static_cast<boost::uint64_t>(settings.seconds(P_SYMB_BUSY_WAIT)) * 1000;
    MutexGuard guard(mutex_);
    while (!has_place(key, settings)) {
        boost::uint64_t now = net_milliseconds();
        if (now >= deadline || stop.stopped())
            return false;
        boost::uint64_t left = deadline - now;
        released_.wait_for(mutex_, left < SLICE_MS ? static_cast<boost::uint32_t>(left) : SLICE_MS);
    }
    ++claims_[key];
    return true;
}

void Connections::release(const std::string &key)
{
    MutexGuard guard(mutex_);
    std::map<std::string, boost::uint32_t>::iterator i = claims_.find(key);
    if (i != claims_.end() && --i->second == 0)
        claims_.erase(i);
    released_.broadcast();
}

bool Connections::expire(const Settings &settings)
{
    std::list<Kept> closing;
    boost::uint64_t now = net_milliseconds();
    boost::uint64_t limit =
        static_cast<boost::uint64_t>(settings.seconds(P_SYMB_CONNECTION_IDLE)) * 1000;
    bool left;
    {
        MutexGuard guard(mutex_);
        while (!kept_.empty() && now - kept_.front().since_ms > limit) {
            closing.push_back(kept_.front());
            kept_.pop_front();
        }
        left = !kept_.empty();
    }
    close_these(&closing);
    return left;
}

void Connections::close_all()
{
    std::list<Kept> closing;
    {
        MutexGuard guard(mutex_);
        closing.swap(kept_);
    }
    close_these(&closing);
}

void Connections::mark_dead(const NetAddress &address, const Settings &settings)
{
    boost::uint32_t seconds = settings.seconds(P_SYMB_DEAD_HOST_TIME);
    MutexGuard guard(mutex_);
    if (dead_.size() >= DEAD_MAX)
        dead_.clear();
    if (seconds != 0)
        dead_[net_endpoint_text(address)] = vmstime_after(seconds);
}

bool Connections::is_dead(const NetAddress &address)
{
    MutexGuard guard(mutex_);
    std::map<std::string, VmsTime>::iterator i = dead_.find(net_endpoint_text(address));
    if (i == dead_.end())
        return false;
    if (vmstime_now() < i->second)
        return true;
    dead_.erase(i);
    return false;
}

void Connections::forget_dead()
{
    MutexGuard guard(mutex_);
    dead_.clear();
}

} // namespace mail
