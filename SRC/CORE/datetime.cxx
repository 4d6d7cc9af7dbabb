/*
**  datetime - dates as numbers and as text: see CORE/datetime.h
*/
#include "CORE/datetime.h"

#include "CORE/text.h"

namespace mail {

static const char *const month_names[12] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                             "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
static const char *const weekday_names[7] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };

enum { SECONDS_PER_DAY = 86400, ZONE_LIMIT = 99 * 60 + 59, COMMENT_DEPTH_MAX = 100 };

DateTime::DateTime()
    : year(1970), month(1), day(1), hour(0), minute(0), second(0), hundredths(0), zone_minutes(0),
      zone_known(true)
{
}

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int datetime_days_in_month(int year, int month)
{
    static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    if (month < 1 || month > 12)
        return 0;
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

bool datetime_is_valid(const DateTime &t)
{
    return t.year >= 1 && t.year <= 9999 && t.day >= 1 &&
           t.day <= datetime_days_in_month(t.year, t.month) && t.hour >= 0 && t.hour <= 23 &&
           t.minute >= 0 && t.minute <= 59 && t.second >= 0 && t.second <= 60 &&
           t.hundredths >= 0 && t.hundredths <= 99 && t.zone_minutes >= -ZONE_LIMIT &&
           t.zone_minutes <= ZONE_LIMIT;
}

/* Days from 1970-01-01; years begin in March here, so that the leap day is the last of its year. */
static boost::int64_t days_from_date(int year, int month, int day)
{
    boost::int64_t y = month <= 2 ? year - 1 : year;
    int m = month <= 2 ? month + 9 : month - 3;
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

boost::int64_t datetime_to_unix(const DateTime &t)
{
    boost::int64_t days = days_from_date(t.year, t.month, t.day);
    return days * SECONDS_PER_DAY + t.hour * 3600 + t.minute * 60 + t.second - t.zone_minutes * 60;
}

bool datetime_from_unix(boost::int64_t seconds, int zone_minutes, DateTime *time)
{
    const boost::int64_t first = days_from_date(1, 1, 1) * SECONDS_PER_DAY;
    const boost::int64_t last = days_from_date(9999, 12, 31) * SECONDS_PER_DAY + 86399;
    if (zone_minutes < -ZONE_LIMIT || zone_minutes > ZONE_LIMIT || seconds < first - 366 * 86400 ||
        seconds > last + 366 * 86400)
        return false;
    seconds += zone_minutes * 60;
    if (seconds < first || seconds > last)
        return false;
    boost::int64_t days = (seconds - first) / SECONDS_PER_DAY; // since 0001-01-01
    int rest = static_cast<int>((seconds - first) % SECONDS_PER_DAY);
    DateTime t;
    t.year = static_cast<int>(days / 366) + 1; // never too late; a few steps too early
    while (t.year < 9999 && days_from_date(t.year + 1, 1, 1) - days_from_date(1, 1, 1) <= days)
        ++t.year;
    int day = static_cast<int>(days - (days_from_date(t.year, 1, 1) - days_from_date(1, 1, 1)));
    while (day >= datetime_days_in_month(t.year, t.month))
        day -= datetime_days_in_month(t.year, t.month++);
    t.day = day + 1;
    t.hour = rest / 3600;
    t.minute = rest / 60 % 60;
    t.second = rest % 60;
    t.zone_minutes = zone_minutes;
    *time = t;
    return true;
}

int datetime_weekday(const DateTime &t)
{
    boost::int64_t days = days_from_date(t.year, t.month, t.day) + 4; // 1970-01-01 was a Thursday
    return static_cast<int>(((days % 7) + 7) % 7);
}

static std::string digits(int value, size_t width)
{
    return text_from_number(static_cast<boost::uint64_t>(value), width);
}

static std::string clock_text(const DateTime &t)
{
    return digits(t.hour, 2) + ":" + digits(t.minute, 2) + ":" + digits(t.second, 2);
}

/* One number and the character behind it. */
static void append(int value, size_t width, char end, std::string *text)
{
    text_append_number(static_cast<boost::uint64_t>(value), width, text);
    text->append(1, end);
}

std::string datetime_print(const DateTime &t, const char *zone_name)
{
    const int zone = t.zone_minutes < 0 ? -t.zone_minutes : t.zone_minutes;
    std::string text;
    text.reserve(48);
    text.append(weekday_names[datetime_weekday(t)]).append(", ", 2);
    append(t.day, 1, ' ', &text);
    text.append(month_names[t.month - 1]).append(1, ' ');
    append(t.year, 4, ' ', &text);
    append(t.hour, 2, ':', &text);
    append(t.minute, 2, ':', &text);
    append(t.second, 2, ' ', &text);
    text.append(1, t.zone_minutes < 0 || !t.zone_known ? '-' : '+');
    text_append_number(static_cast<boost::uint64_t>(zone / 60), 2, &text);
    text_append_number(static_cast<boost::uint64_t>(zone % 60), 2, &text);
    if (zone_name != 0 && *zone_name != 0)
        text.append(" (", 2).append(zone_name).append(1, ')');
    return text;
}

std::string datetime_print_vms_date(const DateTime &t)
{
    std::string text(t.day < 10 ? " " : "");
    text += digits(t.day, 1) + "-" + text_uppered(month_names[t.month - 1]) + "-";
    return text + digits(t.year, 4);
}

std::string datetime_print_vms(const DateTime &t)
{
    return datetime_print_vms_date(t) + " " + clock_text(t) + "." + digits(t.hundredths, 2);
}

std::string datetime_print_stamp(const DateTime &t)
{
    return digits(t.year % 100, 2) + digits(t.month, 2) + digits(t.day, 2) + digits(t.hour, 2) +
           digits(t.minute, 2) + digits(t.second, 2) + digits(t.hundredths, 2);
}

std::string datetime_print_iso(const DateTime &t)
{
    return digits(t.year, 4) + "-" + digits(t.month, 2) + "-" + digits(t.day, 2) + " " +
           clock_text(t);
}

/* A reader of words, numbers and single characters; white space and comments go first. */
class DateScanner {
public:
    DateScanner(const std::string &text, bool comments) : text_(text), at_(0), comments_(comments)
    {
    }
    bool at_end()
    {
        skip();
        return at_ == text_.size();
    }
    bool take(char c)
    {
        skip();
        if (at_ == text_.size() || text_[at_] != c)
            return false;
        ++at_;
        return true;
    }
    bool number(size_t most_digits, int *value, size_t *count)
    {
        skip();
        size_t begin = at_;
        *value = 0;
        while (at_ < text_.size() && text_is_digit(text_[at_]) && at_ - begin < most_digits)
            *value = *value * 10 + (text_[at_++] - '0');
        *count = at_ - begin;
        return *count != 0 && !(at_ < text_.size() && text_is_digit(text_[at_]));
    }
    bool word(std::string *word)
    {
        skip();
        size_t begin = at_;
        while (at_ < text_.size() && text_is_alpha(text_[at_]))
            ++at_;
        word->assign(text_, begin, at_ - begin);
        return !word->empty();
    }

private:
    void skip()
    {
        size_t depth = 0;
        for (; at_ < text_.size(); ++at_) {
            char c = text_[at_];
            if (comments_ && c == '(' && depth < COMMENT_DEPTH_MAX)
                ++depth;
            else if (depth != 0 && c == ')')
                --depth;
            else if (depth != 0 && c == '\\' && at_ + 1 < text_.size())
                ++at_;
            else if (depth == 0 && !text_is_space(c))
                return;
        }
    }
    const std::string &text_;
    size_t at_;
    bool comments_;
};

static bool read_month(DateScanner *scanner, int *month)
{
    std::string word;
    if (!scanner->word(&word))
        return false;
    for (int i = 0; i < 12; ++i)
        if (text_equal(word, month_names[i])) {
            *month = i + 1;
            return true;
        }
    return false;
}

static bool read_clock(DateScanner *scanner, DateTime *t)
{
    size_t count;
    if (!scanner->number(2, &t->hour, &count) || !scanner->take(':') ||
        !scanner->number(2, &t->minute, &count))
        return false;
    return !scanner->take(':') || scanner->number(2, &t->second, &count);
}

static bool zone_from_name(const std::string &name, DateTime *t)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = { { "UT", 0 },   { "GMT", 0 },  { "UTC", 0 },  { "Z", 0 },    { "EST", -5 },
                  { "EDT", -4 }, { "CST", -6 }, { "CDT", -5 }, { "MST", -7 }, { "MDT", -6 },
                  { "PST", -8 }, { "PDT", -7 } };
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; ++i)
        if (text_equal(name, zones[i].name)) {
            t->zone_minutes = zones[i].hours * 60;
            return true;
        }
    t->zone_known = false; // military letters were defined the wrong way round: RFC 5322 4.3
    return true;
}

static bool read_zone(DateScanner *scanner, DateTime *t)
{
    std::string name;
    if (scanner->at_end()) {
        t->zone_known = false;
        return true;
    }
    bool west = scanner->take('-');
    if (west || scanner->take('+')) {
        int value;
        size_t count;
        if (!scanner->number(4, &value, &count) || count != 4 || value % 100 > 59)
            return false;
        t->zone_minutes = value / 100 * 60 + value % 100;
        t->zone_known = !(west && value == 0);
        if (west)
            t->zone_minutes = -t->zone_minutes;
        return true;
    }
    return scanner->word(&name) && zone_from_name(name, t);
}

bool datetime_parse(const std::string &text, DateTime *time)
{
    DateScanner scanner(text, true);
    DateTime t;
    std::string weekday;
    size_t count;
    if (scanner.word(&weekday) && weekday.size() < 3)
        return false;
    scanner.take(',');
    if (!scanner.number(2, &t.day, &count) || !read_month(&scanner, &t.month) ||
        !scanner.number(4, &t.year, &count) || count < 2)
        return false;
    if (count == 2)
        t.year += t.year < 50 ? 2000 : 1900;
    else if (count == 3)
        t.year += 1900;
    if (!read_clock(&scanner, &t) || !read_zone(&scanner, &t) || !scanner.at_end() ||
        !datetime_is_valid(t))
        return false;
    *time = t;
    return true;
}

bool datetime_parse_vms(const std::string &text, DateTime *time)
{
    DateScanner scanner(text, false);
    DateTime t;
    size_t count;
    if (!scanner.number(2, &t.day, &count) || !scanner.take('-') ||
        !read_month(&scanner, &t.month) || !scanner.take('-') ||
        !scanner.number(4, &t.year, &count) || count != 4)
        return false;
    if (!scanner.at_end()) {
        scanner.take(':'); // "21-NOV-2026:08:30" is the form of one DCL parameter
        if (!read_clock(&scanner, &t))
            return false;
        if (scanner.take('.')) {
            if (!scanner.number(2, &t.hundredths, &count))
                return false;
            if (count == 1)
                t.hundredths *= 10;
        }
    }
    if (!scanner.at_end() || !datetime_is_valid(t) || t.second > 59)
        return false;
    *time = t;
    return true;
}

} // namespace mail
