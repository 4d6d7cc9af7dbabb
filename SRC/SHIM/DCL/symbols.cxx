/*
**  symbols - symbol tables
*/
#include "symbols.h"

#include <algorithm>

namespace shim {
namespace dcl {

namespace {

/* Some spelling of one is a spelling of the other. */
bool overlap(const std::string &a, size_t a_minimum, const std::string &b, size_t b_minimum)
{
    size_t same = 0, shorter = std::min(a.size(), b.size());
    while (same < shorter && a[same] == b[same])
        ++same;
    return same >= a_minimum && same >= b_minimum;
}

} // namespace

size_t SymbolTable::cost(const std::string &name, const Value &value)
{
    const size_t overhead = 16;
    return overhead + name.size() + (value.is_integer() ? 4 : value.text().size());
}

const Symbol *SymbolTable::find(const std::string &name, std::string *full) const
{
    auto found = symbols_.find(name);
    if (found == symbols_.end()) {
        auto at = short_names_.lower_bound(name);
        if (at == short_names_.end() || name.size() < at->second ||
            at->first.compare(0, name.size(), name) != 0)
            return nullptr;
        found = symbols_.find(at->first);
    }
    if (full)
        *full = found->first;
    return &found->second;
}

const Symbol *SymbolTable::find(const std::string &name) const
{
    return find(name, nullptr);
}

bool SymbolTable::put(const std::string &name, size_t minimum, const Value &value)
{
    size_t least = minimum ? minimum : name.size();
    auto old = symbols_.find(name);
    if (old == symbols_.end() || minimum) {
        for (const auto &other : short_names_)
            if (other.first != name && overlap(name, least, other.first, other.second))
                return false;
        if (minimum)
            for (const auto &other : symbols_)
                if (other.first != name &&
                    overlap(name, least, other.first, other.second.minimum))
                    return false;
    }
    bytes_ += cost(name, value);
    if (old != symbols_.end()) {
        bytes_ -= cost(name, old->second.value);
        old->second.value = value;
        old->second.minimum = minimum ? least : old->second.minimum;
    } else {
        symbols_.emplace(name, Symbol{value, least});
    }
    if (minimum)
        short_names_[name] = least;
    return true;
}

bool SymbolTable::erase(const std::string &name)
{
    auto found = symbols_.find(name);
    if (found == symbols_.end())
        return false;
    bytes_ -= cost(name, found->second.value);
    symbols_.erase(found);
    short_names_.erase(name);
    return true;
}

void SymbolTable::clear()
{
    symbols_.clear();
    short_names_.clear();
    bytes_ = 0;
}

const std::map<std::string, Symbol> SymbolTable::all() const
{
    return std::map<std::string, Symbol>(symbols_.begin(), symbols_.end());
}

} // namespace dcl
} // namespace shim
