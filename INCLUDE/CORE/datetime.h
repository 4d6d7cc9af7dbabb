/*
**  datetime - dates as numbers and as text: RFC 5322, VMS, seconds since 1970
**
**  Proleptic Gregorian, years 1 to 9999, no leap seconds (:60 is read as the next second).  The
**  clock and the time-zone rules are not here: who calls knows the zone.  Pure functions.
*/
#ifndef CORE_DATETIME_H
#define CORE_DATETIME_H

#include <string>
#include "boostset.h"

namespace mail {

struct DateTime {
    int year;         /* 1-9999 */
    int month;        /* 1-12 */
    int day;          /* 1-31 */
    int hour, minute, second;
    int hundredths;   /* 0-99 */
    int zone_minutes; /* east of Greenwich: +0530 is 330 */
    bool zone_known;  /* false for "-0000" and for obsolete zone letters (RFC 5322 4.3) */
    DateTime();
};

bool datetime_is_valid(const DateTime &time);

/* Seconds since 1970-01-01 00:00 UTC; negative before. */
boost::int64_t datetime_to_unix(const DateTime &time);
/* Broken down in the given zone; seconds outside of years 1 to 9999 give false. */
bool datetime_from_unix(boost::int64_t seconds, int zone_minutes, DateTime *time);
/* 0 Sunday .. 6 Saturday */
int datetime_weekday(const DateTime &time);
int datetime_days_in_month(int year, int month);

/* "Sat, 21 Nov 2026 08:30:47 +0000"; zone_name "UTC" adds " (UTC)", null or "" nothing. */
std::string datetime_print(const DateTime &time, const char *zone_name);
/*
**  RFC 5322 3.3 with the obsolete forms of 4.3: comments anywhere, two- and three-digit years,
**  zone names, missing seconds, missing week day; also a missing zone (taken as unknown, 0).  A
**  wrong week day is not an error.
*/
bool datetime_parse(const std::string &text, DateTime *time);

/* "21-NOV-2026 08:30:47.12", "21-NOV-2026"; day padded with a blank as $ASCTIM does. */
std::string datetime_print_vms(const DateTime &time);
std::string datetime_print_vms_date(const DateTime &time);
/* Either form; seconds and hundredths may be missing.  The zone stays 0. */
bool datetime_parse_vms(const std::string &text, DateTime *time);

/* "yymmddhhmmsscc": names of control files and message identifiers (spec 6.2). */
std::string datetime_print_stamp(const DateTime &time);
/* "2026-11-21 08:30:47" (POP greeting and XTND STATS). */
std::string datetime_print_iso(const DateTime &time);

} // namespace mail
#endif
