/*
**  pop_commands - what each POP command does
**
**  Message numbers are checked in one place (message_argument); a reply text stands only in
**  pop_replies.def.  Logging in is pop_auth's, XTND pop_xtnd's.
*/
#include "pop_commands.h"

#include "pop_auth.h"
#include "pop_xtnd.h"

#include "CORE/text.h"

namespace mail {

namespace {

const boost::uint32_t TOP_LINES_MAX = 0x7FFFFFFF;

std::string text_of(boost::uint64_t n)
{
    return text_from_number(n);
}

/* The index of an existing message that is not deleted; false after the refusal is said. */
bool message_argument(PopSession &s, const std::string &text, size_t *n)
{
    boost::uint32_t number;
    if (!pop_message_number(text, &number) || number > s.drop().count()) {
        s.reply(SAY_NO_SUCH_MESSAGE);
        return false;
    }
    *n = number - 1;
    if (!s.drop().deleted(*n))
        return true;
    s.reply(SAY_ALREADY_DELETED, text_of(number));
    return false;
}

/* False after the trouble is said. */
bool totals(PopSession &s, size_t *messages, boost::uint64_t *octets)
{
    Status status = s.drop().totals(messages, octets);
    if (status.ok())
        return true;
    LogLine(LOG_ERROR, s.id(), "sizes").add("status", status.text());
    s.reply(SAY_UNAVAILABLE);
    return false;
}

void do_stat(PopSession &s, const std::vector<std::string> &)
{
    size_t messages;
    boost::uint64_t octets;
    if (totals(s, &messages, &octets))
        s.reply(SAY_STAT, text_of(messages), text_of(octets));
}

void do_list(PopSession &s, const std::vector<std::string> &arguments)
{
    size_t n, messages;
    boost::uint32_t octets;
    boost::uint64_t total;
    if (!arguments.empty()) {
        if (!message_argument(s, arguments[0], &n))
            return;
        if (s.drop().size(n, &octets).ok())
            s.reply(SAY_ONE_SIZE, text_of(n + 1), text_of(octets));
        else
            s.reply(SAY_UNAVAILABLE);
        return;
    }
    if (!totals(s, &messages, &total))
        return;
    s.reply(SAY_SCAN, text_of(messages), text_of(total));
    std::string lines;
    for (n = 0; n < s.drop().count(); ++n)
        if (!s.drop().deleted(n) && s.drop().size(n, &octets).ok()) {
            text_append_number(n + 1, 1, &lines);
            lines.append(1, ' ');
            text_append_number(octets, 1, &lines);
            lines.append("\r\n", 2);
        }
    s.send_text(&lines);
}

void do_uidl(PopSession &s, const std::vector<std::string> &arguments)
{
    size_t n;
    if (!arguments.empty()) {
        if (message_argument(s, arguments[0], &n))
            s.reply(SAY_ONE_UID, text_of(n + 1), s.drop().uid(n));
        return;
    }
    std::string lines;
    size_t count = 0;
    for (n = 0; n < s.drop().count(); ++n)
        if (!s.drop().deleted(n)) {
            text_append_number(n + 1, 1, &lines);
            lines.append(1, ' ');
            s.drop().append_uid(n, &lines);
            lines.append("\r\n", 2);
            ++count;
        }
    s.reply(SAY_UIDS, text_of(count));
    s.send_text(&lines);
}

/* Somebody else can have removed it since the session began. */
void unreadable(PopSession &s, size_t n, const Status &status)
{
    LogLine(LOG_ERROR, s.id(), "read").add("message", s.drop().uid(n)).add("status", status.text());
    s.reply(MailFolder::is_gone(status) ? SAY_NO_SUCH_MESSAGE : SAY_UNAVAILABLE);
}

void do_retr(PopSession &s, const std::vector<std::string> &arguments)
{
    size_t n;
    std::string text;
    if (!message_argument(s, arguments[0], &n))
        return;
    Status status = s.drop().text(n, &text);
    if (!status.ok()) {
        unreadable(s, n, status);
        return;
    }
    s.drop().mark_read(n);
    if (s.context().stats)
        s.context().stats->retrieved(text.size());
    s.reply(SAY_OCTETS, text_of(text.size()));
    s.send_text(&text);
}

void do_top(PopSession &s, const std::vector<std::string> &arguments)
{
    size_t n;
    boost::uint32_t lines;
    std::string text;
    if (!message_argument(s, arguments[0], &n))
        return;
    if (!text_number(arguments[1], 0, TOP_LINES_MAX, &lines)) {
        s.reply(SAY_WRONG_ARGUMENTS);
        return;
    }
    Status status = s.drop().top(n, lines, &text);
    if (!status.ok()) {
        unreadable(s, n, status);
        return;
    }
    s.reply(SAY_TOP_FOLLOWS);
    s.send_text(&text);
}

void do_dele(PopSession &s, const std::vector<std::string> &arguments)
{
    size_t n;
    if (!message_argument(s, arguments[0], &n))
        return;
    s.drop().mark_deleted(n);
    s.reply(SAY_DELETED, text_of(n + 1));
}

void do_rset(PopSession &s, const std::vector<std::string> &)
{
    size_t messages;
    boost::uint64_t octets;
    s.drop().reset();
    if (totals(s, &messages, &octets))
        s.reply(SAY_RESET, text_of(messages), text_of(octets));
}

void do_noop(PopSession &s, const std::vector<std::string> &)
{
    s.reply(SAY_NOTHING_DONE);
}

void do_last(PopSession &s, const std::vector<std::string> &)
{
    s.reply(SAY_LAST, text_of(s.drop().last_accessed()));
}

void do_quit(PopSession &s, const std::vector<std::string> &)
{
    s.end(true);
}

/* RFC 2449 6.7: what was read leaves the folder at QUIT, unless it may stay. */
const char *expire_capability(const Settings &settings)
{
    bool stays =
        settings.flag(P_POP_LEAVE_IN_NEWMAIL) || settings.flag(P_POP_USE_MAIL_FOLDER);
    return stays ? "EXPIRE NEVER\r\n" : "EXPIRE 0\r\n";
}

void do_capa(PopSession &s, const std::vector<std::string> &)
{
    s.reply(SAY_CAPABILITIES);
    std::string lines;
    for (size_t i = 0; i < pop_command_count; ++i) {
        const PopCommandRow &row = pop_command_table[i];
        if (!row.capability || (row.verb == POP_USER && s.settings().flag(P_POP_DISUSERPASS)))
            continue;
        lines += std::string(row.capability) + "\r\n";
    }
    lines += pop_auth_capabilities(s);
    lines += "RESP-CODES\r\nPIPELINING\r\n";
    lines += expire_capability(s.settings());
    if (s.state() == POP_TRANSACTION_STATE)
        lines += "IMPLEMENTATION " + s.context().version + "\r\n";
    s.send_text(&lines);
}

} // namespace

const PopCommandRow pop_command_table[] = {
    {POP_USER, pop_do_user, "USER"}, {POP_PASS, pop_do_pass, 0}, {POP_APOP, pop_do_apop, 0},
    {POP_AUTH, pop_do_auth, 0},      {POP_STLS, pop_do_stls, 0}, {POP_UTF8, pop_do_utf8, 0},
    {POP_STAT, do_stat, 0},          {POP_LIST, do_list, 0},     {POP_UIDL, do_uidl, "UIDL"},
    {POP_RETR, do_retr, 0},          {POP_TOP, do_top, "TOP"},   {POP_DELE, do_dele, 0},
    {POP_RSET, do_rset, 0},          {POP_LAST, do_last, 0},     {POP_NOOP, do_noop, 0},
    {POP_XTND, pop_do_xtnd, 0},      {POP_CAPA, do_capa, 0},     {POP_QUIT, do_quit, 0},
};
const size_t pop_command_count = sizeof pop_command_table / sizeof pop_command_table[0];

void pop_dispatch(PopSession &session, const std::string &line)
{
    PopCommandLine command;
    PopLineError error = pop_line_parse(line, &command);
    const PopCommandRow *row = 0;
    for (size_t i = 0; i < pop_command_count && error != POP_LINE_UNKNOWN; ++i)
        if (pop_command_table[i].verb == command.verb)
            row = &pop_command_table[i];
    if (!row)
        session.reply(SAY_UNKNOWN_COMMAND);
    else if (!(pop_verb_row(row->verb).states & session.state()))
        session.reply(SAY_WRONG_STATE);
    else if (error != POP_LINE_OK)
        session.reply(SAY_WRONG_ARGUMENTS);
    else
        row->handler(session, command.arguments);
}

} // namespace mail
