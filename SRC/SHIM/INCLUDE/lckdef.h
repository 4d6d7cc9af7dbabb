/*
**  lckdef - locks
*/
#ifndef SHIM_LCKDEF_H
#define SHIM_LCKDEF_H

#define LCK$K_NLMODE 0
#define LCK$K_CRMODE 1
#define LCK$K_CWMODE 2
#define LCK$K_PRMODE 3
#define LCK$K_PWMODE 4
#define LCK$K_EXMODE 5

#define LCK$M_VALBLK 1
#define LCK$M_CONVERT 2
#define LCK$M_CANCEL 2
#define LCK$M_NOQUEUE 4
#define LCK$M_SYNCSTS 8
#define LCK$M_SYSTEM 16
#define LCK$M_NOQUOTA 32
#define LCK$M_DEQALL 1
#define LCK$M_INVVALBLK 4

#endif
