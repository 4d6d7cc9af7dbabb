/*
**  mail_context - what every routine of callable MAIL does first: one thread, lists, context
**
**  A routine is a table of its items and a function; mail_call() checks thread, lists, items,
**  context, runs it, and signals what it returns when that is an error and MAIL$_NOSIGNAL is not
**  in the list. A second thread inside is a violation and gets MAIL$_CONABORT; the same thread
**  may come in again from a callback.  A context longword is family, use count and slot: one used
**  after its end is a violation and MAIL$_ILLCTXADR, one of another family MAIL$_WRONGCTX.
*/
#ifndef SHIM_MAIL_CONTEXT_H
#define SHIM_MAIL_CONTEXT_H

#include "mail_host.h"
#include "mail_store.h"

#include <iledef.h>

namespace shim {

const uint32_t MAIL_CONTEXTS = 31; /* of each family, MAIL$_NOMORECTX */
const size_t MAIL_HEADER_MAX = 998;

enum MailFamily { MAIL_FILE = 1, MAIL_MESSAGE, MAIL_SEND, MAIL_USER };

enum MailItemKind {
    ITEM_FLAG,    /* its presence counts, not its buffer */
    ITEM_TEXT, ITEM_LONG, ITEM_WORD, ITEM_QUAD, ITEM_FID,
    ITEM_ROUTINE, /* the buffer address is the routine */
    ITEM_DATA     /* the buffer address is handed to a callback */
};
enum { ITEM_IN = 0, ITEM_OUT = 1, ITEM_REQUIRED = 2 };

struct MailItemSpec {
    unsigned short code;
    unsigned char kind, use;
    unsigned short most; /* bytes, of texts */
};

struct MailContext {
    virtual ~MailContext() {}
};

/* One call under way. */
class MailCall {
public:
    unsigned int *context;
    const ILE3 *in_list, *out_list;
    MailContext *object;
    MailCondition condition; /* more than the plain status, for the signal */

    const ILE3 *in(unsigned short code) const { return find(in_list, code); }
    bool has(unsigned short code) const { return find(in_list, code) != nullptr; }
    std::string text(unsigned short code) const; /* empty when missing */
    uint32_t number(unsigned short code, uint32_t missing) const;
    template <class Routine> Routine routine(unsigned short code) const
    {
        const ILE3 *item = in(code);
        return item ? reinterpret_cast<Routine>(item->ile3$ps_bufaddr) : nullptr;
    }
    void *data(unsigned short code) const;
    const ILE3 *out(unsigned short code) const { return find(out_list, code); }
    bool wants(unsigned short code) const { return out(code) != nullptr; }
    static void put_text(const ILE3 &item, const char *data, size_t size);
    void put_text(unsigned short code, const std::string &text);
    void put_number(unsigned short code, uint64_t value);

private:
    static const ILE3 *find(const ILE3 *list, unsigned short code)
    {
        for (; list->ile3$w_length || list->ile3$w_code; ++list)
            if (list->ile3$w_code == code)
                return list;
        return nullptr;
    }
};

typedef uint32_t (*MailRoutine)(MailCall &call);

/* use: the family, and whether the routine makes or ends the context. */
enum MailContextUse { CONTEXT_BEGIN, CONTEXT_USE, CONTEXT_END };
struct MailRoutineRow {
    MailFamily family;
    MailContextUse use;
    const MailItemSpec *items;
    unsigned count;
    MailRoutine run;
};

uint32_t mail_call(const MailRoutineRow &row, unsigned int *context, const ILE3 *in,
                   const ILE3 *out);

/* The object of another context, for MAIL$_MESSAGE_FILE_CTX. */
uint32_t mail_find_context(MailFamily family, uint32_t value, MailContext **object);
/* In a CONTEXT_BEGIN routine: MAIL$_NOMORECTX.  Owns the object from now on. */
uint32_t mail_new_context(MailFamily family, MailContext *object, unsigned int *context);
/* Calls visit for each live context of a family. */
void mail_each_context(MailFamily family, const std::function<void(MailContext *)> &visit);

/* The one thread: entered by mail_call and by mail_tool. */
class MailEntrance {
public:
    MailEntrance();
    ~MailEntrance();
    MailEntrance(const MailEntrance &) = delete;
    MailEntrance &operator=(const MailEntrance &) = delete;
    bool inside() const { return inside_; }

private:
    bool inside_, outer_;
};

} // namespace shim

#define MAIL_ROWS(TABLE) TABLE, sizeof TABLE / sizeof TABLE[0]
#define MAIL_ROUTINE(NAME, FAMILY, USE, ITEMS, RUN)                                                \
    extern "C" unsigned int NAME(unsigned int *context, ILE3 *in_list, ILE3 *out_list)             \
    {                                                                                              \
        SHIM_SERVICE(#NAME);                                                                       \
        static const shim::MailRoutineRow row = {shim::FAMILY, shim::USE, MAIL_ROWS(ITEMS), RUN};  \
        return shim::mail_call(row, context, in_list, out_list);                                   \
    }

#endif
