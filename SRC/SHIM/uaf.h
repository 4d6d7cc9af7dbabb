/*
**  uaf - the system authorization file, for SHIM's own programs
**
**  VMSROOT/VMS$COMMON/SYSEXE/SYSUAF.DAT;1 is an SQLite store shared by all processes of the
*VMSROOT;
**  a change is on disk when the call returns and is seen by the next read of every process.
**  These calls check no privilege: sys$getuai and sys$setuai do, and so must their other callers.
**  Any thread.  Status: SS$_NORMAL, RMS$_RNF (no such user), RMS$_DUP (there is one already),
**  SS$_BADPARAM (a name or text too long), SS$_DEVICEFULL, RMS$_PRV and other trouble of the file.
*/
#ifndef SHIM_UAF_H
#define SHIM_UAF_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim
{

const size_t uaf_user_max = 12; /* characters of a user name */
const size_t uaf_password_max = 32;

struct UafRecord {
    std::string user;                /* upper case, no padding */
    std::string account;             /* <= 8 */
    std::string owner, device;       /* <= 31: "SYS$SYSDEVICE:" */
    std::string directory;           /* <= 63: "[SMITH]" */
    std::string login_command;       /* <= 63 */
    std::string cli, cli_tables;     /* <= 31: "DCL", "DCLTABLES" */
    uint32_t uic;                    /* group << 16 | member */
    uint32_t flags;                  /* UAI$M_... */
    uint64_t authorized, privileges; /* UAI$_PRIV and UAI$_DEF_PRIV */
    uint64_t password, password2;    /* hashes; 0: none */
    uint16_t salt;
    uint8_t algorithm, algorithm2; /* UAI$C_... */
    uint8_t password_minimum;      /* length */
    uint16_t login_failures;
    uint64_t expiration;                     /* absolute, 0: never */
    int64_t password_lifetime;               /* delta (negative), 0: for ever */
    uint64_t password_date, password2_date;  /* all ones: pre-expired */
    uint64_t last_interactive, last_network; /* 0: never */
    uint8_t prime_days;                      /* bit set: not a prime day */
    uint8_t access[10][3]; /* hours refused: network, batch, local, dialup, remote; P, S */
    uint8_t priority, queue_priority;
    uint16_t jobs, account_jobs, detached;
    uint16_t subprocesses, buffered_io, direct_io, timer_entries, asts, locks, files, shared_files;
    uint32_t working_set, working_set_default, working_set_extent, page_file, cpu_time;
    uint32_t bytes, paged_bytes, job_table;
    std::string user_data; /* <= 255 */
    UafRecord();           /* AUTHORIZE's defaults: DISUSER, TMPMBX and NETMBX */
};

uint32_t uaf_read(const std::string &user, UafRecord *record);
/* record.password as given; uaf_set_password() makes it from a text. */
uint32_t uaf_add(const UafRecord &record);
uint32_t uaf_modify(const UafRecord &record);
uint32_t uaf_remove(const std::string &user);
std::vector<std::string> uaf_list(); /* names in order */
bool uaf_user_of_uic(uint32_t uic, std::string *user);

/* PURDY_S with a fresh salt; upcases unless PWDMIX; sets the date and clears PWD_EXPIRED. */
uint32_t uaf_set_password(UafRecord *record, const std::string &password);
/* True when the text gives the record's hash.  A record without password takes the empty one. */
bool uaf_check_password(const UafRecord &record, const std::string &password);

/* hash_password.cxx: as sys$hash_password, without descriptors. */
uint32_t hash_password(const std::string &password, uint8_t algorithm, uint16_t salt,
                       const std::string &user, uint64_t *hash);

} // namespace shim

#endif
