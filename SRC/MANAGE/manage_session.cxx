/*
**  manage_session - reads commands, has them done, knows when to end
*/
#include "manage_session.h"

#include "CORE/text.h"
#include "VMS/cli.h"
#include "VMS/recfile.h"
#include "command_owner.h"
#include "manage_commands.h"
#include "manage_output.h"

extern "C" int MANAGE_CLD;

namespace mail {

static const char prompt[] = "TCPIP> ";
static const char vendor_image[] = "SYS$SYSTEM:TCPIP$UCP.EXE";
static const char help_library[] = "SYS$HELP:TCPIP$SMTP_MANAGE.HLB";

static bool ending = false;

bool manage_has_vendor()
{
    return file_exists(vendor_image, "");
}

bool manage_is_ending()
{
    return ending;
}

static std::string first_word(const std::string &line)
{
    size_t at = 0;
    std::string word;
    text_next_word(line, &at, &word);
    return text_uppered(word.substr(0, word.find('/')));
}

/* What is in MANAGE.CLD is parsed there, so that mistakes have their messages. */
static Status do_here(const std::string &line)
{
    Status status = cli_parse(&MANAGE_CLD, line);
    return status.ok() ? cli_dispatch() : status;
}

static bool is_known_verb(const std::string &word)
{
    static const char *const verbs[] = {"ANALYZE", "EXIT", "HELP", "QUIT", "REMOVE",
                                        "SEND",    "SET",  "SHOW", "START", "STOP"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; ++i)
        if (!word.empty() && text_begins(verbs[i], word.c_str()))
            return true;
    return false;
}

Status manage_command(const std::string &line)
{
    std::string command = text_trimmed(line);
    if (command.empty() || command[0] == '!')
        return Status();
    CommandOwner owner = command_owner(command);
    if (owner == OWNER_MAIL)
        return do_here(command);
    if (manage_has_vendor())
        return cli_spawn(std::string("MCR ") + vendor_image + " " + command);
    std::string verb = first_word(command);
    if (is_known_verb(verb))
        return do_here(command);
    return tell(TCPIPMGT__NOVENDOR, text_one_line(verb, 80));
}

static Status do_and_tell(const std::string &line)
{
    Status status = manage_command(line);
    if (!status.ok() && !status.was_told())
        status = tell_status(status);
    return status;
}

Status manage_session()
{
    std::string line;
    Status status = cli_foreign(&line);
    if (status.ok() && !text_trimmed(line).empty())
        return do_and_tell(line);
    Status last;
    while (!ending) {
        status = cli_read(prompt, &line);
        if (!status.ok())
            break;
        last = do_and_tell(line);
    }
    return status.ok() || status.end_of_file() ? last : status;
}

/* ---- the ROUTINEs of MANAGE.CLD ---- */

static Status do_exit()
{
    ending = true;
    return Status();
}

static Status do_help()
{
    std::string topics;
    cli_value("TOPICS", &topics);
    return cli_help(topics, help_library, true);
}

/* No exception leaves for the command language. */
static int routine(Status (*command)())
{
    try {
        return static_cast<int>(command().sts());
    } catch (...) {
        return static_cast<int>(Status::failed().sts());
    }
}

} // namespace mail

/* Named by MANAGE.CLD. */
#define VERB(name, command)                                                                        \
    extern "C" int name()                                                                          \
    {                                                                                              \
        return mail::routine(mail::command);                                                       \
    }

VERB(MANAGE_ANALYZE_CONFIG, analyze_configuration)
VERB(MANAGE_ANALYZE_MAIL, analyze_mail)
VERB(MANAGE_EXIT, do_exit)
VERB(MANAGE_HELP, do_help)
VERB(MANAGE_REMOVE_MAIL, remove_mail)
VERB(MANAGE_SEND_MAIL, send_mail)
VERB(MANAGE_SET_MX, set_mx)
VERB(MANAGE_SET_NOMX, set_no_mx)
VERB(MANAGE_SET_NOSMTP, set_no_configuration)
VERB(MANAGE_SET_SMTP, set_configuration)
VERB(MANAGE_SHOW_HOST, show_host)
VERB(MANAGE_SHOW_MAIL, show_mail)
VERB(MANAGE_SHOW_MX, show_mx)
VERB(MANAGE_SHOW_ROUTE, show_route)
VERB(MANAGE_SHOW_SMTP, show_configuration)
VERB(MANAGE_START_MAIL, start_mail)
VERB(MANAGE_STOP_MAIL, stop_mail)
