/*
**  itemlist - item lists (ILE3) and their buffers in 32-bit memory
**
**  ItemList<N> holds up to N items; list() ends it.  Inputs are copied; out() reserves a buffer
**  and a return length and answers an index for text(), number() and quad().  Too many items, or
**  more than the scratch area holds, makes list() answer 0: the service then says SS$_ACCVIO.
*/
#ifndef MAIL_ITEMLIST_H
#define MAIL_ITEMLIST_H

#include "low_memory.h"

#include <string.h>

#include <iledef.h>

namespace mail {

template <int N> class ItemList {
public:
    explicit ItemList(LowScratch &scratch) : scratch_(scratch), count_(0), bad_(false)
    {
        items_ = static_cast<ILE3 *>(scratch.take(sizeof(ILE3) * (N + 1)));
        bad_ = items_ == 0;
    }
    /* A boolean item: no value. */
    void flag(int code) { add(code, 0, 0, 0); }
    void in(int code, const std::string &text) { in(code, text.data(), text.size()); }
    void in(int code, const void *data, size_t size)
    {
        void *copy = size > 65535 ? 0 : scratch_.take(size ? size : 1);
        if (copy)
            memcpy(copy, data, size);
        else
            bad_ = true;
        add(code, copy, size, 0);
    }
    void in_long(int code, boost::uint32_t value) { in(code, &value, sizeof value); }
    void in_word(int code, unsigned short value) { in(code, &value, sizeof value); }
    void in_quad(int code, boost::uint64_t value) { in(code, &value, sizeof value); }
    /* An address that the service will call or hand back. */
    void in_address(int code, void *address, size_t size) { add(code, address, size, 0); }
    /* The same for a routine: C++98 has no cast from its address to one of data. */
    template <typename Routine> void in_routine(int code, Routine routine)
    {
        void *address = 0;
        memcpy(&address, &routine, sizeof address);
        in_address(code, address, 4);
    }

    int out(int code, size_t size)
    {
        return out_at(code, static_cast<char *>(scratch_.take(size)), size);
    }
    /* The same with a buffer that the caller has taken from the scratch area; 0: none was left. */
    int out_at(int code, char *buffer, size_t size)
    {
        unsigned short *length = static_cast<unsigned short *>(scratch_.take(sizeof *length));
        if (buffer && length) {
            memset(buffer, 0, size < 8 ? size : 8);
            *length = 0;
        } else {
            bad_ = true;
        }
        return add(code, buffer, size, length);
    }
    /* Before a list is used again: results of the last call must not be taken for new ones. */
    void clear_results()
    {
        for (int i = 0; i < count_; ++i)
            if (items_[i].ile3$ps_retlen_addr)
                *items_[i].ile3$ps_retlen_addr = 0;
    }
    ILE3 *list()
    {
        if (bad_)
            return 0;
        memset(&items_[count_], 0, sizeof(ILE3));
        return items_;
    }

    /* Results; empty or 0 when the service gave nothing. */
    size_t length(int index) const
    {
        if (bad_ || !items_[index].ile3$ps_retlen_addr)
            return 0;
        size_t size = *items_[index].ile3$ps_retlen_addr;
        return size > items_[index].ile3$w_length ? items_[index].ile3$w_length : size;
    }
    const char *data(int index) const
    {
        return bad_ ? "" : static_cast<const char *>(items_[index].ile3$ps_bufaddr);
    }
    std::string text(int index) const { return std::string(data(index), length(index)); }
    /* Without the blanks that fixed fields are filled with. */
    std::string trimmed(int index) const
    {
        std::string whole = text(index);
        size_t end = whole.find_last_not_of(std::string(" \0", 2));
        return end == std::string::npos ? std::string() : whole.substr(0, end + 1);
    }
    /* Counted text: the first byte is the length. */
    std::string counted(int index) const
    {
        std::string whole = text(index);
        if (whole.empty())
            return whole;
        return whole.substr(1, static_cast<unsigned char>(whole[0]));
    }
    boost::uint32_t number(int index) const
    {
        boost::uint32_t value = 0;
        boost::uint16_t word = 0;
        if (bad_)
            return 0;
        if (items_[index].ile3$w_length >= 4) {
            memcpy(&value, data(index), sizeof value);
            return value;
        }
        memcpy(&word, data(index), sizeof word);
        return word;
    }
    boost::uint64_t quad(int index) const
    {
        boost::uint64_t value = 0;
        if (!bad_ && items_[index].ile3$w_length >= 8)
            memcpy(&value, data(index), 8);
        return value;
    }

private:
    ItemList(const ItemList &);
    ItemList &operator=(const ItemList &);
    int add(int code, void *buffer, size_t size, unsigned short *length)
    {
        if (bad_ || count_ == N) {
            bad_ = true;
            return 0;
        }
        items_[count_].ile3$w_length = static_cast<unsigned short>(size);
        items_[count_].ile3$w_code = static_cast<unsigned short>(code);
        items_[count_].ile3$ps_bufaddr = buffer;
        items_[count_].ile3$ps_retlen_addr = length;
        return count_++;
    }
    LowScratch &scratch_;
    ILE3 *items_;
    int count_;
    bool bad_;
};

} // namespace mail

#endif
