/*
**  xabdatdef - dates of a file ($OPEN, $DISPLAY; credt may be given to $CREATE)
*/
#ifndef SHIM_XABDATDEF_H
#define SHIM_XABDATDEF_H

#include <gen64def.h>

#define XAB$C_DAT 18
#define XAB$C_DATLEN 60

struct XABDAT {
    unsigned char xab$b_cod;   /* XAB$C_DAT */
    unsigned char xab$b_bln;   /* XAB$C_DATLEN */
    unsigned short xab$w_spare;
    void *xab$l_nxt;
    unsigned short xab$w_rvn;  /* revision number */
    struct _generic_64 xab$q_rdt; /* revised */
    struct _generic_64 xab$q_cdt; /* created */
    struct _generic_64 xab$q_edt; /* expires; 0: never */
    struct _generic_64 xab$q_bdt; /* backed up; 0: never */
};

#ifdef __cplusplus
extern "C" {
#endif
extern const struct XABDAT cc$rms_xabdat;
#ifdef __cplusplus
}
#endif

#endif
