/*
**  vmsys_dcl - vmsys dcl: the command interpreter for a person or a script; vmsys login: the same
**  for who tells name and password
*/
#include "vmsys.h"

#include "uaf.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <uaidef.h>
#include <unistd.h>

namespace shim {

namespace {

void set_hex(const char *name, uint64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%llx", static_cast<unsigned long long>(value));
    setenv(name, text, 1);
}

/* Who the session is of: the user of the authorization file. */
bool become(const std::string &name)
{
    UafRecord user;
    if (!ok(uaf_read(upper(name), &user), "user " + name))
        return false;
    setenv("SHIM_USER", user.user.c_str(), 1);
    set_hex("SHIM_UIC", user.uic);
    set_hex("SHIM_PRIV", user.authorized);
    set_hex("SHIM_DEFPRIV", user.privileges);
    setenv("SHIM_MODE", "3", 1);
    return true;
}

} // namespace

namespace {

/* One line from standard input, which is a terminal or not. */
bool ask(const char *prompt, bool echo, std::string *answer)
{
    struct termios before, mode;
    bool terminal = tcgetattr(STDIN_FILENO, &before) == 0;
    fputs(prompt, stdout);
    fflush(stdout);
    if (terminal && !echo) {
        mode = before;
        mode.c_lflag &= ~tcflag_t(ECHO);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &mode);
    }
    answer->clear();
    char c = 0;
    while (read(STDIN_FILENO, &c, 1) == 1 && c != '\n')
        *answer += c;
    if (terminal && !echo) {
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
        fputs("\n", stdout);
    }
    return c == '\n';
}

bool authorized(const std::string &name, const std::string &password)
{
    UafRecord user;
    return (uaf_read(upper(name), &user) & 1) && !(user.flags & UAI$M_DISACNT) &&
           uaf_check_password(user, password) && (user.expiration == 0 || user.expiration > now());
}

} // namespace

int run_login(const char *user)
{
    unsetenv("SHIM_DEFAULT"); /* the user's own directory */
    printf("\n Welcome to OpenVMS services on Linux, Version V8.4\n\n");
    const int tries = int(system_parameter("LGI_RETRY_LIM"));
    for (int i = 0; i < tries; ++i) {
        std::string name = user ? user : "", password;
        if ((!user && !ask("Username: ", true, &name)) || !ask("Password: ", false, &password))
            return 1;
        if (authorized(name, password)) {
            std::string option = "--user";
            char *words[] = {&option[0], &name[0], nullptr};
            return run_dcl(2, words);
        }
        printf("User authorization failure\n\n");
        fflush(stdout);
    }
    return 1;
}

int run_dcl(int argc, char **argv)
{
    int at = 0;
    for (const char *name : {"SHIM_PID", "SHIM_LNM", "SHIM_PRCNAM"})
        unsetenv(name);
    if (argc >= 2 && strcmp(argv[0], "--user") == 0) {
        if (!become(argv[1]))
            return 1;
        at = 2;
    }
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    std::string self(path, n > 0 ? size_t(n) : 0);
    std::string program = self.substr(0, self.find_last_of('/')) + "/dcl";
    std::vector<char *> arguments(1, &program[0]);
    for (; at < argc; ++at)
        arguments.push_back(argv[at]);
    arguments.push_back(nullptr);
    execv(program.c_str(), arguments.data());
    problem("%s: %s", program.c_str(), strerror(errno));
    return 1;
}

} // namespace shim
