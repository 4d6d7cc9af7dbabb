/*
**  starlet_queue - $SNDJBC and $GETQUI
**
**  R0 tells whether the request was accepted (SS$_NORMAL, SS$_ACCVIO, SS$_BADPARAM, SS$_ILLEFC,
**  SS$_DEVOFFLINE: no job controller), the I/O status block the result: JBC$_NORMAL, JBC$_xxx or
**  SS$_xxx.  Both must be looked at, in that order.  Item lists and what they point to must be
**  32-bit addressable.  Any thread; a W form waits, the other completes by AST and event flag.
**  A success of $SNDJBC is on disk.  System Services: $SNDJBC, $GETQUI.
*/
#ifndef SHIM_STARLET_QUEUE_H
#define SHIM_STARLET_QUEUE_H

#include <iledef.h>
#include <iosbdef.h>

#ifdef __cplusplus
extern "C" {
#endif

int sys$sndjbc(unsigned int efn, unsigned short func, unsigned int nullarg, ILE3 *itmlst,
               IOSB *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);
int sys$sndjbcw(unsigned int efn, unsigned short func, unsigned int nullarg, ILE3 *itmlst,
                IOSB *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);
/* context 0: the process's one stream; *context -1: a new stream, its number is stored there. */
int sys$getqui(unsigned int efn, unsigned short func, unsigned int *context, ILE3 *itmlst,
               IOSB *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);
int sys$getquiw(unsigned int efn, unsigned short func, unsigned int *context, ILE3 *itmlst,
                IOSB *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);

#ifdef __cplusplus
}
#endif

#endif
