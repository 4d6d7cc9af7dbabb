/*
**  hash_password - $HASH_PASSWORD: the Purdy polynomial over 2^64 - 59
**
**  The caller has upcased and trimmed.  AUTODIN-II (algorithm 0) has no public exact description:
**  it is refused with SS$_BADPARAM and a note in the trace.  spec/vms-api.md 4.3; G. B. Purdy,
**  "A High Security Log-in Procedure", CACM 17(8), 1974.
*/
#include "shim.h"
#include "uaf.h"

#include <cstring>

#include <starlet.h>
#include <uaidef.h>

namespace
{

const uint64_t prime_gap = 59; /* the prime is 2^64 - 59 */
const uint64_t prime = 0 - prime_gap;
const uint64_t coefficients[5] = {0 - uint64_t(83), 0 - uint64_t(179), 0 - uint64_t(257),
                                  0 - uint64_t(323), 0 - uint64_t(363)};
const uint32_t exponent_high = (1u << 24) - 3;
const uint32_t exponent_low = (1u << 24) - 63;
const size_t old_user_size = 12; /* PURDY pads the user name to this */

/* 64 x 64 -> 128 bits in halves: -m32 has no __int128 */
void multiply(uint64_t a, uint64_t b, uint64_t *high, uint64_t *low)
{
    uint64_t al = a & 0xffffffff, ah = a >> 32, bl = b & 0xffffffff, bh = b >> 32;
    uint64_t ll = al * bl, lh = al * bh, hl = ah * bl;
    uint64_t middle = (ll >> 32) + (lh & 0xffffffff) + (hl & 0xffffffff);
    *low = (middle << 32) | (ll & 0xffffffff);
    *high = ah * bh + (lh >> 32) + (hl >> 32) + (middle >> 32);
}

uint64_t add(uint64_t a, uint64_t b)
{
    uint64_t sum = a + b;
    if (sum < a)
        sum += prime_gap; /* the carry is 2^64 = 59 */
    return sum >= prime ? sum - prime : sum;
}

uint64_t product(uint64_t a, uint64_t b)
{
    uint64_t high, low, high2, low2;
    multiply(a, b, &high, &low);
    multiply(high, prime_gap, &high2, &low2);
    return add(add(low >= prime ? low - prime : low, low2 >= prime ? low2 - prime : low2),
               high2 * prime_gap);
}

uint64_t power(uint64_t base, uint32_t exponent)
{
    uint64_t result = 1;
    for (; exponent; exponent >>= 1, base = product(base, base))
        if (exponent & 1)
            result = product(result, base);
    return result;
}

uint64_t purdy(uint64_t x)
{
    /* x^n0 + C1 x^n1 + C2 x^3 + C3 x^2 + C4 x + C5 */
    uint64_t sum = product(power(x, exponent_low),
                           add(power(x, exponent_high - exponent_low), coefficients[0]));
    uint64_t low = add(product(x, coefficients[1]), coefficients[2]);
    low = add(product(x, low), coefficients[3]);
    low = add(product(x, low), coefficients[4]);
    return add(sum, low);
}

void rotate_left(unsigned char *at)
{
    uint32_t v = at[0] | at[1] << 8 | at[2] << 16 | static_cast<uint32_t>(at[3]) << 24;
    v = v << 1 | v >> 31;
    for (int i = 0; i < 4; i++)
        at[i] = static_cast<unsigned char>(v >> (8 * i));
}

/* Folds text into 8 bytes; PURDY_S turns the two halves on the way. */
void collapse(const std::string &text, bool rotate, unsigned char quad[8])
{
    size_t left = text.size();
    for (size_t k = 0; k < text.size(); k++, left--) {
        size_t i = left & 7;
        quad[i] = static_cast<unsigned char>(quad[i] + static_cast<unsigned char>(text[k]));
        if (rotate && i == 7) {
            rotate_left(quad);
            rotate_left(quad + 4);
        }
    }
}

} // namespace

namespace shim
{

uint32_t hash_password(const std::string &password, uint8_t algorithm, uint16_t salt,
                       const std::string &user, uint64_t *hash)
{
    if (algorithm == UAI$C_PREFERRED_ALGORITHM)
        algorithm = UAI$C_PURDY_S;
    if (algorithm < UAI$C_PURDY || algorithm > UAI$C_PURDY_S) {
        trace("sys$hash_password: algorithm %u is not known", algorithm);
        return SS$_BADPARAM;
    }
    *hash = 0;
    if (password.empty())
        return SS$_NORMAL;
    std::string name = user;
    if (algorithm == UAI$C_PURDY)
        name.resize(old_user_size, ' ');
    else
        name.erase(name.find_last_not_of(' ') + 1);
    bool rotate = algorithm == UAI$C_PURDY_S;
    unsigned char quad[8] = {0, 0, 0, 0, 0, 0, 0, 0};
    if (rotate) {
        quad[0] = static_cast<unsigned char>(password.size());
        quad[1] = static_cast<unsigned char>(password.size() >> 8);
    }
    collapse(password, rotate, quad);
    unsigned salted = (quad[3] | quad[4] << 8) + salt;
    quad[3] = static_cast<unsigned char>(salted);
    quad[4] = static_cast<unsigned char>(salted >> 8);
    collapse(name, rotate, quad);
    uint64_t x = 0;
    for (int i = 7; i >= 0; i--)
        x = x << 8 | quad[i];
    *hash = purdy(x >= prime ? x - prime : x);
    return SS$_NORMAL;
}

} // namespace shim

extern "C" int sys$hash_password(void *pwd, unsigned char alg, unsigned short salt, void *usrnam,
                                 struct _generic_64 *hash)
{
    SHIM_SERVICE("sys$hash_password");
    std::string password, user;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(pwd), &password);
    if (status & 1)
        status = shim::get_text(static_cast<dsc$descriptor_s *>(usrnam), &user);
    if (!(status & 1))
        return status;
    if (!hash)
        return SS$_ACCVIO;
    if (password.size() > UAI$C_MAX_PWD_LENGTH || user.size() > 31)
        return SS$_BADPARAM;
    uint64_t value;
    status = shim::hash_password(password, alg, salt, user, &value);
    if (status & 1)
        memcpy(hash, &value, sizeof value);
    return status;
}
