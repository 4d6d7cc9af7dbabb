/*
**  config_display - the lines of SHOW CONFIGURATION SMTP
*/
#include "config_display.h"

#include <stdio.h>
#include <string.h>
#include "CORE/text.h"

namespace mail {

static const char not_defined[] = "not defined";

static std::string padded(const std::string &text, size_t width)
{
    return text.size() < width ? text + std::string(width - text.size(), ' ') : text;
}

static std::string right(const std::string &text, size_t width)
{
    return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

static std::string or_not_defined(const std::string &text)
{
    return text.empty() ? not_defined : text;
}

std::string config_value_text(const Settings &settings, ParamId id)
{
    const ParamRow &row = param_row(id);
    std::string text;
    switch (row.type) {
    case PARAM_EXISTS:
    case PARAM_BOOLEAN:
        return settings.flag(id) ? "ON" : "OFF";
    case PARAM_INTERVAL:
        return settings.defined(id) ? param_print_delta(settings.seconds(id)) : not_defined;
    case PARAM_LIST:
        for (size_t i = 0; i < settings.items(id).size(); ++i)
            text += (i ? ", " : "") + settings.items(id)[i];
        return settings.defined(id) && text.empty() ? "an empty list" : or_not_defined(text);
    default:
        return or_not_defined(settings.text(id));
    }
}

std::string config_origin_text(const Settings &settings, ParamId id)
{
    ConfigOrigin origin = settings.origin(id);
    std::string text = config_origin_name(origin);
    if (origin == ORIGIN_LOGICAL || origin == ORIGIN_PRESET)
        text += " " + settings.source(id);
    else if (origin == ORIGIN_CONF_FILE)
        text += ", field " + settings.source(id);
    return text;
}

/* Whole minutes as HP prints them; else with the seconds. */
static std::string minutes(boost::uint32_t seconds)
{
    std::string text = text_from_number(seconds / 60);
    return seconds % 60 == 0 ? text : text + ":" + text_from_number(seconds % 60, 2);
}

static void add_options(const Settings &s, std::vector<std::string> *lines)
{
    static const char *const headers[] = {"HEADERS", "TOP_HEADERS", "NOHEADERS"};
    std::string options[3];
    options[0] = s.flag(P_EIGHT_BIT) ? "EIGHT_BIT" : "NOEIGHT_BIT";
    options[1] = s.flag(P_RELAY) ? "RELAY" : "NORELAY";
    options[2] = headers[s.number(P_HEADERS)];
    lines->push_back("Options");
    lines->push_back("Initial interval:" +
                     right(param_print_delta(s.seconds(P_INITIAL_INTERVAL)), 18) +
                     "    Address_max:" + right(s.text(P_ADDRESS_RETRIES), 8) + "    " +
                     options[0]);
    lines->push_back("Retry interval:  " +
                     right(param_print_delta(s.seconds(P_RETRY_INTERVAL)), 18) +
                     "    Hop_count_max:" + right(s.text(P_HOP_COUNT_MAXIMUM), 6) + "    " +
                     options[1]);
    lines->push_back("Maximum interval:" +
                     right(param_print_delta(s.seconds(P_MAXIMUM_INTERVAL)), 18) +
                     std::string(28, ' ') + options[2]);
    lines->push_back("");
}

static void add_timeouts(const Settings &s, std::vector<std::string> *lines)
{
    static const ParamId send[] = {P_SEND_TIMEOUT_INITIAL, P_SEND_TIMEOUT_MAIL,
                                   P_SEND_TIMEOUT_RECEIPT, P_SEND_TIMEOUT_DATA,
                                   P_SEND_TIMEOUT_TERMINATION};
    std::string line = "  Send:   ";
    for (size_t i = 0; i < sizeof send / sizeof *send; ++i)
        line += right(minutes(s.seconds(send[i])), 11);
    lines->push_back("Timeout       Initial       Mail    Receipt       Data  Terminate");
    lines->push_back(line);
    lines->push_back("  Receive:" + right(minutes(s.seconds(P_RECEIVE_TIMEOUT)), 11));
    lines->push_back("");
}

static void add_names(const Settings &s, const Identity &identity,
                      std::vector<std::string> *lines)
{
    std::string substitute = s.text(P_SUBSTITUTE_DOMAIN);
    lines->push_back("Alternate gateway:    " + or_not_defined(s.text(P_ALTERNATE_GATEWAY)));
    lines->push_back("General gateway:      " + or_not_defined(s.text(P_GENERAL_GATEWAY)));
    lines->push_back("Substitute domain:    " +
                     (substitute.empty() ? std::string(not_defined) : "HIDDEN, " + substitute));
    lines->push_back("Zone:                 " + or_not_defined(identity.zone()));
    lines->push_back("Postmaster:           " + identity.postmaster());
    lines->push_back("Log file:             " + or_not_defined(s.text(P_LOG_FILE)));
    lines->push_back("");
}

static void add_queues(const std::vector<QueueSummary> &queues, std::vector<std::string> *lines)
{
    lines->push_back("Generic queue            Queues    Participating nodes");
    for (size_t i = 0; i < queues.size(); ++i) {
        std::string nodes;
        for (size_t n = 0; n < queues[i].nodes.size(); ++n)
            nodes += (n ? ", " : "") + queues[i].nodes[n];
        size_t width = queues[i].generic.size() < 24 ? 31 - 25 : 3;
        lines->push_back(padded(queues[i].generic, 25) +
                         right(text_from_number(queues[i].queues), width) + "    " + nodes);
    }
}

/* Only what SET CONFIGURATION could have set as well: it would be in vain. */
static void add_overrides(const Settings &s, std::vector<std::string> *lines)
{
    bool any = false;
    for (int i = 0; i < P_COUNT; ++i) {
        ParamId id = static_cast<ParamId>(i);
        if (param_row(id).config[0] == '\0' || s.origin(id) == ORIGIN_DEFAULT ||
            s.origin(id) == ORIGIN_DATABASE)
            continue;
        if (!any) {
            lines->push_back("");
            lines->push_back("Not from the configuration database:");
        }
        any = true;
        lines->push_back("  " + padded(param_row(id).field, 26) + " " + config_origin_text(s, id));
    }
}

std::vector<std::string> config_display(const Settings &settings, const Identity &identity,
                                        const std::vector<QueueSummary> &queues)
{
    std::vector<std::string> lines;
    lines.push_back("SMTP Configuration");
    lines.push_back("");
    add_options(settings, &lines);
    add_timeouts(settings, &lines);
    add_names(settings, identity, &lines);
    add_queues(queues, &lines);
    add_overrides(settings, &lines);
    return lines;
}

static bool is_of_smtp(const ParamRow &row)
{
    return strncmp(row.name, "POP_", 4) != 0;
}

std::vector<std::string> config_display_all(const Settings &settings)
{
    std::vector<std::string> lines;
    lines.push_back("Setting                       Value                    Origin");
    lines.push_back("");
    for (int i = 0; i < P_COUNT; ++i) {
        ParamId id = static_cast<ParamId>(i);
        if (is_of_smtp(param_row(id)))
            lines.push_back(padded(param_row(id).name, 29) + " " +
                            padded(config_value_text(settings, id), 24) + " " +
                            config_origin_text(settings, id));
    }
    return lines;
}

} // namespace mail
