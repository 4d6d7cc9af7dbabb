/*
**  logical - logical names: settings, search lists and what may be trusted
**
**  A translation is one step, as $TRNLNM does it; values are at most 255 bytes, a list at most 128.
**  Names are folded to upper case before the call.  spec/vms-api.md 5.
**
**  Threads: any.  Cost: no allocation besides the result; an unchanged name is far below 1 us.
*/
#ifndef MAIL_VMS_LOGICAL_H
#define MAIL_VMS_LOGICAL_H

#include "VMS/status.h"

#include <vector>

namespace mail {

enum LogicalTable {
    LOGICAL_ANY,     /* LNM$FILE_DEV: process, job, group, system, the first hit wins */
    LOGICAL_PROCESS,
    LOGICAL_JOB,
    LOGICAL_GROUP,
    LOGICAL_SYSTEM
};

enum LogicalMode {
    LOGICAL_ANY_MODE,  /* the outermost definition */
    LOGICAL_EXECUTIVE, /* only executive or kernel mode: made with SYSNAM or CMEXEC */
    LOGICAL_SUPERVISOR,
    LOGICAL_USER
};

/* The first translation. not_found() when the name is not defined there, *value untouched then. */
Status logical_translate(const std::string &name, std::string *value,
                         LogicalTable table = LOGICAL_ANY, LogicalMode mode = LOGICAL_ANY_MODE);

/* All translations of a search list in order. */
Status logical_translate_list(const std::string &name, std::vector<std::string> *values,
                              LogicalTable table = LOGICAL_ANY,
                              LogicalMode mode = LOGICAL_ANY_MODE);

/* Translates again and again, at most 10 times, until a name is not defined or TERMINAL. */
Status logical_translate_fully(const std::string &name, std::string *value);

bool logical_defined(const std::string &name, LogicalTable table = LOGICAL_ANY);

/* First translation, or fallback when the name is not defined. */
std::string logical_text(const std::string &name, const std::string &fallback);

/* Only a definition that a system manager has made counts: system table, executive mode. */
Status logical_trusted(const std::string &name, std::string *value);

/* Settings. False: not defined or not of that form; *value is then untouched. */
bool logical_number(const std::string &name, boost::uint32_t *value); /* decimal, %X and %O too */
/* Delta time "0 00:30:00.00" or a plain number of seconds; the result is in seconds. */
bool logical_delta(const std::string &name, boost::uint32_t *seconds);
/*
**  The documented switches count as set when they exist at all; a value that says no
**  ("FALSE", "NO", "N", "F", "0", "DISABLE") clears them.
*/
bool logical_boolean(const std::string &name, bool fallback);

/* $CRELNM and $DELLNM. mode LOGICAL_ANY_MODE means user mode here. */
Status logical_define(const std::string &name, const std::vector<std::string> &values,
                      LogicalTable table, LogicalMode mode);
Status logical_deassign(const std::string &name, LogicalTable table, LogicalMode mode);

} // namespace mail

#endif
