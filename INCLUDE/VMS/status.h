/*
**  status - the value that every VMS wrapper returns: a condition value and its secondary status
**
**  Success is the low bit of the condition (severity SUCCESS or INFO), as VMS defines it; what
**  carries a meaning inside that class (SUSPECT, INTRUDER, NOTALLPRIV) is decided by its wrapper.
**  The predicates are classes of conditions, so that mail policy needs no SS$, RMS$ or JBC$ names.
**  spec/vms-api.md "Universal contracts".  Any thread; a plain value of 8 bytes.
*/
#ifndef MAIL_VMS_STATUS_H
#define MAIL_VMS_STATUS_H

#include "boostset.h"

#include <string>

namespace mail {

class Status {
public:
    /* Success. */
    Status() : sts_(1), stv_(0) {}
    explicit Status(boost::uint32_t sts, boost::uint32_t stv = 0) : sts_(sts), stv_(stv) {}

    /* Conditions that our own code has to report. */
    static Status bad_parameter();
    static Status timeout();
    static Status cancelled();
    static Status no_memory();
    static Status link_lost();   /* the peer closed or reset the connection */
    static Status unreachable(); /* no route, refused, or no address answered */
    static Status too_big();     /* more than the limit that the caller gave */
    static Status no_such_file();
    static Status no_record();
    static Status failed();      /* something inside broke its contract (an exception was caught) */
    /* From the C run-time's errno after a failed call; stv tells text() which it was. */
    static Status from_errno(int error);

    bool ok() const { return (sts_ & 1) != 0; }
    boost::uint32_t sts() const { return sts_; }
    boost::uint32_t stv() const { return stv_; }
    int severity() const { return static_cast<int>(sts_ & 7); }

    /* The object named is not there: file, directory, record, logical name, user, entry, folder. */
    bool not_found() const;
    /* The process lacks a privilege or the protection of the object refuses it. */
    bool no_privilege() const;
    /* End of a file, list or wildcard sequence: the normal end of a loop. */
    bool end_of_file() const;
    /* No space: volume full, disk quota or file limit reached. */
    bool disk_full() const;
    /* Somebody else holds the file, record or lock just now. */
    bool locked() const;
    /* The time given was not enough. */
    bool timed_out() const;
    /* It exists already (file, queue, process name). */
    bool exists() const;
    /* Its message has been shown to the user already. */
    bool was_told() const;
    /* The same status, its message shown. */
    Status told() const;
    /* Worth trying again later without a change by anybody: locked, disk_full, resources, links. */
    bool retryable() const;

    /* "%RMS-E-FNF, file not found" and, when there is one, "; " and the text of stv. For logs. */
    std::string text() const;

    bool operator==(const Status &other) const { return sts_ == other.sts_ && stv_ == other.stv_; }

private:
    bool is_any(const boost::uint32_t *conditions) const;

    boost::uint32_t sts_;
    boost::uint32_t stv_;
};

} // namespace mail

#endif
