/*
**  config - resolves every setting: CONF file over logical name over database over default
**
**  A set of values is built whole and then never changes; a changed file or logical name makes a
**  new set.  Building reads two files and about a hundred logical names: below a millisecond.
*/
#include "MTA/config.h"

#include <pthread.h>
#include "CORE/text.h"
#include "MTA/config_store.h"
#include "MTA/log.h"
#include "VMS/logical.h"
#include "VMS/vmstime.h"

namespace mail {

const char *config_origin_name(ConfigOrigin origin)
{
    static const char *const names[] = {"default", "configuration database", "logical name",
                                        "configuration file", "test"};
    return names[origin];
}

Settings::Settings() : complete_(true)
{
    for (int i = 0; i < P_COUNT; ++i) {
        values_[i] = param_default(static_cast<ParamId>(i));
        origins_[i] = ORIGIN_DEFAULT;
    }
}

bool Settings::set(ParamId id, const std::string &text, ConfigOrigin origin,
                   const std::string &source, const char **reason)
{
    if (!param_parse(id, text, &values_[id], reason))
        return false;
    origins_[id] = origin;
    sources_[id] = source;
    return true;
}

bool Settings::same_as(const Settings &other) const
{
    for (int i = 0; i < P_COUNT; ++i)
        if (values_[i].text != other.values_[i].text ||
            values_[i].defined != other.values_[i].defined || origins_[i] != other.origins_[i] ||
            sources_[i] != other.sources_[i])
            return false;
    return complete_ == other.complete_;
}

/* ---- one set ---- */

/* Takes a value or notes in *problems why not. */
static bool take(Settings *settings, ParamId id, const std::string &text, ConfigOrigin origin,
                 const std::string &source, std::string *problems)
{
    const char *reason = 0;
    if (settings->set(id, text, origin, source, &reason))
        return true;
    *problems += source + ": " + reason + "; ";
    return false;
}

static Status translate(const ParamRow &row, const std::string &name, std::string *text)
{
    if (row.mode == PARAM_EXEC_MODE)
        return logical_trusted(name, text);
    if (row.type != PARAM_LIST)
        return logical_translate(name, text);
    std::vector<std::string> values;
    Status status = logical_translate_list(name, &values);
    text->clear();
    for (size_t i = 0; i < values.size(); ++i)
        *text += (i ? "," : "") + values[i];
    return status;
}

/* Not there is an answer; anything else leaves the set incomplete. */
static bool note_trouble(Settings *settings, const std::string &what, const Status &status,
                         std::string *problems)
{
    if (status.ok() || status.not_found())
        return false;
    if (settings->complete()) /* the first one tells enough */
        *problems += what + ": " + status.text() + "; ";
    settings->set_incomplete();
    return true;
}

/*
**  HP's switches are on when the name exists, whatever it says (HP 18.5, 19.3); TCPware's have a
**  value that may say no.
*/
static bool take_logical(Settings *settings, const ParamRow &row, const std::string &name,
                         bool existence, std::string *problems)
{
    std::string text;
    if (name.empty())
        return false;
    Status status = translate(row, name, &text);
    if (note_trouble(settings, name, status, problems) || !status.ok())
        return false;
    if (existence && row.type == PARAM_EXISTS)
        text = "ON";
    return take(settings, row.id, text, ORIGIN_LOGICAL, name, problems);
}

static void take_logicals(Settings *settings, const ParamRow &row, std::string *problems)
{
    std::string names = row.logical;
    size_t from = 0;
    while (from < names.size()) {
        size_t to = names.find(',', from);
        if (to == std::string::npos)
            to = names.size();
        if (take_logical(settings, row, names.substr(from, to - from), true, problems))
            return;
        from = to + 1;
    }
    take_logical(settings, row, row.tcpware, false, problems);
}

static boost::shared_ptr<Settings> build(std::string *problems)
{
    boost::shared_ptr<Settings> settings(new Settings);
    ConfigEntries database, conf;
    size_t bad_lines = 0;
    note_trouble(settings.get(), "configuration database", config_read_database(&database),
                 problems);
    for (size_t i = 0; i < database.size(); ++i) {
        ParamId id = param_find(database[i].first);
        if (id != P_COUNT)
            take(settings.get(), id, database[i].second, ORIGIN_DATABASE, database[i].first,
                 problems);
    }
    for (int i = 0; i < P_COUNT; ++i)
        take_logicals(settings.get(), param_row(static_cast<ParamId>(i)), problems);
    note_trouble(settings.get(), "configuration file", config_read_conf(&conf, &bad_lines),
                 problems);
    if (bad_lines != 0)
        *problems += "lines that are no field: " + text_from_number(bad_lines) + "; ";
    for (size_t i = 0; i < conf.size(); ++i) {
        ParamId id = param_find_field(conf[i].first);
        if (id == P_COUNT)
            *problems += conf[i].first + ": unknown field; ";
        else
            take(settings.get(), id, conf[i].second, ORIGIN_CONF_FILE, conf[i].first, problems);
    }
    return settings;
}

SettingsPtr config_read()
{
    std::string problems;
    return build(&problems);
}

/* ---- the set of this process ---- */

/* seconds until what could not be read is tried again */
static const boost::uint32_t LOOK_AGAIN = 1;

struct Current {
    SettingsPtr settings, forced;
    VmsTime next_look;
    std::string problems; /* as last logged */
    bool looking;         /* one thread builds, the others go on with what there is */
    Current() : next_look(0), looking(false) {}
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t built = PTHREAD_COND_INITIALIZER;
static Current *the_current = 0; /* made at the first use, never deleted */

static Current &current()
{
    if (!the_current)
        the_current = new Current;
    return *the_current;
}

/* The lock is held at entry and at return, not while building. */
static void rebuild(Current &c)
{
    std::string problems;
    c.looking = true;
    pthread_mutex_unlock(&mutex);
    boost::shared_ptr<Settings> fresh = build(&problems);
    pthread_mutex_lock(&mutex);
    c.looking = false;
    bool kept = !fresh->complete() && c.settings && c.settings->complete();
    if (!c.settings || (!kept && !fresh->same_as(*c.settings)))
        c.settings = fresh;
    boost::uint32_t wait = c.settings->seconds(P_CONFIG_CHECK_TIME);
    c.next_look = vmstime_after(!fresh->complete() && wait > LOOK_AGAIN ? LOOK_AGAIN : wait);
    if (problems != c.problems) {
        c.problems = problems;
        if (!fresh->complete())
            LogLine(LOG_ERROR, "", "configuration")
                .add("not_read", problems)
                .add("kept", kept ? "yes" : "no");
        else if (!problems.empty())
            LogLine(LOG_WARNING, "", "configuration").add("ignored", problems);
    }
    pthread_cond_broadcast(&built);
}

SettingsPtr config_current()
{
    pthread_mutex_lock(&mutex);
    Current &c = current();
    SettingsPtr answer = c.forced;
    if (!answer) {
        if (!c.looking && (!c.settings || vmstime_now() >= c.next_look))
            rebuild(c);
        while (!c.settings)
            pthread_cond_wait(&built, &mutex);
        answer = c.settings;
    }
    pthread_mutex_unlock(&mutex);
    return answer;
}

void config_use(const SettingsPtr &settings)
{
    pthread_mutex_lock(&mutex);
    current().forced = settings;
    current().next_look = 0;
    pthread_mutex_unlock(&mutex);
}

} // namespace mail
