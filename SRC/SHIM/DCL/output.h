/*
**  output - where SYS$OUTPUT and SYS$ERROR go: a host file descriptor, one write for each line
*/
#ifndef SHIM_DCL_OUTPUT_H
#define SHIM_DCL_OUTPUT_H

#include <cstdint>
#include <memory>
#include <string>

namespace shim {
namespace dcl {

class Output {
public:
    /* close_it: the descriptor is closed with this object. */
    Output(int fd, const std::string &device, bool close_it)
        : fd_(fd), close_(close_it), device_(device)
    {
    }
    ~Output();
    Output(const Output &) = delete;
    Output &operator=(const Output &) = delete;
    bool line(const std::string &text) { return raw(text + "\n"); }
    bool raw(const std::string &text);
    int fd() const { return fd_; }
    const std::string &device() const { return device_; }
    bool same_file(const Output &other) const;

private:
    int fd_;
    bool close_;
    std::string device_; /* "_FTA1:" */
};

/* A new text file.  0 and *status: RMS condition; *spec: the name of the file. */
std::shared_ptr<Output> create_output(const std::string &name, const std::string &defaults,
                                      uint32_t *status, uint32_t *stv, std::string *spec);
/* "_FTA3:" for a terminal, "_MBA1:" for a pipe, "_NLA0:", "_DKA0:" */
std::string device_of(int fd);

} // namespace dcl
} // namespace shim

#endif
