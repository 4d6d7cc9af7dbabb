/*
**  mail - MAIL: reading, filing and sending
**
**  MAIL alone is a conversation; MAIL file user sends.  A message that is read leaves NEWMAIL for
**  MAIL.  EXIT empties the wastebasket, QUIT does not.  User's Manual, Using Mail.
*/
#include "UTILITIES/MAIL/mail_state.h"
#include "UTILITIES/utility.h"
#include "plain_text.h"
#include "shim.h"
#include "system_text.h"

#include <cstdio>
#include <cstdlib>
#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <rmsdef.h>
#include <unistd.h>

using namespace shim;
using namespace shim::utility;
using namespace shim::mail;

extern "C" int MAIL_CLD;

namespace shim::mail {

Mailbox box;
uint32_t current; /* 0: no message has been read */

uint32_t complain(uint32_t status)
{
    Message known;
    find_message(status, &known);
    static const char letters[] = "WSEIF???";
    message(letters[status & 7], known.ident, known.text);
    return status;
}

std::string without_name(const std::string &address)
{
    bool quoted = false;
    for (size_t i = 0; i < address.size(); ++i) {
        if (address[i] == '"')
            quoted = !quoted;
        else if ((address[i] == ' ' || address[i] == '\t') && !quoted)
            return address.substr(0, i);
    }
    return address;
}

uint32_t select_folder(const std::string &folder, const Selection &selection)
{
    current = 0;
    return box.select(folder, selection);
}

bool selected()
{
    if (box.folder().empty())
        select_folder("MAIL", Selection());
    if (box.count())
        return true;
    complain(MAIL$_NOMSGS);
    return false;
}

void read_message(uint32_t number)
{
    MessageInfo info;
    uint32_t status = box.info(number, &info);
    if (!(status & 1)) {
        complain(MAIL$_NOMOREMSG);
        return;
    }
    current = number;
    char line[132];
    snprintf(line, sizeof line, "    #%-10u%-52s%12s", number, info.date.substr(0, 20).c_str(),
             box.folder().c_str());
    say("");
    say(line);
    bool header = true, any = false;
    status = box.read(number, [&](bool is_header, const std::string &record) {
        if (header && !is_header && any)
            say("");
        any = true;
        header = is_header;
        say(record);
    });
    say("");
    if (!(status & 1))
        complain(status);
}

std::vector<uint32_t> numbers_given(bool listed)
{
    std::vector<uint32_t> all;
    if (present("ALL"))
        for (uint32_t i = 1; i <= box.count(); ++i)
            all.push_back(i);
    else if (listed)
        for (const std::string &text : values("MESSAGES")) {
            unsigned first = 0, last = 0;
            int found = sscanf(text.c_str(), "%u%*[-:]%u", &first, &last);
            if (text[0] == 'L')
                first = box.count(), found = 1;
            else if (text[0] == 'C')
                first = current, found = 1;
            for (unsigned i = first; found > 0 && i <= (found == 2 ? last : first); ++i)
                all.push_back(i);
        }
    if (all.empty() && current)
        all.push_back(current);
    if (all.empty())
        complain(MAIL$_NOTREADIN);
    return all;
}

} // namespace shim::mail

namespace {

bool at_end;

/* The name of a folder as it was typed, or upper case without quotes. */
std::string folder_value()
{
    std::string text = value("FOLDER");
    if (text.size() > 1 && text[0] == '"')
        return text.substr(1, text.size() - 2);
    return upper(text);
}

Selection selection_given()
{
    Selection all;
    all.since = value("SINCE");
    all.before = value("BEFORE");
    all.from = value("FROM_SUBSTRING");
    all.to = value("TO_SUBSTRING");
    all.cc = value("CC_SUBSTRING");
    all.subject = value("SUBJECT_SUBSTRING");
    const struct {
        const char *label;
        uint16_t flag;
    } rows[] = {{"MARKED", MAIL$M_MARKED}, {"REPLIED", MAIL$M_REPLIED}};
    for (const auto &row : rows) {
        if (present(row.label))
            all.flags = static_cast<uint16_t>(all.flags | row.flag);
        if (negated(row.label))
            all.flags_mbz = static_cast<uint16_t>(all.flags_mbz | row.flag);
    }
    return all;
}

void move_to(int step)
{
    if (!selected())
        return;
    if (step < 0 && current <= 1) {
        complain(MAIL$_NOMOREMSG);
        return;
    }
    read_message(static_cast<uint32_t>(static_cast<int>(current) + step));
}

int file_messages(bool move)
{
    std::string folder = folder_value();
    if (!selected())
        return SS$_NORMAL;
    std::vector<std::string> known = box.folders();
    bool exists = folder == "MAIL" || folder == "NEWMAIL" || folder == box.wastebasket();
    for (const std::string &name : known)
        exists = exists || name == folder;
    if (!exists) {
        std::string answer;
        say("Folder " + folder + " does not exist.");
        if (!ask("Do you want to create it (Y/N, default is N)? ", &answer) ||
            upper(answer).compare(0, 1, "Y") != 0)
            return SS$_NORMAL;
    }
    bool created = false, any = false;
    for (uint32_t number : numbers_given(false)) {
        bool made;
        uint32_t status = box.copy(number, folder, move, &made);
        if (!(status & 1)) {
            complain(status == MAIL$_NOTEXIST ? static_cast<uint32_t>(MAIL$_NOMOREMSG) : status);
            break;
        }
        any = true;
        created = created || made;
    }
    if (any && created && !exists)
        message('I', "NEWFOLDER", "folder " + folder + " created");
    return SS$_NORMAL;
}

void directory_line(const MessageInfo &info)
{
    char line[200];
    std::string from = without_name(info.from);
    snprintf(line, sizeof line, "%c%4u %-22.22s %-11.11s  %.40s",
             info.flags & MAIL$M_MARKED ? '*' : ' ', info.number, from.c_str(), info.date.c_str(),
             info.subject.c_str());
    std::string text = line;
    say(without_blanks_behind(text));
    if (!present("FULL"))
        return;
    snprintf(line, sizeof line, "        %u record%s%s%s%s", info.records,
             info.records == 1 ? "" : "s", info.flags & MAIL$M_NEWMSG ? ", new" : "",
             info.flags & MAIL$M_REPLIED ? ", replied" : "",
             info.flags & MAIL$M_MARKED ? ", marked" : "");
    say(line);
}

void begin_conversation()
{
    uint32_t count = 0;
    user_number("", MAIL$_USER_NEW_MESSAGES, &count);
    if (count) {
        say("");
        say("\tYou have " + std::to_string(count) + " new message" + (count == 1 ? "." : "s."));
        say("");
        select_folder("NEWMAIL", Selection());
    }
}

} // namespace

extern "C" int MAIL_READ()
{
    std::string what = value("WHAT"), number = value("NUMBER");
    if (present("NEW")) {
        if (!(select_folder("NEWMAIL", Selection()) & 1) || !box.count()) {
            message('W', "NONEWMAIL", "no new messages");
            return SS$_NORMAL;
        }
    } else if (!what.empty() && what.find_first_not_of("0123456789") != std::string::npos) {
        uint32_t status = select_folder(what, Selection());
        if (!(status & 1)) {
            message('E', "NOTEXIST", "folder " + what + " does not exist");
            return SS$_NORMAL;
        }
        what = number;
    }
    if (!selected())
        return SS$_NORMAL;
    read_message(what.empty() ? current + 1 : static_cast<uint32_t>(atoi(what.c_str())));
    return SS$_NORMAL;
}

extern "C" int MAIL_NEXT()
{
    move_to(1);
    return SS$_NORMAL;
}

extern "C" int MAIL_BACK()
{
    move_to(-1);
    return SS$_NORMAL;
}

extern "C" int MAIL_FIRST()
{
    if (selected())
        read_message(1);
    return SS$_NORMAL;
}

extern "C" int MAIL_LAST()
{
    if (selected())
        read_message(box.count());
    return SS$_NORMAL;
}

extern "C" int MAIL_CURRENT()
{
    if (current)
        read_message(current);
    else
        complain(MAIL$_NOTREADIN);
    return SS$_NORMAL;
}

extern "C" int MAIL_DIRECTORY()
{
    std::string folder = folder_value();
    if (present("FOLDERS") && folder.empty()) {
        say("Listing of folders in your mail file");
        for (const std::string &name : box.folders())
            say(" " + name);
        return SS$_NORMAL;
    }
    if (present("NEW"))
        folder = "NEWMAIL";
    if (!folder.empty() || box.folder().empty()) {
        if (folder.empty())
            folder = "MAIL";
        if (!(select_folder(folder, selection_given()) & 1)) {
            message('E', "NOTEXIST", "folder " + folder + " does not exist");
            return SS$_NORMAL;
        }
    }
    if (!selected())
        return SS$_NORMAL;
    char heading[100];
    snprintf(heading, sizeof heading, "%78s", box.folder().c_str());
    say(heading);
    say("    # From                   Date         Subject");
    say("");
    uint32_t first = present("START") ? static_cast<uint32_t>(atoi(value("START").c_str())) : 1;
    for (uint32_t i = first; i <= box.count(); ++i) {
        MessageInfo info;
        if (box.info(i, &info) & 1)
            directory_line(info);
        else
            say("      (Deleted)");
    }
    return SS$_NORMAL;
}

extern "C" int MAIL_SELECT()
{
    std::string folder = folder_value();
    if (folder.empty())
        folder = present("NEW") ? "NEWMAIL" : box.folder().empty() ? "MAIL" : box.folder();
    uint32_t status = select_folder(folder, selection_given());
    if (status & 1)
        message('I', "SELECTED", std::to_string(box.count()) +
                                     (box.count() == 1 ? " message" : " messages") + " selected");
    else
        message('E', "NOTEXIST", "folder " + folder + " does not exist");
    return SS$_NORMAL;
}

extern "C" int MAIL_DELETE()
{
    if (!selected())
        return SS$_NORMAL;
    for (uint32_t number : numbers_given(true))
        if (!(box.remove(number) & 1)) {
            complain(MAIL$_NOMOREMSG);
            break;
        }
    return SS$_NORMAL;
}

extern "C" int MAIL_MOVE()
{
    return file_messages(true);
}

extern "C" int MAIL_COPY()
{
    return file_messages(false);
}

extern "C" int MAIL_PURGE()
{
    uint32_t count = 0, status = box.purge(present("RECLAIM"), &count);
    if (!(status & 1))
        return static_cast<int>(complain(status));
    message('I', "DELMSGS", std::to_string(count) + (count == 1 ? " message" : " messages") +
                                " deleted");
    return SS$_NORMAL;
}

extern "C" int MAIL_HELP()
{
    help("SYS$HELP:MAILHELP.HLB", value("KEY"));
    return SS$_NORMAL;
}

extern "C" int MAIL_EXIT()
{
    uint32_t purges = 1, count;
    box.leave_newmail();
    user_number("", MAIL$_USER_AUTO_PURGE, &purges);
    if (purges)
        box.purge(false, &count);
    at_end = true;
    return SS$_NORMAL;
}

extern "C" int MAIL_QUIT()
{
    at_end = true;
    return SS$_NORMAL;
}

int main()
{
    set_facility("MAIL");
    bool from_verb = getenv("SHIM_COMMAND") != nullptr;
    if (from_verb && present("FILE"))
        return send_from_command_line();
    uint32_t status = box.open();
    if (!(status & 1) && status != RMS$_FNF) { /* no mail has come yet: one may send some */
        because(status);
        return static_cast<int>(status);
    }
    begin_conversation();
    for (std::string line; !at_end && ask("MAIL> ", &line);) {
        if (line.find_first_not_of(" \t") == std::string::npos)
            line = "READ";
        else if (line.find_first_not_of("0123456789 ") == std::string::npos)
            line = "READ " + line;
        do_command(&MAIL_CLD, "MAIL> ", &line);
    }
    if (!at_end)
        MAIL_EXIT(); /* CTRL/Z */
    return SS$_NORMAL;
}
