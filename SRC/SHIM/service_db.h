/*
**  service_db - the services database of the auxiliary server (TCPIP SET SERVICE)
**
**  HP Management "SET SERVICE"; spec/hp-smtp-pop.md 3.10; spec/vms-api.md 6.2.  An SQLite file,
**  SYS$SYSTEM:TCPIP$SERVICE.DAT.  Calls are safe between processes; one thread at a time each.
*/
#ifndef SHIM_SERVICE_DB_H
#define SHIM_SERVICE_DB_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim {

enum {
    SERVICE_NAME_MAX = 16,
    SERVICE_PROCESS_MAX = 15,
    SERVICE_HOSTS_MAX = 32,
    SERVICE_NETWORKS_MAX = 16,
    SERVICE_MESSAGE_MAX = 63
};

struct ServiceRules {
    std::vector<std::string> accept_hosts, accept_networks; /* "10.0.0.1", "10.0.0.0/8" */
    std::vector<std::string> reject_hosts, reject_networks;
    std::string reject_message; /* sent with CRLF to who is refused */
    bool log_rejects;
    ServiceRules() : log_rejects(true) {}
    bool admits(const std::string &address) const;
    std::string encode() const; /* one line, for the environment of the service's process */
    bool decode(const std::string &text);
};

struct ServiceRecord {
    std::string name;         /* upper case */
    std::string address;      /* where to listen; 0.0.0.0 by default */
    int port;                 /* 1-65535 */
    std::string process_name; /* of the server process */
    std::string user;         /* account */
    std::string file;         /* image, or command procedure: its type is .COM */
    std::string log_file;     /* SYS$OUTPUT of the process; a new version for each process */
    int limit;                /* processes at once */
    int inactivity;           /* minutes without a connection after which a process may end */
    bool listen;              /* the process is given the listening socket, not a connection */
    bool enabled;             /* enabled at boot */
    ServiceRules rules;
    ServiceRecord()
        : address("0.0.0.0"), port(0), limit(1), inactivity(5), listen(false), enabled(false)
    {}
};

/* Empty text, or what is wrong with the record. */
std::string service_check(const ServiceRecord &record);
std::string service_put(const ServiceRecord &record);
bool service_get(const std::string &name, ServiceRecord *record);
bool service_remove(const std::string &name);
std::vector<ServiceRecord> service_list();

/* A command for the running auxiliary server (ENABLE name, DISABLE name, SHOW), and its answer,
   empty for success.  False when it does not run. */
bool ask_auxiliary(const std::string &command, std::string *answer);

/*
**  Known images (INSTALL).  An entry is for one version of one file; spec is its full name.  What
**  an image that is activated gets is asked for by its specification or host path.
*/
struct KnownImage {
    std::string spec;
    uint64_t privileges = 0;
    bool privileged = false, open = false, header = false, shared = false, is_protected = false;
};
void known_image_set(const KnownImage &image);
bool known_image_get(const std::string &spec, KnownImage *image);
bool known_image_named(const std::string &spec, KnownImage *image); /* of any version */
void known_image_remove(const std::string &spec);
std::vector<KnownImage> known_image_list();
void known_image_put(const std::string &image, uint64_t privileges); /* SYS$SYSTEM:image.EXE */
uint64_t known_image_privileges(const std::string &image_spec);
bool known_image_exists(const std::string &image_spec);

} // namespace shim

#endif
