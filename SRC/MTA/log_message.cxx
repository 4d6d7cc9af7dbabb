/*
**  log_message - header fields as log lines
*/
#include "MTA/log_message.h"

#include "CORE/header_fields.h"

namespace mail {

void log_message_header(LogLevel level, const std::string &id, const std::string &header,
                        bool nosey)
{
    if (!log_on(level))
        return;
    HeaderFields fields;
    fields.parse(header);
    for (size_t i = 0; i < fields.count() && i < LOG_MESSAGE_FIELDS; ++i) {
        const HeaderField &field = fields.field(i);
        std::string value = header_unfold(field.raw).substr(0, LOG_MESSAGE_VALUE);
        if (field.id == HEADER_SUBJECT && !nosey) {
            LogLine(level, id, "SUBJECT:<omitted>"); /* the manual's text (spec 2.1) */
            continue;
        }
        LogLine(level, id, "header").add("name", field.name).add("value", value);
    }
    if (fields.count() > LOG_MESSAGE_FIELDS)
        LogLine(level, id, "header")
            .add("more", static_cast<boost::uint32_t>(fields.count() - LOG_MESSAGE_FIELDS));
}

} // namespace mail
