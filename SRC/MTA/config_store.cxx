/*
**  config_store - TCPIP$SMTP.CONF and the configuration database as entries {name, value}
*/
#include "MTA/config_store.h"

#include "CORE/params.h"
#include "CORE/text.h"
#include "VMS/logical.h"
#include "VMS/recfile.h"

namespace mail {

enum { MAX_FILE = 1048576 };

static const char conf_name[] = "TCPIP$SMTP.CONF";
static const char old_conf_name[] = "SMTP.CONFIG";
static const char database_name[] = "TCPIP$SMTP_CONFIG.DAT";

static std::string *entry_for(ConfigEntries *entries, const std::string &name)
{
    for (size_t i = 0; i < entries->size(); ++i)
        if (text_equal((*entries)[i].first, name))
            return &(*entries)[i].second;
    entries->push_back(std::make_pair(name, std::string()));
    return &entries->back().second;
}

std::string config_common_file(const std::string &name)
{
    const ParamRow &row = param_row(P_SMTP_COMMON);
    return logical_defined(row.logical) ? std::string(row.logical) + ":" + name : row.def + name;
}

static bool is_list(const std::string &field)
{
    ParamId id = param_find_field(field);
    return id != P_COUNT && param_row(id).type == PARAM_LIST;
}

Status config_read_conf(std::vector<ConfField> *fields, std::vector<ConfProblem> *problems,
                        std::string *file)
{
    std::string text;
    *file = conf_name;
    Status status = file_read_text(config_common_file(*file), "", MAX_FILE, "\n", &text);
    if (status.not_found()) {
        *file = old_conf_name;
        status = file_read_text(config_common_file(*file), "", MAX_FILE, "\n", &text);
    }
    if (status.ok())
        conf_parse(text, is_list, fields, problems);
    return status;
}

Status config_read_database(ConfigEntries *entries)
{
    RecordReader reader;
    std::string line;
    Status status = reader.open(config_common_file(database_name), "");
    while (status.ok()) {
        status = reader.next(&line);
        size_t equals = line.find('=');
        if (status.ok() && equals != std::string::npos)
            *entry_for(entries, line.substr(0, equals)) = line.substr(equals + 1);
    }
    return status.end_of_file() ? Status() : status;
}

/* Users' MAIL reads it in their own processes (MAILSHR). */
Status config_write_database(const ConfigEntries &entries)
{
    RecordWriter writer;
    Status status = writer.create_for_all(config_common_file(database_name), "");
    for (size_t i = 0; i < entries.size() && status.ok(); ++i)
        status = writer.write(entries[i].first + "=" + entries[i].second);
    if (status.ok())
        status = writer.flush();
    if (!status.ok()) {
        writer.abandon();
        return status;
    }
    return writer.close();
}

} // namespace mail
