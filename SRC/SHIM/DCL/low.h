/*
**  low - arguments of services in 32-bit addressable memory, given back at the end of the block
*/
#ifndef SHIM_DCL_LOW_H
#define SHIM_DCL_LOW_H

#include "shim.h"

#include <cstring>
#include <memory>
#include <new>

namespace shim {
namespace dcl {

/* A block of the arena. */
class LowBlock {
public:
    explicit LowBlock(size_t size) : size_(size ? size : 1), at_(arena_get(size_))
    {
        if (!at_)
            throw std::bad_alloc();
        memset(at_, 0, size_);
    }
    ~LowBlock() { arena_free(at_, size_); }
    LowBlock(const LowBlock &) = delete;
    LowBlock &operator=(const LowBlock &) = delete;
    template <typename T> T *as() const { return static_cast<T *>(at_); }
    size_t size() const { return size_; }

private:
    size_t size_;
    void *at_;
};

/* A plain structure; T must be trivial. */
template <typename T> class Low {
public:
    Low() : block_(sizeof(T)) {}
    T *get() const { return block_.as<T>(); }
    T *operator->() const { return get(); }
    T &operator*() const { return *get(); }

private:
    LowBlock block_;
};

/* A string descriptor and its text; also a buffer to be filled. */
class LowText {
public:
    explicit LowText(const std::string &text) : block_(sizeof(dsc$descriptor_s) + text.size())
    {
        set(text.size());
        memcpy(text_at(), text.data(), text.size());
    }
    explicit LowText(size_t size) : block_(sizeof(dsc$descriptor_s) + size) { set(size); }
    dsc$descriptor_s *descriptor() const { return block_.as<dsc$descriptor_s>(); }
    char *text_at() const { return block_.as<char>() + sizeof(dsc$descriptor_s); }
    std::string text(size_t length) const { return std::string(text_at(), length); }

private:
    LowBlock block_;
    void set(size_t size)
    {
        dsc$descriptor_s *d = descriptor();
        d->dsc$w_length = static_cast<unsigned short>(size);
        d->dsc$b_dtype = DSC$K_DTYPE_T;
        d->dsc$b_class = DSC$K_CLASS_S;
        d->dsc$a_pointer = text_at();
    }
};

/* An item list that is built up item by item; answers are read back by index. */
class LowItems {
public:
    void put(unsigned short code, const void *data, size_t size)
    {
        LowBlock *block = add(code, size);
        memcpy(block->as<char>() + header, data, size);
    }
    void put(unsigned short code, const std::string &text) { put(code, text.data(), text.size()); }
    void put(unsigned short code, uint32_t value) { put(code, &value, sizeof value); }
    size_t ask(unsigned short code, size_t size)
    {
        add(code, size);
        return blocks_.size() - 1;
    }
    ILE3 *list()
    {
        list_.reset(new LowBlock((blocks_.size() + 1) * sizeof(ILE3)));
        ILE3 *at = list_->as<ILE3>();
        for (size_t i = 0; i < blocks_.size(); ++i) {
            at[i].ile3$w_code = codes_[i];
            at[i].ile3$w_length = static_cast<unsigned short>(blocks_[i]->size() - header);
            at[i].ile3$ps_bufaddr = blocks_[i]->as<char>() + header;
            at[i].ile3$ps_retlen_addr = blocks_[i]->as<unsigned short>();
        }
        return at;
    }
    std::string text(size_t index) const
    {
        return std::string(blocks_[index]->as<char>() + header,
                           *blocks_[index]->as<unsigned short>());
    }
    uint64_t number(size_t index) const
    {
        uint64_t value = 0;
        size_t size = blocks_[index]->size() - header;
        memcpy(&value, blocks_[index]->as<char>() + header, size < 8 ? size : 8);
        return value;
    }

private:
    static const size_t header = 8; /* the return length, and alignment */
    std::vector<std::unique_ptr<LowBlock>> blocks_;
    std::vector<unsigned short> codes_;
    std::unique_ptr<LowBlock> list_;

    LowBlock *add(unsigned short code, size_t size)
    {
        blocks_.emplace_back(new LowBlock(header + size));
        codes_.push_back(code);
        return blocks_.back().get();
    }
};

} // namespace dcl
} // namespace shim

#endif
