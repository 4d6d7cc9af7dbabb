/*
**  mail_context - lists, contexts and the one thread of callable MAIL
*/
#include "mail_context.h"

#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>

#include <atomic>
#include <cstring>
#include <memory>
#include <pthread.h>
#include <unistd.h>

namespace shim {

namespace {

struct Slot {
    std::unique_ptr<MailContext> object;
    uint32_t value; /* that the caller holds; kept after the end */
};

std::atomic<uintptr_t> inside_thread; /* 0: nobody is inside */
std::atomic<int> inside_process(host_process());
int inside_depth;                     /* of the thread that is inside */
Slot slots[MAIL_USER + 1][MAIL_CONTEXTS];
uint32_t use_count;

/*
**  A list of the last call that was found good: whoever reads record by record gives the same two
**  lists in every call, and they are looked at once.  Only for the thread that is inside.
*/
const unsigned CHECKED_ITEMS = 12;
struct CheckedList {
    const MailRoutineRow *row;
    const ILE3 *list;
    unsigned count;
    ILE3 items[CHECKED_ITEMS]; /* the end is one of them */
};
CheckedList checked_in, checked_out;

void drop_contexts()
{
    for (auto &family : slots)
        for (Slot &slot : family)
            slot.object.reset();
}
RootChange contexts_change(drop_contexts);

const ILE3 empty_list = {0, 0, nullptr, nullptr};

const MailItemSpec *spec_of(const MailRoutineRow &row, unsigned short code, bool out)
{
    for (unsigned i = 0; i < row.count; ++i)
        if (row.items[i].code == code && ((row.items[i].use & ITEM_OUT) != 0) == out)
            return row.items + i;
    return nullptr;
}

bool length_fits(const MailItemSpec &spec, unsigned length)
{
    bool out = (spec.use & ITEM_OUT) != 0;
    switch (spec.kind) {
    case ITEM_TEXT:
        return out || length <= spec.most;
    case ITEM_LONG:
        return length == 4;
    case ITEM_WORD:
        return length == 2 || length == 4;
    case ITEM_QUAD:
        return length == 8;
    case ITEM_FID:
        return length == 6;
    default:
        return true;
    }
}

bool is_common(unsigned short code)
{
    return code == MAIL$_NOOP || code == MAIL$_NOSIGNAL || code == MAIL$_NOPROBE;
}

uint32_t check_item(const MailRoutineRow &row, const ILE3 &item, bool out)
{
    unsigned short code = item.ile3$w_code;
    if (is_common(code))
        return SS$_NORMAL;
    const MailItemSpec *spec = spec_of(row, code, out);
    if (!spec) {
        trace("callable MAIL: item %u does not belong to this routine", code);
        return MAIL$_INVITMCOD;
    }
    if (!length_fits(*spec, item.ile3$w_length))
        return MAIL$_INVITMLEN;
    if (spec->kind == ITEM_ROUTINE)
        return item.ile3$ps_bufaddr ? SS$_NORMAL : SS$_ACCVIO;
    bool used = item.ile3$w_length && spec->kind != ITEM_FLAG;
    if ((used && (!item.ile3$ps_bufaddr || !low(item.ile3$ps_bufaddr))) ||
        !low(item.ile3$ps_retlen_addr))
        return SS$_ACCVIO;
    if (out && item.ile3$ps_retlen_addr)
        *item.ile3$ps_retlen_addr = 0;
    return SS$_NORMAL;
}

uint32_t check_list(const MailRoutineRow &row, const ILE3 *list, bool out)
{
    if (!list || !low(list))
        return SS$_ACCVIO;
    for (; list->ile3$w_length || list->ile3$w_code; ++list) {
        uint32_t status = check_item(row, *list, out);
        if (!(status & 1))
            return status;
    }
    return SS$_NORMAL;
}

uint32_t check_required(const MailRoutineRow &row, const MailCall &call)
{
    for (unsigned i = 0; i < row.count; ++i)
        if ((row.items[i].use & ITEM_REQUIRED) && !call.has(row.items[i].code))
            return MAIL$_MISREQITM;
    return SS$_NORMAL;
}

bool same_item(const ILE3 &a, const ILE3 &b)
{
    return a.ile3$w_code == b.ile3$w_code && a.ile3$w_length == b.ile3$w_length &&
           a.ile3$ps_bufaddr == b.ile3$ps_bufaddr && a.ile3$ps_retlen_addr == b.ile3$ps_retlen_addr;
}

/* A list that has become shorter differs where it ends: nothing behind that is looked at. */
bool is_checked(const CheckedList &checked, const MailRoutineRow &row, const ILE3 *list)
{
    if (checked.row != &row || checked.list != list)
        return false;
    for (unsigned i = 0; i < checked.count; ++i)
        if (!same_item(list[i], checked.items[i]))
            return false;
    return true;
}

void note_checked(CheckedList *checked, const MailRoutineRow &row, const ILE3 *list)
{
    unsigned count = 0;
    checked->row = nullptr;
    do {
        if (count == CHECKED_ITEMS)
            return;
        checked->items[count] = list[count];
    } while (list[count].ile3$w_length || list[count].ile3$w_code ? ++count : false);
    checked->count = count + 1;
    checked->list = list;
    checked->row = &row;
}

void clear_lengths(const ILE3 *list)
{
    for (; list->ile3$w_length || list->ile3$w_code; ++list)
        if (list->ile3$ps_retlen_addr && !is_common(list->ile3$w_code))
            *list->ile3$ps_retlen_addr = 0;
}

bool was_a_context(uint32_t value)
{
    uint32_t family = value >> 24, slot = value & 255;
    return family >= MAIL_FILE && family <= MAIL_USER && slot >= 1 && slot <= MAIL_CONTEXTS;
}

uint32_t check_lists(const MailRoutineRow &row, MailCall &call)
{
    uint32_t status = check_list(row, call.in_list, false);
    if (!(status & 1)) {
        if (!call.in_list || !low(call.in_list))
            call.in_list = &empty_list;
        return status;
    }
    return check_list(row, call.out_list, true);
}

uint32_t run_call(const MailRoutineRow &row, MailCall &call)
{
    bool checked = is_checked(checked_in, row, call.in_list) &&
                   is_checked(checked_out, row, call.out_list);
    uint32_t status = SS$_NORMAL;
    if (checked)
        clear_lengths(call.out_list);
    else
        status = check_lists(row, call);
    if (!(status & 1))
        return status;
    if (!call.context)
        return MAIL$_ILLCTXADR;
    if (row.use == CONTEXT_BEGIN)
        status = *call.context ? static_cast<uint32_t>(MAIL$_WRONGCTX) : status;
    else
        status = mail_find_context(row.family, *call.context, &call.object);
    if ((status & 1) && !checked) {
        status = check_required(row, call);
        if (status & 1) {
            note_checked(&checked_in, row, call.in_list);
            note_checked(&checked_out, row, call.out_list);
        }
    }
    if (status & 1)
        status = row.run(call);
    if (row.use == CONTEXT_END && call.object) {
        slots[row.family][(*call.context & 255) - 1].object.reset();
        *call.context = 0;
    }
    return status;
}

bool is_position_end(uint32_t status)
{
    return status == MAIL$_NOMOREREC;
}

} // namespace

MailEntrance::MailEntrance() : inside_(false), outer_(false)
{
    int process = host_process();
    if (inside_process != process) { /* a fork: the other threads are not here */
        inside_process = process;
        inside_thread = 0;
    }
    uintptr_t self = static_cast<uintptr_t>(pthread_self()), nobody = 0;
    outer_ = inside_thread.compare_exchange_strong(nobody, self);
    inside_ = outer_ || nobody == self;
    if (inside_)
        inside_depth = outer_ ? 1 : inside_depth + 1;
}

MailEntrance::~MailEntrance()
{
    if (inside_ && --inside_depth == 0)
        inside_thread.store(0, std::memory_order_release);
}

std::string MailCall::text(unsigned short code) const
{
    const ILE3 *item = in(code);
    return item && item->ile3$ps_bufaddr
               ? std::string(static_cast<const char *>(item->ile3$ps_bufaddr), item->ile3$w_length)
               : std::string();
}

uint32_t MailCall::number(unsigned short code, uint32_t missing) const
{
    const ILE3 *item = in(code);
    if (!item)
        return missing;
    uint32_t value = 0;
    memcpy(&value, item->ile3$ps_bufaddr, item->ile3$w_length < 4 ? item->ile3$w_length : 4);
    return value;
}

void *MailCall::data(unsigned short code) const
{
    const ILE3 *item = in(code);
    return item ? item->ile3$ps_bufaddr : nullptr;
}

void MailCall::put_text(const ILE3 &item, const char *data, size_t size)
{
    size_t length = size < item.ile3$w_length ? size : item.ile3$w_length;
    memcpy(item.ile3$ps_bufaddr, data, length);
    if (item.ile3$ps_retlen_addr)
        *item.ile3$ps_retlen_addr = static_cast<unsigned short>(length);
}

void MailCall::put_text(unsigned short code, const std::string &text)
{
    const ILE3 *item = out(code);
    if (item)
        put_text(*item, text.data(), text.size());
}

void MailCall::put_number(unsigned short code, uint64_t value)
{
    const ILE3 *item = find(out_list, code);
    if (!item)
        return;
    size_t length = item->ile3$w_length < sizeof value ? item->ile3$w_length : sizeof value;
    if (length == sizeof(uint16_t)) /* of every record: no call */
        memcpy(item->ile3$ps_bufaddr, &value, sizeof(uint16_t));
    else
        memcpy(item->ile3$ps_bufaddr, &value, length);
    if (item->ile3$ps_retlen_addr)
        *item->ile3$ps_retlen_addr = static_cast<unsigned short>(length);
}

uint32_t mail_find_context(MailFamily family, uint32_t value, MailContext **object)
{
    if (!was_a_context(value))
        return MAIL$_ILLCTXADR;
    if (value >> 24 != static_cast<uint32_t>(family))
        return MAIL$_WRONGCTX;
    Slot &slot = slots[family][(value & 255) - 1];
    if (!slot.object || slot.value != value) {
        violation("a context of callable MAIL is used after its end");
        return MAIL$_ILLCTXADR;
    }
    *object = slot.object.get();
    return SS$_NORMAL;
}

uint32_t mail_new_context(MailFamily family, MailContext *object, unsigned int *context)
{
    std::unique_ptr<MailContext> owned(object);
    for (uint32_t i = 0; i < MAIL_CONTEXTS; ++i) {
        Slot &slot = slots[family][i];
        if (slot.object)
            continue;
        slot.value = static_cast<uint32_t>(family) << 24 | (++use_count & 0xffff) << 8 | (i + 1);
        slot.object = std::move(owned);
        *context = slot.value;
        return SS$_NORMAL;
    }
    return MAIL$_NOMORECTX;
}

void mail_each_context(MailFamily family, const std::function<void(MailContext *)> &visit)
{
    for (Slot &slot : slots[family])
        if (slot.object)
            visit(slot.object.get());
}

uint32_t mail_call(const MailRoutineRow &row, unsigned int *context, const ILE3 *in,
                   const ILE3 *out)
{
    MailEntrance entrance;
    if (!entrance.inside()) {
        violation("callable MAIL is entered while another thread is inside");
        return MAIL$_CONABORT;
    }
    MailCall call;
    call.context = context;
    call.in_list = in;
    call.out_list = out;
    call.object = nullptr;
    uint32_t status = run_call(row, call);
    if ((status & 1) || is_position_end(status) || call.has(MAIL$_NOSIGNAL))
        return status;
    if (call.condition.empty())
        call.condition.add(status);
    call.condition.signal();
    return status;
}

} // namespace shim
