/*
**  starlet_process - processes, privileges, ASTs, timers, logical names, locks
**
**  All services return a condition value.  Descriptors (void *, as in VMS's header), item lists and
**  what they point to must be 32-bit addressable, else SS$_ACCVIO; other arguments may lie
**  anywhere.  Any thread may call any service; a W form completes before it returns, the other form
**  completes by AST and event flag.  Event flags 0-63 belong to the process; EFN$C_ENF is none.
**  System Services Reference Manual.
*/
#ifndef SHIM_STARLET_PROCESS_H
#define SHIM_STARLET_PROCESS_H

#include <gen64def.h>
#include <iledef.h>
#include <iosbdef.h>
#include <lksbdef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- privileges ---- */

/* SS$_NOTALLPRIV (a success) when some are not authorised; prmflg 1: not only for this image. */
int sys$setprv(char enbflg, struct _generic_64 *prvadr, char prmflg, struct _generic_64 *prvprv);

/* ---- processes and the system ---- */

/* pidadr 0 or *pidadr 0, and prcnam 0: the caller; *pidadr -1: all in turn, then SS$_NOMOREPROC.
   SS$_NONEXPR, SS$_NOPRIV (another user's process: GROUP or WORLD), SS$_BADPARAM. */
int sys$getjpi(unsigned int efn, unsigned int *pidadr, void *prcnam, void *itmlst,
               struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);
int sys$getjpiw(unsigned int efn, unsigned int *pidadr, void *prcnam, void *itmlst,
                struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);
/* This node only: SS$_NOSUCHNODE for another name. */
int sys$getsyi(unsigned int efn, unsigned int *csidadr, void *nodename, void *itmlst,
               struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);
int sys$getsyiw(unsigned int efn, unsigned int *csidadr, void *nodename, void *itmlst,
                struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm);
/* Devices by name: SYS$SYSDEVICE (DKA0), NLA0, terminals, mailboxes; chan must be 0.
   SS$_NOSUCHDEV, SS$_IVDEVNAM. */
int sys$getdviw(unsigned int efn, unsigned short chan, void *devnam, void *itmlst,
                struct _iosb *iosb, void (*astadr)(unsigned long long), unsigned long long astprm,
                void *nullarg);
int sys$setprn(void *prcnam);
/* Until sys$wake; a wake that comes before is kept. */
int sys$hiber(void);
int sys$wake(unsigned int *pidadr, void *prcnam);
/* daytim absolute or delta (negative); reptim: repeat interval, delta. */
int sys$schdwk(unsigned int *pidadr, void *prcnam, struct _generic_64 *daytim,
               struct _generic_64 *reptim);
int sys$canwak(unsigned int *pidadr, void *prcnam);
/* The image SYS$SYSTEM:LOGINOUT.EXE is the command interpreter: it takes its commands from input.
   Of other images input must be a file or 0.  Without uic and PRC$M_DETACH a subprocess.
   quota: a byte and a longword for each limit (pqldef.h), kept for $GETJPI.  SS$_IVQUOTAL. */
int sys$creprc(unsigned int *pidadr, void *image, void *input,
               void *output, void *error, struct _generic_64 *prvadr,
               unsigned int *quota, void *prcnam, unsigned int baspri,
               unsigned int uic, unsigned short mbxunt, unsigned int stsflg, unsigned int *itmlst,
               void *node);
int sys$delprc(unsigned int *pidadr, void *prcnam);
/* The target runs its exit handlers with this code. */
int sys$forcex(unsigned int *pidadr, void *prcnam, unsigned int code);
/* desblk: {link, handler, unsigned argument count (at most 4), address of a longword for the
   status, further arguments}, which stays where it is; the handler is given the arguments. */
int sys$dclexh(void *desblk);
int sys$canexh(void *desblk);
/* Runs the exit handlers, last declared first; the host status is 0 for a success, else 1. */
int sys$exit(unsigned int code);

/* ---- ASTs, event flags and timers ---- */

/* SS$_WASSET or SS$_WASCLR. */
int sys$setast(char enbflg);
int sys$dclast(void (*astadr)(unsigned long long), unsigned long long astprm, unsigned int acmode);
/* daytim absolute or delta (negative).  reqidt names it for sys$cantim; 0 there: all. */
int sys$setimr(unsigned int efn, struct _generic_64 *daytim, void (*astadr)(unsigned long long),
               unsigned long long reqidt, unsigned int flags);
int sys$cantim(unsigned long long reqidt, unsigned int acmode);
int sys$setef(unsigned int efn);
int sys$clref(unsigned int efn);
int sys$readef(unsigned int efn, unsigned int *state);
int sys$waitfr(unsigned int efn);
int sys$synch(unsigned int efn, struct _iosb *iosb);

/* ---- logical names ---- */

/* One translation.  SS$_NOLOGNAM, SS$_NOLOGTAB, SS$_IVLOGNAM, SS$_IVLOGTAB, SS$_TOOMANYLNAM,
   SS$_BUFFEROVF (a success: truncated). */
int sys$trnlnm(unsigned int *attr, void *tabnam, void *lognam,
               unsigned char *acmode, void *itmlst);
/* SS$_SUPERSEDE (a success), SS$_DUPLNAM, SS$_NOPRIV, SS$_EXLNMQUOTA. */
int sys$crelnm(unsigned int *attr, void *tabnam, void *lognam,
               unsigned char *acmode, void *itmlst);
/* lognam 0: every name of the table. */
int sys$dellnm(void *tabnam, void *lognam, unsigned char *acmode);
/* SS$_LNMCREATED, SS$_SUPERSEDE, SS$_NORMAL (was there, CREATE_IF). */
int sys$crelnt(unsigned int *attr, void *resnam, unsigned short *reslen,
               unsigned int *quota, unsigned short *promsk, void *tabnam,
               void *partab, unsigned char *acmode);

/* ---- locks ---- */

/* Status of the request in R0, of the lock in the lksb.  SS$_NOTQUEUED, SS$_SYNCH, SS$_DEADLOCK,
   SS$_VALNOTVALID, SS$_IVLOCKID, SS$_CVTUNGRANT, SS$_IVBUFLEN.  acmode and rsdm_id are ignored. */
int sys$enq(unsigned int efn, unsigned int lkmode, struct _lksb *lksb, unsigned int flags,
            void *resnam, unsigned int parid, void (*astadr)(unsigned long long),
            unsigned long long astprm, void (*blkastadr)(unsigned long long), unsigned int acmode,
            unsigned int rsdm_id);
int sys$enqw(unsigned int efn, unsigned int lkmode, struct _lksb *lksb, unsigned int flags,
             void *resnam, unsigned int parid, void (*astadr)(unsigned long long),
             unsigned long long astprm, void (*blkastadr)(unsigned long long), unsigned int acmode,
             unsigned int rsdm_id);
int sys$deq(unsigned int lkid, void *valblk, unsigned int acmode, unsigned int flags);

#ifdef __cplusplus
}
#endif

#endif
