/*
**  vtime - the system time in binary and in text
**
**  $GETTIM $BINTIM $ASCTIM $NUMTIM and the LIB$ arithmetic.  Times count 100 ns from
**  17-NOV-1858; negative ones are deltas.  now() (system_page.cxx) moves with the clock of the
**  VMSROOT.  spec/vms-api.md 7.3.
*/
#include "shim.h"
#include "system_text.h"

#include <cstring>

#include <lib$routines.h>
#include <libdef.h>
#include <starlet.h>

namespace
{

const int64_t ticks_per_second = 10000000;
const int64_t ticks_per_day = 86400 * ticks_per_second;
const int64_t ticks_per_hundredth = ticks_per_second / 100;
const int mjd_of_unix_epoch = 40587;
const unsigned max_delta_days = 9999;
const char month_names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

/* Days since 1-JAN-1970 of a Gregorian date, and back. */
int days_from_date(int year, int month, int day)
{
    year -= month <= 2;
    int era = year / 400;
    int year_of_era = year - era * 400;
    int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void date_from_days(int days, uint16_t *year, uint16_t *month, uint16_t *day)
{
    days += 719468;
    int era = days / 146097;
    int doe = days - era * 146097;
    int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    int mp = (5 * doy + 2) / 153;
    *day = doy - (153 * mp + 2) / 5 + 1;
    *month = mp < 10 ? mp + 3 : mp - 9;
    *year = yoe + era * 400 + (*month <= 2);
}

int days_in_month(int year, int month)
{
    static const int table[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return table[month - 1] + (month == 2 && leap);
}

char *put_digits(char *at, unsigned value, int width, char fill)
{
    for (int i = width - 1; i >= 0; i--) {
        at[i] = value || i == width - 1 ? static_cast<char>('0' + value % 10) : fill;
        value /= 10;
    }
    return at + width;
}

/* At most 23 characters; returns how many. */
size_t put_time(char *out, int64_t time, bool time_only)
{
    uint16_t v[7];
    shim::split_time(time, v);
    char *at = out;
    if (!time_only && time < 0) {
        at = put_digits(at, v[2], 4, ' ');
        *at++ = ' ';
    } else if (!time_only) {
        at = put_digits(at, v[2], 2, ' ');
        *at++ = '-';
        memcpy(at, month_names + 3 * (v[1] - 1), 3);
        at += 3;
        *at++ = '-';
        at = put_digits(at, v[0], 4, '0');
        *at++ = ' ';
    }
    for (int i = 3; i < 7; i++) {
        at = put_digits(at, v[i], 2, '0');
        if (i < 6)
            *at++ = i < 5 ? ':' : '.';
    }
    return at - out;
}

/* Reads the text of a time; next() takes a number of at most 4 digits. */
struct TimeScanner {
    const char *at, *end;

    void skip_blanks()
    {
        while (at < end && (*at == ' ' || *at == '\t'))
            at++;
    }
    bool take(char c)
    {
        if (at >= end || *at != c)
            return false;
        at++;
        return true;
    }
    /* 0 digits: *value stays.  False when there are more than max_digits. */
    bool number(uint16_t *value, int max_digits)
    {
        unsigned v = 0;
        int n = 0;
        for (; at < end && *at >= '0' && *at <= '9'; at++, n++)
            v = v * 10 + (*at - '0');
        if (n > max_digits)
            return false;
        if (n)
            *value = v;
        return true;
    }
    bool month(uint16_t *value)
    {
        if (at >= end || *at < 'A' || *at > 'Z')
            return true;
        for (int m = 0; m < 12; m++) {
            if (end - at >= 3 && memcmp(at, month_names + 3 * m, 3) == 0) {
                *value = m + 1;
                at += 3;
                return true;
            }
        }
        return false;
    }
    /* [hh][:[mm][:[ss][.[cc]]]] */
    bool time(uint16_t v[7])
    {
        if (!number(&v[3], 2))
            return false;
        if (take(':') && !number(&v[4], 2))
            return false;
        if (take(':') && !number(&v[5], 2))
            return false;
        return !take('.') || hundredths(&v[6]);
    }
    bool hundredths(uint16_t *value)
    {
        const char *start = at;
        if (!number(value, 2))
            return false;
        if (at - start == 1)
            *value *= 10; /* a fraction: .5 is 50 hundredths */
        return true;
    }
};

bool clock_fields_ok(const uint16_t v[7])
{
    return v[3] < 24 && v[4] < 60 && v[5] < 60 && v[6] < 100;
}

int64_t clock_ticks(const uint16_t v[7])
{
    return ((v[3] * 60 + v[4]) * 60 + v[5]) * ticks_per_second + v[6] * ticks_per_hundredth;
}

bool parse_absolute(TimeScanner scan, int64_t *time)
{
    uint16_t v[7];
    shim::split_time(static_cast<int64_t>(shim::now()), v);
    if (!scan.number(&v[2], 2) || !scan.take('-') || !scan.month(&v[1]))
        return false;
    if (scan.take('-') && !scan.number(&v[0], 4))
        return false;
    if (scan.at < scan.end && *scan.at != ' ')
        return false;
    scan.skip_blanks();
    if (!scan.time(v))
        return false;
    scan.skip_blanks();
    return scan.at == scan.end && shim::join_time(v, time);
}

bool parse_delta(TimeScanner scan, int64_t *time)
{
    uint16_t v[7] = {0, 0, 0, 0, 0, 0, 0};
    const char *start = scan.at;
    if (!scan.number(&v[2], 4) || scan.at == start || scan.at == scan.end || *scan.at != ' ')
        return false;
    scan.skip_blanks();
    if (!scan.time(v))
        return false;
    scan.skip_blanks();
    if (scan.at != scan.end || v[2] > max_delta_days || !clock_fields_ok(v))
        return false;
    *time = -(v[2] * ticks_per_day + clock_ticks(v));
    return true;
}

int64_t quad(const struct _generic_64 *time)
{
    int64_t value;
    memcpy(&value, time, sizeof value);
    return value;
}

void set_quad(struct _generic_64 *time, int64_t value)
{
    memcpy(time, &value, sizeof value);
}

} // namespace

namespace shim
{

void split_time(int64_t time, uint16_t v[7])
{
    bool delta = time < 0;
    uint64_t ticks = delta ? 0 - static_cast<uint64_t>(time) : static_cast<uint64_t>(time);
    uint64_t days = ticks / ticks_per_day;
    uint64_t hundredths = ticks % ticks_per_day / ticks_per_hundredth;
    if (delta) {
        v[0] = v[1] = 0;
        v[2] = static_cast<uint16_t>(days);
    } else {
        date_from_days(static_cast<int>(days) - mjd_of_unix_epoch, &v[0], &v[1], &v[2]);
    }
    v[6] = hundredths % 100;
    v[5] = hundredths / 100 % 60;
    v[4] = hundredths / 6000 % 60;
    v[3] = static_cast<uint16_t>(hundredths / 360000);
}

bool join_time(const uint16_t v[7], int64_t *time)
{
    if (v[0] < 1858 || v[0] > 9999 || v[1] < 1 || v[1] > 12 || v[2] < 1)
        return false;
    if (v[2] > days_in_month(v[0], v[1]) || !clock_fields_ok(v))
        return false;
    int days = days_from_date(v[0], v[1], v[2]) + mjd_of_unix_epoch;
    if (days < 0)
        return false;
    *time = days * ticks_per_day + clock_ticks(v);
    return true;
}

std::string time_text(int64_t time, bool time_only)
{
    char buffer[32];
    return std::string(buffer, put_time(buffer, time, time_only));
}

} // namespace shim

extern "C" int sys$gettim(struct _generic_64 *timadr)
{
    SHIM_SERVICE("sys$gettim");
    if (!timadr)
        return SS$_ACCVIO;
    set_quad(timadr, static_cast<int64_t>(shim::now()));
    return SS$_NORMAL;
}

extern "C" int sys$bintim(void *timbuf, struct _generic_64 *timadr)
{
    SHIM_SERVICE("sys$bintim");
    std::string text;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(timbuf), &text);
    if (!(status & 1))
        return status;
    if (!timadr)
        return SS$_ACCVIO;
    TimeScanner scan = {text.data(), text.data() + text.size()};
    scan.skip_blanks();
    int64_t time = 0;
    bool absolute = text.find('-') != std::string::npos;
    if (!(absolute ? parse_absolute(scan, &time) : parse_delta(scan, &time)))
        return SS$_IVTIME;
    set_quad(timadr, time);
    return SS$_NORMAL;
}

extern "C" int sys$asctim(unsigned short *timlen, void *timbuf, struct _generic_64 *timadr,
                          char cvtflg)
{
    SHIM_SERVICE("sys$asctim");
    int64_t time = timadr ? quad(timadr) : static_cast<int64_t>(shim::now());
    if (time < -static_cast<int64_t>(max_delta_days + 1) * ticks_per_day)
        return SS$_IVTIME;
    char buffer[32];
    size_t size = put_time(buffer, time, cvtflg & 1);
    return shim::put_fixed(timbuf, buffer, size, timlen);
}

extern "C" int sys$numtim(unsigned short timbuf[7], struct _generic_64 *timadr)
{
    SHIM_SERVICE("sys$numtim");
    if (!timbuf)
        return SS$_ACCVIO;
    int64_t time = timadr ? quad(timadr) : static_cast<int64_t>(shim::now());
    shim::split_time(time, timbuf);
    return SS$_NORMAL;
}

extern "C" int lib$add_times(struct _generic_64 *time1, struct _generic_64 *time2,
                             struct _generic_64 *result)
{
    SHIM_SERVICE("lib$add_times");
    int64_t a = quad(time1), b = quad(time2);
    if (a >= 0 && b >= 0)
        return LIB$_ONEDELTIM;
    int64_t sum = a < 0 && b < 0 ? a + b : (a < 0 ? b - a : a - b);
    set_quad(result, sum);
    return LIB$_NORMAL;
}

extern "C" int lib$sub_times(struct _generic_64 *time1, struct _generic_64 *time2,
                             struct _generic_64 *result)
{
    SHIM_SERVICE("lib$sub_times");
    int64_t a = quad(time1), b = quad(time2);
    if (a < 0 && b >= 0)
        return LIB$_INVARGORD;
    /* two absolutes give a delta; absolute less delta an absolute; two deltas a delta */
    int64_t difference = a >= 0 && b < 0 ? a + b : (a >= 0 ? b - a : a - b);
    bool negative = a >= 0 && b < 0 ? difference < 0 : difference > 0;
    if (negative)
        return LIB$_NEGTIM;
    set_quad(result, difference);
    return LIB$_NORMAL;
}

extern "C" int lib$mult_delta_time(int *multiplier, struct _generic_64 *delta)
{
    SHIM_SERVICE("lib$mult_delta_time");
    int64_t time = quad(delta), product;
    if (time >= 0)
        return LIB$_DELTIMREQ;
    int64_t factor = *multiplier < 0 ? -static_cast<int64_t>(*multiplier) : *multiplier;
    if (__builtin_mul_overflow(time, factor, &product))
        return LIB$_IVTIME;
    set_quad(delta, product);
    return LIB$_NORMAL;
}

extern "C" int lib$cvt_vectim(unsigned short timbuf[7], struct _generic_64 *result)
{
    SHIM_SERVICE("lib$cvt_vectim");
    int64_t time;
    if (!shim::join_time(timbuf, &time))
        return LIB$_IVTIME;
    set_quad(result, time);
    return LIB$_NORMAL;
}

extern "C" int lib$day(int *days, struct _generic_64 *time, int *day_time)
{
    SHIM_SERVICE("lib$day");
    int64_t value = time ? quad(time) : static_cast<int64_t>(shim::now());
    *days = static_cast<int>(value / ticks_per_day);
    if (day_time)
        *day_time = static_cast<int>(value % ticks_per_day / ticks_per_hundredth);
    return LIB$_NORMAL;
}

extern "C" int lib$day_of_week(struct _generic_64 *time, unsigned int *day)
{
    SHIM_SERVICE("lib$day_of_week");
    int64_t value = time ? quad(time) : static_cast<int64_t>(shim::now());
    if (value < 0)
        return LIB$_ABSTIMREQ;
    /* 17-NOV-1858 was a Wednesday */
    *day = static_cast<unsigned>((value / ticks_per_day + 2) % 7 + 1);
    return LIB$_NORMAL;
}
