/*
**  rms_keys - keys of indexed files in the order of their data type; private to rms_indexed,
**  rms_keys
**
**  A key is kept as bytes that compare, as bytes, like the values do: numbers big-endian with
**  the sign turned.
*/
#ifndef SHIM_RMS_KEYS_H
#define SHIM_RMS_KEYS_H

#include <cstdint>
#include <string>
#include <vector>

struct XABKEY;
struct FAB;

namespace shim {
namespace rms {

struct Key {
    unsigned flags, type, null, position, size;
    std::string name;
    bool duplicates() const;
    bool changes() const;
    bool text() const;
};

/* From the XABKEYs of a FAB: refs 0, 1, ... each once. RMS$_NPK, RMS$_DTP, RMS$_SIZ, RMS$_REF. */
uint32_t read_keys(const FAB *fab, std::vector<Key> *keys);
/* The value as it orders; from the record's or the caller's form. */
std::string order_key(const Key &key, const char *data, size_t size);
/* False: the record is too short, or holds only the null byte. */
bool record_key(const Key &key, const char *record, size_t size, std::string *value);

} // namespace rms
} // namespace shim

#endif
