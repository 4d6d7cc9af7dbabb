/*
**  route_services - what the router asks, answered by DNS, hosts file and the local MX file
**
**  The local MX database is a text file, TCPIP$SMTP_COMMON:TCPIP$SMTP_LOCAL_MX.TXT, with one line
**  per record: destination gateway preference.  Destinations are case-sensitive (HP 18.1.5).
*/
#include "MTA/router.h"

#include <pthread.h>
#include "MTA/config_store.h"
#include "VMS/recfile.h"
#include "VMS/resolver.h"
#include "VMS/vmstime.h"

namespace mail {

enum { MX_LOOK_SECONDS = 10 };

struct KeptMx {
    std::string text;
    VmsTime next_look;
    bool known; /* text is what the file had when it could be read last, or there was no file */
    KeptMx() : next_look(0), known(false) {}
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static KeptMx *the_mx = 0; /* made at the first use, never deleted */

static RouteServices::Answer answer_of(ResolverResult result)
{
    switch (result) {
    case RESOLVER_FOUND:
        return RouteServices::FOUND;
    case RESOLVER_NO_DATA:
        return RouteServices::NO_DATA;
    case RESOLVER_NO_NAME:
        return RouteServices::NO_DOMAIN;
    case RESOLVER_FAILED:
        break;
    }
    return RouteServices::TROUBLE;
}

/* A file that cannot be read now leaves what was read before.  REQUIRES: the mutex. */
static void look_at_mx(KeptMx *kept)
{
    if (vmstime_now() < kept->next_look)
        return;
    std::string text;
    Status status = file_read_text(config_common_file(ROUTER_MX_FILE), "", ROUTER_MX_FILE_MAX,
                                   "\n", &text);
    if (status.ok() || status.not_found()) {
        kept->text.swap(text);
        kept->known = true;
    }
    kept->next_look = vmstime_after(MX_LOOK_SECONDS);
}

class SystemRouteServices : public RouteServices {
public:
    virtual Answer local_mx(const std::string &domain, std::vector<RouteMx> *mx)
    {
        pthread_mutex_lock(&mutex);
        if (!the_mx)
            the_mx = new KeptMx;
        look_at_mx(the_mx);
        std::string text = the_mx->text;
        bool known = the_mx->known;
        pthread_mutex_unlock(&mutex);
        router_parse_mx(text, domain, mx);
        return !mx->empty() ? FOUND : known ? NO_DATA : TROUBLE;
    }

    virtual Answer bind_mx(const std::string &domain, std::vector<RouteMx> *mx)
    {
        std::vector<MxRecord> records;
        Answer answer = answer_of(resolver_mx(domain, ResolverOptions(), &records));
        for (size_t i = 0; i < records.size(); ++i) {
            RouteMx record;
            record.host = records[i].host;
            record.preference = static_cast<boost::uint16_t>(records[i].preference);
            mx->push_back(record);
        }
        return answer;
    }

    virtual Answer bind_address(const std::string &host)
    {
        std::vector<NetAddress> addresses;
        return answer_of(resolver_addresses(host, ResolverOptions(), &addresses));
    }

    virtual Answer local_host(const std::string &host)
    {
        std::vector<NetAddress> addresses;
        bool known;
        if (hosts_find(host, &addresses, &known))
            return FOUND;
        return known ? NO_DATA : TROUBLE;
    }
};

RouteServices &router_services()
{
    static SystemRouteServices services; /* no data: nothing to construct */
    return services;
}

} // namespace mail
