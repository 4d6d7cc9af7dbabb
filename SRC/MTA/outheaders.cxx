/*
**  outheaders - trace and origination headers, and MAIL's own fields out of RFC 822 ones
**
**  All fields leave through CORE's header_print, which lets no value make a second field.
*/
#include "MTA/outheaders.h"

#include "CORE/address.h"
#include "CORE/datetime.h"
#include "CORE/header_fields.h"
#include "CORE/ip_address.h"
#include "CORE/smtp_path.h"
#include "CORE/text.h"
#include "CORE/vms_address.h"
#include "VMS/logical.h"
#include "VMS/process.h"
#include "VMS/vmstime.h"

namespace mail {

enum { NAME_LIMIT = 255, FIELD_LIMIT = 255 };

const char headers_bottom_separator[] = "================== RFC 822 Headers ==================\r\n";

std::string product_version()
{
    return "V1.0, " + process_system();
}

HeaderZone header_zone()
{
    HeaderZone zone;
    zone.seconds = vmstime_zone_seconds();
    zone.name = logical_text("SYS$TIMEZONE_NAME", "");
    if (zone.name.size() > 8 || zone.name.find_first_of("()\\\"<> ") != std::string::npos)
        zone.name.clear();
    return zone;
}

std::string header_date(boost::uint64_t time)
{
    return header_date(time, header_zone());
}

std::string header_date(boost::uint64_t time, const HeaderZone &zone)
{
    DateTime date;
    if (!datetime_from_unix(static_cast<boost::int64_t>(time), zone.seconds / 60, &date))
        return std::string();
    return datetime_print(date, zone.name.c_str());
}

std::string header_line(const std::string &name, const std::string &value)
{
    return header_print(name, value);
}

/* "[10.1.2.3]", "[IPv6:2001:db8::1]"; an address that is none is left out. */
static std::string address_literal(const std::string &text)
{
    IpAddress address;
    return ip_address_parse(text, &address) ? ip_literal_print(address) : std::string();
}

/* A name from outside inside a trace field: what could end a comment or a field becomes '?'. */
static std::string trace_name(const std::string &name)
{
    std::string text = name.substr(0, NAME_LIMIT);
    for (size_t i = 0; i < text.size(); ++i)
        if (static_cast<unsigned char>(text[i]) <= ' ' ||
            static_cast<unsigned char>(text[i]) >= 0x7F || text[i] == '(' || text[i] == ')' ||
            text[i] == '\\' || text[i] == ';')
            text[i] = '?';
    return text.empty() ? "unknown" : text;
}

std::string received_header(const ControlEnvelope &envelope, const Identity &identity,
                            const std::string &only_recipient)
{
    std::string value;
    std::string literal = address_literal(envelope.client_address);
    if (!envelope.client_name.empty() || !literal.empty()) {
        value = "from " + trace_name(envelope.client_name);
        if (!envelope.client_host.empty())
            value += " (" + trace_name(envelope.client_host) + " " + literal + ")";
        else if (!literal.empty())
            value += " (" + literal + ")";
        value += " ";
    }
    value += "by " + identity.host() + " (" + product_version() + ")";
    if (!envelope.protocol.empty() && envelope.protocol != "local")
        value += " with " + envelope.protocol;
    value += " id " + envelope.message_id;
    if (!only_recipient.empty())
        value += " for <" + only_recipient + ">";
    return header_print("Received", value + "; " + header_date(envelope.created));
}

std::string return_path_header(const std::string &sender)
{
    return header_print("Return-Path", "<" + sender + ">");
}

/* ---- the header block of a message ---- */

void HeaderBlock::keep(const char *data, size_t size)
{
    size_t room = limit_ > text_.size() ? limit_ - text_.size() : 0;
    text_.append(data, size < room ? size : room);
    cut_ = cut_ || size > room;
}

/* A line that was kept as a whole is looked at; the block may end before it. */
void HeaderBlock::end_line()
{
    const char *line = text_.data() + line_;
    size_t size = text_.size() - line_;
    bool continues = line_ != 0 && text_is_blank(*line);
    if (!cut_ && !continues && header_name_size(line, size) == 0) {
        stray_.assign(text_, line_, size);
        text_.resize(line_);
        complete_ = true;
    }
    line_ = text_.size();
}

/* state_: 1 at the start of a line, 2 after a CR at the start of a line, 0 within a line */
size_t HeaderBlock::feed(const char *data, size_t size)
{
    size_t i = 0, kept = 0;
    for (; i < size && !complete_; ++i) {
        char c = data[i];
        if (c == '\n') {
            complete_ = state_ != 0;
            keep(data + kept, i + 1 - kept);
            kept = i + 1;
            if (!complete_)
                end_line();
            state_ = 1;
        } else
            state_ = state_ == 1 && c == '\r' ? 2 : 0;
    }
    keep(data + kept, i - kept);
    return i;
}

bool HeaderBlock::find(const char *name, std::string *value) const
{
    HeaderFields fields;
    fields.parse(text_);
    return fields.value(std::string(name), value);
}

size_t HeaderBlock::count(const char *name) const
{
    HeaderFields fields;
    fields.parse(text_);
    size_t n = 0;
    for (size_t i = fields.find(std::string(name), 0); i < fields.count();
         i = fields.find(std::string(name), i + 1))
        ++n;
    return n;
}

/* ---- MAIL's fields ---- */

std::string mail_smtp_address(const std::string &address)
{
    return vms_address_wrap(address);
}

std::string mail_plain_address(const std::string &mail_address)
{
    std::string address;
    return vms_address_unwrap(mail_address, &address, 0) ? address : mail_address;
}

/* The first mailbox of a list, ready for MAIL; empty when there is none or it is too long. */
static std::string first_mailbox(const std::string &value)
{
    std::vector<Address> list;
    address_list_parse(value, &list);
    for (size_t i = 0; i < list.size(); ++i) {
        std::string spec = address_spec(list[i]);
        if (spec.empty())
            continue;
        std::string wrapped = vms_address_wrap(spec);
        return wrapped.size() <= FIELD_LIMIT ? wrapped : std::string();
    }
    return std::string();
}

static std::string field_text(const HeaderFields &fields, HeaderId id)
{
    std::string value;
    fields.value(id, &value);
    return text_one_line(value, FIELD_LIMIT);
}

/* Spec 6.7: the order is HP's; From stands where mail of today needs it. */
static std::string from_field(const HeaderFields &fields, const std::string &sender)
{
    static const HeaderId order[] = {HEADER_RESENT_REPLY_TO, HEADER_RESENT_FROM, HEADER_REPLY_TO,
                                     HEADER_FROM, HEADER_RESENT_SENDER, HEADER_SENDER};
    std::string value;
    for (size_t i = 0; i < sizeof order / sizeof *order; ++i) {
        if (!fields.value(order[i], &value))
            continue;
        std::string wrapped = first_mailbox(value);
        if (!wrapped.empty())
            return wrapped;
    }
    return vms_address_wrap(sender).substr(0, FIELD_LIMIT);
}

MailFields mail_fields(const HeaderBlock &headers, const std::string &sender,
                       const Settings &settings)
{
    HeaderFields fields;
    fields.parse(headers.text());
    MailFields mail;
    mail.from = from_field(fields, sender);
    if (!settings.flag(P_INBOUND_NOXVMS)) {
        mail.to = field_text(fields, HEADER_X_VMS_TO);
        mail.cc = field_text(fields, HEADER_X_VMS_CC);
    }
    if (mail.to.empty())
        mail.to = field_text(fields, HEADER_TO);
    if (mail.cc.empty())
        mail.cc = field_text(fields, HEADER_CC);
    mail.subject = field_text(fields, HEADER_SUBJECT);
    return mail;
}

/* ---- what a local sender left out ---- */

std::string missing_headers(const HeaderBlock &headers, const ControlEnvelope &envelope,
                            const Identity &identity)
{
    HeaderFields fields;
    fields.parse(headers.text());
    std::string value, lines;
    if (!fields.value(HEADER_DATE, &value))
        lines += header_print("Date", header_date(envelope.created));
    if (!fields.value(HEADER_MESSAGE_ID, &value))
        lines += header_print("Message-Id",
                              "<" + envelope.message_id + "@" + identity.mail_domain() + ">");
    if (!fields.value(HEADER_FROM, &value)) {
        std::string sender = envelope.sender.empty() ? identity.postmaster_address()
                                                     : envelope.sender;
        lines += header_print("From", sender);
    }
    return lines;
}

} // namespace mail
