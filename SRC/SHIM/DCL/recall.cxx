/*
**  recall - the last command lines
*/
#include "recall.h"

#include "procedure.h"
#include "value.h"

namespace shim {
namespace dcl {

void Recall::add(const std::string &line)
{
    if (trimmed(line).empty() || verb_of(line, 0) == "RECA" ||
        (!lines_.empty() && lines_.front() == line))
        return;
    lines_.push_front(line);
    if (lines_.size() > MOST)
        lines_.pop_back();
}

size_t Recall::find(const std::string &text) const
{
    std::string wanted = upper(text);
    for (size_t i = 0; i < lines_.size(); ++i)
        if (upper(lines_[i]).compare(0, wanted.size(), wanted) == 0)
            return i + 1;
    return 0;
}

} // namespace dcl
} // namespace shim
