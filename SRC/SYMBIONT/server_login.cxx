/*
**  server_login - the file of logins
*/
#include "server_login.h"

#include "CORE/encode.h"
#include "CORE/text.h"
#include "MTA/config_store.h"
#include "VMS/recfile.h"

namespace mail {

namespace {

enum { LOGIN_FILE_MAX = 262144, SECRET_FILE_MAX = 65536 };
const char default_name[] = "TCPIP$SMTP_LOGINS.TXT";

struct MechanismRow {
    const char *name;
    LoginMechanism mechanism;
};
const MechanismRow mechanism_table[] = {
    {"ANY", LOGIN_ANY}, {"PLAIN", LOGIN_PLAIN}, {"LOGIN", LOGIN_LOGIN}, {"XOAUTH2", LOGIN_XOAUTH2},
};

bool find_mechanism(const std::string &name, LoginMechanism *mechanism)
{
    for (size_t i = 0; i < sizeof mechanism_table / sizeof *mechanism_table; ++i) {
        if (!text_equal(name, mechanism_table[i].name))
            continue;
        *mechanism = mechanism_table[i].mechanism;
        return true;
    }
    return false;
}

/* Words; one in quotation marks may hold blanks.  False: a quotation mark is not closed. */
bool split_words(const std::string &line, std::vector<std::string> *words)
{
    for (size_t at = 0; at < line.size();) {
        if (text_is_blank(line[at])) {
            ++at;
            continue;
        }
        size_t end;
        if (line[at] == '"') {
            end = line.find('"', at + 1);
            if (end == std::string::npos)
                return false;
            words->push_back(line.substr(at + 1, end - at - 1));
            at = end + 1;
        } else {
            end = line.find_first_of(" \t", at);
            words->push_back(line.substr(at, end == std::string::npos ? end : end - at));
            at = end == std::string::npos ? line.size() : end;
        }
    }
    return true;
}

const char *take_line(const std::vector<std::string> &words, ServerLogin *login)
{
    if (words.size() != 4)
        return "not host, mechanism, user and secret";
    login->host = text_lowered(words[0]);
    size_t colon = login->host.find(':');
    if (colon != std::string::npos) {
        if (!text_number(login->host.substr(colon + 1), 1, 65535, &login->port))
            return "the port is no number";
        login->host.resize(colon);
    }
    if (login->host.empty())
        return "no host";
    if (!find_mechanism(words[1], &login->mechanism))
        return "the mechanism is not PLAIN, LOGIN, XOAUTH2 or ANY";
    login->user = words[2];
    login->secret = Secret(words[3]);
    if (login->user.empty() || login->secret.empty())
        return "no user or no secret";
    return 0;
}

bool matches(const std::string &pattern, const std::string &host)
{
    return pattern == host ||
           (!pattern.empty() && pattern[0] == '.' && text_ends(host, pattern.c_str()));
}

Outcome trouble(const std::string &what)
{
    return Outcome::reply(451, "4.3.5", "the mail system has no usable login for the next host",
                          what);
}

/* Empty: it may be used. */
std::string open_to_others(const std::string &spec, const std::string &defaults)
{
    FileProtection guard;
    Status status = file_protection(spec, defaults, &guard);
    if (!status.ok())
        return spec + ": " + status.text();
    bool open = guard.group_reads || guard.world_reads;
    return open ? spec + " can be read by GROUP or WORLD" : std::string();
}

/* A secret that stands in a file of its own. */
Outcome read_secret(ServerLogin *login)
{
    std::string written = login->secret.reveal(), text;
    if (written[0] != '@')
        return Outcome::done();
    std::string file = written.substr(1);
    std::string why = open_to_others(file, ".TXT");
    if (!why.empty())
        return trouble(why);
    Status status = file_read_text(file, ".TXT", SECRET_FILE_MAX, "\n", &text);
    if (!status.ok())
        return trouble(file + ": " + status.text());
    login->secret = Secret(text_trimmed(text.substr(0, text.find('\n'))));
    return login->secret.empty() ? trouble(file + " is empty") : Outcome::done();
}

} // namespace

void login_parse(const std::string &text, std::vector<ServerLogin> *logins,
                 std::vector<LoginProblem> *problems)
{
    size_t number = 0;
    for (size_t from = 0; from < text.size(); ++number) {
        size_t to = text.find('\n', from);
        to = to == std::string::npos ? text.size() : to;
        std::string line = text_trimmed(text.substr(from, to - from));
        from = to + 1;
        if (line.empty() || line[0] == '!')
            continue;
        std::vector<std::string> words;
        ServerLogin login;
        const char *why = split_words(line, &words) ? take_line(words, &login)
                                                    : "a quotation mark is missing";
        if (!why) {
            logins->push_back(login);
            continue;
        }
        LoginProblem problem;
        problem.line = number + 1;
        problem.text = why;
        problems->push_back(problem);
    }
}

Outcome login_find(const std::string &host, const Settings &settings, ServerLogin *login,
                   bool *found)
{
    std::string text, name = settings.text(P_SEND_LOGIN_FILE);
    std::string defaults = config_common_file(default_name);
    *found = false;
    if (name.empty())
        return Outcome::done();
    Status status = file_read_text(name, defaults, LOGIN_FILE_MAX, "\n", &text);
    if (status.not_found())
        return Outcome::done();
    if (!status.ok())
        return trouble(name + ": " + status.text());
    std::vector<ServerLogin> logins;
    std::vector<LoginProblem> problems;
    login_parse(text, &logins, &problems);
    for (size_t i = 0; i < problems.size(); ++i)
        LogLine(LOG_ERROR, "logins", "line")
            .add("file", name)
            .add("line", static_cast<boost::uint32_t>(problems[i].line))
            .add("problem", problems[i].text);
    for (size_t i = 0; i < logins.size(); ++i) {
        if (!matches(logins[i].host, text_lowered(host)))
            continue;
        std::string why = open_to_others(name, defaults);
        if (!why.empty())
            return trouble(why);
        *login = logins[i];
        *found = true;
        return read_secret(login);
    }
    return Outcome::done();
}

std::string login_response(const ServerLogin &login, LoginMechanism mechanism)
{
    std::string text;
    if (mechanism == LOGIN_XOAUTH2)
        text = "user=" + login.user + "\001auth=Bearer " + login.secret.reveal() + "\001\001";
    else
        text = std::string(1, '\0') + login.user + std::string(1, '\0') + login.secret.reveal();
    return base64_encode(text);
}

} // namespace mail
