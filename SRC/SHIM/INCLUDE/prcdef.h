/*
**  prcdef - process creation
*/
#ifndef SHIM_PRCDEF_H
#define SHIM_PRCDEF_H

#define PRC$M_SSRWAIT 1
#define PRC$M_SSFEXCU 2
#define PRC$M_PSWAPM 4
#define PRC$M_NOACNT 8
#define PRC$M_BATCH 16
#define PRC$M_HIBER 32
#define PRC$M_NOUAF 64
#define PRC$M_LOGIN 64
#define PRC$M_NETWRK 128
#define PRC$M_DISAWS 256
#define PRC$M_DETACH 512
#define PRC$M_INTER 1024
#define PRC$M_IMGDMP 2048
#define PRC$M_NOPASSWORD 8192
#define PRC$M_SUBSYSTEM 65536
#define PRC$M_INHERIT_PERSONA 2097152

#endif
