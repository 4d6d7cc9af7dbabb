/*
**  mail$routines - callable MAIL
**
**  context: a longword, 0 before the _begin routine of its family, passed to all others and
**  cleared by the _end routine.  Both lists are mandatory; an empty one is one zero item.  Lists
**  and buffers lie in 32-bit addressable memory.  Not re-entrant: one thread of a process at a
**  time.  All answer a condition value and signal errors unless the input list holds
**  MAIL$_NOSIGNAL. When a change is durable: SRC/SHIM/mail_store.h.  Items, conditions:
**  spec/vms-api.md 3.
*/
#ifndef SHIM_MAIL_ROUTINES_H
#define SHIM_MAIL_ROUTINES_H

#include <iledef.h>

extern "C" {

unsigned int mail$mailfile_begin(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$mailfile_close(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$mailfile_compress(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$mailfile_end(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$mailfile_info_file(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$mailfile_modify(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$mailfile_open(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$mailfile_purge_waste(unsigned int *context, ILE3 *in_list, ILE3 *out_list);

unsigned int mail$message_begin(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$message_copy(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$message_delete(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$message_end(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$message_get(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$message_info(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$message_modify(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$message_select(unsigned int *context, ILE3 *in_list, ILE3 *out_list);

unsigned int mail$send_abort(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$send_add_address(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$send_add_attribute(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$send_add_bodypart(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$send_begin(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$send_end(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$send_message(unsigned int *context, ILE3 *in_list, ILE3 *out_list);

unsigned int mail$user_begin(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$user_delete_info(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$user_end(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$user_get_info(unsigned int *context, ILE3 *in_list, ILE3 *out_list);
unsigned int mail$user_set_info(unsigned int *context, ILE3 *in_list, ILE3 *out_list);

}

#endif
