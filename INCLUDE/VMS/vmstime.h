/*
**  vmstime - system time: 100 ns units since 17-NOV-1858 00:00, local time
**
**  Every deadline of the product follows vmstime_now(), which a test can move.  Deltas are plain
**  counts of units here; the negative form of VMS stays inside.  Civil calendar arithmetic is
**  CORE's (datetime.h); this file asks the system.  spec/vms-api.md 7.3.  Any thread.
*/
#ifndef MAIL_VMS_VMSTIME_H
#define MAIL_VMS_VMSTIME_H

#include "boostset.h"

#include <string>

namespace mail {

typedef boost::uint64_t VmsTime;

const boost::uint32_t VMSTIME_UNITS_PER_MS = 10000;
const boost::uint32_t VMSTIME_UNITS_PER_SECOND = 10000000;

VmsTime vmstime_now();
/* now + seconds. */
VmsTime vmstime_after(boost::uint32_t seconds);

/* UTC seconds since 1-JAN-1970 of a local system time, and back; the zone is that of now. */
boost::int64_t vmstime_to_unix(VmsTime time);
VmsTime vmstime_from_unix(boost::int64_t seconds);
/* The system's UTC time, for Date: and Received: fields. */
boost::int64_t vmstime_unix_now();
/* Seconds east of Greenwich: SYS$TIMEZONE_DIFFERENTIAL, 0 when not defined. */
boost::int32_t vmstime_zone_seconds();
/* For many: the zone is asked for once. */
boost::int64_t vmstime_to_unix(VmsTime time, boost::int32_t zone_seconds);

/* "21-NOV-2026 08:33:36.12", day padded with a blank; empty when the system refuses it. */
std::string vmstime_text(VmsTime time);
/* "0 00:30:00.00" */
std::string vmstime_delta_text(boost::uint32_t seconds);
/* Absolute time as $BINTIM reads it: left-out fields are those of now. */
bool vmstime_parse(const std::string &text, VmsTime *time);
/* Delta "dddd hh:mm:ss.cc" with its short forms, result in units of 100 ns. */
bool vmstime_parse_delta(const std::string &text, boost::uint64_t *units);

struct VmsTimeFields {
    int year, month, day, hour, minute, second, hundredth; /* month 1-12 */
};
bool vmstime_fields(VmsTime time, VmsTimeFields *fields);

/*
**  "yymmddhhmmsscc" of now, for file names.  Never the same twice in one process: a call within the
**  same hundredth of a second waits for the next value by counting on.
*/
std::string vmstime_stamp();
std::string vmstime_stamp_of(VmsTime time);

} // namespace mail

#endif
