/*
**  help_session - finding and showing help: what HELP and LBR$OUTPUT_HELP do
**
**  Keys may be cut; one that fits several topics shows them all.  * and % match as in file names;
**  a key that ends with "..." shows all that lies below it.  @library as the first key goes to
**  another library.  With prompting, an empty answer goes up one level and ends at the top, "?"
**  shows the list again, the end of the input ends the session.
*/
#ifndef SHIM_LIBRARIAN_HELP_SESSION_H
#define SHIM_LIBRARIAN_HELP_SESSION_H

#include "help_text.h"

#include <functional>

namespace shim {

struct HelpRequest {
    std::string library = "SYS$HELP:HELPLIB.HLB"; /* default SYS$HELP:.HLB */
    std::vector<std::string> more_libraries;      /* HLP$LIBRARY ... */
    std::string keys;                             /* what stands behind HELP */
    size_t width = 80;
    bool prompt = true;
    bool instructions = true; /* shown when there is no key */
    bool list_libraries = true;
};
struct HelpDevices {
    /* False ends the session. */
    std::function<bool(const std::string &line)> output;
    /* Not good: the end of the input. */
    std::function<bool(const std::string &prompt, std::string *answer)> input;
};

/* Not good when the library asked for cannot be read; sts is 0 when it is no help library. */
FileStatus show_help(const HelpRequest &request, const HelpDevices &devices);

/* The default libraries that logical names HLP$LIBRARY, HLP$LIBRARY_1 ... name in these tables. */
std::vector<std::string> default_help_libraries(const std::vector<std::string> &tables);

} // namespace shim

#endif
