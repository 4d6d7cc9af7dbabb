/*
**  pop_commands - what each POP command does
**
**  Message numbers are checked in one place (message_argument); a reply text stands only in
**  pop_replies.def.  Refusals: FRIENDLY tells the reason, SECURE has one text for all of them.
*/
#include "pop_commands.h"

#include "CORE/md5.h"
#include "CORE/text.h"
#include "VMS/process.h"
#include "VMS/recfile.h"

#include <stdio.h>
#include <string.h>

namespace mail {

namespace {

const size_t SECRET_MAX = 500; /* POP_SECRET.DAT, spec 8.6 */
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

bool is_secure(const PopSession &s)
{
    return s.settings().number(P_POP_SECURITY) == 1;
}

/* Which text tells a FRIENDLY client why it was refused. */
PopReplyId refusal_text(Authentication why)
{
    switch (why) {
    case AUTHENTICATION_REFUSED:
        return SAY_WRONG_PASSWORD;
    case AUTHENTICATION_EXPIRED:
        return SAY_ACCOUNT_EXPIRED;
    case AUTHENTICATION_PASSWORD_EXPIRED:
        return SAY_PASSWORD_EXPIRED;
    default:
        return SAY_ACCESS_DENIED;
    }
}

void decide(PopSession &s, const std::string &name, Authentication result, const Account &account)
{
    if (result == AUTHENTICATION_OK) {
        s.admit(account);
        return;
    }
    LogLine(LOG_WARNING, s.id(), "refused")
        .add("user", name)
        .add("client", s.address())
        .add("reason", account_result_name(result));
    if (result == AUTHENTICATION_UNAVAILABLE) {
        s.reply(SAY_UNAVAILABLE);
        return;
    }
    s.refused(is_secure(s) ? SAY_ACCESS_DENIED : refusal_text(result), name);
}

AuthenticationSource source_of(const PopSession &s)
{
    AuthenticationSource source;
    source.service = "POP";
    source.address = s.address();
    return source;
}

bool userpass_disabled(PopSession &s)
{
    if (!s.settings().flag(P_POP_DISUSERPASS))
        return false;
    s.reply(SAY_USERPASS_DISABLED);
    return true;
}

/* In SECURE every name is asked for its password, so that names cannot be tried out. */
void do_user(PopSession &s, const std::vector<std::string> &arguments)
{
    if (userpass_disabled(s))
        return;
    Account account;
    if (!is_secure(s) && account_lookup(arguments[0], &account).not_found()) {
        s.refused(SAY_UNKNOWN_USER, arguments[0]);
        return;
    }
    s.user = arguments[0];
    s.reply(SAY_PASSWORD_REQUIRED, s.user);
}

void do_pass(PopSession &s, const std::vector<std::string> &arguments)
{
    if (userpass_disabled(s))
        return;
    if (s.user.empty()) {
        s.reply(SAY_USER_FIRST);
        return;
    }
    Account account;
    Authentication result =
        account_authenticate(s.user, arguments[0], source_of(s), AuthenticationPolicy(), &account);
    decide(s, s.user, result, account);
}

/* The user's shared secret: one line in the directory of the mail files. */
bool read_secret(const Account &account, std::string *secret)
{
    PrivilegeGuard guard(PRIVILEGE_BYPASS);
    RecordReader reader;
    if (!reader.open(maildrop_directory(account) + "POP_SECRET.DAT", "").ok() ||
        !reader.next(secret).ok())
        return false;
    size_t end = secret->find_last_not_of(" \t\r\n");
    secret->erase(end == std::string::npos ? 0 : end + 1);
    return !secret->empty() && secret->size() <= SECRET_MAX;
}

/* Takes as long for a digest that is wrong early as for one that is wrong late. */
bool same_digest(const std::string &given, const std::string &wanted)
{
    unsigned difference = given.size() == wanted.size() ? 0 : 1;
    for (size_t i = 0; i < wanted.size(); ++i) {
        char c = i < given.size() ? text_lower(given[i]) : '\0';
        difference |= static_cast<unsigned>(c ^ wanted[i]);
    }
    return difference == 0;
}

void do_apop(PopSession &s, const std::vector<std::string> &arguments)
{
    Account account;
    std::string secret;
    bool proved = account_lookup(arguments[0], &account).ok() && read_secret(account, &secret);
    std::string digest = md5_hex(s.stamp() + secret);
    proved = same_digest(arguments[1], digest) && proved;
    Authentication result =
        account_admit(arguments[0], proved, source_of(s), AuthenticationPolicy(), &account);
    decide(s, arguments[0], result, account);
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
        if (!s.drop().deleted(n) && s.drop().size(n, &octets).ok())
            lines += text_of(n + 1) + " " + text_of(octets) + "\r\n";
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
            lines += text_of(n + 1) + " " + s.drop().uid(n) + "\r\n";
            ++count;
        }
    s.reply(SAY_UIDS, text_of(count));
    s.send_text(&lines);
}

void do_retr(PopSession &s, const std::vector<std::string> &arguments)
{
    size_t n;
    std::string text;
    if (!message_argument(s, arguments[0], &n))
        return;
    Status status = s.drop().text(n, &text);
    if (!status.ok()) {
        LogLine(LOG_ERROR, s.id(), "retr")
            .add("message", s.drop().uid(n))
            .add("status", status.text());
        s.reply(SAY_UNAVAILABLE);
        return;
    }
    s.drop().mark_read(n);
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
        s.reply(SAY_UNAVAILABLE);
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

void do_capa(PopSession &s, const std::vector<std::string> &)
{
    s.reply(SAY_CAPABILITIES);
    std::string lines;
    for (size_t i = 0; i < pop_command_count; ++i) {
        const PopCommandRow &row = pop_command_table[i];
        if (!row.capability || (row.handler == do_user && s.settings().flag(P_POP_DISUSERPASS)))
            continue;
        lines += std::string(row.capability) + "\r\n";
    }
    lines += "RESP-CODES\r\nPIPELINING\r\n";
    if (s.state() == POP_TRANSACTION_STATE)
        lines += "IMPLEMENTATION " + s.context().version + "\r\n";
    s.send_text(&lines);
}

} // namespace

const PopCommandRow pop_command_table[] = {
    {POP_USER, do_user, "USER"}, {POP_PASS, do_pass, 0},   {POP_APOP, do_apop, 0},
    {POP_STAT, do_stat, 0},      {POP_LIST, do_list, 0},   {POP_UIDL, do_uidl, "UIDL"},
    {POP_RETR, do_retr, 0},      {POP_TOP, do_top, "TOP"}, {POP_DELE, do_dele, 0},
    {POP_RSET, do_rset, 0},      {POP_LAST, do_last, 0},   {POP_NOOP, do_noop, 0},
    {POP_CAPA, do_capa, 0},      {POP_QUIT, do_quit, 0},
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
