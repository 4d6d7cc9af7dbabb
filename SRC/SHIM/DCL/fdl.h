/*
**  fdl - a File Definition Language description: what a new file is to be like
**
**  Sections FILE (NAME, ORGANIZATION), RECORD (FORMAT, SIZE, CARRIAGE_CONTROL, CONTROL_FIELD_SIZE)
**  and KEY n (SEG0_POSITION, SEG0_LENGTH, SEG0_TYPE, DUPLICATES, CHANGES, NAME); what concerns
**  allocation, areas and buckets is read and changes nothing.  Record Management Utilities, FDL.
*/
#ifndef SHIM_DCL_FDL_H
#define SHIM_DCL_FDL_H

#include "low.h"
#include "record_file.h"

#include <xabkeydef.h>

namespace shim {
namespace dcl {

struct FdlKey {
    unsigned position = 0, length = 0, type = XAB$C_STG;
    bool duplicates = false, changes = false;
    std::string name;
};
struct Fdl {
    std::string name; /* of the file; empty: not said */
    uint8_t org = FAB$C_SEQ, rfm = FAB$C_VAR, rat = FAB$M_CR, control_size = 2;
    uint16_t size = 0; /* of records, at most or exactly */
    std::vector<FdlKey> keys;
};

/* Throws %FDL-E-OPENIN, %FDL-E-SYNTAX with the line. */
Fdl read_fdl(const std::string &file);
/* The lines of one, as read_fdl() takes them. */
std::vector<std::string> fdl_text(const Fdl &fdl);
/* Attributes of the FAB of a file to be created; the keys live as long as the result. */
class FdlKeys {
public:
    FdlKeys(const Fdl &fdl, RecordFile *file);

private:
    std::vector<std::unique_ptr<Low<XABKEY>>> keys_;
};

} // namespace dcl
} // namespace shim

#endif
