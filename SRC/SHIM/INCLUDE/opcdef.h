/*
**  opcdef - the message that $SNDOPR takes
**
**  opc$b_ms_target is a mask of operator classes in the low 24 bits of the first longword's
**  upper part: byte 0 is the type, bytes 1-3 the mask.  Text is at most 128 bytes.
*/
#ifndef SHIM_OPCDEF_H
#define SHIM_OPCDEF_H

#define OPC$_RQ_TERME 1
#define OPC$_RQ_LOGI 2
#define OPC$_RQ_RQST 3
#define OPC$_RQ_REPLY 4
#define OPC$_RQ_CANCEL 5
#define OPC$_RQ_STATUS 6
#define OPC$_RQ_SECURITY 7

#define OPC$M_NM_CENTRL 1
#define OPC$M_NM_PRINT 2
#define OPC$M_NM_TAPES 4
#define OPC$M_NM_DISKS 8
#define OPC$M_NM_DEVICE 16
#define OPC$M_NM_CARDS 32
#define OPC$M_NM_NTWORK 64
#define OPC$M_NM_CLUSTER 128
#define OPC$M_NM_SECURITY 256
#define OPC$M_NM_REPLY 512
#define OPC$M_NM_SOFTWARE 1024
#define OPC$M_NM_LICENSE 2048
#define OPC$M_NM_OPER1 4096
#define OPC$M_NM_OPER2 8192
#define OPC$M_NM_OPER3 16384
#define OPC$M_NM_OPER4 32768
#define OPC$M_NM_OPER5 65536
#define OPC$M_NM_OPER6 131072
#define OPC$M_NM_OPER7 262144
#define OPC$M_NM_OPER8 524288
#define OPC$M_NM_OPER9 1048576
#define OPC$M_NM_OPER10 2097152
#define OPC$M_NM_OPER11 4194304
#define OPC$M_NM_OPER12 8388608

#define OPC$S_MS_OTEXT 128
#define OPC$_NOPERATOR 360545
#define OPC$_RQSTPEND 360481
#define OPC$_RQSTCMPLTE 360489

typedef struct _opcdef {
    unsigned opc$b_ms_type : 8;
    unsigned opc$b_ms_target : 24;
    unsigned int opc$l_ms_rqstid; /* echoed in a reply */
    char opc$l_ms_text[OPC$S_MS_OTEXT];
} OPCDEF;

#endif
