/*
**  config_store - TCPIP$SMTP.CONF and the configuration database as entries {name, value}
*/
#include "MTA/config_store.h"

#include "CORE/params.h"
#include "VMS/logical.h"
#include "VMS/recfile.h"

namespace mail {

enum { MAX_LINE_VALUE = 500, MAX_VALUE = 65536, MAX_FILE = 1048576 };

static const char conf_name[] = "TCPIP$SMTP.CONF";
static const char old_conf_name[] = "SMTP.CONFIG";
static const char database_name[] = "TCPIP$SMTP_CONFIG.DAT";

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

static bool same_name(const std::string &a, const std::string &b)
{
    if (a.size() != b.size())
        return false;
    for (size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

static std::string trimmed(const std::string &text)
{
    size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string::npos)
        return std::string();
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/* Joins with a comma unless one is there already: both styles of lists come out alike. */
static void extend(std::string *value, const std::string &more)
{
    if (more.empty() || value->size() + more.size() > MAX_VALUE)
        return;
    if (!value->empty() && (*value)[value->size() - 1] != ',')
        *value += ',';
    *value += more;
}

static std::string *entry_for(ConfigEntries *entries, const std::string &name)
{
    for (size_t i = 0; i < entries->size(); ++i)
        if (same_name((*entries)[i].first, name))
            return &(*entries)[i].second;
    entries->push_back(std::make_pair(name, std::string()));
    return &entries->back().second;
}

void config_parse_conf(const std::string &text, ConfigEntries *entries, size_t *bad_lines)
{
    std::string *value = 0; /* of the field that a continuation line goes on with */
    *bad_lines = 0;
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        std::string line = text.substr(from, to - from);
        from = to + 1;
        if (!line.empty() && line[line.size() - 1] == '\r')
            line.resize(line.size() - 1);
        if (trimmed(line).empty() || line[0] == '!')
            continue;
        if (line[0] == '\t') {
            if (value)
                extend(value, trimmed(line).substr(0, MAX_LINE_VALUE));
            else
                ++*bad_lines;
            continue;
        }
        size_t colon = line.find(':');
        if (line[0] == ' ' || colon == std::string::npos || colon == 0) {
            value = 0;
            ++*bad_lines;
            continue;
        }
        value = entry_for(entries, trimmed(line.substr(0, colon)));
        extend(value, trimmed(line.substr(colon + 1)).substr(0, MAX_LINE_VALUE));
    }
}

std::string config_common_file(const std::string &name)
{
    const ParamRow &row = param_row(P_SMTP_COMMON);
    return logical_defined(row.logical) ? std::string(row.logical) + ":" + name : row.def + name;
}

Status config_read_conf(ConfigEntries *entries, size_t *bad_lines)
{
    std::string text;
    Status status = file_read_text(config_common_file(conf_name), "", MAX_FILE, "\n", &text);
    if (status.not_found())
        status = file_read_text(config_common_file(old_conf_name), "", MAX_FILE, "\n", &text);
    if (status.ok())
        config_parse_conf(text, entries, bad_lines);
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

Status config_write_database(const ConfigEntries &entries)
{
    RecordWriter writer;
    Status status = writer.create(config_common_file(database_name), "");
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
