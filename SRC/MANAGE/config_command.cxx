/*
**  config_command - SET and SHOW CONFIGURATION SMTP (HP 18.2, spec 3.2)
**
**  The qualifiers are the `config` column of the parameter table, so a setting of the table needs
**  only its keyword in MANAGE.CLD.  Nothing is written unless every value is good.
*/
#include "config_command.h"

#include "CORE/text.h"
#include "MTA/identity.h"
#include "VMS/cli.h"
#include "VMS/process.h"
#include "mail_queues.h"
#include "manage_commands.h"
#include "manage_output.h"

namespace mail {

/* What a command says about one setting. */
struct Change {
    bool given, removed;
    std::string value;
    Change() : given(false), removed(false) {}
};

/* "GATEWAY.ALTERNATE" is asked only when /GATEWAY is there. */
static CliPresence presence_of(const std::string &path)
{
    size_t point = path.find('.');
    if (point != std::string::npos && !cli_given(path.substr(0, point)))
        return CLI_IS_ABSENT;
    return cli_presence(path);
}

/* HEADERS has four keywords for its three values. */
static Change headers_change()
{
    Change change;
    CliPresence top = presence_of("OPTIONS.TOP_HEADERS");
    CliPresence any = presence_of("OPTIONS.HEADERS");
    if (top == CLI_IS_PRESENT)
        change.value = "TOP";
    else if (any == CLI_IS_NEGATED)
        change.value = "NONE";
    else if (any == CLI_IS_PRESENT || top == CLI_IS_NEGATED)
        change.value = "BOTTOM";
    change.given = !change.value.empty();
    return change;
}

static Change change_of(const ParamRow &row)
{
    if (row.id == P_HEADERS)
        return headers_change();
    Change change;
    CliPresence presence = presence_of(row.config);
    change.given = presence == CLI_IS_PRESENT || presence == CLI_IS_NEGATED;
    if (!change.given)
        return change;
    if (row.type == PARAM_BOOLEAN) {
        change.value = presence == CLI_IS_PRESENT ? "ON" : "OFF";
        return change;
    }
    if (presence == CLI_IS_PRESENT && cli_value(row.config, &change.value)) {
        if (row.type == PARAM_DOMAIN)
            change.value = text_lowered(change.value); /* DCL has made capitals of it */
        return change;
    }
    /* without a value: the default again; /NOLOG is no log at all */
    change.removed = presence == CLI_IS_PRESENT || row.id != P_LOG_FILE;
    return change;
}

void config_entries_set(ConfigEntries *entries, const std::string &name, const std::string *value)
{
    for (size_t i = 0; i < entries->size(); ++i) {
        if (!text_equal((*entries)[i].first, name))
            continue;
        if (value)
            (*entries)[i].second = *value;
        else
            entries->erase(entries->begin() + static_cast<std::ptrdiff_t>(i));
        return;
    }
    if (value)
        entries->push_back(std::make_pair(name, *value));
}

/* Checks all, then changes *entries; *any: there was something to change. */
static Status take_changes(ConfigEntries *entries, std::vector<ParamId> *changed)
{
    Status result;
    for (int i = 0; i < P_COUNT; ++i) {
        const ParamRow &row = param_row(static_cast<ParamId>(i));
        if (row.config[0] == '\0')
            continue;
        Change change = change_of(row);
        if (!change.given)
            continue;
        ParamValue parsed;
        const char *why = 0;
        if (!change.removed && !param_parse(row.id, change.value, &parsed, &why)) {
            result = tell(TCPIPMGT__BADVALUE, text_one_line(change.value, 255), row.config, why);
            continue;
        }
        config_entries_set(entries, row.name, change.removed ? 0 : &change.value);
        changed->push_back(row.id);
    }
    return result;
}

/* Has the qualifier, which is given, a keyword of the table? */
static bool has_keyword(const std::string &qualifier)
{
    for (int i = 0; i < P_COUNT; ++i) {
        std::string path = param_row(static_cast<ParamId>(i)).config;
        if (text_begins(path, (qualifier + ".").c_str()) && cli_given(path))
            return true;
    }
    return false;
}

/* The settings that NOSMTP/GATEWAY, or NOSMTP/GATEWAY=ALTERNATE, means; none: all. */
static std::vector<ParamId> named_settings()
{
    std::vector<ParamId> named;
    for (int i = 0; i < P_COUNT; ++i) {
        std::string path = param_row(static_cast<ParamId>(i)).config;
        std::string qualifier = path.substr(0, path.find('.'));
        if (!path.empty() && cli_given(qualifier) &&
            (path == qualifier || !has_keyword(qualifier) || cli_given(path)))
            named.push_back(static_cast<ParamId>(i));
    }
    return named;
}

static Status read_database(ConfigEntries *entries)
{
    Status status = config_read_database(entries);
    if (status.ok() || status.not_found())
        return Status();
    Status told = tell(TCPIPMGT__DBREAD);
    tell_cause(status);
    return told;
}

static Status write_database(const ConfigEntries &entries)
{
    Status status = config_write_database(entries);
    if (status.ok())
        return status;
    Status told = tell(TCPIPMGT__DBWRITE);
    tell_cause(status);
    return told;
}

/* What was set and does not count, because a logical name or TCPIP$SMTP.CONF says otherwise. */
static void tell_overridden(const std::vector<ParamId> &changed)
{
    SettingsPtr settings = config_read();
    for (size_t i = 0; i < changed.size(); ++i) {
        ConfigOrigin origin = settings->origin(changed[i]);
        if (origin == ORIGIN_LOGICAL || origin == ORIGIN_CONF_FILE)
            tell(TCPIPMGT__OVERRIDDEN, param_row(changed[i]).config,
                 config_origin_text(*settings, changed[i]));
    }
}

Status set_configuration()
{
    Status status = require_system_privilege();
    if (!status.ok())
        return status;
    ConfigEntries entries;
    std::vector<ParamId> changed;
    status = read_database(&entries);
    if (status.ok())
        status = take_changes(&entries, &changed);
    if (!status.ok())
        return status;
    if (changed.empty())
        return tell(TCPIPMGT__NOCHANGE);
    status = write_database(entries);
    if (status.ok())
        tell_overridden(changed);
    return status;
}

Status set_no_configuration()
{
    Status status = require_system_privilege();
    if (!status.ok())
        return status;
    std::vector<ParamId> named = named_settings();
    ConfigEntries entries;
    if (!named.empty())
        status = read_database(&entries);
    for (size_t i = 0; i < named.size(); ++i)
        config_entries_set(&entries, param_row(named[i]).name, 0);
    return status.ok() ? write_database(entries) : status;
}

Status show_configuration()
{
    std::vector<ConfigProblem> problems;
    SettingsPtr settings = config_read(&problems);
    MailQueues queues;
    mail_queues_find(&queues); /* without a queue manager there are none to show */
    std::vector<std::string> lines = config_display(
        *settings, *identity_current(),
        mail_queues_summary(queues, process_node(), settings->number(P_QUEUES)));
    if (cli_given("FULL")) {
        std::vector<std::string> all = config_display_all(*settings);
        lines.push_back("");
        lines.insert(lines.end(), all.begin(), all.end());
    }
    say("");
    for (size_t i = 0; i < lines.size(); ++i)
        say(lines[i]);
    say("");
    for (size_t i = 0; i < problems.size(); ++i)
        say("Does not count: " + config_problem_text(problems[i]));
    return Status();
}

} // namespace mail
