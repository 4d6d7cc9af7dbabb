/*
**  iledef - item lists: ended by an item of length 0 and code 0
*/
#ifndef SHIM_ILEDEF_H
#define SHIM_ILEDEF_H

typedef struct _ile3 {
    unsigned short ile3$w_length;
    unsigned short ile3$w_code;
    void *ile3$ps_bufaddr;
    unsigned short *ile3$ps_retlen_addr;
} ILE3;

typedef struct _ile2 {
    unsigned short ile2$w_length;
    unsigned short ile2$w_code;
    void *ile2$ps_bufaddr;
} ILE2;

#endif
