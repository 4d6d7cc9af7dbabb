/*
**  files - the files that OPEN opened: process-permanent files with a logical name
*/
#ifndef SHIM_DCL_FILES_H
#define SHIM_DCL_FILES_H

#include "record_file.h"

#include <map>

namespace shim {
namespace dcl {

class Files {
public:
    struct Entry {
        RecordFile file;
        bool reads = false, writes = false;
    };
    Files() : last_(0) {}
    /* Opened by the caller; its number, for permanent_value(). */
    uint16_t add(std::unique_ptr<Entry> entry);
    Entry *find(uint16_t number);
    uint32_t close(uint16_t number, uint32_t *stv);

private:
    std::map<uint16_t, std::unique_ptr<Entry>> files_;
    uint16_t last_;
};

} // namespace dcl
} // namespace shim

#endif
