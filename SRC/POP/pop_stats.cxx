/*
**  pop_stats - counting, and the printed layout
*/
#include "pop_stats.h"

#include "CORE/text.h"
#include "VMS/process.h"

#include <stdio.h>

namespace mail {

PopStats::PopStats()
    : normal_(0), abnormal_(0), failures_(0), messages_(0), octets_(0), least_(0), most_(0)
{
}

void PopStats::disconnected(bool normally)
{
    MutexGuard guard(mutex_);
    ++(normally ? normal_ : abnormal_);
}

void PopStats::retrieved(boost::uint64_t octets)
{
    MutexGuard guard(mutex_);
    if (messages_ == 0 || octets < least_)
        least_ = octets;
    if (octets > most_)
        most_ = octets;
    ++messages_;
    octets_ += octets;
}

void PopStats::login_failed()
{
    MutexGuard guard(mutex_);
    ++failures_;
}

void PopStats::logged_in(boost::uint32_t number, const std::string &user)
{
    MutexGuard guard(mutex_);
    users_[number] = user;
}

void PopStats::logged_out(boost::uint32_t number)
{
    MutexGuard guard(mutex_);
    users_.erase(number);
}

std::string pop_time_text(VmsTime time)
{
    VmsTimeFields f;
    char text[40];
    if (!vmstime_fields(time, &f))
        return "";
    snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d", f.year, f.month, f.day, f.hour,
             f.minute, f.second);
    return text;
}

static void add_line(std::string *out, const char *label, const std::string &value)
{
    const size_t column = 21; /* of the colon */
    std::string line = label;
    line.resize(column, ' ');
    *out += line + ":" + (value.empty() ? "" : " ") + value + "\r\n";
}

/* "7.89 (0 mins, 7 secs)" */
static std::string cpu_text(boost::uint32_t hundredths)
{
    char text[60];
    boost::uint32_t seconds = hundredths / 100;
    snprintf(text, sizeof text, "%u.%02u (%u mins, %u secs)", static_cast<unsigned>(seconds),
             static_cast<unsigned>(hundredths % 100), static_cast<unsigned>(seconds / 60),
             static_cast<unsigned>(seconds % 60));
    return text;
}

std::string PopStats::print(const std::string &version, const std::string &level,
                            const std::string &up_since, const ServiceCounts &counts,
                            const std::string &only_user) const
{
    std::string out;
    MutexGuard guard(mutex_);
    add_line(&out, "Version Number", "TCPIP " + version);
    add_line(&out, "Logging Level", level);
    add_line(&out, "Current Time", pop_time_text(vmstime_now()));
    add_line(&out, "Start Time", up_since);
    add_line(&out, "CPU Seconds", cpu_text(process_cpu_time()));
    add_line(&out, "Current Threads", text_from_number(counts.sessions));
    add_line(&out, "Total Threads", text_from_number(counts.accepted));
    add_line(&out, "Max Threads", text_from_number(counts.most));
    add_line(&out, "Too Many Threads", text_from_number(counts.refused));
    add_line(&out, "Normal Disconnects", text_from_number(normal_));
    add_line(&out, "Abnormal Disconnects", text_from_number(abnormal_));
    add_line(&out, "Client Timeouts", text_from_number(counts.timeouts));
    add_line(&out, "Blocked Socket Count", text_from_number(counts.blocked));
    add_line(&out, "Retrieved Messages", text_from_number(messages_));
    add_line(&out, "Retrieved Octets", text_from_number(octets_));
    add_line(&out, "Average Octets", text_from_number(messages_ ? octets_ / messages_ : 0));
    add_line(&out, "Minimum Octets", text_from_number(least_));
    add_line(&out, "Maximum Octets", text_from_number(most_));
    add_line(&out, "Auth Failures", text_from_number(failures_));
    add_line(&out, "Current Users", "");
    unsigned shown = 0;
    for (std::map<boost::uint32_t, std::string>::const_iterator i = users_.begin();
         i != users_.end(); ++i) {
        if (!only_user.empty() && i->second != only_user)
            continue;
        char number[16];
        snprintf(number, sizeof number, "%2u. ", shown++);
        out += number + text_lowered(i->second) + "\r\n";
    }
    return out;
}

} // namespace mail
