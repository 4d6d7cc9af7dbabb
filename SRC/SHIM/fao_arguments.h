/*
**  fao_arguments - where the FAO directives get their arguments
**
**  Private to fao.cxx.
*/
#ifndef SHIM_FAO_ARGUMENTS_H
#define SHIM_FAO_ARGUMENTS_H

#include <cstdarg>
#include <cstddef>
#include <cstdint>

namespace shim {

/* Hands out longwords of a vector, or reads the call's own list as far as it is needed. */
class Arguments
{
public:
    Arguments(const uint32_t *vector, size_t count)
        : read_(0), vector_(vector), count_(count), list_(0)
    {
    }
    explicit Arguments(va_list *list) : read_(0), vector_(0), count_(own_size), list_(list) {}
    Arguments(const Arguments &) = delete;
    Arguments &operator=(const Arguments &) = delete;

    bool get(size_t index, uintptr_t *value)
    {
        if (index >= count_)
            return false;
        for (; list_ && read_ <= index; read_++)
            own_[read_] = va_arg(*list_, uintptr_t);
        *value = list_ ? own_[index] : vector_[index];
        return true;
    }

private:
    static const size_t own_size = 64;
    uintptr_t own_[own_size];
    size_t read_;
    const uint32_t *vector_;
    size_t count_;
    va_list *list_;
};

} // namespace shim

#endif
