/*
**  rms_keys - see rms_keys.h
*/
#include "rms_keys.h"

#include <algorithm>
#include <rms.h>

namespace shim {
namespace rms {

namespace {

const unsigned KEYS_MAX = 16;
const unsigned KEY_SIZE_MAX = 255;

/* 0: any size. */
unsigned type_size(unsigned type)
{
    switch (type) {
    case XAB$C_BN2:
    case XAB$C_IN2:
        return 2;
    case XAB$C_BN4:
    case XAB$C_IN4:
        return 4;
    case XAB$C_BN8:
    case XAB$C_IN8:
        return 8;
    }
    return 0;
}

bool is_signed(unsigned type)
{
    return type == XAB$C_IN2 || type == XAB$C_IN4 || type == XAB$C_IN8;
}

uint32_t read_key(const XABKEY &xab, Key *key)
{
    key->flags = xab.xab$b_flg;
    key->type = xab.xab$b_dtp;
    key->null = xab.xab$b_nul;
    key->position = xab.xab$w_pos0;
    key->size = xab.xab$b_siz0;
    if (xab.xab$l_knm)
        key->name.assign(xab.xab$l_knm, 32);
    if (key->type != XAB$C_STG && !type_size(key->type))
        return RMS$_DTP;
    unsigned fixed = type_size(key->type);
    if (!key->size && fixed)
        key->size = fixed;
    bool good = key->size && key->size <= KEY_SIZE_MAX && (!fixed || key->size == fixed);
    return good ? RMS$_NORMAL : RMS$_SIZ;
}

} // namespace

bool Key::duplicates() const
{
    return (flags & XAB$M_DUP) != 0;
}

bool Key::changes() const
{
    return (flags & XAB$M_CHG) != 0;
}

bool Key::text() const
{
    return type == XAB$C_STG;
}

uint32_t read_keys(const FAB *fab, std::vector<Key> *keys)
{
    keys->clear();
    std::vector<bool> seen;
    for (const XABHEAD *xab = static_cast<const XABHEAD *>(fab->fab$l_xab); xab;
         xab = static_cast<const XABHEAD *>(xab->xab$l_nxt)) {
        if (xab->xab$b_cod != XAB$C_KEY)
            continue;
        const XABKEY &key = *reinterpret_cast<const XABKEY *>(xab);
        if (key.xab$b_ref >= KEYS_MAX)
            return RMS$_REF;
        if (key.xab$b_ref >= keys->size()) {
            keys->resize(key.xab$b_ref + 1u);
            seen.resize(key.xab$b_ref + 1u);
        }
        if (seen[key.xab$b_ref])
            return RMS$_REF;
        seen[key.xab$b_ref] = true;
        uint32_t status = read_key(key, &(*keys)[key.xab$b_ref]);
        if (!(status & 1))
            return status;
    }
    bool whole = !seen.empty() && std::find(seen.begin(), seen.end(), false) == seen.end();
    return whole ? RMS$_NORMAL : RMS$_NPK;
}

std::string order_key(const Key &key, const char *data, size_t size)
{
    std::string value(data, std::min<size_t>(size, key.size));
    if (key.text())
        return value;
    std::reverse(value.begin(), value.end());
    if (is_signed(key.type) && !value.empty())
        value[0] = static_cast<char>(value[0] ^ 0x80);
    return value;
}

bool record_key(const Key &key, const char *record, size_t size, std::string *value)
{
    if (size < key.position + key.size)
        return false;
    const char *at = record + key.position;
    if (key.flags & XAB$M_NUL) {
        bool null = true;
        for (unsigned i = 0; i < key.size; ++i)
            null = null && static_cast<unsigned char>(at[i]) == key.null;
        if (null)
            return false;
    }
    *value = order_key(key, at, key.size);
    return true;
}

} // namespace rms
} // namespace shim
