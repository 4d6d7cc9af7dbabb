/*
**  record_file - files by RMS: open, create, get, put, update, delete
**
**  Every call returns RMS's condition; stv() belongs to the last one.
*/
#ifndef SHIM_DCL_RECORD_FILE_H
#define SHIM_DCL_RECORD_FILE_H

#include "low.h"

#include <rms.h>

namespace shim {
namespace dcl {

class Session;

const size_t RECORD_SIZE_MAX = 32767;

class RecordFile {
public:
    RecordFile();
    ~RecordFile();
    RecordFile(const RecordFile &) = delete;
    RecordFile &operator=(const RecordFile &) = delete;

    void name(const std::string &spec, const std::string &defaults);
    /* Before open() and create(). */
    FAB &fab() const { return *fab_; }
    RAB &rab() const { return *rab_; }
    uint32_t open();
    /* By its name, for reading, whatever others do with it. */
    uint32_t open_to_read(const std::string &spec, const std::string &defaults = "");
    uint32_t create();
    uint32_t close();
    bool is_open() const { return open_; }
    uint32_t stv() const { return stv_; }
    /* The resultant specification, the expanded one when there is none, else what was asked for. */
    std::string spec() const;

    /* Where VFC files keep the two bytes before a record; they begin as DCL writes them. */
    char *fixed_control() const;
    uint32_t get(std::string *record);
    uint32_t put(const std::string &record);
    uint32_t update(const std::string &record);
    uint32_t erase();
    uint32_t flush();
    /* For the next get(); key_size 0: sequential. */
    void by_key(const std::string &key, unsigned index, uint32_t match);
    void sequential();

private:
    Low<FAB> fab_;
    Low<RAB> rab_;
    Low<NAM> nam_;
    LowBlock names_;     /* spec, defaults, expanded, resultant: 256 each */
    LowBlock key_, control_;
    std::unique_ptr<LowBlock> buffer_;
    std::string asked_;
    bool open_;
    uint32_t stv_;

    uint32_t connect();
    uint32_t record_status(int status);
    void use_buffer(const std::string &record);
};

/* The records of a command procedure, default type .COM.  Throws Failure %DCL-E-OPENIN. */
std::vector<std::string> read_procedure(Session &session, const std::string &name,
                                        std::string *spec);
/* Host path of an existing file; empty and *status. */
std::string existing_host_path(const std::string &name, const std::string &defaults,
                               uint32_t *status, std::string *spec);

} // namespace dcl
} // namespace shim

#endif
