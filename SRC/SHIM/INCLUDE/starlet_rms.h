/*
**  starlet_rms - files: record management services
**
**  Every service takes a block that is 32-bit addressable with all it points to (SS$_ACCVIO) and
**  returns its sts.  spec/vms-api.md 7.7, 9.3.
**
**  Permanence: $FLUSH puts data, size and, for a file just created, its directory entry on disk
**  with one flush of the host (for a small new file: of the process's journal); $RENAME flushes
**  the file and the new directory entry (two flushes: create files under their final names where
**  that costs); $CLOSE, $ERASE and $PUT flush nothing.
*/
#ifndef SHIM_STARLET_RMS_H
#define SHIM_STARLET_RMS_H

#ifdef __cplusplus
extern "C" {
#endif

/* ---- file services: struct FAB * ---- */

/* RMS$_FNF, RMS$_DNF, RMS$_PRV, RMS$_FLK, RMS$_DEV, syntax (RMS$_SYN, FNM, DIR, TYP, VER). */
int sys$open(void *fab);
/* A new version, unless CIF (opens, RMS$_NORMAL instead of RMS$_CREATED), SUP (RMS$_SUPERSEDE);
   RMS$_FEX when the given version exists; RMS$_FUL, stv SS$_DEVICEFULL or SS$_EXDISKQUOTA. */
int sys$create(void *fab);
int sys$close(void *fab);
/* Fills in FAB, NAM and XABs of an open file. */
int sys$display(void *fab);
int sys$extend(void *fab);
/* A file that is not open: one version, the highest when none is given. */
int sys$erase(void *fab);
/* Both not open.  The new name without version gets a new one; a version that exists: RMS$_FEX.
   The new directory entry is on disk when this returns. */
int sys$rename(void *oldfab, void *err, void *suc, void *newfab);
/* Expanded name into nam$l_esa; without NAM$M_SYNCHK device and directory must exist. */
int sys$parse(void *fab);
/* After $PARSE: the next file that matches, into nam$l_rsa.  RMS$_NMF after the last,
   RMS$_FNF when there was none. */
int sys$search(void *fab);

/* ---- record services: struct RAB * ---- */

int sys$connect(void *rab);
int sys$disconnect(void *rab);
int sys$rewind(void *rab);
/* RMS$_EOF, RMS$_RTB (the record is cut, the next $GET gives the following one), RMS$_RNF. */
int sys$get(void *rab);
int sys$find(void *rab);
int sys$put(void *rab);
int sys$update(void *rab);
int sys$delete(void *rab);
/* Everything written is on disk when this returns, and the file's name if it is new.  With
   RAB$M_ASY it may answer RMS$_PENDING (sts 0): then it is when $WAIT returns, and until then the
   stream refuses all else (RMS$_RSA); $CLOSE and $DISCONNECT wait. */
int sys$flush(void *rab);
/* A FAB or RAB: until its operation is complete; its status. */
int sys$wait(void *block);
/* Cuts a sequential file before the current record. */
int sys$truncate(void *rab);
/* Unlock the current record, or all. */
int sys$release(void *rab);
int sys$free(void *rab);

/* Block I/O (FAB$M_BIO): at most 127 blocks of 512 bytes; a size that is no multiple of 512 ends
   the file exactly there when it is the last block. */
int sys$read(void *rab);
int sys$write(void *rab);
/* Moves the block position by rab$l_bkt blocks, forward or back. */
int sys$space(void *rab);

/* ---- the process's default directory ---- */

/* Any argument may be 0.  The text is "[DIR.SUB]"; relative forms are applied to the old one. */
int sys$setddir(void *newdir, unsigned short *length, void *curdir);

#ifdef __cplusplus
}
#endif

#endif
