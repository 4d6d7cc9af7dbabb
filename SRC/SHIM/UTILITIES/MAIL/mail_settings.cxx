/*
**  mail_settings - SET and SHOW of MAIL: the user's profile
*/
#include "UTILITIES/MAIL/mail_state.h"
#include "UTILITIES/utility.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>

using namespace shim;
using namespace shim::utility;
using namespace shim::mail;

namespace {

int done(uint32_t status)
{
    if (!(status & 1))
        because(status);
    return static_cast<int>(status);
}

/* SET NOoption: the keyword as it was typed. */
bool option_off()
{
    return value("OPTION").compare(0, 2, "NO") == 0;
}

std::string unquoted(const std::string &text)
{
    if (text.size() < 2 || text[0] != '"' || text.back() != '"')
        return text;
    std::string out;
    for (size_t i = 1; i + 1 < text.size(); ++i) {
        out += text[i];
        if (text[i] == '"' && text[i + 1] == '"')
            ++i;
    }
    return out;
}

int set_switch(unsigned short on, unsigned short off)
{
    return done(set_user("", option_off() ? off : on, ""));
}

/* Texts of the profile; get 0: SHOW has a routine of its own. */
struct TextSetting {
    const char *option;
    unsigned short get, set, unset;
    const char *is, *is_not;
};
const TextSetting text_settings[] = {
    {"EDITOR", MAIL$_USER_EDITOR, MAIL$_USER_SET_EDITOR, MAIL$_USER_SET_NO_EDITOR,
     "Your editor is ", "You have not set an editor."},
    {"FORM", MAIL$_USER_FORM, MAIL$_USER_SET_FORM, MAIL$_USER_SET_NO_FORM,
     "Your default print form is ", "You have not set a form to use for printing."},
    {"MAIL_DIRECTORY", 0, MAIL$_USER_SET_SUB_DIRECTORY, MAIL$_USER_SET_NO_SUB_DIRECTORY, "", ""},
    {"QUEUE", MAIL$_USER_QUEUE, MAIL$_USER_SET_QUEUE, MAIL$_USER_SET_NO_QUEUE,
     "Your default print queue is ", "You have not set a default print queue."},
    {"SIGNATURE_FILE", MAIL$_USER_SIGFILE, MAIL$_USER_SET_SIGFILE, MAIL$_USER_SET_NO_SIGFILE,
     "Your signature file is ", "You have not set a signature file."},
    {"TRANSPORT", MAIL$_USER_TRANSPORT, MAIL$_USER_SET_TRANSPORT, MAIL$_USER_SET_NO_TRANSPORT,
     "Your default transport is ", "You have not set a default transport."},
};

void show_texts(const std::string &option, const std::string &user)
{
    for (const TextSetting &row : text_settings) {
        std::string text;
        if (!row.get || (option != "ALL" && option != row.option))
            continue;
        user_text(user, row.get, &text);
        say(text.empty() ? row.is_not : row.is + text + ".");
    }
}

std::string number_text(uint32_t number, const char *what)
{
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

void show_forward(const std::string &user)
{
    std::string address;
    user_text(user, MAIL$_USER_FORWARDING, &address);
    if (user.empty())
        say(address.empty() ? "You have not set a forwarding address."
                            : "Your mail is being forwarded to " + address + ".");
    else
        say(address.empty() ? user + " has not set a forwarding address."
                            : user + " has mail forwarded to " + address);
}

void show_personal_name(const std::string &user)
{
    std::string name;
    user_text(user, MAIL$_USER_PERSONAL_NAME, &name);
    std::string who = user.empty() ? "You have" : user + " has";
    say(name.empty() ? who + " not set a personal name."
                     : (user.empty() ? "Your" : user + "'s") + std::string(" personal name is \"") +
                           name + "\".");
}

void show_folder()
{
    if (box.folder().empty())
        say("You have not selected a folder.");
    else
        say("Your current mail folder is " + box.folder() + ".");
}

void show_new_mail_count(const std::string &user)
{
    uint32_t count = 0;
    user_number(user, MAIL$_USER_NEW_MESSAGES, &count);
    say((user.empty() ? "You have " : user + " has ") + number_text(count, "new message") + ".");
}

void show_switches(const std::string &option, const std::string &user)
{
    uint32_t on = 0, reply = 0, forward = 0;
    if (option == "CC_PROMPT" || option == "ALL") {
        user_number(user, MAIL$_USER_CC_PROMPT, &on);
        say(std::string("CC prompting is ") + (on ? "enabled." : "disabled."));
    }
    if (option == "AUTO_PURGE" || option == "ALL") {
        user_number(user, MAIL$_USER_AUTO_PURGE, &on);
        say(std::string("Automatic purge is ") + (on ? "enabled." : "disabled."));
    }
    if (option == "COPY_SELF" || option == "ALL") {
        user_number(user, MAIL$_USER_COPY_SEND, &on);
        user_number(user, MAIL$_USER_COPY_REPLY, &reply);
        user_number(user, MAIL$_USER_COPY_FORWARD, &forward);
        std::string text;
        for (const auto &row : {std::make_pair(on, "SEND"), std::make_pair(reply, "REPLY"),
                                std::make_pair(forward, "FORWARD")})
            if (row.first)
                text += (text.empty() ? "" : ",") + std::string(row.second);
        say("Automatic copy to yourself on " + (text.empty() ? std::string("nothing") : text));
    }
}

} // namespace

extern "C" int MAIL_SET_FORWARD()
{
    std::string address = unquoted(value("ADDRESS"));
    if (!option_off() && address.empty() && (!ask("Address: ", &address) || address.empty()))
        return done(MAIL$_NOUSERSPEC);
    return done(option_off() ? set_user(value("USER"), MAIL$_USER_SET_NO_FORWARDING, "")
                             : set_user(value("USER"), MAIL$_USER_SET_FORWARDING, address));
}

extern "C" int MAIL_SET_PERSONAL_NAME()
{
    return done(option_off() ? set_user(value("USER"), MAIL$_USER_SET_NO_PERSONAL_NAME, "")
                             : set_user(value("USER"), MAIL$_USER_SET_PERSONAL_NAME,
                                        unquoted(value("NAME"))));
}

extern "C" int MAIL_SET_CC_PROMPT()
{
    return set_switch(MAIL$_USER_SET_CC_PROMPT, MAIL$_USER_SET_NO_CC_PROMPT);
}

extern "C" int MAIL_SET_AUTO_PURGE()
{
    return set_switch(MAIL$_USER_SET_AUTO_PURGE, MAIL$_USER_SET_NO_AUTO_PURGE);
}

/* SET COPY_SELF SEND,NOREPLY */
extern "C" int MAIL_SET_COPY_SELF()
{
    static const struct {
        const char *word;
        unsigned short on, off;
    } rows[] = {{"SEND", MAIL$_USER_SET_COPY_SEND, MAIL$_USER_SET_NO_COPY_SEND},
                {"REPLY", MAIL$_USER_SET_COPY_REPLY, MAIL$_USER_SET_NO_COPY_REPLY},
                {"FORWARD", MAIL$_USER_SET_COPY_FORWARD, MAIL$_USER_SET_NO_COPY_FORWARD}};
    std::vector<std::string> words = values("COMMANDS");
    uint32_t status = SS$_NORMAL;
    if (words.empty())
        words.push_back("SEND");
    for (const std::string &word : words) {
        bool off = option_off() || word.compare(0, 2, "NO") == 0;
        std::string name = word.compare(0, 2, "NO") == 0 ? word.substr(2) : word;
        for (const auto &row : rows)
            if (!name.empty() && std::string(row.word).compare(0, name.size(), name) == 0)
                status = set_user("", off ? row.off : row.on, "");
    }
    return done(status);
}

/* SET EDITOR, FORM, MAIL_DIRECTORY, QUEUE, SIGNATURE_FILE, TRANSPORT */
extern "C" int MAIL_SET_TEXT()
{
    for (const TextSetting &row : text_settings)
        if (present(("OPTION." + std::string(row.option)).c_str()) ||
            negated(("OPTION." + std::string(row.option)).c_str()))
            return done(option_off() ? set_user("", row.unset, "")
                                     : set_user("", row.set, unquoted(value("TEXT"))));
    return SS$_NORMAL;
}

extern "C" int MAIL_SET_WASTEBASKET()
{
    return done(box.rename_wastebasket(upper(unquoted(value("TEXT")))));
}

/* The profile of a user who has gone. */
extern "C" int MAIL_REMOVE()
{
    for (const std::string &user : values("USER"))
        if (!(done(remove_user(upper(user))) & 1))
            break;
    return SS$_NORMAL;
}

namespace {

void show_deleted()
{
    uint32_t bytes = 0;
    if (box.deleted_bytes(&bytes) & 1)
        say("You have " + number_text(bytes, "deleted message byte") + ".");
}

/* Of oneself, or of a user. */
void show_option(const std::string &option, const std::string &user)
{
    std::string directory;
    bool all = option == "ALL";
    if (all || option == "FOLDER")
        show_folder();
    if (all || option == "FORWARD")
        show_forward(user);
    if (all || option == "PERSONAL_NAME")
        show_personal_name(user);
    if (all || option == "MAIL_DIRECTORY") {
        user_text(user, MAIL$_USER_FULL_DIRECTORY, &directory);
        say("Your mail file directory is " + directory + ".");
    }
    if (all || option == "NEW_MAIL_COUNT")
        show_new_mail_count(user);
    if (all || option == "WASTEBASKET_NAME")
        say("Your wastebasket folder name is " + box.wastebasket() + ".");
    if (all || option == "DELETED")
        show_deleted();
    show_switches(option, user);
    show_texts(option, user);
}

} // namespace

extern "C" int MAIL_SHOW()
{
    static const char *const options[] = {
        "ALL", "AUTO_PURGE", "CC_PROMPT", "COPY_SELF", "DELETED", "EDITOR", "FOLDER", "FORM",
        "FORWARD", "MAIL_DIRECTORY", "NEW_MAIL_COUNT", "PERSONAL_NAME", "QUEUE", "SIGNATURE_FILE",
        "TRANSPORT", "WASTEBASKET_NAME"};
    std::string option, user = upper(value("USER"));
    for (const char *each : options)
        if (present((std::string("OPTION.") + each).c_str()))
            option = each;
    if (user.find_first_of("*%") == std::string::npos) {
        show_option(option, user);
        return SS$_NORMAL;
    }
    std::vector<std::string> users = users_like(user);
    if (users.empty())
        message('E', "NOSUCHUSR", "no such user " + user);
    for (const std::string &each : users)
        show_option(option, each);
    return SS$_NORMAL;
}
