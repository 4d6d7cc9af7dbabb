/*  list_syntax: .DIS files and names of list files
**
**  Members are mailboxes that parse again as themselves, each once; a name that is taken can name
**  nothing but a file in the directory that the logical name means.
*/
#include <set>

#include "CORE/list_syntax.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "fuzz.h"

using namespace mail;

FUZZ(text)
{
    std::vector<std::string> members;
    std::vector<ListProblem> problems;
    std::set<std::string> seen;
    list_parse(text, &members, &problems);
    FUZZ_ASSERT(members.size() <= LIST_MEMBERS_MAX && problems.size() <= LIST_PROBLEMS_MAX);
    for (size_t i = 0; i < members.size(); ++i) {
        SmtpPath path;
        FUZZ_ASSERT(smtp_mailbox_parse(members[i], &path));
        FUZZ_ASSERT(smtp_mailbox_print(path) == members[i]);
        FUZZ_ASSERT(seen.insert(text_lowered(members[i])).second);
    }
    std::string logical, file;
    if (list_file_parse(text, &logical, &file)) {
        FUZZ_ASSERT(logical.find_first_of(":[]<>;*%./\\ ") == std::string::npos);
        FUZZ_ASSERT(file.find_first_of(":[]<>;*%/\\ ") == std::string::npos);
    }
    if (list_name_parse(text, &file))
        FUZZ_ASSERT(file.find_first_of(":[]<>;*%./\\ ") == std::string::npos);
}
