/*
**  mail_text - dates as MAIL writes and reads them
**
**  VMS time is local time; days are counted from 17-NOV-1858.  HP Utility Routines,
**  MAIL$MESSAGE_SELECT (BEFORE, SINCE).
*/
#include "mail_text.h"

#include "shim.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace shim {

namespace {

const char month_names[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
const uint64_t DAY = 864000000000ULL;
const int64_t EPOCH_DAY = 678881; /* 17-NOV-1858 counted from 1-MAR-0000 */

int64_t day_number(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = year / 400, of_era = year % 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - EPOCH_DAY;
}

void day_split(int64_t number, int *year, int *month, int *day)
{
    int64_t days = number + EPOCH_DAY, era = days / 146097, of_era = days % 146097;
    int64_t y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
    int64_t m = (5 * of_year + 2) / 153;
    *day = static_cast<int>(of_year - (153 * m + 2) / 5 + 1);
    *month = static_cast<int>(m < 10 ? m + 3 : m - 9);
    *year = static_cast<int>(y + era * 400 + (*month <= 2));
}

} // namespace

bool mail_parse_date(const std::string &given, uint64_t *date)
{
    std::string text = upper(trimmed(given));
    uint64_t today = now() / DAY;
    uint64_t base = 0;
    size_t used = 0;
    if (text.compare(0, 5, "TODAY") == 0 || text.compare(0, 8, "TOMORROW") == 0) {
        used = text[2] == 'D' ? 5 : 8;
        base = today + (used == 8);
    } else if (text.compare(0, 9, "YESTERDAY") == 0) {
        used = 9;
        base = today - 1;
    } else {
        int day = 0, year = 0, length = 0;
        char name[4] = "";
        if (sscanf(text.c_str(), "%2d-%3[A-Z]-%4d%n", &day, name, &year, &length) < 3)
            return false;
        const char *at = strlen(name) == 3 ? strstr(month_names, name) : nullptr;
        if (!at || (at - month_names) % 3 != 0 || day < 1 || day > 31 || year < 1858)
            return false;
        base = static_cast<uint64_t>(
            day_number(year, static_cast<int>(at - month_names) / 3 + 1, day));
        used = static_cast<size_t>(length);
    }
    int hour = 0, minute = 0, second = 0, hundredth = 0;
    while (used < text.size() && (text[used] == ' ' || text[used] == ':'))
        ++used;
    if (used < text.size() &&
        sscanf(text.c_str() + used, "%2d:%2d:%2d.%2d", &hour, &minute, &second, &hundredth) < 1)
        return false;
    if (hour > 23 || minute > 59 || second > 59 || hour < 0 || minute < 0 || second < 0)
        return false;
    *date =
        base * DAY + ((hour * 60ULL + minute) * 60 + second) * 10000000ULL + hundredth * 100000ULL;
    return true;
}

std::string mail_format_date(uint64_t date, bool seconds)
{
    int year, month, day;
    day_split(static_cast<int64_t>(date / DAY), &year, &month, &day);
    unsigned ms = static_cast<unsigned>(date % DAY / 100000);
    char text[40];
    int length = snprintf(text, sizeof text, "%2d-%.3s-%04d %02u:%02u", day,
                          month_names + (month - 1) * 3, year, ms / 360000, ms / 6000 % 60);
    if (seconds)
        snprintf(text + length, sizeof text - static_cast<size_t>(length), ":%02u.%02u",
                 ms / 100 % 60, ms % 100);
    return text;
}

} // namespace shim
