/*
**  arguments - descriptors and item lists, checked as VMS would check them
**
**  An address above 4 GB cannot be written in the 32-bit field that VMS gives it: SS$_ACCVIO.
**  spec "Universal contracts"; SYSPRV manual, item list 3.
*/
#include "shim.h"

#include <cstring>

namespace shim {

namespace {

const size_t ITEMS_MAX = 1000;           /* a list without end is not a list */
const unsigned short ITEM_CHAIN = 0xffff; /* LNM$_CHAIN, JPI$_CHAIN ...: goes on elsewhere */

bool low_range(const void *address, size_t size)
{
    uintptr_t end = reinterpret_cast<uintptr_t>(address) + size;
    return low(address) && low(reinterpret_cast<const void *>(end));
}

uint32_t put_dynamic(dsc$descriptor_s *descriptor, const std::string &text)
{
    if (descriptor->dsc$w_length != text.size()) {
        char *fresh = nullptr;
        if (!text.empty()) {
            fresh = static_cast<char *>(arena_get(text.size()));
            if (!fresh)
                return SS$_INSFMEM;
        }
        if (descriptor->dsc$a_pointer && descriptor->dsc$w_length)
            arena_free(descriptor->dsc$a_pointer, descriptor->dsc$w_length);
        descriptor->dsc$a_pointer = fresh;
        descriptor->dsc$w_length = static_cast<unsigned short>(text.size());
    }
    if (!text.empty())
        memcpy(descriptor->dsc$a_pointer, text.data(), text.size());
    return SS$_NORMAL;
}

} // namespace

uint32_t get_text(const dsc$descriptor_s *descriptor, std::string *text)
{
    if (!descriptor || !low_range(descriptor, sizeof *descriptor))
        return SS$_ACCVIO;
    size_t length = descriptor->dsc$w_length;
    if (!low_range(descriptor->dsc$a_pointer, length) || (length && !descriptor->dsc$a_pointer))
        return SS$_ACCVIO;
    text->assign(length ? descriptor->dsc$a_pointer : "", length);
    return SS$_NORMAL;
}

uint32_t put_text(dsc$descriptor_s *descriptor, const std::string &text, unsigned short *length)
{
    if (!descriptor || !low_range(descriptor, sizeof *descriptor))
        return SS$_ACCVIO;
    uint32_t status = SS$_NORMAL;
    size_t copied = text.size();
    if (descriptor->dsc$b_class == DSC$K_CLASS_D) {
        if (copied > 65535)
            return SS$_BADPARAM;
        status = put_dynamic(descriptor, text);
    } else {
        if (!low_range(descriptor->dsc$a_pointer, descriptor->dsc$w_length) ||
            (descriptor->dsc$w_length && !descriptor->dsc$a_pointer))
            return SS$_ACCVIO;
        if (copied > descriptor->dsc$w_length) {
            copied = descriptor->dsc$w_length;
            status = SS$_BUFFEROVF;
        }
        if (copied)
            memcpy(descriptor->dsc$a_pointer, text.data(), copied);
    }
    if (length && (status & 1))
        *length = static_cast<unsigned short>(copied);
    return status;
}

uint32_t Item::longword() const
{
    uint32_t value = 0;
    memcpy(&value, buffer, length < sizeof value ? length : sizeof value);
    return value;
}

uint64_t Item::quadword() const
{
    uint64_t value = 0;
    memcpy(&value, buffer, length < sizeof value ? length : sizeof value);
    return value;
}

uint32_t read_items(const ILE3 *list, std::vector<Item> *items)
{
    items->clear();
    for (const ILE3 *entry = list; entry;) {
        if (!low_range(entry, sizeof *entry))
            return SS$_ACCVIO;
        if (entry->ile3$w_length == 0 && entry->ile3$w_code == 0)
            break;
        if (items->size() >= ITEMS_MAX)
            return SS$_BADPARAM;
        if (!low_range(entry->ile3$ps_bufaddr, entry->ile3$w_length) ||
            (entry->ile3$w_length && !entry->ile3$ps_bufaddr) ||
            !low_range(entry->ile3$ps_retlen_addr, sizeof(unsigned short)))
            return SS$_ACCVIO;
        if (entry->ile3$w_code == ITEM_CHAIN) {
            entry = static_cast<const ILE3 *>(entry->ile3$ps_bufaddr);
            continue;
        }
        Item item;
        item.length = entry->ile3$w_length;
        item.code = entry->ile3$w_code;
        item.buffer = entry->ile3$ps_bufaddr;
        item.retlen = entry->ile3$ps_retlen_addr;
        items->push_back(item);
        ++entry;
    }
    return SS$_NORMAL;
}

uint32_t put_item(const Item &item, const void *data, size_t size)
{
    size_t copied = size < item.length ? size : item.length;
    if (copied)
        memcpy(item.buffer, data, copied);
    if (item.retlen)
        *item.retlen = static_cast<unsigned short>(copied);
    return copied < size ? SS$_BUFFEROVF : SS$_NORMAL;
}

} // namespace shim
