/*
**  login_verbs - LOGIN, SET HOST: one more session at this terminal
**
**  `vmsys login` asks for name and password; the session that it begins is a process of its own,
**  and this one waits for its end.
*/
#include "dispatch.h"
#include "run_image.h"

#include "shim.h"

#include <climits>
#include <ssdef.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

void begin_session(Session &session, const std::string &user)
{
    char self[PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self);
    if (size < 0)
        throw Failure(SS$_UNSUPPORTED);
    std::string path(self, static_cast<size_t>(size));
    ImageRun run;
    run.path = path.substr(0, path.rfind('/')) + "/vmsys";
    run.arguments.push_back("login");
    if (!user.empty())
        run.arguments.push_back(user);
    run_image(session, run);
}

void login_verb(Session &session, const cli::Parsed &command)
{
    begin_session(session, text_of(command, "USER"));
}

/* Node 0 is this one, as on VMS; there is no way to others. */
void set_host(Session &session, const cli::Parsed &command)
{
    std::string node = upper(text_of(command, "NODE"));
    while (!node.empty() && node.back() == ':')
        node.pop_back();
    if (node != "0" && node != node_name())
        throw Failure(SS$_NOSUCHNODE);
    begin_session(session, "");
}

const VerbRow rows[] = {
    {"LOGIN", login_verb, INTERNAL},
    {"SET_HOST", set_host, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
