/*
**  host_tools - the host's compiler and linker for the verbs that build: CXX, LINK, MESSAGE
**
**  A compiler of VMS does not care for case in file names, the host's does: it is shown folders
**  of links, names lower case, to the highest versions.  They lie in VMSROOT/.shim/include and
**  are made anew when their directory has changed.
*/
#ifndef SHIM_DCL_HOST_TOOLS_H
#define SHIM_DCL_HOST_TOOLS_H

#include "failure.h"

#include <string>
#include <vector>

namespace shim {
namespace dcl {

class Session;

struct HostRun {
    std::vector<std::string> arguments; /* the first is the program, found by PATH */
    std::string input;                  /* standard input */
};
/*
**  Runs them, as many at once as there are processors; what each prints goes to SYS$OUTPUT when it
**  has ended.  Their exit statuses; 127: cannot be run.
*/
std::vector<int> run_host_tools(Session &session, const std::vector<HostRun> &runs);

/* "ccache c++" or what the environment's CXX says. */
std::vector<std::string> host_compiler_words();
/* Folder of links for a directory on the host, its subdirectories too. */
std::string include_view(const std::string &host_directory);
/* Host path of a directory specification, "[.INCLUDE]", "BOOST:"; empty and *status. */
std::string directory_path(const std::string &spec, uint32_t *status);

/* A file that a host tool is to write. */
struct MadeFile {
    std::string spec, path;
};
/* A new version.  Throws %fac-E-OPENOUT. */
MadeFile make_output(const std::string &name, const std::string &defaults, Facility facility);
/* Once the tool has written it: fixed records of 512 bytes, as objects and images are; or away. */
void finish_output(const MadeFile &made, bool good);
/* The shim's headers, its library. */
std::string system_headers();
std::string system_library();

} // namespace dcl
} // namespace shim

#endif
