/*
**  system_support - low descriptors and item lists that go with the test
*/
#ifndef TEST_SYSTEM_SUPPORT_H
#define TEST_SYSTEM_SUPPORT_H

#include "shim_root.h"

#include <starlet.h>

#include <cstring>
#include <memory>

/* A descriptor and its text in one block of the arena. */
class LowText
{
public:
    explicit LowText(const std::string &value) { make(value.data(), value.size()); }
    explicit LowText(size_t size) { make(0, size); }
    ~LowText() { shim::arena_free(descriptor_, sizeof *descriptor_ + size_); }
    LowText(const LowText &) = delete;
    LowText &operator=(const LowText &) = delete;
    operator dsc$descriptor_s *() { return descriptor_; }
    dsc$descriptor_s *operator->() { return descriptor_; }
    std::string text(size_t length) const
    {
        return std::string(descriptor_->dsc$a_pointer, length);
    }
    uint32_t address() const
    {
        return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(descriptor_));
    }

private:
    void make(const char *from, size_t size)
    {
        size_ = size;
        char *block = static_cast<char *>(shim::arena_get(sizeof *descriptor_ + size));
        descriptor_ = reinterpret_cast<dsc$descriptor_s *>(block);
        descriptor_->dsc$w_length = static_cast<unsigned short>(size);
        descriptor_->dsc$b_dtype = DSC$K_DTYPE_T;
        descriptor_->dsc$b_class = DSC$K_CLASS_S;
        descriptor_->dsc$a_pointer = block + sizeof *descriptor_;
        memset(descriptor_->dsc$a_pointer, '#', size);
        if (from)
            memcpy(descriptor_->dsc$a_pointer, from, size);
    }
    dsc$descriptor_s *descriptor_;
    size_t size_;
};

/* An item list of at most 20 items with buffers of its own. */
class LowItems
{
public:
    LowItems() : count_(0), list_(static_cast<ILE3 *>(shim::arena_get(21 * sizeof(ILE3))))
    {
        memset(static_cast<void *>(list_), 0, 21 * sizeof(ILE3));
        used_ = static_cast<unsigned short *>(shim::arena_get(64));
    }
    ~LowItems()
    {
        for (size_t i = 0; i < count_; i++)
            shim::arena_free(list_[i].ile3$ps_bufaddr, 512);
        shim::arena_free(list_, 21 * sizeof(ILE3));
        shim::arena_free(used_, 64);
    }
    LowItems(const LowItems &) = delete;
    LowItems &operator=(const LowItems &) = delete;
    size_t add(unsigned code, size_t size, const void *data = 0)
    {
        ILE3 &item = list_[count_];
        item.ile3$w_code = static_cast<unsigned short>(code);
        item.ile3$w_length = static_cast<unsigned short>(size);
        item.ile3$ps_bufaddr = shim::arena_get(512);
        memset(item.ile3$ps_bufaddr, 0x5a, 512);
        if (data)
            memcpy(item.ile3$ps_bufaddr, data, size);
        item.ile3$ps_retlen_addr = &used_[count_];
        return count_++;
    }
    ILE3 *list() { return list_; }
    uint64_t number(size_t i, size_t size) const
    {
        uint64_t value = 0;
        memcpy(&value, list_[i].ile3$ps_bufaddr, size);
        return value;
    }
    std::string text(size_t i) const
    {
        return std::string(static_cast<char *>(list_[i].ile3$ps_bufaddr), used_[i]);
    }

private:
    size_t count_;
    ILE3 *list_;
    unsigned short *used_;
};

inline int64_t quad_of(const struct _generic_64 &time)
{
    int64_t value;
    memcpy(&value, &time, sizeof value);
    return value;
}

#endif
