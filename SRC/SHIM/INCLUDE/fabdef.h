/*
**  fabdef - file access block
**
**  A FAB, the text and the blocks that it points to are 32-bit addressable, else SS$_ACCVIO.
**  Start from cc$rms_fab: a wrong fab$b_bid is RMS$_FAB, a wrong fab$b_bln RMS$_BLN.
**  fab$l_sts and fab$l_stv hold the outcome of the last service.  One thread at a time uses a
**  FAB and its RABs; different ones are independent.
*/
#ifndef SHIM_FABDEF_H
#define SHIM_FABDEF_H

#define FAB$C_BID 3
#define FAB$C_BLN 80
#define FAB$C_SEQ 0
#define FAB$C_REL 16
#define FAB$C_IDX 32
#define FAB$C_UDF 0
#define FAB$C_FIX 1
#define FAB$C_VAR 2
#define FAB$C_VFC 3
#define FAB$C_STM 4
#define FAB$C_STMLF 5
#define FAB$C_STMCR 6

/* fab$b_fac, fab$b_shr */
#define FAB$M_PUT 1
#define FAB$M_GET 2
#define FAB$M_DEL 4
#define FAB$M_UPD 8
#define FAB$M_TRN 16
#define FAB$M_BIO 32
#define FAB$M_BRO 64
#define FAB$M_EXE 128
#define FAB$M_SHRPUT 1
#define FAB$M_SHRGET 2
#define FAB$M_SHRDEL 4
#define FAB$M_SHRUPD 8
#define FAB$M_NIL 32
#define FAB$M_MSE 16
#define FAB$M_UPI 64
#define FAB$M_NQL 128

/* fab$b_rat */
#define FAB$M_FTN 1
#define FAB$M_CR 2
#define FAB$M_PRN 4
#define FAB$M_BLK 8
#define FAB$M_MSB 16

/* fab$l_fop */
#define FAB$M_MXV 2
#define FAB$M_SUP 4
#define FAB$M_TMP 8
#define FAB$M_TMD 16
#define FAB$M_DFW 32
#define FAB$M_SQO 64
#define FAB$M_RWO 128
#define FAB$M_POS 256
#define FAB$M_WCK 512
#define FAB$M_NEF 1024
#define FAB$M_RWC 2048
#define FAB$M_DMO 4096
#define FAB$M_SPL 8192
#define FAB$M_SCF 16384
#define FAB$M_DLT 32768
#define FAB$M_NFS 65536
#define FAB$M_UFO 131072
#define FAB$M_PPF 262144
#define FAB$M_INP 524288
#define FAB$M_CTG 1048576
#define FAB$M_CBT 2097152
#define FAB$M_RCK 8388608
#define FAB$M_NAM 16777216
#define FAB$M_CIF 33554432
#define FAB$M_ESC 134217728
#define FAB$M_TEF 268435456
#define FAB$M_OFP 536870912
#define FAB$M_KFO 1073741824

struct NAM;

struct FAB {
    unsigned char fab$b_bid;   /* FAB$C_BID */
    unsigned char fab$b_bln;   /* FAB$C_BLN */
    unsigned short fab$w_ifi;  /* 0: not open */
    unsigned int fab$l_fop;
    unsigned int fab$l_sts;
    unsigned int fab$l_stv;
    unsigned int fab$l_alq;    /* blocks allocated, or to allocate */
    unsigned short fab$w_deq;
    unsigned char fab$b_fac;   /* 0: GET for $OPEN, PUT for $CREATE */
    unsigned char fab$b_shr;   /* 0: GET when only reading, else nobody */
    unsigned int fab$l_ctx;    /* the caller's */
    signed char fab$b_rtv;
    unsigned char fab$b_org;
    unsigned char fab$b_rat;
    unsigned char fab$b_rfm;
    void *fab$l_xab;           /* chain of XABs */
    struct NAM *fab$l_nam;
    char *fab$l_fna;
    char *fab$l_dna;
    unsigned char fab$b_fns;
    unsigned char fab$b_dns;
    unsigned short fab$w_mrs;  /* FIX: record size; others: longest record, 0 = 32767 */
    unsigned int fab$l_mrn;
    unsigned short fab$w_bls;
    unsigned char fab$b_bks;
    unsigned char fab$b_fsz;   /* VFC: bytes of fixed control, 0 = 2 */
    unsigned int fab$l_dev;
    unsigned short fab$w_gbc;
};
typedef struct FAB FABDEF;

#ifdef __cplusplus
extern "C" {
#endif
extern const struct FAB cc$rms_fab; /* rfm VAR, org SEQ */
#ifdef __cplusplus
}
#endif

#endif
