/*
**  gen64def - quadwords as VMS declares them
*/
#ifndef SHIM_GEN64DEF_H
#define SHIM_GEN64DEF_H

typedef struct _generic_64 {
    union {
        unsigned long long gen64$q_quadword;
        unsigned int gen64$l_longword[2];
    };
} GENERIC_64;

#endif
