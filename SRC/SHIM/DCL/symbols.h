/*
**  symbols - symbol tables: one of each procedure level, one global
**
**  A name may be defined with an abbreviation, SYM*BOL: then SYM, SYMB, ... name it too.  Names are
**  upper case.  OpenVMS User's Manual, chapter 12.
*/
#ifndef SHIM_DCL_SYMBOLS_H
#define SHIM_DCL_SYMBOLS_H

#include "value.h"

#include <map>
#include <unordered_map>

namespace shim {
namespace dcl {

const size_t SYMBOL_NAME_MAX = 255;
const size_t SYMBOL_VALUE_MAX = 8192;

struct Symbol {
    Value value;
    size_t minimum; /* characters that suffice */
};

class SymbolTable {
public:
    SymbolTable() : bytes_(0) {}
    const Symbol *find(const std::string &name) const;
    /* The name with its value; abbreviation: characters that suffice, 0: all. */
    const Symbol *find(const std::string &name, std::string *full) const;
    /* False: another symbol has one of its spellings (CLI$_ABSYMD). */
    bool put(const std::string &name, size_t minimum, const Value &value);
    bool erase(const std::string &name);
    void clear();
    const std::map<std::string, Symbol> all() const;
    size_t bytes() const { return bytes_; }

private:
    std::unordered_map<std::string, Symbol> symbols_;
    std::map<std::string, size_t> short_names_; /* those with an abbreviation */
    size_t bytes_;
    static size_t cost(const std::string &name, const Value &value);
};

} // namespace dcl
} // namespace shim

#endif
