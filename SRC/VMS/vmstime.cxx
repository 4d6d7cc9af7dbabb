/*
**  vmstime - $GETTIM, $ASCTIM, $BINTIM, $NUMTIM
**
**  VMS system time is local time; UTC is local time less SYS$TIMEZONE_DIFFERENTIAL.  The Unix epoch
**  is 0x007C95674BEB4000 of those units (spec/vms-api.md "Universal contracts").
*/
#include "VMS/vmstime.h"

#include <pthread.h>
#include <stdio.h>

#include <starlet.h>

#include "VMS/logical.h"
#include "descriptor.h"

namespace mail {

/* 0x007C95674BEB4000, in two halves: C++98 has no literal of 64 bits */
static boost::uint64_t unix_epoch()
{
    return (static_cast<boost::uint64_t>(0x007C9567u) << 32) | 0x4BEB4000u;
}

VmsTime vmstime_now()
{
    GENERIC_64 time;
    time.gen64$q_quadword = 0;
    sys$gettim(&time);
    return time.gen64$q_quadword;
}

VmsTime vmstime_after(boost::uint32_t seconds)
{
    return vmstime_now() + static_cast<boost::uint64_t>(seconds) * VMSTIME_UNITS_PER_SECOND;
}

boost::int32_t vmstime_zone_seconds()
{
    std::string text = logical_text("SYS$TIMEZONE_DIFFERENTIAL", "0");
    const boost::int32_t day = 86400;
    bool negative = !text.empty() && text[0] == '-';
    boost::int32_t seconds = 0;
    for (size_t i = negative ? 1 : 0; i < text.size(); ++i) {
        if (text[i] < '0' || text[i] > '9' || seconds > day)
            return 0;
        seconds = seconds * 10 + (text[i] - '0');
    }
    if (seconds > day)
        return 0;
    return negative ? -seconds : seconds;
}

boost::int64_t vmstime_to_unix(VmsTime time)
{
    return vmstime_to_unix(time, vmstime_zone_seconds());
}

boost::int64_t vmstime_to_unix(VmsTime time, boost::int32_t zone_seconds)
{
    boost::int64_t units =
        static_cast<boost::int64_t>(time) - static_cast<boost::int64_t>(unix_epoch());
    boost::int64_t seconds = units / static_cast<boost::int64_t>(VMSTIME_UNITS_PER_SECOND);
    if (units < 0 && units % static_cast<boost::int64_t>(VMSTIME_UNITS_PER_SECOND) != 0)
        --seconds;
    return seconds - zone_seconds;
}

VmsTime vmstime_from_unix(boost::int64_t seconds)
{
    boost::int64_t local = seconds + vmstime_zone_seconds();
    return unix_epoch() + static_cast<boost::uint64_t>(
                              local * static_cast<boost::int64_t>(VMSTIME_UNITS_PER_SECOND));
}

boost::int64_t vmstime_unix_now()
{
    return vmstime_to_unix(vmstime_now());
}

static std::string ascii_time(boost::uint64_t quadword)
{
    LowScratch scratch;
    Descriptor buffer(scratch, 32);
    GENERIC_64 time;
    time.gen64$q_quadword = quadword;
    unsigned short length = 0;
    if (!(sys$asctim(&length, buffer.get(), &time, 0) & 1))
        return std::string();
    return buffer.text(length);
}

std::string vmstime_text(VmsTime time)
{
    /* a zero address or value would mean now */
    return time ? ascii_time(time) : std::string();
}

std::string vmstime_delta_text(boost::uint32_t seconds)
{
    if (!seconds)
        return "0 00:00:00.00";
    boost::uint64_t units = static_cast<boost::uint64_t>(seconds) * VMSTIME_UNITS_PER_SECOND;
    std::string text = ascii_time(0 - units);
    size_t begin = text.find_first_not_of(' ');
    return begin == std::string::npos ? std::string() : text.substr(begin);
}

static bool binary_time(const std::string &text, boost::uint64_t *quadword)
{
    if (text.empty() || text.size() > 64)
        return false;
    LowScratch scratch;
    Descriptor buffer(scratch, text);
    GENERIC_64 time;
    if (!(sys$bintim(buffer.get(), &time) & 1))
        return false;
    *quadword = time.gen64$q_quadword;
    return true;
}

static bool is_delta(boost::uint64_t quadword)
{
    return (quadword >> 63) != 0;
}

bool vmstime_parse(const std::string &text, VmsTime *time)
{
    boost::uint64_t quadword = 0;
    if (!binary_time(text, &quadword) || is_delta(quadword))
        return false;
    *time = quadword;
    return true;
}

bool vmstime_parse_delta(const std::string &text, boost::uint64_t *units)
{
    /* the service reads "00:30" as a time of day: a delta needs its days */
    std::string complete = text;
    size_t blank = complete.find(' ');
    bool days_given = blank != std::string::npos && blank > 0;
    if (!days_given) {
        size_t begin = complete.find_first_not_of(' ');
        if (begin == std::string::npos || complete.find('-') != std::string::npos)
            return false;
        complete = "0 " + complete.substr(begin);
    }
    boost::uint64_t quadword = 0;
    if (!binary_time(complete, &quadword) || (quadword && !is_delta(quadword)))
        return false;
    *units = 0 - quadword;
    return true;
}

bool vmstime_fields(VmsTime time, VmsTimeFields *fields)
{
    unsigned short vector[7];
    GENERIC_64 quadword;
    quadword.gen64$q_quadword = time;
    if (!(sys$numtim(vector, &quadword) & 1))
        return false;
    fields->year = vector[0];
    fields->month = vector[1];
    fields->day = vector[2];
    fields->hour = vector[3];
    fields->minute = vector[4];
    fields->second = vector[5];
    fields->hundredth = vector[6];
    return true;
}

std::string vmstime_stamp_of(VmsTime time)
{
    VmsTimeFields f;
    char text[32];
    if (!vmstime_fields(time, &f))
        return "00000000000000";
    snprintf(text, sizeof text, "%02d%02d%02d%02d%02d%02d%02d", f.year % 100, f.month, f.day,
             f.hour, f.minute, f.second, f.hundredth);
    return text;
}

std::string vmstime_stamp()
{
    static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    static boost::uint64_t last = 0;
    const boost::uint64_t hundredth = VMSTIME_UNITS_PER_SECOND / 100;
    boost::uint64_t count = vmstime_now() / hundredth;
    pthread_mutex_lock(&mutex);
    /* ahead of the clock during a burst, never twice; a clock moved back does not repeat either */
    if (count <= last)
        count = last + 1;
    last = count;
    pthread_mutex_unlock(&mutex);
    return vmstime_stamp_of(count * hundredth);
}

} // namespace mail
