/*
**  vmsys_mail - mail for scripts of the host; a person has MAIL
**
**  They act as any user, through the stores of callable MAIL (mail_tool.h).
*/
#include "vmsys.h"

#include "mail_text.h"
#include "mail_tool.h"

#include <iostream>
#include <iterator>
#include <stdio.h>
#include <stdlib.h>

#include <mailmsgdef.h>

namespace shim {

namespace {

/* Columns with tabs for programs: number, date, from, subject, records, flags. */
bool directory(const Command &c)
{
    std::string user = upper(c.words[0]), folder = upper(c.option("folder", "NEWMAIL"));
    std::vector<MailLine> lines;
    uint32_t status = mail_tool_directory(user, folder, &lines);
    if (status != MAIL$_NOTEXIST && !ok(status, "mail directory " + user))
        return false;
    if (!c.has("tabs"))
        printf("%-40s%s\n    # From                     Date               Subject\n\n", "",
               folder.c_str());
    for (const MailLine &m : lines) {
        if (c.has("tabs"))
            printf("%u\t%s\t%s\t%s\t%u\t%u\n", m.number,
                   mail_format_date(m.date, false).c_str(), m.from.c_str(), m.subject.c_str(),
                   m.records, m.flags);
        else
            printf("%5u %-24.24s %-18s %.50s\n", m.number, m.from.c_str(),
                   mail_format_date(m.date, false).c_str(), m.subject.c_str());
    }
    return true;
}

bool read(const Command &c)
{
    std::string text;
    uint32_t status =
        mail_tool_read(upper(c.words[0]), upper(c.option("folder", "NEWMAIL")),
                       uint32_t(strtoul(c.words[1].c_str(), 0, 10)), &text);
    if (!ok(status, "mail read " + c.words[0]))
        return false;
    fwrite(text.data(), 1, text.size(), stdout);
    return true;
}

/* The text comes from standard input. */
bool send(const Command &c)
{
    std::vector<std::string> to(c.words.begin() + 1, c.words.end());
    std::string text((std::istreambuf_iterator<char>(std::cin)), std::istreambuf_iterator<char>());
    std::vector<MailToolResult> results;
    bool good = ok(mail_tool_send(upper(c.words[0]), to, c.option("subject"), text, &results),
                   "mail send");
    for (const MailToolResult &r : results)
        good = ok(r.status, "mail to " + r.user) && good;
    return good;
}

bool forward(const Command &c)
{
    std::string user = upper(c.words[0]), address;
    if (c.words.size() > 1)
        return ok(mail_tool_set_forward(user, c.words[1]), "mail forward " + user);
    if (!ok(mail_tool_forward(user, &address), "mail forward " + user))
        return false;
    printf("%s has %s%s\n", user.c_str(),
           address.empty() ? "not set a forwarding address" : "mail forwarded to ",
           address.c_str());
    return true;
}

bool folders(const Command &c)
{
    std::vector<std::string> names;
    if (!ok(mail_tool_folders(upper(c.words[0]), &names), "mail folders"))
        return false;
    for (const std::string &n : names)
        printf("%s\n", n.c_str());
    return true;
}

} // namespace

const Verb mail_verbs[] = {
    {"mail directory", 1, directory, "USER [--folder F --tabs]"},
    {"mail folders", 1, folders, "USER"},
    {"mail read", 2, read, "USER number [--folder F]"},
    {"mail send", 2, send, "FROM TO... [--subject text]: the text comes from standard input"},
    {"mail forward", 1, forward, "USER [address]: set it (\"\" clears it) or show it"},
    {0, 0, 0, 0}};

} // namespace shim
