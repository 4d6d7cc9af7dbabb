/*
**  low_text - arguments in the 32-bit arena, as services want them; never given back
*/
#ifndef TEST_LOW_TEXT_H
#define TEST_LOW_TEXT_H

#include <shim.h>

#include <cstring>

template <typename T> T *low_copy(const T *from, size_t count)
{
    T *at = static_cast<T *>(shim::arena_get(count * sizeof(T) + 1));
    memcpy(static_cast<void *>(at), from, count * sizeof(T));
    return at;
}

inline dsc$descriptor_s *low_text(const std::string &value)
{
    dsc$descriptor_s made = {static_cast<unsigned short>(value.size()), DSC$K_DTYPE_T,
                             DSC$K_CLASS_S, low_copy(value.data(), value.size())};
    return low_copy(&made, 1);
}

/* Adds to an item list; data is copied, and is where the answer appears. */
inline void *low_item(std::vector<ILE3> &list, int code, const void *data, size_t size,
                      unsigned short *retlen = nullptr)
{
    ILE3 made = {static_cast<unsigned short>(size), static_cast<unsigned short>(code),
                 low_copy(static_cast<const char *>(data), size), retlen};
    list.push_back(made);
    return made.ile3$ps_bufaddr;
}

inline ILE3 *low_list(std::vector<ILE3> list)
{
    ILE3 end = {0, 0, nullptr, nullptr};
    list.push_back(end);
    return low_copy(list.data(), list.size());
}

#endif
