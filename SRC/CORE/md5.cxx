/*
**  md5 - the MD5 digest: see CORE/md5.h
**
**  Written from RFC 1321 3.4; the sine table is its T[i], the shifts its four rounds.
*/
#include "CORE/md5.h"

#include <string.h>

#include "CORE/encode.h"

namespace mail {

static const boost::uint32_t sine_table[64] = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391
};

static const unsigned char shift_table[4][4] = {
    { 7, 12, 17, 22 }, { 5, 9, 14, 20 }, { 4, 11, 16, 23 }, { 6, 10, 15, 21 }
};

Md5::Md5() : size_(0)
{
    state_[0] = 0x67452301;
    state_[1] = 0xefcdab89;
    state_[2] = 0x98badcfe;
    state_[3] = 0x10325476;
    memset(held_, 0, sizeof held_);
}

static boost::uint32_t mix(unsigned round, boost::uint32_t b, boost::uint32_t c, boost::uint32_t d)
{
    switch (round) {
    case 0:
        return (b & c) | (~b & d);
    case 1:
        return (b & d) | (c & ~d);
    case 2:
        return b ^ c ^ d;
    default:
        return c ^ (b | ~d);
    }
}

void Md5::block(const unsigned char *bytes)
{
    static const unsigned step[4] = { 1, 5, 3, 7 }, start[4] = { 0, 1, 5, 0 };
    boost::uint32_t x[16], s[4];
    for (int i = 0; i < 16; ++i)
        x[i] = bytes[i * 4] | (static_cast<boost::uint32_t>(bytes[i * 4 + 1]) << 8) |
               (static_cast<boost::uint32_t>(bytes[i * 4 + 2]) << 16) |
               (static_cast<boost::uint32_t>(bytes[i * 4 + 3]) << 24);
    memcpy(s, state_, sizeof s);
    for (unsigned i = 0; i < 64; ++i) {
        unsigned round = i / 16, shift = shift_table[round][i % 4];
        boost::uint32_t sum = s[0] + mix(round, s[1], s[2], s[3]) + sine_table[i] +
                              x[(start[round] + step[round] * i) % 16];
        s[0] = s[3];
        s[3] = s[2];
        s[2] = s[1];
        s[1] += (sum << shift) | (sum >> (32 - shift));
    }
    for (int i = 0; i < 4; ++i)
        state_[i] += s[i];
}

void Md5::feed(const char *data, size_t size)
{
    size_t held = static_cast<size_t>(size_ % 64);
    size_ += size;
    while (size != 0) {
        size_t part = 64 - held < size ? 64 - held : size;
        memcpy(held_ + held, data, part);
        data += part;
        size -= part;
        held = (held + part) % 64;
        if (held == 0)
            block(held_);
    }
}

std::string Md5::finish()
{
    static const char padding[64] = { '\x80' };
    boost::uint64_t bits = size_ * 8;
    char length[8];
    for (int i = 0; i < 8; ++i)
        length[i] = static_cast<char>((bits >> (8 * i)) & 0xFF);
    feed(padding, (119 - static_cast<size_t>(size_ % 64)) % 64 + 1);
    feed(length, sizeof length);
    std::string digest;
    for (int i = 0; i < 16; ++i)
        digest += static_cast<char>((state_[i / 4] >> (8 * (i % 4))) & 0xFF);
    *this = Md5();
    return digest;
}

std::string md5_hex(const std::string &text)
{
    Md5 md5;
    md5.feed(text.c_str(), text.size());
    return hex_encode(md5.finish());
}

} // namespace mail
