/*
**  send_tls - one TLS context per set of authorities
*/
#include "send_tls.h"

#include <map>
#include <pthread.h>

namespace mail {

namespace {

typedef std::map<std::string, TlsClient *> Clients;
pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
Clients *the_clients = 0; /* by file of authorities; made at the first use, never deleted */

} // namespace

Status tls_client_for(const Settings &settings, TlsLevel level, TlsClient **client)
{
    std::string authorities = level == TLS_VERIFY ? settings.text(P_SEND_CA_FILE) : std::string();
    if (level == TLS_VERIFY && authorities.empty())
        return Status::no_such_file();
    Status status;
    pthread_mutex_lock(&mutex);
    if (!the_clients)
        the_clients = new Clients;
    TlsClient *&slot = (*the_clients)[authorities];
    if (!slot) {
        TlsClient *fresh = new TlsClient;
        status = fresh->load(authorities);
        if (status.ok())
            slot = fresh;
        else
            delete fresh;
    }
    *client = slot;
    pthread_mutex_unlock(&mutex);
    return status;
}

} // namespace mail
