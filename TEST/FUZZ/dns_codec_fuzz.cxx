/*  dns_codec: no answer breaks it; every name that comes out can be asked
*/
#include "CORE/dns_codec.h"
#include "fuzz.h"

using namespace mail;

static void check_name(const std::string &name)
{
    std::string bytes;
    DnsMessage again;
    FUZZ_ASSERT(name.size() <= DNS_NAME_MAX);
    if (name.empty())
        return;
    FUZZ_ASSERT(dns_encode_question(7, name, DNS_A, &bytes));
    FUZZ_ASSERT(dns_decode(bytes.data(), bytes.size(), &again) && again.question == name);
}

FUZZ(text)
{
    DnsMessage message;
    if (!dns_decode(text.data(), text.size(), &message))
        return;
    check_name(message.question);
    for (size_t i = 0; i < message.answers.size(); ++i) {
        const DnsRecord &record = message.answers[i];
        check_name(record.name);
        if (record.type == DNS_MX || record.type == DNS_CNAME || record.type == DNS_PTR)
            check_name(record.data);
        FUZZ_ASSERT(record.type != DNS_A || record.data.size() == 4);
        FUZZ_ASSERT(record.type != DNS_AAAA || record.data.size() == 16);
    }
}
