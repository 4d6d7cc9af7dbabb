/*
**  config - the value and the origin of every setting
**
**  A setting is taken from the first that has it: TCPIP$SMTP.CONF, logical name, configuration
**  database, default (spec 1, 4.1).  SMTP, POP and management use the same reader, so what SHOW
**  prints is what a server obeys.
*/
#ifndef MTA_CONFIG_H
#define MTA_CONFIG_H

#include <string>
#include <vector>
#include "CORE/params.h"
#include "boostset.h"

namespace mail {

enum ConfigOrigin {
    ORIGIN_DEFAULT,
    ORIGIN_PRESET, /* a default that another setting has changed */
    ORIGIN_DATABASE,
    ORIGIN_LOGICAL,
    ORIGIN_CONF_FILE,
    ORIGIN_TEST
};

/* "default", "personality", "configuration database", "logical name", "configuration file",
   "test" */
const char *config_origin_name(ConfigOrigin origin);

/*
**  A complete set of values, immutable once it is shared; any thread may read it.
**  About 20 KB; share it by SettingsPtr.
*/
class Settings {
public:
    Settings(); /* every setting has its default */

    bool flag(ParamId id) const { return values_[id].flag; }
    bool defined(ParamId id) const { return values_[id].defined; }
    /* PARAM_COUNT: the number; PARAM_CHOICE: index of the word; 0 when not defined */
    boost::uint32_t number(ParamId id) const { return values_[id].number; }
    /* PARAM_INTERVAL */
    boost::uint32_t seconds(ParamId id) const { return values_[id].number; }
    const std::string &text(ParamId id) const { return values_[id].text; }
    const std::vector<std::string> &items(ParamId id) const { return values_[id].items; }

    ConfigOrigin origin(ParamId id) const { return origins_[id]; }
    /* What SHOW says about it: the logical's name, the file's field or "" */
    const std::string &source(ParamId id) const { return sources_[id]; }

    /* Only before sharing.  False and *reason (may be 0) when the text is not a value of id. */
    bool set(ParamId id, const std::string &text, ConfigOrigin origin, const std::string &source,
             const char **reason);
    /* Defined, without items. */
    void set_empty_list(ParamId id, ConfigOrigin origin, const std::string &source);
    /* Applies param_presets to what still has its default.  Only before sharing. */
    void apply_presets();
    bool same_as(const Settings &other) const; /* values and origins */

    /*
    **  False: a file or a logical name could not be read although it may be there (device, memory,
    **  lock).  Who acts on such a set may refuse for good what the manager allows: servers do not
    **  start with it, and a job waits.
    */
    bool complete() const { return complete_; }
    void set_incomplete() { complete_ = false; }

private:
    ParamValue values_[P_COUNT];
    ConfigOrigin origins_[P_COUNT];
    std::string sources_[P_COUNT];
    bool complete_;
};

typedef boost::shared_ptr<const Settings> SettingsPtr;

/*
**  The settings of this process.  Read at the first call; later calls look for a changed file or
**  changed logical names at most every CONFIG_CHECK_TIME and then build a new set; who holds an old
**  set keeps it.  Bad values are told to log and operator once, and the next origin counts; of a
**  list only the bad items are left out.  Never empty.  Any thread.  A session takes one set when
**  it begins and keeps it.  A complete set stays while a new one cannot be read completely.
*/
SettingsPtr config_current();

/* Something of a setting that does not count. */
struct ConfigProblem {
    std::string source; /* "TCPIP$SMTP.CONF", or the logical name, or the database's keyword */
    size_t line;        /* in the file; 0 elsewhere */
    std::string text;   /* "Relay: not ON or OFF" */
    bool unreadable;    /* the source is there and cannot be read: the set is incomplete */
    ConfigProblem() : line(0), unreadable(false) {}
};
/* "TCPIP$SMTP.CONF, line 12: Relay: not ON or OFF" */
std::string config_problem_text(const ConfigProblem &problem);

/* Reads everything now, for management and tests.  problems: may be 0. */
SettingsPtr config_read(std::vector<ConfigProblem> *problems = 0);

/* Tests: config_current() answers with this set until config_use(SettingsPtr()). */
void config_use(const SettingsPtr &settings);

} // namespace mail
#endif
