/*
**  process_table - what the process services need of the process table
**
**  Private to SHIM's base (process_table.cxx, process_control.cxx ...); other modules use shim.h.
*/
#ifndef SHIM_PROCESS_TABLE_H
#define SHIM_PROCESS_TABLE_H

#include "shim.h"
#include "system_page.h"

namespace shim {

const uint64_t ALL_PRIVILEGES = 0x7fffffffffULL;  /* PRV$K_NUMBER_OF_PRIVS = 39 */
const uint64_t USER_PRIVILEGES = 0x108000;        /* TMPMBX, NETMBX */

/* Under SystemLock: a row that is free, or whose process is dead; 0 when there is none. */
ProcessSlot *take_row();
bool name_taken(const std::string &name, uint32_t uic, const std::string &node,
                const ProcessSlot *except);
void fill_row(ProcessSlot *slot, const Identity &identity);
Identity read_row(const ProcessSlot &slot);
std::string free_name(const Identity &identity);

/* The row of a living or dead process, 0 when the pid is not in the table. */
ProcessSlot *slot_of(uint32_t pid);
std::string image_name_of(const std::string &path);
/* "FTA3:" is /dev/pts/3. */
std::string terminal_path(const std::string &name);
/* Of the thread's persona, or of the process. */
void set_privileges(uint64_t current);
void set_permanent_privileges(uint64_t mask);
uint64_t permanent_privileges();
/* SET UIC; the caller has the privilege. */
void change_uic(uint32_t uic);
/* SS$_DUPLNAM when another process of the UIC group has the name. */
uint32_t rename_process(const std::string &name);

/* The process that a service's pidadr and prcnam name; stores its pid.  SS$_NONEXPR, SS$_NOPRIV. */
uint32_t choose_process(unsigned int *pidadr, void *prcnam, ProcessEntry *entry);
/* Own UIC, or GROUP in the group, or WORLD. */
bool may_affect(const Identity &target);
/* The row of the process is given back; for ends that do not pass through exit(). */
void leave_system();

/* image_end.cxx: what a command interpreter above this image shall find in $STATUS. */
void note_image_end(uint32_t status);

/* lnm_view.cxx: the process ends, and its job with it. */
void drop_own_job_table();
/* The file of a process whose names were shared with its images. */
void drop_process_names(uint32_t pid);

} // namespace shim

#endif
