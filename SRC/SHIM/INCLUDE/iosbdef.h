/*
**  iosbdef - I/O status block
*/
#ifndef SHIM_IOSBDEF_H
#define SHIM_IOSBDEF_H

typedef struct _iosb {
    union {
        struct {
            unsigned short iosb$w_status;
            unsigned short iosb$w_bcnt;
            unsigned int iosb$l_dev_depend;
        };
        unsigned int iosb$l_getxxi_status;
    };
} IOSB;

#endif
