/*
**  starlet_system - time, messages, operator, users, intrusion, personae
**
**  Descriptors are void * as in starlet.h of VMS; they, item lists and the text they point to are
**  32-bit addressable, else SS$_ACCVIO.  Every service returns a condition value and may be called
**  by any thread.  spec/vms-api.md sections 4, 7.3, 7.4, 7.5.
*/
#ifndef SHIM_STARLET_SYSTEM_H
#define SHIM_STARLET_SYSTEM_H

#include <gen64def.h>
#include <iledef.h>
#include <iosbdef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- time: 100 ns units since 17-NOV-1858; negative is a delta time ---- */

int sys$gettim(struct _generic_64 *timadr);
/* "dd-mmm-yyyy hh:mm:ss.cc" or "dddd hh:mm:ss.cc"; missing fields are those of now. */
int sys$bintim(void *timbuf, struct _generic_64 *timadr);
/* 23 characters, 16 for a delta, 11 when cvtflg is 1 (time only); timadr 0 is now. */
int sys$asctim(unsigned short *timlen, void *timbuf, struct _generic_64 *timadr, char cvtflg);
/* year, month, day, hour, minute, second, hundredths; a delta has year 0, month 0. */
int sys$numtim(unsigned short timbuf[7], struct _generic_64 *timadr);

/* ---- text and messages ---- */

/* Truncation is SS$_BUFFEROVF (success); an unknown directive SS$_BADPARAM. */
int sys$fao(void *ctrstr, unsigned short *outlen, void *outbuf, ...);
/* prmlst: longwords */
int sys$faol(void *ctrstr, unsigned short *outlen, void *outbuf, void *prmlst);
/* flags: text 1, ident 2, severity 4, facility 8.  outadr, if any: 4 bytes, FAO count in 1. */
int sys$getmsg(unsigned int msgid, unsigned short *msglen, void *bufadr, unsigned int flags,
               unsigned char *outadr);
/* actrtn(descriptor of one line, actprm) returns an even value to keep the line to itself. */
int sys$putmsg(void *msgvec, int (*actrtn)(void *line, unsigned long long actprm), void *facnam,
               unsigned long long actprm);

/* depadr 0: to the caller of the routine that established the handler.  newpc must be 0. */
int sys$unwind(int *depadr, void *newpc);

/* ---- operator and terminals ---- */

/* msgbuf: descriptor of an opcdef.  chan 0: no reply wanted. */
int sys$sndopr(void *msgbuf, unsigned short chan);
int sys$brkthru(unsigned int efn, void *msgbuf, void *sendto, unsigned int sndtyp,
                struct _iosb *iosb, unsigned int carcon, unsigned int flags, unsigned int reqid,
                unsigned int timout, void (*astadr)(unsigned long long),
                unsigned long long astprm);
int sys$brkthruw(unsigned int efn, void *msgbuf, void *sendto, unsigned int sndtyp,
                 struct _iosb *iosb, unsigned int carcon, unsigned int flags, unsigned int reqid,
                 unsigned int timout, void (*astadr)(unsigned long long),
                 unsigned long long astprm);

/* ---- users ---- */

/* Synchronous.  contxt: 0, or a longword that is -1 first: the file then stays open. RMS$_RNF */
int sys$getuai(unsigned int nullarg, unsigned int *contxt, void *usrnam, void *itmlst, void *iosb,
               void (*astadr)(unsigned long long), unsigned long long astprm);
int sys$setuai(unsigned int nullarg, unsigned int *contxt, void *usrnam, void *itmlst, void *iosb,
               void (*astadr)(unsigned long long), unsigned long long astprm);
/* The caller has upcased password (unless PWDMIX) and user name, and trimmed both. */
int sys$hash_password(void *pwd, unsigned char alg, unsigned short salt, void *usrnam,
                      struct _generic_64 *hash);

/* logfail_status by value: success asks for intruders only, failure is recorded. */
int sys$scan_intrusion(unsigned int logfail_status, void *failed_user, unsigned int job_type,
                       void *source_terminal, void *source_node, void *source_user,
                       void *source_addr, void *failed_password, void *parent_user,
                       unsigned int parent_id, unsigned int flags);
/* context 0 first; SS$_NOMOREITEMS at the end. */
int sys$show_intrusion(void *user_criteria, void *intruder, unsigned short *intruder_len,
                       void *breakin_block, unsigned int flags, unsigned int *context);
int sys$delete_intrusion(void *user_criteria, unsigned int flags);

/* A persona belongs to the thread that assumed it.  ISS$C_ID_NATURAL is the process's own. */
int sys$persona_create(unsigned int *persona, void *usrnam, unsigned int flags, void *usrpro,
                       void *itmlst);
int sys$persona_assume(unsigned int *persona, unsigned int flags, unsigned int *previous,
                       unsigned int access_mode);
int sys$persona_delete(unsigned int *persona);

#ifdef __cplusplus
}
#endif

#endif
