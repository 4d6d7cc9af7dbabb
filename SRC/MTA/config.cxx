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

enum { OPERATOR_PROBLEMS = 10 };

const char *config_origin_name(ConfigOrigin origin)
{
    static const char *const names[] = {"default", "personality", "configuration database",
                                        "logical name", "configuration file", "test"};
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

void Settings::set_empty_list(ParamId id, ConfigOrigin origin, const std::string &source)
{
    values_[id] = ParamValue();
    values_[id].defined = true;
    origins_[id] = origin;
    sources_[id] = source;
}

void Settings::apply_presets()
{
    for (size_t i = 0; i < param_preset_count; ++i) {
        const ParamPreset &preset = param_presets[i];
        ParamValue choice;
        if (origins_[preset.id] == ORIGIN_DEFAULT &&
            param_parse(preset.when, preset.choice, &choice, 0) &&
            choice.number == number(preset.when))
            set(preset.id, preset.value, ORIGIN_PRESET, param_row(preset.when).name, 0);
    }
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

typedef std::vector<ConfigProblem> Problems;

static void note(Problems *problems, const std::string &source, size_t line,
                 const std::string &text)
{
    ConfigProblem problem;
    problem.source = source;
    problem.line = line;
    problem.text = text;
    problems->push_back(problem);
}

/* Takes a value or notes why not. */
static bool take_value(Settings *settings, ParamId id, const std::string &text,
                       ConfigOrigin origin, const std::string &source, std::string *why)
{
    const char *reason = 0;
    if (settings->set(id, text, origin, source, &reason))
        return true;
    *why = reason;
    return false;
}

/*
**  Takes the good items of a list.  When none is good the list is there and empty: a Good-Clients
**  full of slips must not be the same as none, which lets everybody relay.
*/
static void take_items(Settings *settings, ParamId id, const std::vector<ConfItem> &items,
                       ConfigOrigin origin, const std::string &source,
                       const std::string &file, Problems *problems)
{
    std::string good, why;
    for (size_t i = 0; i < items.size(); ++i) {
        const char *reason = param_item_reason(id, items[i].text);
        if (reason)
            note(problems, file, items[i].line, source + ": " + items[i].text + ": " + reason);
        else
            good += (good.empty() ? "" : ",") + items[i].text;
    }
    if (good.empty() && !items.empty()) {
        if (param_row(id).def[0] == '\0')
            settings->set_empty_list(id, origin, source);
    } else if (!take_value(settings, id, good, origin, source, &why))
        note(problems, file, items.empty() ? 0 : items[0].line, source + ": " + why);
}

static void split_items(const std::string &text, std::vector<ConfItem> *items)
{
    std::vector<std::string> pieces;
    text_split(text, ',', &pieces);
    for (size_t i = 0; i < pieces.size(); ++i) {
        ConfItem item;
        item.text = pieces[i];
        if (!item.text.empty())
            items->push_back(item);
    }
}

/* A value from a logical name or the database. */
static bool take(Settings *settings, ParamId id, const std::string &text, ConfigOrigin origin,
                 const std::string &source, Problems *problems)
{
    std::string why;
    if (param_row(id).type == PARAM_LIST) {
        std::vector<ConfItem> items;
        split_items(text, &items);
        take_items(settings, id, items, origin, source, source, problems);
        return settings->origin(id) == origin;
    }
    if (take_value(settings, id, text, origin, source, &why))
        return true;
    note(problems, source, 0, why);
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
                         Problems *problems)
{
    if (status.ok() || status.not_found())
        return false;
    if (settings->complete()) { /* the first one tells enough */
        note(problems, what, 0, status.text());
        problems->back().unreadable = true;
    }
    settings->set_incomplete();
    return true;
}

/*
**  HP's switches are on when the name exists, whatever it says (HP 18.5, 19.3); TCPware's have a
**  value that may say no.
*/
static bool take_logical(Settings *settings, const ParamRow &row, const std::string &name,
                         bool existence, Problems *problems)
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

/* The first of several spellings that exists. */
static bool take_names(Settings *settings, const ParamRow &row, const std::string &names,
                       bool existence, Problems *problems)
{
    size_t from = 0;
    while (from < names.size()) {
        size_t to = names.find(',', from);
        if (to == std::string::npos)
            to = names.size();
        if (take_logical(settings, row, names.substr(from, to - from), existence, problems))
            return true;
        from = to + 1;
    }
    return false;
}

static void take_logicals(Settings *settings, const ParamRow &row, Problems *problems)
{
    if (!take_names(settings, row, row.logical, true, problems))
        take_names(settings, row, row.tcpware, false, problems);
}

static void take_conf(Settings *settings, Problems *problems)
{
    std::vector<ConfField> fields;
    std::vector<ConfProblem> bad_lines;
    std::string file, why;
    Status status = config_read_conf(&fields, &bad_lines, &file);
    note_trouble(settings, file, status, problems);
    for (size_t i = 0; i < bad_lines.size(); ++i)
        note(problems, file, bad_lines[i].line, bad_lines[i].text);
    for (size_t i = 0; i < fields.size(); ++i) {
        const ConfField &field = fields[i];
        ParamId id = param_find_field(field.name);
        if (id == P_COUNT)
            note(problems, file, field.line, field.name + ": unknown field");
        else if (field.is_list)
            take_items(settings, id, field.items, ORIGIN_CONF_FILE, field.name, file, problems);
        else if (!take_value(settings, id, field.value, ORIGIN_CONF_FILE, field.name, &why))
            note(problems, file, field.line, field.name + ": " + why);
    }
}

static boost::shared_ptr<Settings> build(Problems *problems)
{
    boost::shared_ptr<Settings> settings(new Settings);
    ConfigEntries database;
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
    take_conf(settings.get(), problems);
    settings->apply_presets();
    return settings;
}

std::string config_problem_text(const ConfigProblem &problem)
{
    std::string text = problem.source;
    if (problem.line != 0)
        text += ", line " + text_from_number(problem.line);
    return text + ": " + problem.text;
}

SettingsPtr config_read(std::vector<ConfigProblem> *problems)
{
    std::vector<ConfigProblem> own;
    return build(problems ? problems : &own);
}

/* ---- the set of this process ---- */

/* seconds until what could not be read is tried again */
static const boost::uint32_t LOOK_AGAIN = 1;

struct Current {
    SettingsPtr settings, forced;
    VmsTime next_look;
    std::string told;     /* the problems that were told last */
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

/* A line of the log each; the operator hears of the first ones. */
static void tell(const Problems &problems, bool kept)
{
    for (size_t i = 0; i < problems.size(); ++i) {
        std::string text = config_problem_text(problems[i]);
        if (problems[i].unreadable) {
            LogLine(LOG_ERROR, "", "configuration")
                .add("not_read", text)
                .add("kept", kept ? "yes" : "no");
            continue;
        }
        LogLine(LOG_WARNING, "", "configuration").add("ignored", text);
        if (i < OPERATOR_PROBLEMS)
            log_operator(text);
    }
    if (problems.size() > OPERATOR_PROBLEMS)
        log_operator("configuration: " + text_from_number(problems.size() - OPERATOR_PROBLEMS) +
                     " more problems, see the log");
}

/* The lock is held at entry and at return, not while building. */
static void rebuild(Current &c)
{
    Problems problems;
    std::string all;
    c.looking = true;
    pthread_mutex_unlock(&mutex);
    boost::shared_ptr<Settings> fresh = build(&problems);
    /* only who builds changes what is looked at here */
    bool kept = !fresh->complete() && c.settings && c.settings->complete();
    for (size_t i = 0; i < problems.size(); ++i)
        all += config_problem_text(problems[i]) + "\n";
    if (all != c.told) {
        c.told = all;
        tell(problems, kept);
    }
    pthread_mutex_lock(&mutex);
    c.looking = false;
    if (!c.settings || (!kept && !fresh->same_as(*c.settings)))
        c.settings = fresh;
    boost::uint32_t wait = c.settings->seconds(P_CONFIG_CHECK_TIME);
    c.next_look = vmstime_after(!fresh->complete() && wait > LOOK_AGAIN ? LOOK_AGAIN : wait);
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
