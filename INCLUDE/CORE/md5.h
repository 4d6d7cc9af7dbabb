/*
**  md5 - the MD5 digest (RFC 1321), for APOP only
**
**  POP must work where no SSL product is installed (HP 19.1), so it is not taken from there.
**  One object, one thread.
*/
#ifndef CORE_MD5_H
#define CORE_MD5_H

#include <string>
#include "boostset.h"

namespace mail {

class Md5 {
public:
    Md5();
    void feed(const char *data, size_t size);
    /* 16 bytes; the object starts anew. */
    std::string finish();

private:
    void block(const unsigned char *bytes);
    boost::uint32_t state_[4];
    boost::uint64_t size_;
    unsigned char held_[64];
};

/* 32 lower-case hexadecimal digits, as APOP wants (RFC 1939 7). */
std::string md5_hex(const std::string &text);

} // namespace mail
#endif
