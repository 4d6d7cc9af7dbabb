/*
**  fao - formatted ASCII output: $FAO, $FAOL and their LIB$ forms
**
**  Arguments are longwords, as VMS passes them: pointers among them must be 32-bit addressable,
**  quadwords are passed by address.  spec/vms-api.md 7.5; System Services manual, $FAO.
*/
#include "fao_arguments.h"
#include "shim.h"
#include "system_text.h"
#include "uaf.h"

#include <cstdio>
#include <cstring>

#include <lib$routines.h>
#include <starlet.h>

namespace
{

const size_t max_arguments = 255;
const size_t max_field = 65535;

using shim::Arguments;

class Formatter
{
public:
    Formatter(const char *control, size_t size, Arguments *arguments, char *out, size_t room)
        : at_(control), end_(control + size), arguments_(arguments), out_(out), used_(0),
          room_(room), next_(0), last_(0), field_start_(0), field_width_(0), in_field_(false),
          chosen_(false), overflow_(false), status_(SS$_NORMAL)
    {
    }
    uint32_t run(size_t *length);

private:
    static const size_t no_width = ~static_cast<size_t>(0);

    void put(const char *text, size_t size)
    {
        size_t fits = room_ - used_ < size ? room_ - used_ : size;
        overflow_ = overflow_ || fits < size;
        memcpy(out_ + used_, text, fits);
        used_ += fits;
    }
    void fill(char c, size_t count)
    {
        size_t fits = room_ - used_ < count ? room_ - used_ : count;
        overflow_ = overflow_ || fits < count;
        memset(out_ + used_, c, fits);
        used_ += fits;
    }
    bool fail(uint32_t status)
    {
        status_ = status;
        return false;
    }
    bool argument(uint32_t *value);
    template <class T> bool pointer(const T **value, bool required = true);
    bool directive();
    bool number(size_t *value);
    bool repeat(size_t count);
    bool one(char type, size_t width);
    bool control_character(char type);
    bool text_directive(char kind, size_t width);
    bool integer_directive(char base, char size, size_t width);
    bool special_directive(char kind, size_t width);
    bool choose(size_t value);
    void skip_choice(bool to_end);
    void put_field(const char *text, size_t size, size_t width);
    void put_printable(const char *text, size_t size, size_t width);
    void put_integer(char base, uint64_t value, bool negative, unsigned bits, size_t width);
    void put_uic(uint32_t uic, size_t width, bool name);
    void end_field();

    const char *at_, *end_;
    Arguments *arguments_;
    char *out_;
    size_t used_, room_;
    size_t next_;   /* index of the next argument */
    uint64_t last_; /* the last number, for !%S and !n%C */
    size_t field_start_, field_width_;
    bool in_field_, chosen_, overflow_;
    uint32_t status_;
};

bool Formatter::argument(uint32_t *value)
{
    uintptr_t full;
    if (next_ >= max_arguments || !arguments_->get(next_, &full))
        return fail(SS$_BADPARAM);
    *value = static_cast<uint32_t>(full); /* an int may leave rubbish in the upper half */
    next_++;
    return true;
}

template <class T> bool Formatter::pointer(const T **value, bool required)
{
    uintptr_t full;
    if (next_ >= max_arguments || !arguments_->get(next_, &full))
        return fail(SS$_BADPARAM);
    *value = reinterpret_cast<const T *>(full);
    next_++;
    return (*value || !required) && shim::low(*value) ? true : fail(SS$_ACCVIO);
}

/* [n | #] */
bool Formatter::number(size_t *value)
{
    if (at_ < end_ && *at_ == '#') {
        at_++;
        uint32_t v;
        if (!argument(&v))
            return false;
        *value = v > max_field ? max_field : v;
        return true;
    }
    size_t v = 0;
    bool any = false;
    for (; at_ < end_ && *at_ >= '0' && *at_ <= '9'; at_++, any = true)
        v = v > max_field ? v : v * 10 + (*at_ - '0');
    if (any)
        *value = v > max_field ? max_field : v;
    return true;
}

bool Formatter::directive()
{
    size_t count = no_width;
    if (!number(&count))
        return false;
    if (at_ >= end_)
        return fail(SS$_BADPARAM);
    char type = *at_++;
    if (type == '(')
        return repeat(count == no_width ? 1 : count);
    return one(type, count);
}

/* !n(DD) or !n(mDD): the same directive for n arguments */
bool Formatter::repeat(size_t count)
{
    size_t width = no_width;
    if (!number(&width))
        return false;
    if (at_ >= end_)
        return fail(SS$_BADPARAM);
    const char *body = at_ + 1;
    char type = *at_;
    const char *close = static_cast<const char *>(memchr(at_, ')', end_ - at_));
    if (!close)
        return fail(SS$_BADPARAM);
    for (size_t i = 0; i < count; i++) {
        at_ = body;
        if (!one(type, width) || at_ != close)
            return fail(status_ == SS$_NORMAL ? SS$_BADPARAM : status_);
    }
    at_ = close + 1;
    return true;
}

bool Formatter::one(char type, size_t width)
{
    switch (type) {
    case '*':
        if (at_ >= end_)
            return fail(SS$_BADPARAM);
        fill(*at_++, width == no_width ? 1 : width);
        return true;
    case '<':
        if (in_field_ || width == no_width)
            return fail(SS$_BADPARAM);
        in_field_ = true;
        field_start_ = used_;
        field_width_ = width;
        return true;
    case '%':
        return at_ < end_ ? special_directive(*at_++, width) : fail(SS$_BADPARAM);
    case 'A':
        return at_ < end_ ? text_directive(*at_++, width) : fail(SS$_BADPARAM);
    case 'O':
    case 'X':
    case 'Z':
    case 'U':
    case 'S':
        return at_ < end_ ? integer_directive(type, *at_++, width) : fail(SS$_BADPARAM);
    default:
        return control_character(type);
    }
}

bool Formatter::control_character(char type)
{
    switch (type) {
    case '/':
        put("\r\n", 2);
        return true;
    case '_':
        put("\t", 1);
        return true;
    case '^':
        put("\f", 1);
        return true;
    case '!':
        put("!", 1);
        return true;
    case '+':
        next_++;
        return true;
    case '-':
        if (next_ == 0)
            return fail(SS$_BADPARAM);
        next_--;
        return true;
    case '>':
        if (!in_field_)
            return fail(SS$_BADPARAM);
        end_field();
        return true;
    default:
        return fail(SS$_BADPARAM);
    }
}

void Formatter::end_field()
{
    in_field_ = false;
    if (used_ - field_start_ > field_width_)
        used_ = field_start_ + field_width_;
    else
        fill(' ', field_width_ - (used_ - field_start_));
}

/* Left adjusted, blank filled or truncated. */
void Formatter::put_field(const char *text, size_t size, size_t width)
{
    if (width == no_width)
        width = size;
    put(text, size < width ? size : width);
    if (size < width)
        fill(' ', width - size);
}

void Formatter::put_printable(const char *text, size_t size, size_t width)
{
    std::string shown(text, size);
    for (size_t i = 0; i < shown.size(); i++) {
        unsigned char c = shown[i];
        if (c < ' ' || (c >= 0x7f && c < 0xa0))
            shown[i] = '.';
    }
    put_field(shown.data(), shown.size(), width);
}

bool Formatter::text_directive(char kind, size_t width)
{
    uint32_t size;
    const char *text;
    const dsc$descriptor_s *d;
    switch (kind) {
    case 'C':
        if (!pointer(&text))
            return false;
        put_field(text + 1, static_cast<unsigned char>(text[0]), width);
        return true;
    case 'D':
    case 'F':
        if (!argument(&size))
            return false;
        size &= 0xffff;
        if (!pointer(&text, size > 0))
            return false;
        if (kind == 'F')
            put_printable(text ? text : "", size, width);
        else
            put_field(text ? text : "", size, width);
        return true;
    case 'S':
        if (!pointer(&d))
            return false;
        if (!shim::low(d->dsc$a_pointer) || (d->dsc$w_length && !d->dsc$a_pointer))
            return fail(SS$_ACCVIO);
        put_field(d->dsc$w_length ? d->dsc$a_pointer : "", d->dsc$w_length, width);
        return true;
    case 'Z':
        if (!pointer(&text))
            return false;
        put_field(text, strlen(text), width);
        return true;
    default:
        return fail(SS$_BADPARAM);
    }
}

bool Formatter::integer_directive(char base, char size, size_t width)
{
    uint64_t value = 0;
    unsigned bits = size == 'B' ? 8 : size == 'W' ? 16 : 32;
    if (size == 'Q' || size == 'J') {
        const char *quad;
        if (!pointer(&quad))
            return false;
        memcpy(&value, quad, sizeof value);
        bits = 64;
    } else if (size == '\0' || !strchr("BWLHAI", size)) {
        return fail(SS$_BADPARAM);
    } else {
        uint32_t low;
        if (!argument(&low))
            return false;
        value = low;
    }
    bool negative = false;
    if (bits < 64)
        value &= (uint64_t(1) << bits) - 1;
    last_ = value;
    if (base == 'S' && value >> (bits - 1)) {
        negative = true;
        value = 0 - value;
        if (bits < 64)
            value &= (uint64_t(1) << bits) - 1;
    }
    put_integer(base, value, negative, bits, width);
    return true;
}

/*
**  Octal and hexadecimal: zero filled to the size of the datum, then blank filled, or cut at the
*left.
**  Decimal: blank filled (Z: zero filled); asterisks when it does not fit.
*/
void Formatter::put_integer(char base, uint64_t value, bool negative, unsigned bits, size_t width)
{
    char digits[32];
    char *at = digits + sizeof digits;
    unsigned radix = base == 'O' ? 8 : base == 'X' ? 16 : 10;
    do {
        *--at = "0123456789ABCDEF"[value % radix];
        value /= radix;
    } while (value);
    size_t size = digits + sizeof digits - at;
    if (radix != 10) {
        size_t natural = base == 'X' ? bits / 4 : (bits + 2) / 3;
        for (; size < natural; size++)
            *--at = '0';
        if (width == no_width)
            width = size;
        if (size > width) {
            at += size - width;
            size = width;
        }
        fill(' ', width - size);
        put(at, size);
        return;
    }
    if (negative) {
        *--at = '-';
        size++;
    }
    if (width == no_width)
        width = size;
    if (size > width) {
        fill('*', width);
        return;
    }
    fill(base == 'Z' ? '0' : ' ', width - size);
    put(at, size);
}

/* [USER] when name is wanted and known, else [ggg,mmm] in octal. */
void Formatter::put_uic(uint32_t uic, size_t width, bool name)
{
    std::string text;
    if (name && shim::uaf_user_of_uic(uic, &text)) {
        text = "[" + text + "]";
    } else {
        char number[32];
        snprintf(number, sizeof number, "[%o,%o]", uic >> 16, uic & 0xffff);
        text = number;
    }
    put_field(text.data(), text.size(), width);
}

bool Formatter::special_directive(char kind, size_t width)
{
    const char *quad;
    uint32_t uic;
    switch (kind) {
    case 'D':
    case 'T': {
        if (!pointer(&quad, false))
            return false;
        int64_t time;
        if (quad)
            memcpy(&time, quad, sizeof time);
        else
            time = static_cast<int64_t>(shim::now());
        std::string text = shim::time_text(time, kind == 'T');
        put_field(text.data(), text.size(), width);
        return true;
    }
    case 'I':
    case 'U':
        if (!argument(&uic))
            return false;
        put_uic(uic, width, kind == 'I');
        return true;
    case 'S':
        if (last_ != 1) {
            bool lower = used_ && out_[used_ - 1] >= 'a' && out_[used_ - 1] <= 'z';
            put(lower ? "s" : "S", 1);
        }
        return true;
    case 'C':
        return choose(width);
    case 'E':
        if (chosen_)
            skip_choice(true);
        chosen_ = true;
        return true;
    case 'F':
        chosen_ = false;
        return true;
    default:
        return fail(SS$_BADPARAM);
    }
}

/* !n%C text !m%C text ... !%E text !%F: the text after the n that equals the last number */
bool Formatter::choose(size_t value)
{
    if (value == no_width)
        return fail(SS$_BADPARAM);
    if (chosen_)
        skip_choice(true);
    else if (last_ == value)
        chosen_ = true;
    else
        skip_choice(false);
    return true;
}

/* Goes to the next !n%C, !%E or !%F, or straight to !%F. */
void Formatter::skip_choice(bool to_end)
{
    while (at_ < end_) {
        const char *mark = static_cast<const char *>(memchr(at_, '!', end_ - at_));
        if (!mark)
            break;
        at_ = mark + 1;
        if (at_ < end_ && *at_ == '!') {
            at_++;
            continue;
        }
        const char *type = at_;
        while (type < end_ && *type >= '0' && *type <= '9')
            type++;
        if (end_ - type < 2 || type[0] != '%')
            continue;
        if (type[1] == 'F' || (!to_end && (type[1] == 'C' || type[1] == 'E'))) {
            at_ = mark;
            return;
        }
    }
    at_ = end_;
}

uint32_t Formatter::run(size_t *length)
{
    while (at_ < end_) {
        const char *mark = static_cast<const char *>(memchr(at_, '!', end_ - at_));
        const char *stop = mark ? mark : end_;
        put(at_, stop - at_);
        at_ = stop;
        if (!mark)
            break;
        at_++;
        if (!directive())
            break;
    }
    if (status_ == SS$_NORMAL && in_field_)
        status_ = SS$_BADPARAM;
    *length = used_;
    return status_ != SS$_NORMAL ? status_ : overflow_ ? SS$_BUFFEROVF : SS$_NORMAL;
}

/* Formats into the buffer of a fixed descriptor. */
uint32_t format_to(void *ctrstr, unsigned short *outlen, void *outbuf, Arguments *arguments)
{
    const dsc$descriptor_s *control = static_cast<const dsc$descriptor_s *>(ctrstr);
    const dsc$descriptor_s *out = static_cast<const dsc$descriptor_s *>(outbuf);
    if (!control || !shim::low(control) || !shim::low(control->dsc$a_pointer))
        return SS$_ACCVIO;
    if (!out || !shim::low(out) || !shim::low(out->dsc$a_pointer))
        return SS$_ACCVIO;
    size_t length = 0;
    Formatter formatter(control->dsc$a_pointer, control->dsc$w_length, arguments,
                        out->dsc$a_pointer, out->dsc$w_length);
    uint32_t status = formatter.run(&length);
    if (outlen)
        *outlen = static_cast<unsigned short>(length);
    return status;
}

uint32_t format_string(void *ctrstr, unsigned short *outlen, void *outbuf, Arguments *arguments)
{
    std::string control;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(ctrstr), &control);
    if (!(status & 1))
        return status;
    std::vector<char> buffer(65535);
    size_t length = 0;
    Formatter formatter(control.data(), control.size(), arguments, buffer.data(), buffer.size());
    status = formatter.run(&length);
    if (!(status & 1))
        return status;
    return shim::put_string(outbuf, std::string(buffer.data(), length), outlen);
}

} // namespace

namespace shim
{

uint32_t format_vector(const std::string &control, const uint32_t *arguments, size_t count,
                       char *out, size_t size, size_t *length)
{
    Arguments source(arguments, count);
    Formatter formatter(control.data(), control.size(), &source, out, size);
    return formatter.run(length);
}

std::string format_text(const std::string &control, const std::vector<uint32_t> &arguments)
{
    char buffer[max_formatted];
    size_t length = 0;
    format_vector(control, arguments.data(), arguments.size(), buffer, sizeof buffer, &length);
    return std::string(buffer, length);
}

} // namespace shim

extern "C" int sys$fao(void *ctrstr, unsigned short *outlen, void *outbuf, ...)
{
    SHIM_SERVICE("sys$fao");
    va_list list;
    va_start(list, outbuf);
    Arguments arguments(&list);
    uint32_t status = format_to(ctrstr, outlen, outbuf, &arguments);
    va_end(list);
    return status;
}

extern "C" int sys$faol(void *ctrstr, unsigned short *outlen, void *outbuf, void *prmlst)
{
    SHIM_SERVICE("sys$faol");
    Arguments arguments(static_cast<uint32_t *>(prmlst), prmlst ? max_arguments : 0);
    return format_to(ctrstr, outlen, outbuf, &arguments);
}

extern "C" int lib$sys_fao(void *ctrstr, unsigned short *outlen, void *outbuf, ...)
{
    SHIM_SERVICE("lib$sys_fao");
    va_list list;
    va_start(list, outbuf);
    Arguments arguments(&list);
    uint32_t status = format_string(ctrstr, outlen, outbuf, &arguments);
    va_end(list);
    return status;
}

extern "C" int lib$sys_faol(void *ctrstr, unsigned short *outlen, void *outbuf, void *prmlst)
{
    SHIM_SERVICE("lib$sys_faol");
    Arguments arguments(static_cast<uint32_t *>(prmlst), prmlst ? max_arguments : 0);
    return format_string(ctrstr, outlen, outbuf, &arguments);
}
