/*
**  smb$routines - the symbiont's side of the symbiont/job controller interface
**
**  smb$initialize first, once.  Arguments by reference; descriptors must be 32-bit addressable,
**  else SS$_ACCVIO; optional arguments may be 0.  Any thread may call smb$send_to_jobctl; one
**  thread at a time reads (the AST routine, or a polling loop).  The process ends at once when its
**  job controller has gone: what it executes is given to another.  Utility Routines: SMB$ routines.
*/
#ifndef SHIM_SMB_ROUTINES_H
#define SHIM_SMB_ROUTINES_H

#include <descrip.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ast_routine is called at AST level for each message that can be read; 0: poll.  streams 1..32,
   default 1.  SMB$_INVSTRLEV, SMB$_INVSTMNBR; SS$_DEVOFFLINE when no job controller started us. */
unsigned int smb$initialize(const unsigned int *structure_level, void (*ast_routine)(void),
                            const unsigned int *streams);
/* SS$_NORMAL when a message waits, else 0. */
unsigned int smb$check_for_message(void);
/* Waits for a message and copies it: stream number (from 0), request code SMBMSG$K_xxx.
   SS$_DEVOFFLINE before smb$initialize. */
unsigned int smb$read_message(unsigned int *stream, dsc$descriptor_s *buffer,
                              unsigned int *request);
/* *context 0 before the first call; 0 again with SMB$_NOMOREITEMS after the last item.  *size is
   the length of the value in the buffer. */
unsigned int smb$read_message_item(dsc$descriptor_s *message, unsigned int *context,
                                   unsigned int *item_code, dsc$descriptor_s *buffer,
                                   unsigned short *size);
/* request 0: TASK_STATUS.  error: longword count, then that many condition values.  SS$_DEVOFFLINE,
   SMB$_INVSTMNBR, SS$_BADPARAM. */
unsigned int smb$send_to_jobctl(const unsigned int *stream, const unsigned int *request,
                                dsc$descriptor_s *accounting, dsc$descriptor_s *checkpoint,
                                const unsigned int *device_status, const unsigned int *error);

#ifdef __cplusplus
}
#endif

#endif
