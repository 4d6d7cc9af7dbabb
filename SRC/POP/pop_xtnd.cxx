/*
**  pop_xtnd - the table of extensions
*/
#include "pop_xtnd.h"

#include "CORE/text.h"

namespace mail {

namespace {

const LogLevel levels[] = {LOG_ERROR, LOG_INFO, LOG_TRACE, LOG_DEBUG}; /* order of the choices */
const size_t level_count = sizeof levels / sizeof *levels;
const size_t CLIENT_MAX = 200; /* of a client's own description, in the log */

void do_client(PopSession &s, const std::string &value)
{
    LogLine(LOG_INFO, s.id(), "client")
        .add("user", s.account())
        .add("client", s.address())
        .add("says", text_one_line(value, CLIENT_MAX));
    s.reply(SAY_CLIENT_NOTED);
}

void do_loglevel(PopSession &s, const std::string &value)
{
    LogLevel level;
    if (!pop_level_find(value, &level)) {
        s.reply(SAY_NO_LEVEL);
        return;
    }
    LogLine(LOG_ASKED, s.id(), "loglevel")
        .add("user", s.account())
        .add("from", pop_level_name(log_level()))
        .add("to", pop_level_name(level));
    log_set_level(level);
    s.reply(SAY_LEVEL_CHANGED, text_lowered(pop_level_name(level)));
}

void do_stats(PopSession &s, const std::string &)
{
    const PopContext &context = s.context();
    std::string lines;
    if (context.stats)
        lines = context.stats->print(context.version, pop_level_name(log_level()), context.up_since,
                                     context.control ? context.control->counts() : ServiceCounts(),
                                     s.is_operator() ? std::string() : s.account());
    s.reply(SAY_STATISTICS);
    s.send_text(&lines);
}

void do_shutdown(PopSession &s, const std::string &)
{
    LogLine(LOG_ASKED, s.id(), "shutdown").add("user", s.account()).add("client", s.address());
    if (s.context().control)
        s.context().control->shut_down();
    s.reply(SAY_SHUTTING_DOWN);
}

struct ExtensionRow {
    const char *name;
    bool operators_only, wants_value;
    void (*handler)(PopSession &session, const std::string &value);
};

const ExtensionRow extension_table[] = {
    {"CLIENT", false, true, do_client},
    {"LOGLEVEL", true, true, do_loglevel},
    {"STATS", false, false, do_stats},
    {"SHUTDOWN", true, false, do_shutdown},
};

} // namespace

std::string pop_level_name(LogLevel level)
{
    std::vector<std::string> names;
    text_split(param_row(P_POP_LOG_LEVEL).choices, '|', &names);
    size_t at = 0;
    while (at + 1 < level_count && levels[at + 1] <= level)
        ++at;
    return names[at];
}

bool pop_level_find(const std::string &text, LogLevel *level)
{
    ParamValue value;
    if (!param_parse(P_POP_LOG_LEVEL, text, &value, 0) || !value.defined)
        return false;
    *level = pop_level_of_choice(value.number);
    return true;
}

LogLevel pop_level_of_choice(boost::uint32_t choice)
{
    return choice < level_count ? levels[choice] : LOG_INFO;
}

void pop_do_xtnd(PopSession &s, const std::vector<std::string> &arguments)
{
    size_t at = 0;
    std::string word;
    text_next_word(arguments[0], &at, &word);
    std::string value = text_trimmed(arguments[0].substr(at));
    const ExtensionRow *row = 0;
    for (size_t i = 0; i < sizeof extension_table / sizeof *extension_table; ++i)
        if (text_equal(word, extension_table[i].name))
            row = &extension_table[i];
    if (!row) {
        s.reply(SAY_UNKNOWN_EXTENSION);
    } else if (row->operators_only && !s.is_operator()) {
        LogLine(LOG_WARNING, s.id(), "xtnd_refused")
            .add("user", s.account())
            .add("client", s.address())
            .add("command", row->name);
        s.reply_logged(SAY_NOT_OPERATOR, text_lowered(s.account()));
    } else if (value.empty() == row->wants_value) {
        s.reply(SAY_WRONG_ARGUMENTS);
    } else {
        row->handler(s, value);
    }
}

} // namespace mail
