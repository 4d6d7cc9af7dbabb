/*
**  recall - the last command lines, newest first
*/
#ifndef SHIM_DCL_RECALL_H
#define SHIM_DCL_RECALL_H

#include <deque>
#include <string>

namespace shim {
namespace dcl {

class Recall {
public:
    static const size_t MOST = 254;
    /* Not an empty line, not RECALL itself, not the same again. */
    void add(const std::string &line);
    size_t size() const { return lines_.size(); }
    const std::string &line(size_t number) const { return lines_[number - 1]; } /* from 1 */
    /* The newest that begins with text, upper or lower case; 0: none. */
    size_t find(const std::string &text) const;
    void clear() { lines_.clear(); }

private:
    std::deque<std::string> lines_;
};

} // namespace dcl
} // namespace shim

#endif
