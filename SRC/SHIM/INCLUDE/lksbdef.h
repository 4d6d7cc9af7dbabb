/*
**  lksbdef - lock status block; the value block is used with LCK$M_VALBLK only
*/
#ifndef SHIM_LKSBDEF_H
#define SHIM_LKSBDEF_H

typedef struct _lksb {
    unsigned short lksb$w_status;
    unsigned short lksb$w_reserved;
    unsigned int lksb$l_lkid;
    unsigned char lksb$b_valblk[16];
} LKSB;

#endif
