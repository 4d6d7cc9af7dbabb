/*
**  mail_sending - SEND, REPLY, FORWARD, MAIL file user
*/
#include "UTILITIES/MAIL/mail_state.h"
#include "UTILITIES/MAIL/sender.h"
#include "UTILITIES/utility.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>

using namespace shim;
using namespace shim::utility;
using namespace shim::mail;

namespace {

std::string reply_address(const MessageInfo &info)
{
    return without_name(info.reply_path.empty() ? info.from : info.reply_path);
}

bool ask_line(const char *prompt, std::string *line)
{
    if (ask(prompt, line))
        return true;
    complain(MAIL$_SENDABORT);
    return false;
}

void take_text(Outgoing *message)
{
    std::string line;
    say("Enter your message below. Press CTRL/Z when complete, or CTRL/C to quit:");
    while (ask("", &line))
        message->lines.push_back(line);
}

void apply_send_qualifiers(Outgoing *message)
{
    if (present("SUBJECT"))
        message->subject = value("SUBJECT");
    if (present("PERSONAL_NAME"))
        message->personal_name = value("PERSONAL_NAME");
    message->no_personal_name = negated("PERSONAL_NAME");
    message->self = present("SELF");
}

bool wants_cc()
{
    uint32_t on = 0;
    if (negated("CC_PROMPT"))
        return false;
    user_number("", MAIL$_USER_CC_PROMPT, &on);
    return present("CC_PROMPT") || on;
}

bool ask_for_rest(Outgoing *message, bool subject)
{
    if (wants_cc() && !ask_line("CC:     ", &message->cc))
        return false;
    if (subject && !present("SUBJECT") && !ask_line("Subj:   ", &message->subject))
        return false;
    return true;
}

int send_now(const Outgoing &message)
{
    return send_message(message) ? SS$_NORMAL : SS$_ABORT;
}

} // namespace

/* MAIL file user,... */
int shim::mail::send_from_command_line()
{
    Outgoing message;
    message.file = value("FILE");
    for (const std::string &user : values("USERS"))
        message.to += (message.to.empty() ? "" : ",") + user;
    message.subject = value("SUBJECT");
    message.personal_name = value("PERSONAL_NAME");
    message.no_personal_name = negated("PERSONAL_NAME");
    message.self = present("SELF");
    if (message.to.empty() && !ask_line("To:     ", &message.to))
        return SS$_ABORT;
    if (message.file == "SYS$INPUT" || message.file == "SYS$INPUT:") {
        std::string line;
        message.file.clear();
        while (ask("", &line))
            message.lines.push_back(line);
    }
    send_message(message);
    return final_status();
}

extern "C" int MAIL_SEND()
{
    Outgoing message;
    apply_send_qualifiers(&message);
    message.file = value("FILE");
    if (!ask_line("To:     ", &message.to) || !ask_for_rest(&message, true))
        return SS$_NORMAL;
    if (message.file.empty())
        take_text(&message);
    return send_now(message);
}

extern "C" int MAIL_REPLY()
{
    Outgoing message;
    MessageInfo info;
    if (!current || !(box.info(current, &info) & 1)) {
        complain(MAIL$_NOTREADIN);
        return SS$_NORMAL;
    }
    message.to = reply_address(info);
    message.subject = upper(info.subject).compare(0, 3, "RE:") == 0 ? info.subject
                                                                          : "RE: " + info.subject;
    apply_send_qualifiers(&message);
    message.file = value("FILE");
    say("To:     " + message.to);
    if (!ask_for_rest(&message, false))
        return SS$_NORMAL;
    say("Subj:   " + message.subject);
    if (message.file.empty())
        take_text(&message);
    if (!send_message(message))
        return SS$_ABORT;
    box.set_flag(current, MAIL$M_REPLIED, true);
    return SS$_NORMAL;
}

extern "C" int MAIL_FORWARD()
{
    Outgoing message;
    if (!current) {
        complain(MAIL$_NOTREADIN);
        return SS$_NORMAL;
    }
    apply_send_qualifiers(&message);
    if (!ask_line("To:     ", &message.to) || !ask_for_rest(&message, true))
        return SS$_NORMAL;
    bool headers = true, keep = !negated("HEADER");
    box.read(current, [&](bool is_header, const std::string &record) {
        if (is_header && !keep)
            return;
        if (headers && !is_header && keep)
            message.lines.push_back("");
        headers = is_header;
        message.lines.push_back(record);
    });
    return send_now(message);
}
