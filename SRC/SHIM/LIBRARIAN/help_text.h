/*
**  help_text - help sources (.HLP): topics within topics
**
**  A line that begins with a digit from 1 to 9 and a blank opens a topic of that level: the rest is
**  its key.  A line that begins with a slash opens a qualifier: it belongs to the topic it stands
**  in, and is found beside that topic.  A line that begins with an exclamation mark is left out.
**  Other lines are text.  A library has a module for each topic of level 1.
**  Librarian Utility manual, "Help libraries".
*/
#ifndef SHIM_LIBRARIAN_HELP_TEXT_H
#define SHIM_LIBRARIAN_HELP_TEXT_H

#include "library_file.h"

namespace shim {

struct HelpTopic {
    std::string key;               /* "COPY", "/LOG" */
    std::vector<std::string> text; /* without blank lines at its ends */
    std::vector<HelpTopic> topics; /* with a number of their own */
    std::vector<HelpTopic> qualifiers;
};

struct HelpError {
    int line; /* from 1 */
    std::string text;
};

/* The modules of a .HLP file.  Mistakes: text before the first topic, a level left out, a key too
   long or missing. */
std::vector<Module> help_modules(const std::vector<std::string> &lines, size_t key_size,
                                 std::vector<HelpError> *errors);
/* A module's topic of level 1. */
HelpTopic help_topic(const Module &module);

} // namespace shim

#endif
