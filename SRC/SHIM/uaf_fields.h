/*
**  uaf_fields - the one table of what a SYSUAF record holds
**
**  A row is an item of $GETUAI and $SETUAI and a column of the store.  Private to uaf*.cxx.
*/
#ifndef SHIM_UAF_FIELDS_H
#define SHIM_UAF_FIELDS_H

#include "uaf.h"

#include <functional>
#include <memory>

namespace shim
{

struct UafField {
    enum Kind { COUNTED, FILLED, NUMBER, BYTES } kind;
    const char *column;
    uint16_t item; /* UAI$_... */
    uint16_t size; /* bytes of the item; COUNTED: with the count byte */
    size_t offset; /* in UafRecord */
};
extern const UafField uaf_fields[];
extern const size_t uaf_field_count;
/* 0 when the item is none of the table */
const UafField *uaf_field(uint16_t item);

std::string &field_text(const UafField &field, UafRecord *record);
const std::string &field_text(const UafField &field, const UafRecord &record);
/* NUMBER and BYTES: where the little-endian bytes are */
char *field_bytes(const UafField &field, UafRecord *record);
const char *field_bytes(const UafField &field, const UafRecord &record);

/* ---- uaf_store.cxx ---- */

/* 0 with *status when there is none.  An unchanged record comes from memory. */
std::shared_ptr<const UafRecord> uaf_find(const std::string &user, uint32_t *status);
/* Reads, lets change() edit, writes: one transaction.  change's failure leaves all as it was. */
uint32_t uaf_update(const std::string &user, const std::function<uint32_t(UafRecord *)> &change);

} // namespace shim

#endif
