/*  pop_headers, pop_message: whatever MAIL's lines and a text hold, the client gets one block of
**  headers, nobody adds a line to it, the size is the one that was told, and no body is lost
*/
#include "CORE/header_fields.h"
#include "CORE/text.h"
#include "fuzz.h"
#include "pop_headers.h"
#include "pop_message.h"
#include "scratch_system.h"

using namespace mail;

/* Hosts without a DNS: a node with a vowel has a name, one with "L" a local one. */
static bool node_host(const std::string &node, std::string *host)
{
    *host = node.find('L') != std::string::npos ? "ucxsys.acme.com" : text_lowered(node) + ".test";
    return node.find_first_of("AEIOU") != std::string::npos;
}

static void set(Settings &settings, ParamId id, const char *value)
{
    FUZZ_ASSERT(settings.set(id, value, ORIGIN_TEST, "", 0));
}

/* The next line of the input, without its end. */
static std::string take_line(const std::string &text, size_t *at)
{
    size_t end = text.find('\n', *at);
    std::string line(text, *at, end == std::string::npos ? end : end - *at);
    *at = end == std::string::npos ? text.size() : end + 1;
    return line;
}

/* What MAIL holds, with every line ended by CRLF. */
static std::string stored(const std::string &text)
{
    std::string out;
    for (size_t i = 0; i < text.size(); ++i)
        if (text[i] == '\n')
            out += "\r\n";
        else if (text[i] != '\r')
            out += text[i];
    return text_ends(out, "\r\n") || out.empty() ? out : out + "\r\n";
}

/* Fields or continuations, each short enough, ended by the only empty line. */
static void check_block(const std::string &block)
{
    FUZZ_ASSERT(text_ends(block, "\r\n\r\n"));
    for (size_t at = 0; at < block.size() - 2;) {
        size_t end = block.find("\r\n", at);
        FUZZ_ASSERT(end != at && end - at <= 998);
        const char *line = block.data() + at;
        size_t colon = block.find(':', at);
        if (*line != ' ' && *line != '\t')
            FUZZ_ASSERT(colon < end && header_name_is_valid(line, colon - at));
        for (; at < end; ++at) {
            unsigned char c = static_cast<unsigned char>(block[at]);
            FUZZ_ASSERT((c >= ' ' && c != 127) || c == '\t');
        }
        at = end + 2;
    }
}

FUZZ(input)
{
    if (input.size() < 2)
        return;
    scratch_system();
    static const Settings defaults;
    Settings settings(defaults);
    Identity identity;
    identity.set_host("ucxsys.acme.com", "acme.com", "UCXSYS");
    static const char *const rewrites[] = {"GENERIC", "NONE"};
    static const char *const places[] = {"TOP", "BOTTOM", "NONE"};
    unsigned bits = static_cast<unsigned char>(input[0]), place = bits >> 5;
    set(settings, P_POP_IGNORE_MAIL11_HEADERS, (bits & 1) ? "1" : "0");
    set(settings, P_POP_BOTTOM_HEADERS, (bits & 2) ? "ON" : "OFF");
    set(settings, P_POP_PERSONAL_NAME, (bits & 4) ? "1" : "0");
    set(settings, P_POP_SEND_ID_HEADERS, (bits & 8) ? "1" : "0");
    set(settings, P_POP_DECNET_REWRITE, rewrites[(bits >> 4) & 1]);
    set(settings, P_HEADERS, places[place % 3]);
    MailItem item;
    size_t at = 1;
    item.from = take_line(input, &at);
    item.to = take_line(input, &at);
    item.cc = take_line(input, &at);
    item.subject = take_line(input, &at);
    item.flags = (place & 4) ? static_cast<unsigned>(MAILFLAG_FOREIGN) : 0;
    item.date = 0x00BC000000000000ULL;
    std::string text = stored(input.substr(at));
    PopMessage message(item, "FUZZ_1", settings, identity);
    check_block(message.headers());
    std::string made = message.headers() + text;
    PopTextFacts facts = pop_text_facts(made, message.headers().size());
    FUZZ_ASSERT(facts.octets == text.size() && facts.bottom <= facts.octets);
    FUZZ_ASSERT(facts.fields <= facts.bottom && facts.more <= facts.fields);
    message.compose(facts, &made);
    FUZZ_ASSERT(made.size() == message.size(facts));
    if (message.is_plain(facts))
        FUZZ_ASSERT(made == message.headers() + text);
    else if (facts.bottom == 0)
        FUZZ_ASSERT(made == text);
    std::string body(text, 0, text.size() - facts.bottom); /* what stands over the bottom */
    FUZZ_ASSERT(made.find(body) != std::string::npos);
    set(settings, P_POP_DECNET_REWRITE, "TRANSFORM");
    set(settings, P_POP_QUOTED_DECNET_REWRITE, (bits & 16) ? "TRANSFORM" : "GENERIC");
    pop_from_value(vms_address_parse(item.from), settings, identity, node_host);
}
