/*
**  xabprodef - protection and owner
**
**  Input to $CREATE and $CLOSE (owner or the protection changed: by the owner or with SYSPRV or
**  BYPASS), output of $OPEN and $DISPLAY.  xab$w_pro: four nibbles, system lowest, then owner,
**  group, world; a bit that is set denies READ, WRITE, EXECUTE, DELETE (1, 2, 4, 8).
*/
#ifndef SHIM_XABPRODEF_H
#define SHIM_XABPRODEF_H

#define XAB$C_PRO 19
#define XAB$C_PROLEN 88
#define XAB$C_PROLEN_V3 16
#define XAB$M_NOREAD 1
#define XAB$M_NOWRITE 2
#define XAB$M_NOEXE 4
#define XAB$M_NODEL 8

struct XABPRO {
    unsigned char xab$b_cod;   /* XAB$C_PRO */
    unsigned char xab$b_bln;   /* XAB$C_PROLEN */
    unsigned short xab$w_spare;
    void *xab$l_nxt;
    unsigned short xab$w_pro;  /* 0xffff to $CREATE: the process's default */
    unsigned char xab$b_mtacc;
    unsigned char xab$b_prot_opt;
    unsigned int xab$l_uic;    /* group << 16 | member; 0 to $CREATE: the caller's */
};

#ifdef __cplusplus
extern "C" {
#endif
extern const struct XABPRO cc$rms_xabpro;
#ifdef __cplusplus
}
#endif

#endif
