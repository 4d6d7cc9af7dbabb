/*
**  deliver_remote - hosts, addresses, transactions
*/
#include "deliver_remote.h"

#include "MTA/counters.h"
#include "MTA/log.h"
#include "VMS/resolver.h"

namespace mail {

namespace {

/* The state of one delivery to one domain. */
class Delivery {
public:
    Delivery(const RemoteJob &job, ControlFile &file, const Route &route,
             const std::vector<size_t> &recipients, std::vector<Outcome> *outcomes)
        : job_(job), file_(file), route_(route), recipients_(recipients), outcomes_(*outcomes),
          tried_(0), busy_(false)
    {
        for (size_t k = 0; k < recipients.size(); ++k)
            if (!smtp_needs_utf8(file.recipients()[recipients[k]].address, &outcomes_[k]))
                open_.push_back(k);
    }
    void run();

private:
    Outcome find_security(const std::string &host);
    void try_host(const RouteHost &host);
    bool is_dead(const std::string &host, const NetAddress &address);
    bool try_address(const std::string &host, const NetAddress &address);
    bool converse(SmtpClient &client, bool *fresh_needed);
    bool send_chunk(SmtpClient &client, const std::vector<size_t> &chunk);
    void settle(const Outcome &outcome);
    bool find_addresses(const RouteHost &host, std::vector<NetAddress> *addresses);

    const RemoteJob &job_;
    ControlFile &file_;
    const Route &route_;
    const std::vector<size_t> &recipients_;
    std::vector<Outcome> &outcomes_;
    std::vector<size_t> open_; /* positions in recipients_ without an answer of a server */
    boost::uint32_t tried_;
    ClientSecurity security_; /* of the host that is being tried */
    bool busy_; /* a host has no place for us: the others of the domain would be next */
};

/* The last word about everybody who has none yet; a later host may have a better one. */
void Delivery::settle(const Outcome &outcome)
{
    for (size_t i = 0; i < open_.size(); ++i)
        outcomes_[open_[i]] = outcome;
}

bool Delivery::find_addresses(const RouteHost &host, std::vector<NetAddress> *addresses)
{
    NetAddress one;
    if (host.is_address) {
        if (net_parse_address(host.name, &one))
            addresses->push_back(one);
    } else {
        ResolverResult result = resolver_addresses(host.name, ResolverOptions(), addresses);
        if (result == RESOLVER_FAILED) {
            settle(Outcome::reply(451, "4.4.3", "the name servers do not answer for " + host.name,
                                  "DNS: " + host.name));
            return false;
        }
    }
    if (addresses->empty())
        settle(Outcome::reply(451, "4.4.4", "host " + host.name + " has no address",
                              "no address: " + host.name));
    return !addresses->empty();
}

void Delivery::run()
{
    boost::uint32_t most = job_.settings->number(P_ADDRESS_RETRIES);
    for (size_t h = 0; h < route_.hosts.size() && !open_.empty() && tried_ < most && !busy_; ++h) {
        if (job_.stop->stopped()) {
            settle(Outcome::not_tried("job stopped"));
            return;
        }
        try_host(route_.hosts[h]);
    }
}

/* A secret is never sent in clear. */
Outcome Delivery::find_security(const std::string &host)
{
    enum { TLS_PORT = 465 };
    security_ = ClientSecurity();
    security_.host = host;
    security_.level = tls_level_for(*job_.settings, route_.domain, host);
    Outcome outcome = login_find(host, *job_.settings, &security_.login, &security_.has_login);
    if (!outcome.is_done())
        LogLine(LOG_ERROR, job_.id, "login").add("host", host).add("reason", outcome.log_text());
    if (security_.has_login && security_.level < TLS_ENCRYPT)
        security_.level = TLS_ENCRYPT;
    security_.tls_first = security_.login.port == TLS_PORT;
    return outcome;
}

void Delivery::try_host(const RouteHost &host)
{
    std::vector<NetAddress> addresses;
    if (!find_addresses(host, &addresses))
        return;
    Outcome login = find_security(host.name);
    if (!login.is_done()) {
        settle(login);
        return;
    }
    boost::uint32_t port = security_.login.port;
    if (port == 0)
        port = job_.settings->number(P_SYMB_REMOTE_PORT);
    boost::uint32_t most = job_.settings->number(P_ADDRESS_RETRIES);
    for (size_t a = 0; a < addresses.size() && !open_.empty() && tried_ < most && !busy_; ++a) {
        if (job_.stop->stopped())
            return;
        addresses[a].port = static_cast<unsigned short>(port);
        if (is_dead(host.name, addresses[a]))
            continue;
        if (try_address(host.name, addresses[a]))
            return;
    }
}

bool Delivery::is_dead(const std::string &host, const NetAddress &address)
{
    if (!job_.connections->is_dead(address))
        return false;
    settle(Outcome::reply(451, "4.4.1", "host " + host + " did not answer a short time ago",
                          "dead host: " + host));
    return true;
}

/* True: this address has spoken about every recipient. */
bool Delivery::try_address(const std::string &host, const NetAddress &address)
{
    Claim place(*job_.connections, net_endpoint_text(address), *job_.settings, *job_.stop);
    if (!place.held()) {
        busy_ = true;
        settle(place.refusal());
        return false;
    }
    if (is_dead(host, address)) /* found out while we waited for the place */
        return false;
    ++tried_;
    SmtpClient *client = job_.connections->take(address, *job_.settings, security_);
    bool fresh_needed = client == 0;
    if (client) {
        bool answered = converse(*client, &fresh_needed);
        job_.connections->give(address, client, *job_.settings);
        if (!fresh_needed)
            return answered;
        /* a kept connection that the server had closed: that says nothing about the server */
    }
    client = new SmtpClient(job_.settings, job_.identity->host());
    client->set_security(security_);
    Outcome outcome = client->connect(address, host, *job_.stop);
    LogLine(LOG_TRACE, job_.id, "connect")
        .add("host", host)
        .add("address", net_endpoint_text(address))
        .add("tls", client->secured() ? "yes" : "no")
        .add("result", outcome_name(outcome.kind()));
    if (!outcome.is_done()) {
        bool silent = outcome.status() == "4.4.1" || outcome.status() == "4.4.2";
        if (silent && !job_.stop->stopped()) /* who was cut short says nothing about the host */
            job_.connections->mark_dead(address, *job_.settings);
        LogLine(LOG_WARNING, job_.id, "host")
            .add("host", host)
            .add("address", net_endpoint_text(address))
            .add("reason", outcome.log_text());
        settle(outcome);
        job_.connections->give(address, client, *job_.settings);
        return false;
    }
    bool answered = converse(*client, 0);
    job_.connections->give(address, client, *job_.settings);
    return answered;
}

/*
**  Sends to everybody still open, in portions.  fresh_needed (kept connections): nothing was said.
*/
bool Delivery::converse(SmtpClient &client, bool *fresh_needed)
{
    size_t most = job_.settings->number(P_SYMB_RECIPIENTS_PER_SEND);
    std::vector<size_t> waiting;
    waiting.swap(open_);
    for (size_t first = 0; first < waiting.size(); first += most) {
        size_t end = first + most < waiting.size() ? first + most : waiting.size();
        std::vector<size_t> chunk(waiting.begin() + static_cast<std::ptrdiff_t>(first),
                                  waiting.begin() + static_cast<std::ptrdiff_t>(end));
        bool spoke = client.usable();
        if (spoke && send_chunk(client, chunk))
            continue;
        /* who was refused before the connection broke has his answer: no other host is asked */
        for (size_t i = first; i < waiting.size(); ++i)
            if (!spoke || i >= end || !outcomes_[waiting[i]].is_failed())
                open_.push_back(waiting[i]);
        if (fresh_needed)
            *fresh_needed = !open_.empty();
        return false;
    }
    if (fresh_needed)
        *fresh_needed = false;
    return true;
}

bool Delivery::send_chunk(SmtpClient &client, const std::vector<size_t> &chunk)
{
    SendTransaction t;
    const ControlEnvelope &envelope = file_.envelope();
    t.sender = envelope.sender;
    t.returned = envelope.returned;
    t.envelope_id = envelope.envelope_id;
    t.size = file_.text_size();
    bool declared = envelope.body == CONTROL_8BITMIME;
    bool pass = job_.settings->flag(P_EIGHT_BIT) && (!declared || client.takes_eight_bit());
    t.eight_bit = declared && pass;
    for (size_t i = 0; i < chunk.size(); ++i) {
        const ControlRecipient &recipient = file_.recipients()[recipients_[chunk[i]]];
        SmtpWish wish;
        wish.notify = recipient.notify;
        wish.original = recipient.original;
        t.recipients.push_back(route_recipient(route_, recipient.address));
        t.wishes.push_back(wish);
    }
    boost::scoped_ptr<TextSource> text;
    if (pass)
        text.reset(new ControlText(file_));
    else
        text.reset(new SevenBitText(file_, declared));
    std::vector<Outcome> results;
    bool answered = client.send(t, *text, *job_.stop, &results);
    for (size_t i = 0; i < chunk.size(); ++i)
        outcomes_[chunk[i]] = results[i];
    return answered;
}

} // namespace

void deliver_remote(const RemoteJob &job, ControlFile &file, const Route &route,
                    const std::vector<size_t> &recipients, std::vector<Outcome> *outcomes)
{
    outcomes->assign(recipients.size(), Outcome::not_tried("no host was tried"));
    if (route.kind == Route::LOCAL) { /* never a delivery: nobody has done it */
        outcomes->assign(recipients.size(), Outcome::later("a local domain has no other host"));
        return;
    }
    if (route.kind != Route::REMOTE) {
        outcomes->assign(recipients.size(), route.outcome);
        return;
    }
    Delivery delivery(job, file, route, recipients, outcomes);
    delivery.run();
    for (size_t i = 0; i < outcomes->size(); ++i)
        if ((*outcomes)[i].is_done())
            counter_add(COUNT_DELIVERED_REMOTE, 1);
}

} // namespace mail
