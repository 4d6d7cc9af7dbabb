/*
**  lists - .DIS files and list files
*/
#include "MTA/lists.h"

#include "CORE/text.h"
#include "MTA/config_store.h"
#include "VMS/logical.h"
#include "VMS/recfile.h"

namespace mail {

enum { LIST_FILE_MAX = 4194304 };

static const char local_directory[] = "SYS$SPECIFIC:[TCPIP$SMTP]";

static bool find_dis(const std::string &name, std::string *file)
{
    std::string common = config_common_file(name + ".DIS");
    std::string local = local_directory + name + ".DIS";
    *file = common;
    if (file_exists(common, ""))
        return true;
    *file = local;
    return local != common && file_exists(local, "");
}

static bool find_list_file(const std::string &logical, const std::string &name,
                           const Settings &settings, std::string *file)
{
    const std::vector<std::string> &allowed = settings.items(P_LIST_FILE_LOGICALS);
    for (size_t i = 0; i < allowed.size(); ++i) {
        if (!text_equal(allowed[i], logical) || !logical_defined(logical, LOGICAL_SYSTEM))
            continue;
        *file = logical + ":" + name;
        return file_exists(*file, "");
    }
    return false;
}

bool list_find(const std::string &local_part, const Settings &settings, std::string *file)
{
    std::string logical, name;
    if (list_file_parse(local_part, &logical, &name))
        return find_list_file(logical, name, settings, file);
    return list_name_parse(local_part, &name) && find_dis(name, file);
}

Status list_read(const std::string &file, std::vector<std::string> *members,
                 std::vector<ListProblem> *problems)
{
    std::string text;
    std::vector<ListProblem> own;
    Status status = file_read_text(file, "", LIST_FILE_MAX, "\n", &text);
    members->clear();
    if (status.ok())
        list_parse(text, members, problems ? problems : &own);
    return status;
}

} // namespace mail
