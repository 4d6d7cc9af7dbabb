/*
**  service_db - the services database and the list of known (installed) images
**
**  A record is kept as text lines KEY=VALUE in one row, so that a new field needs no conversion.
*/
#include "service_db.h"
#include "plain_text.h"
#include "shim.h"

#include <arpa/inet.h>
#include <sqlite3.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <sstream>

namespace shim {

namespace {

class Database {
public:
    Database() : db_(0)
    {
        std::string path = root() + "/VMS$COMMON/SYSEXE/TCPIP$SERVICE.DAT;1";
        if (sqlite3_open(path.c_str(), &db_) != SQLITE_OK) {
            trace("service_db: %s: %s", path.c_str(), sqlite3_errmsg(db_));
            return;
        }
        sqlite3_busy_timeout(db_, 10000);
        sqlite3_exec(
            db_,
            "CREATE TABLE IF NOT EXISTS service(name TEXT PRIMARY KEY, record TEXT);"
            "CREATE TABLE IF NOT EXISTS known_image(image TEXT PRIMARY KEY, spec TEXT,"
            " privileges TEXT, bits TEXT);",
            0, 0, 0);
    }
    ~Database() { sqlite3_close(db_); }
    /* Runs sql with text and number bound where they are asked for; calls row for each result. */
    int run(const char *sql, const std::vector<std::string> &texts,
            const std::function<void(sqlite3_stmt *)> &row = std::function<void(sqlite3_stmt *)>())
    {
        sqlite3_stmt *s = 0;
        if (!db_ || sqlite3_prepare_v2(db_, sql, -1, &s, 0) != SQLITE_OK)
            return -1;
        for (size_t i = 0; i < texts.size(); ++i)
            sqlite3_bind_text(s, int(i) + 1, texts[i].data(), int(texts[i].size()),
                              SQLITE_TRANSIENT);
        int status;
        while ((status = sqlite3_step(s)) == SQLITE_ROW)
            if (row)
                row(s);
        int changes = sqlite3_changes(db_);
        sqlite3_finalize(s);
        return status == SQLITE_DONE ? changes : -1;
    }

private:
    sqlite3 *db_;
};

std::string column(sqlite3_stmt *s, int n)
{
    const unsigned char *text = sqlite3_column_text(s, n);
    return text ? std::string(reinterpret_cast<const char *>(text), sqlite3_column_bytes(s, n))
                : "";
}

std::string join(const std::vector<std::string> &v)
{
    std::string out;
    for (const std::string &s : v)
        out += (out.empty() ? "" : ",") + s;
    return out;
}

std::vector<std::string> split(const std::string &text)
{
    std::vector<std::string> out;
    std::istringstream in(text);
    std::string part;
    while (std::getline(in, part, ','))
        if (!part.empty())
            out.push_back(part);
    return out;
}

typedef std::map<std::string, std::string> Fields;

std::string write_fields(const Fields &f, char end)
{
    std::string out;
    for (const auto &e : f)
        out += e.first + "=" + e.second + end;
    return out;
}

Fields read_fields(const std::string &text, char end)
{
    Fields f;
    std::istringstream in(text);
    std::string line;
    while (std::getline(in, line, end)) {
        size_t eq = line.find('=');
        if (eq != std::string::npos)
            f[line.substr(0, eq)] = line.substr(eq + 1);
    }
    return f;
}

Fields rule_fields(const ServiceRules &r)
{
    Fields f;
    f["ACCEPT_HOSTS"] = join(r.accept_hosts);
    f["ACCEPT_NETWORKS"] = join(r.accept_networks);
    f["REJECT_HOSTS"] = join(r.reject_hosts);
    f["REJECT_NETWORKS"] = join(r.reject_networks);
    f["REJECT_MESSAGE"] = r.reject_message;
    f["LOG_REJECTS"] = r.log_rejects ? "1" : "0";
    return f;
}

void rules_from(Fields &f, ServiceRules *r)
{
    r->accept_hosts = split(f["ACCEPT_HOSTS"]);
    r->accept_networks = split(f["ACCEPT_NETWORKS"]);
    r->reject_hosts = split(f["REJECT_HOSTS"]);
    r->reject_networks = split(f["REJECT_NETWORKS"]);
    r->reject_message = f["REJECT_MESSAGE"];
    r->log_rejects = f["LOG_REJECTS"] != "0";
}

/* An IPv4 address as IPv4-mapped IPv6, so that one comparison serves both. */
bool parse_address(const std::string &text, unsigned char out[16])
{
    in_addr v4;
    if (inet_pton(AF_INET, text.c_str(), &v4) == 1) {
        memset(out, 0, 10);
        out[10] = out[11] = 0xff;
        memcpy(out + 12, &v4, 4);
        return true;
    }
    return inet_pton(AF_INET6, text.c_str(), out) == 1;
}

bool in_network(const unsigned char address[16], const std::string &network)
{
    size_t slash = network.find('/');
    unsigned char base[16];
    std::string text = network.substr(0, slash);
    if (!parse_address(text, base))
        return false;
    int bits = text.find(':') == std::string::npos ? 32 : 128;
    if (slash != std::string::npos)
        bits = atoi(network.c_str() + slash + 1);
    if (text.find(':') == std::string::npos)
        bits += 96;
    for (int i = 0; i < bits; ++i)
        if (((address[i / 8] ^ base[i / 8]) >> (7 - i % 8)) & 1)
            return false;
    return true;
}

bool listed(const unsigned char address[16], const std::vector<std::string> &hosts,
            const std::vector<std::string> &networks)
{
    for (const std::string &h : hosts) {
        unsigned char host[16];
        if (parse_address(h, host) && memcmp(host, address, 16) == 0)
            return true;
    }
    for (const std::string &n : networks)
        if (in_network(address, n))
            return true;
    return false;
}

std::string check_lists(const ServiceRules &r)
{
    for (const auto *hosts : {&r.accept_hosts, &r.reject_hosts}) {
        if (hosts->size() > SERVICE_HOSTS_MAX)
            return "more than 32 hosts";
        unsigned char address[16];
        for (const std::string &h : *hosts)
            if (!parse_address(h, address))
                return "not an address: " + h;
    }
    for (const auto *networks : {&r.accept_networks, &r.reject_networks}) {
        if (networks->size() > SERVICE_NETWORKS_MAX)
            return "more than 16 networks";
        for (const std::string &n : *networks) {
            unsigned char address[16];
            if (!parse_address(n.substr(0, n.find('/')), address))
                return "not a network: " + n;
        }
    }
    if (r.reject_message.size() > SERVICE_MESSAGE_MAX)
        return "reject message longer than 63 characters";
    return "";
}

/* The host path of the one version that is meant; of a file that is not there, the path without
   its version. */
std::string image_key(const std::string &image)
{
    std::string path;
    if (!image.empty() && image[0] == '/')
        return image;
    if (host_path(image, "SYS$SYSTEM:.EXE", true, &path, nullptr) & 1)
        return path;
    if (!(host_path(image, "SYS$SYSTEM:.EXE", false, &path, nullptr) & 1))
        path = upper(image); /* not even its directory is there */
    return path.substr(0, path.rfind(';'));
}

std::string without_version(const std::string &path)
{
    return path.substr(0, path.rfind(';'));
}

ServiceRecord from_row(sqlite3_stmt *s)
{
    ServiceRecord r;
    Fields f = read_fields(column(s, 1), '\n');
    r.name = column(s, 0);
    r.address = f["ADDRESS"];
    r.port = atoi(f["PORT"].c_str());
    r.process_name = f["PROCESS_NAME"];
    r.user = f["USER_NAME"];
    r.file = f["FILE"];
    r.log_file = f["LOG_FILE"];
    r.limit = atoi(f["LIMIT"].c_str());
    r.inactivity = atoi(f["INACTIVITY"].c_str());
    r.listen = f["LISTEN"] == "1";
    r.enabled = f["ENABLED"] == "1";
    rules_from(f, &r.rules);
    return r;
}

} // namespace

bool ServiceRules::admits(const std::string &address) const
{
    unsigned char a[16];
    if (!parse_address(address, a))
        return accept_hosts.empty() && accept_networks.empty();
    if (listed(a, reject_hosts, reject_networks))
        return false;
    return (accept_hosts.empty() && accept_networks.empty()) ||
           listed(a, accept_hosts, accept_networks);
}

std::string ServiceRules::encode() const
{
    return write_fields(rule_fields(*this), '\t');
}

bool ServiceRules::decode(const std::string &text)
{
    Fields f = read_fields(text, '\t');
    rules_from(f, this);
    return !f.empty();
}

std::string service_check(const ServiceRecord &r)
{
    if (r.name.empty() || r.name.size() > SERVICE_NAME_MAX)
        return "service name must have 1 to 16 characters";
    if (r.name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$_-") != std::string::npos)
        return "service name may hold A-Z 0-9 $ _ - only";
    if (r.port < 1 || r.port > 65535)
        return "/PORT must be 1 to 65535";
    if (r.process_name.empty() || r.process_name.size() > SERVICE_PROCESS_MAX)
        return "/PROCESS_NAME must have 1 to 15 characters";
    if (r.user.empty())
        return "/USER_NAME is required";
    if (r.file.empty())
        return "/FILE is required";
    if (r.limit < 1)
        return "/LIMIT must be 1 or more";
    return check_lists(r.rules);
}

std::string service_put(const ServiceRecord &record)
{
    ServiceRecord r = record;
    r.name = upper(r.name);
    std::string wrong = service_check(r);
    if (!wrong.empty())
        return wrong;
    Fields f = rule_fields(r.rules);
    f["ADDRESS"] = r.address;
    f["PORT"] = std::to_string(r.port);
    f["PROCESS_NAME"] = r.process_name;
    f["USER_NAME"] = upper(r.user);
    f["FILE"] = r.file;
    f["LOG_FILE"] = r.log_file;
    f["LIMIT"] = std::to_string(r.limit);
    f["INACTIVITY"] = std::to_string(r.inactivity);
    f["LISTEN"] = r.listen ? "1" : "0";
    f["ENABLED"] = r.enabled ? "1" : "0";
    Database db;
    if (db.run("INSERT OR REPLACE INTO service VALUES(?,?)", {r.name, write_fields(f, '\n')}) < 0)
        return "the services database cannot be written";
    return "";
}

bool service_get(const std::string &name, ServiceRecord *record)
{
    bool found = false;
    Database().run("SELECT name,record FROM service WHERE name=?", {upper(name)},
                   [&](sqlite3_stmt *s) { *record = from_row(s); found = true; });
    return found;
}

bool service_remove(const std::string &name)
{
    return Database().run("DELETE FROM service WHERE name=?", {upper(name)}) > 0;
}

std::vector<ServiceRecord> service_list()
{
    std::vector<ServiceRecord> all;
    Database().run("SELECT name,record FROM service ORDER BY name", {},
                   [&](sqlite3_stmt *s) { all.push_back(from_row(s)); });
    return all;
}

void known_image_set(const KnownImage &image)
{
    std::string bits;
    for (bool bit : {image.privileged, image.open, image.header, image.shared, image.is_protected})
        bits += bit ? '1' : '0';
    Database().run("INSERT OR REPLACE INTO known_image VALUES(?,?,?,?)",
                   {image_key(image.spec), image.spec, std::to_string(image.privileges), bits});
}

std::vector<KnownImage> known_image_list()
{
    std::vector<KnownImage> all;
    Database().run("SELECT spec, privileges, bits FROM known_image ORDER BY spec", {},
                   [&](sqlite3_stmt *s) {
                       KnownImage one;
                       one.spec = column(s, 0);
                       one.privileges = strtoull(column(s, 1).c_str(), 0, 10);
                       std::string bits = column(s, 2) + "00000";
                       one.privileged = bits[0] == '1';
                       one.open = bits[1] == '1';
                       one.header = bits[2] == '1';
                       one.shared = bits[3] == '1';
                       one.is_protected = bits[4] == '1';
                       all.push_back(one);
                   });
    return all;
}

bool known_image_get(const std::string &spec, KnownImage *image)
{
    const std::string key = image_key(spec);
    for (const KnownImage &one : known_image_list())
        if (image_key(one.spec) == key) {
            *image = one;
            return true;
        }
    return false;
}

bool known_image_named(const std::string &spec, KnownImage *image)
{
    const std::string key = without_version(image_key(spec));
    for (const KnownImage &one : known_image_list())
        if (without_version(image_key(one.spec)) == key) {
            *image = one;
            return true;
        }
    return false;
}

void known_image_remove(const std::string &spec)
{
    Database().run("DELETE FROM known_image WHERE image=?", {image_key(spec)});
}

void known_image_put(const std::string &image, uint64_t privileges)
{
    KnownImage one;
    std::string path;
    if (!(host_path(image, "SYS$SYSTEM:.EXE", true, &path, &one.spec) & 1))
        one.spec = "SYS$SYSTEM:" + image + (image.find('.') == std::string::npos ? ".EXE" : "");
    one.privileges = privileges;
    one.privileged = one.open = true;
    known_image_set(one);
}

uint64_t known_image_privileges(const std::string &image_spec)
{
    KnownImage image;
    return known_image_get(image_spec, &image) ? image.privileges : 0;
}

bool known_image_exists(const std::string &image_spec)
{
    KnownImage image;
    return known_image_get(image_spec, &image);
}

bool ask_auxiliary(const std::string &command, std::string *answer)
{
    std::string path = node_path("inetacp.sock");
    sockaddr_un a = {};
    a.sun_family = AF_UNIX;
    memcpy(a.sun_path, path.c_str(), std::min(path.size(), sizeof a.sun_path - 1));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&a), sizeof a) != 0) {
        close(fd);
        return false;
    }
    std::string line = command + "\n";
    bool sent = send(fd, line.data(), line.size(), MSG_NOSIGNAL) == ssize_t(line.size());
    char buffer[4096];
    ssize_t n;
    answer->clear();
    while (sent && (n = recv(fd, buffer, sizeof buffer, 0)) > 0)
        answer->append(buffer, size_t(n));
    close(fd);
    return sent;
}

} // namespace shim
