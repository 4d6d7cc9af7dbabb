/*
**  dns_codec - DNS questions and answers as bytes
**
**  RFC 1035 section 4, AAAA RFC 3596, null MX RFC 7505.  Names are given and returned in lower case
**  without the final dot; the root is "".  Input is hostile: every length is checked, a compression
**  pointer must point backwards, labels hold no periods or controls, and limits bound names and
**  records.  Pure functions.
*/
#ifndef CORE_DNS_CODEC_H
#define CORE_DNS_CODEC_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

const size_t DNS_NAME_MAX = 253;      /* characters of a printed name */
const size_t DNS_UDP_MAX = 512;       /* without EDNS */
const size_t DNS_RECORDS_MAX = 1024;  /* of one answer; more is a malformed message */

enum DnsType {
    DNS_A = 1, DNS_CNAME = 5, DNS_SOA = 6, DNS_PTR = 12, DNS_MX = 15, DNS_TXT = 16, DNS_AAAA = 28
};

enum DnsCode { DNS_NO_ERROR = 0, DNS_FORMAT_ERROR = 1, DNS_SERVER_FAILURE = 2, DNS_NO_NAME = 3 };

struct DnsRecord {
    std::string name;
    unsigned type;           /* DnsType or another number */
    boost::uint32_t ttl;     /* seconds; RFC 2181 8: a value above 2^31-1 counts as 0 */
    unsigned preference;     /* MX */
    std::string data;        /* A, AAAA: 4 or 16 bytes; CNAME, PTR, MX: a name; TXT: text */
    DnsRecord() : type(0), ttl(0), preference(0) {}
};

struct DnsMessage {
    unsigned id, code;       /* code: DnsCode */
    bool is_answer, truncated;
    std::string question;    /* the first question's name and type */
    unsigned question_type;
    std::vector<DnsRecord> answers;
    bool has_negative_ttl;   /* the authority section had an SOA: RFC 2308 */
    boost::uint32_t negative_ttl;
    DnsMessage()
        : id(0), code(0), is_answer(false), truncated(false), question_type(0),
          has_negative_ttl(false), negative_ttl(0)
    {
    }
};

/* False: not a name that can be asked (empty label, label above 63, too long). */
bool dns_encode_question(unsigned id, const std::string &name, unsigned type, std::string *message);
/* False: malformed; *message is then undefined. */
bool dns_decode(const char *data, size_t size, DnsMessage *message);

} // namespace mail
#endif
