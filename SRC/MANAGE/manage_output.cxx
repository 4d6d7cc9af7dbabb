/*
**  manage_output - lines and messages to the user, confirmations from him
*/
#include "manage_output.h"

#include <vector>
#include "CORE/text.h"
#include "VMS/cli.h"
#include "VMS/recfile.h"

namespace mail {

static std::string *captured = 0;
static AskRoutine asker = 0;
static RecordWriter *log_file = 0;
static bool log_only = false;

void output_capture(std::string *text)
{
    captured = text;
}

void ask_use(AskRoutine routine)
{
    asker = routine;
}

void say(const std::string &line)
{
    if (log_file)
        log_file->write(line);
    if (log_file && log_only)
        return;
    if (captured)
        *captured += line + "\n";
    else
        cli_print(line);
}

Status output_redirect(const std::string &file)
{
    Status status = output_log(file);
    log_only = status.ok() && !file.empty();
    return status;
}

Status output_log(const std::string &file)
{
    Status status;
    log_only = false;
    if (log_file) {
        status = log_file->close();
        delete log_file;
        log_file = 0;
    }
    if (file.empty())
        return status;
    log_file = new RecordWriter;
    status = log_file->create(file, ".LOG");
    if (!status.ok()) {
        delete log_file;
        log_file = 0;
    }
    return status;
}

static Status tell_list(boost::uint32_t condition, const std::vector<FaoArgument> &arguments)
{
    say(message_with(condition, arguments));
    return Status(condition).told();
}

Status tell(boost::uint32_t condition)
{
    return tell_list(condition, std::vector<FaoArgument>());
}

Status tell(boost::uint32_t condition, const std::string &text)
{
    return tell_list(condition, std::vector<FaoArgument>(1, FaoArgument(text)));
}

Status tell(boost::uint32_t condition, boost::uint32_t number)
{
    return tell_list(condition, std::vector<FaoArgument>(1, FaoArgument(number)));
}

Status tell(boost::uint32_t condition, const std::string &first, const std::string &second)
{
    std::vector<FaoArgument> arguments(1, FaoArgument(first));
    arguments.push_back(FaoArgument(second));
    return tell_list(condition, arguments);
}

Status tell(boost::uint32_t condition, const std::string &first, const std::string &second,
            const std::string &third)
{
    std::vector<FaoArgument> arguments(1, FaoArgument(first));
    arguments.push_back(FaoArgument(second));
    arguments.push_back(FaoArgument(third));
    return tell_list(condition, arguments);
}

void tell_cause(const Status &status)
{
    std::string text = message_text(status.sts());
    if (!text.empty() && text[0] == '%')
        text[0] = '-';
    say(text);
    if (status.ok() || status.stv() == 0 || status.stv() == status.sts())
        return;
    text = message_text(status.stv());
    if (!text.empty() && text[0] == '%' && !text_begins(text, "%NONAME"))
        say("-" + text.substr(1));
}

Status tell_status(const Status &status)
{
    if (!status.was_told())
        say(message_text(status.sts()));
    return status.told();
}

static bool ask(const std::string &prompt, std::string *line)
{
    if (asker)
        return asker(prompt, line);
    return cli_read(prompt, line).ok();
}

bool Confirmation::yes()
{
    std::string answer;
    if (!asking_)
        return true;
    while (!refusing_) {
        if (!ask(prompt_, &answer)) {
            refusing_ = true;
            break;
        }
        answer = text_uppered(text_trimmed(answer));
        if (answer == "G" || answer == "GO") {
            asking_ = false;
            return true;
        }
        if (answer == "Y" || answer == "YES")
            return true;
        if (answer == "N" || answer == "NO" || answer.empty())
            return false;
    }
    return false;
}

} // namespace mail
