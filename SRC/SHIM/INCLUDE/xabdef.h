/*
**  xabdef - the common part of extended attribute blocks
*/
#ifndef SHIM_XABDEF_H
#define SHIM_XABDEF_H

/* How every XAB begins. */
struct XABHEAD {
    unsigned char xab$b_cod;
    unsigned char xab$b_bln;
    unsigned short xab$w_spare;
    void *xab$l_nxt;
};

#endif
