/*
**  ip_address - IPv4 and IPv6 addresses and networks: see CORE/ip_address.h
*/
#include "CORE/ip_address.h"

#include <string.h>

#include "CORE/text.h"

namespace mail
{

IpAddress::IpAddress() : is_v6(false)
{
    memset(bytes, 0, sizeof bytes);
}

bool IpAddress::operator==(const IpAddress &other) const
{
    return is_v6 == other.is_v6 && memcmp(bytes, other.bytes, sizeof bytes) == 0;
}

bool IpAddress::operator<(const IpAddress &other) const
{
    if (is_v6 != other.is_v6)
        return !is_v6;
    return memcmp(bytes, other.bytes, sizeof bytes) < 0;
}

static bool parse_v4(const std::string &text, unsigned char *bytes)
{
    size_t at = 0;
    for (int part = 0; part < 4; ++part) {
        size_t end = part < 3 ? text.find('.', at) : text.size();
        boost::uint32_t value;
        if (end == std::string::npos || end - at > 3 ||
            !text_number(text.substr(at, end - at), 0, 255, &value))
            return false;
        if (end - at > 1 && text[at] == '0')
            return false; // some readers take it for octal
        bytes[part] = static_cast<unsigned char>(value);
        at = end + 1;
    }
    return true;
}

static bool parse_group(const std::string &text, unsigned *value)
{
    if (text.empty() || text.size() > 4)
        return false;
    *value = 0;
    for (size_t i = 0; i < text.size(); ++i) {
        char c = text_lower(text[i]);
        unsigned digit = text_is_digit(c)       ? static_cast<unsigned>(c - '0')
                         : c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10
                                                : 16;
        if (digit == 16)
            return false;
        *value = *value * 16 + digit;
    }
    return true;
}

static bool parse_v6(const std::string &text, unsigned char *bytes)
{
    unsigned char result[16];
    size_t count = 0, gap = 17, at = 0;
    if (text.compare(0, 2, "::") == 0)
        gap = 0, at = 2;
    while (at < text.size()) {
        size_t end = text.find(':', at);
        std::string part = text.substr(at, end == std::string::npos ? end : end - at);
        if (end == std::string::npos && part.find('.') != std::string::npos) {
            if (count > 12 || !parse_v4(part, result + count))
                return false;
            count += 4;
            break;
        }
        unsigned value;
        if (count > 14 || !parse_group(part, &value))
            return false;
        result[count++] = static_cast<unsigned char>(value >> 8);
        result[count++] = static_cast<unsigned char>(value & 0xFF);
        if (end == std::string::npos)
            break;
        at = end + 1;
        if (at == text.size())
            return false;
        if (text[at] == ':') {
            if (gap != 17)
                return false;
            gap = count;
            ++at;
        }
    }
    if (gap == 17 ? count != 16 : count > 14)
        return false;
    if (gap == 17)
        gap = count;
    memset(bytes, 0, 16);
    memcpy(bytes, result, gap);
    memcpy(bytes + 16 - (count - gap), result + gap, count - gap);
    return true;
}

bool ip_address_from_bytes(const char *bytes, size_t size, IpAddress *address)
{
    static const char mapped[] = "\0\0\0\0\0\0\0\0\0\0\xFF\xFF";
    IpAddress result;
    if (size != 4 && size != 16)
        return false;
    if (size == 16 && memcmp(bytes, mapped, 12) == 0) {
        bytes += 12;
        size = 4;
    }
    result.is_v6 = size == 16;
    memcpy(result.bytes, bytes, size);
    *address = result;
    return true;
}

bool ip_address_parse(const std::string &text, IpAddress *address)
{
    unsigned char bytes[16];
    size_t size = 4;
    if (!parse_v4(text, bytes)) {
        if (text.size() < 2 || text.size() > 45 || !parse_v6(text, bytes))
            return false;
        size = 16;
    }
    return ip_address_from_bytes(reinterpret_cast<char *>(bytes), size, address);
}

static void append_hex(unsigned value, std::string *text)
{
    static const char digits[] = "0123456789abcdef";
    bool begun = false;
    for (int shift = 12; shift >= 0; shift -= 4) {
        unsigned digit = (value >> shift) & 15;
        begun = begun || digit != 0 || shift == 0;
        if (begun)
            *text += digits[digit];
    }
}

/* RFC 5952: the longest run of zero groups, the first of equals, never a single one. */
static std::string print_v6(const unsigned char *bytes)
{
    unsigned group[8];
    int best = -1, best_size = 1;
    for (int i = 0; i < 8; ++i)
        group[i] = bytes[i * 2] * 256u + bytes[i * 2 + 1];
    for (int i = 0; i < 8; ++i) {
        int size = 0;
        while (i + size < 8 && group[i + size] == 0)
            ++size;
        if (size > best_size) {
            best = i;
            best_size = size;
        }
    }
    std::string text;
    for (int i = 0; i < 8; ++i) {
        if (i == best) {
            text += "::";
            i += best_size - 1;
            continue;
        }
        if (!text.empty() && text[text.size() - 1] != ':')
            text += ':';
        append_hex(group[i], &text);
    }
    return text;
}

std::string ip_address_print(const IpAddress &address)
{
    if (address.is_v6)
        return print_v6(address.bytes);
    std::string text;
    for (int i = 0; i < 4; ++i)
        text += (i == 0 ? "" : ".") + text_from_number(address.bytes[i]);
    return text;
}

bool ip_literal_parse(const std::string &text, IpAddress *address)
{
    if (text.size() < 3 || text[0] != '[' || text[text.size() - 1] != ']')
        return false;
    std::string inside = text.substr(1, text.size() - 2);
    if (text_begins(inside, "IPv6:")) {
        inside.erase(0, 5);
        return inside.find(':') != std::string::npos && ip_address_parse(inside, address);
    }
    return inside.find(':') == std::string::npos && ip_address_parse(inside, address);
}

std::string ip_literal_print(const IpAddress &address)
{
    return (address.is_v6 ? "[IPv6:" : "[") + ip_address_print(address) + "]";
}

std::string ip_reverse_name(const IpAddress &address)
{
    return ip_reverse_name(address, address.is_v6 ? "ip6.arpa" : "in-addr.arpa");
}

std::string ip_reverse_name(const IpAddress &address, const std::string &zone)
{
    static const char digits[] = "0123456789abcdef";
    std::string name;
    for (size_t i = address.size(); i-- > 0;) {
        if (address.is_v6) {
            name += digits[address.bytes[i] & 15];
            name += '.';
            name += digits[address.bytes[i] >> 4];
            name += '.';
        } else {
            name += text_from_number(address.bytes[i]) + ".";
        }
    }
    return name + zone;
}

/* Does bit number i (0 is the first) belong to the network part? */
static unsigned char mask_byte(int bits, size_t byte)
{
    int left = bits - static_cast<int>(byte) * 8;
    return static_cast<unsigned char>(left >= 8 ? 0xFF : left <= 0 ? 0 : 0xFF00 >> left);
}

bool IpNetwork::contains(const IpAddress &other) const
{
    if (address.is_v6 != other.is_v6)
        return false;
    for (size_t i = 0; i < address.size(); ++i)
        if ((other.bytes[i] & mask_byte(bits, i)) != address.bytes[i])
            return false;
    return true;
}

static bool mask_bits(const std::string &text, const IpAddress &address, int *bits)
{
    boost::uint32_t number;
    IpAddress mask;
    if (text_number(text, 0, address.is_v6 ? 128 : 32, &number)) {
        *bits = static_cast<int>(number);
        return true;
    }
    if (address.is_v6 || !ip_address_parse(text, &mask) || mask.is_v6)
        return false;
    for (*bits = 0; *bits <= 32; ++*bits) {
        size_t i = 0;
        while (i < 4 && mask.bytes[i] == mask_byte(*bits, i))
            ++i;
        if (i == 4)
            return true;
    }
    return false; // its ones are not contiguous
}

bool ip_network_parse(const std::string &text, IpNetwork *network)
{
    IpNetwork result;
    size_t mark = text.find('/');
    if (mark == std::string::npos && text.find('.') != std::string::npos &&
        text.find(':') == text.rfind(':'))
        mark = text.find(':'); // the form of SET SERVICE; an IPv6 address has two colons or more
    if (!ip_address_parse(text.substr(0, mark), &result.address))
        return false;
    result.bits = result.address.is_v6 ? 128 : 32;
    if (mark != std::string::npos &&
        !mask_bits(text.substr(mark + 1), result.address, &result.bits))
        return false;
    for (size_t i = 0; i < result.address.size(); ++i)
        result.address.bytes[i] &= mask_byte(result.bits, i);
    *network = result;
    return true;
}

std::string ip_network_print(const IpNetwork &network)
{
    return ip_address_print(network.address) + "/" +
           text_from_number(static_cast<boost::uint64_t>(network.bits));
}

bool ip_is_loopback(const IpAddress &address)
{
    IpNetwork loop;
    ip_network_parse(address.is_v6 ? "::1" : "127.0.0.0/8", &loop);
    return loop.contains(address);
}

} // namespace mail
