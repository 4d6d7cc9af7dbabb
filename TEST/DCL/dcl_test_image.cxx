/*
**  dcl_test_image - an image for the transcripts: does what its command says, line by line
**
**  As a foreign command its words are the commands; without words they come from SYS$INPUT:
**    say TEXT         to SYS$OUTPUT           error TEXT       to SYS$ERROR
**    exit N           ends with this status   return N         main returns it
**    input            echoes SYS$INPUT        rms NAME         echoes a file by RMS
**    put NAME TEXT    a record to a file      fault, abort     dies
**    define N V       supervisor mode         define_user N V  user mode
**    default DIR      $SETDDIR                privileges       those enabled
**    net TEXT         to the connection of the auxiliary server, after a line that came from it
**    hold             waits until it is forced to exit
**    intrude NODE     a login that failed, from there
*/
#include "DCL/low.h"
#include "DCL/names.h"
#include "DCL/record_file.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <jpidef.h>
#include <lib$routines.h>
#include <lgimsgdef.h>
#include <psldef.h>
#include <ssdef.h>
#include <starlet.h>
#include <sys/socket.h>
#include <tcpip$inetdef.h>
#include <unistd.h>
#include <vector>

using namespace shim;

namespace {

int to_return;

std::string word(std::string *text)
{
    size_t begin = text->find_first_not_of(' ');
    if (begin == std::string::npos)
        begin = text->size();
    size_t end = std::min(text->find(' ', begin), text->size());
    std::string found = text->substr(begin, end - begin);
    text->erase(0, std::min(end + 1, text->size()));
    return found;
}

void line(int fd, const std::string &text)
{
    std::string whole = text + "\n";
    if (write(fd, whole.data(), whole.size()) < 0)
        exit(1);
}

void show_file(const std::string &name)
{
    dcl::RecordFile file;
    file.name(name, ".DAT");
    file.fab().fab$b_fac = FAB$M_GET;
    uint32_t status = file.open();
    std::string record;
    while ((status & 1) && ((status = file.get(&record)) & 1))
        line(1, "> " + record);
    if (status != RMS$_EOF)
        sys$exit(status);
}

void put_file(const std::string &name, const std::string &text)
{
    dcl::RecordFile file;
    file.name(name, ".DAT");
    file.fab().fab$b_fac = FAB$M_PUT;
    file.fab().fab$b_rat = FAB$M_CR;
    uint32_t status = file.create();
    if (status & 1)
        status = file.put(text);
    if (!(status & 1))
        sys$exit(status);
}

void echo_input()
{
    char text[300];
    while (fgets(text, sizeof text, stdin))
        line(1, std::string("data: ") + std::string(text, strcspn(text, "\n")));
}

void answer_client(const std::string &text)
{
    int fd = socket(TCPIP$C_AUXS, SOCK_STREAM, 0);
    char c = 0;
    std::string asked;
    while (fd >= 0 && recv(fd, &c, 1, 0) == 1 && c != '\n')
        asked += c;
    if (fd < 0 || c != '\n')
        sys$exit(SS$_ABORT);
    line(fd, text + " " + asked);
    close(fd);
}

std::vector<std::string> arguments; /* of main */

/* What stands behind the verb, foreign or not. */
std::string foreign_text()
{
    dcl::LowText text(static_cast<size_t>(255));
    unsigned short length = 0;
    uint32_t status = lib$get_foreign(text.descriptor(), nullptr, &length);
    return status & 1 ? text.text(length) : "failed";
}

/* False: the image is to end. */
bool run(std::string text)
{
    std::string verb = word(&text);
    for (char &c : verb)
        c = static_cast<char>(c | (c >= 'A' && c <= 'Z' ? 0x20 : 0));
    if (verb == "say")
        line(1, text);
    else if (verb == "error")
        line(2, text);
    else if (verb == "exit")
        sys$exit(static_cast<uint32_t>(strtoul(text.c_str(), nullptr, 0)));
    else if (verb == "return")
        to_return = static_cast<int>(strtoul(text.c_str(), nullptr, 0));
    else if (verb == "input")
        echo_input();
    else if (verb == "rms")
        show_file(text);
    else if (verb == "put") {
        std::string name = word(&text);
        put_file(name, text);
    } else if (verb == "fault")
        *reinterpret_cast<volatile int *>(0x1234L) = 1;
    else if (verb == "abort")
        abort();
    else if (verb == "define" || verb == "define_user") {
        std::string name = word(&text);
        dcl::create_name("LNM$PROCESS", name, verb == "define" ? PSL$C_SUPER : PSL$C_USER, 0,
                         {dcl::NameValue{text, 0}});
    } else if (verb == "net") {
        answer_client(text);
    } else if (verb == "intrude") {
        dcl::LowText user("SMITH"), node(text);
        sys$scan_intrusion(LGI$_INVPWD, user.descriptor(), JPI$K_NETWORK, nullptr,
                           node.descriptor(), user.descriptor(), nullptr, nullptr, nullptr, 0, 0);
    } else if (verb == "foreign") {
        line(1, "foreign: " + foreign_text());
        for (const std::string &argument : arguments)
            line(1, "argument: " + argument);
    } else if (verb == "hold") {
        for (;;)
            sys$hiber();
    } else if (verb == "default") {
        dcl::LowText directory(text);
        sys$setddir(directory.descriptor(), nullptr, nullptr);
    } else if (verb == "privileges") {
        char shown[32];
        snprintf(shown, sizeof shown, "%llx", static_cast<unsigned long long>(self().current));
        line(1, shown);
    } else if (!verb.empty())
        sys$exit(SS$_BADPARAM);
    return verb != "return";
}

} // namespace

/* Commands: behind a foreign verb, separated by "+"; else those of SYS$INPUT. */
int main(int argc, char **argv)
{
    const char *foreign = getenv("SHIM_FOREIGN");
    arguments.assign(argv + 1, argv + argc);
    if (foreign && *foreign && !getenv("SHIM_COMMAND")) {
        std::string rest = foreign;
        for (size_t end; !rest.empty(); rest.erase(0, end + 1)) {
            end = std::min(rest.find('+'), rest.size() - 1);
            std::string command = rest.substr(0, rest[end] == '+' ? end : end + 1);
            if (!run(command))
                return to_return;
        }
        return to_return;
    }
    char text[300];
    while (fgets(text, sizeof text, stdin))
        if (!run(std::string(text, strcspn(text, "\n"))))
            break;
    return to_return;
}
