/*
**  table_services - a name service for tests of the router
*/
#ifndef TEST_TABLE_SERVICES_H
#define TEST_TABLE_SERVICES_H

#include <map>
#include <string>
#include <vector>
#include "MTA/router.h"

namespace mail {

/* Answers from maps; what is in none of them does not exist. */
class TableServices : public RouteServices {
public:
    std::map<std::string, std::vector<RouteMx> > local, bind;
    std::map<std::string, Answer> mx_answers, address_answers;
    std::string hosts; /* " a b " */
    bool mx_unreadable, hosts_unreadable;
    int questions;
    TableServices() : mx_unreadable(false), hosts_unreadable(false), questions(0) {}

    void mx(std::map<std::string, std::vector<RouteMx> > *to, const char *domain, const char *host,
            int preference)
    {
        RouteMx record;
        record.host = host;
        record.preference = static_cast<boost::uint16_t>(preference);
        (*to)[domain].push_back(record);
    }
    virtual Answer local_mx(const std::string &domain, std::vector<RouteMx> *mx)
    {
        if (mx_unreadable)
            return TROUBLE;
        if (local.count(domain) == 0)
            return NO_DATA;
        *mx = local[domain];
        return FOUND;
    }
    virtual Answer bind_mx(const std::string &domain, std::vector<RouteMx> *mx)
    {
        ++questions;
        if (mx_answers.count(domain) != 0)
            return mx_answers[domain];
        if (bind.count(domain) == 0)
            return address_answers.count(domain) ? NO_DATA : NO_DOMAIN;
        *mx = bind[domain];
        return FOUND;
    }
    virtual Answer bind_address(const std::string &host)
    {
        ++questions;
        return address_answers.count(host) ? address_answers[host] : NO_DOMAIN;
    }
    virtual Answer local_host(const std::string &host)
    {
        if (hosts_unreadable)
            return TROUBLE;
        return hosts.find(" " + host + " ") != std::string::npos ? FOUND : NO_DATA;
    }
};

} // namespace mail
#endif
