/*
**  names - logical names for the interpreter, without descriptors
*/
#ifndef SHIM_DCL_NAMES_H
#define SHIM_DCL_NAMES_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim {
namespace dcl {

struct NameValue {
    std::string text;
    uint32_t attributes; /* of the translation: LNM$M_CONCEALED, LNM$M_TERMINAL */
};

struct NameAnswer {
    std::string table;
    unsigned mode;
    uint32_t attributes;
    std::vector<NameValue> values;
};

const unsigned ANY_MODE = 3;

/* One step of translation, all indexes.  Outermost mode considered: user 3 ... kernel 0. */
bool translate_name(const std::string &table, const std::string &name, unsigned mode,
                    bool case_blind, NameAnswer *answer);
uint32_t create_name(const std::string &table, const std::string &name, unsigned mode,
                     uint32_t attributes, const std::vector<NameValue> &values);
uint32_t delete_name(const std::string &table, const std::string &name, unsigned mode);

/*
**  Process-permanent files.  Their logical names have an equivalence that begins with ESC, NUL and
**  two bytes that tell the file; the device follows.
*/
enum PermanentFile {
    PPF_INPUT = 1,
    PPF_OUTPUT = 2,
    PPF_ERROR = 3,
    PPF_COMMAND = 4,
    PPF_FIRST = 16 /* of OPEN */
};
std::string permanent_value(uint16_t file, const std::string &device);
/* 0: the text is none. */
uint16_t permanent_file(const std::string &value);
/* Without the four bytes. */
std::string shown_value(const std::string &value);
/* The file that a logical name stands for, through at most 10 translations; 0: none. */
uint16_t find_permanent_file(const std::string &name, unsigned mode);

} // namespace dcl
} // namespace shim

#endif
