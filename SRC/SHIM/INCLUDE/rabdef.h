/*
**  rabdef - record access block
**
**  Block, buffers and key are 32-bit addressable.  Start from cc$rms_rab, set rab$l_fab, $CONNECT.
**  RAB$M_ASY counts for $FLUSH only; all other operations are complete when they return.
*/
#ifndef SHIM_RABDEF_H
#define SHIM_RABDEF_H

#define RAB$C_BID 1
#define RAB$C_BLN 68
#define RAB$C_SEQ 0
#define RAB$C_KEY 1
#define RAB$C_RFA 2

/* rab$l_rop */
#define RAB$M_ASY 1
#define RAB$M_TPT 2
#define RAB$M_RRL 8
#define RAB$M_UIF 16
#define RAB$M_EOF 256
#define RAB$M_RAH 512
#define RAB$M_WBH 1024
#define RAB$M_BIO 2048
#define RAB$M_LOC 65536
#define RAB$M_WAT 131072
#define RAB$M_ULK 262144
#define RAB$M_RLK 524288
#define RAB$M_NLK 1048576
#define RAB$M_EQNXT 2097152
#define RAB$M_KGE 2097152
#define RAB$M_KGT 4194304
#define RAB$M_NXT 4194304
#define RAB$M_NXR 8388608
#define RAB$M_TMO 33554432
#define RAB$M_RNF 134217728
#define RAB$M_LIM 16384
#define RAB$M_REA 4

struct RAB {
    unsigned char rab$b_bid;   /* RAB$C_BID */
    unsigned char rab$b_bln;   /* RAB$C_BLN */
    unsigned short rab$w_isi;  /* 0: not connected */
    unsigned int rab$l_rop;
    unsigned int rab$l_sts;
    unsigned int rab$l_stv;    /* RMS$_RTB: length of the whole record */
    unsigned short rab$w_rfa[3];
    unsigned int rab$l_ctx;    /* the caller's */
    unsigned char rab$b_rac;
    unsigned char rab$b_tmo;   /* seconds, with RAB$M_TMO and RAB$M_WAT */
    unsigned short rab$w_rsz;  /* record: length found or to write */
    char *rab$l_rbf;           /* record: where it is or comes from */
    unsigned short rab$w_usz;  /* user buffer: size */
    char *rab$l_ubf;
    char *rab$l_rhb;           /* VFC: fixed control */
    char *rab$l_kbf;           /* key */
    unsigned char rab$b_ksz;   /* 0: the key's full size (not for STG) */
    unsigned char rab$b_krf;   /* key of reference, 0 primary */
    unsigned char rab$b_mbc;
    signed char rab$b_mbf;
    unsigned int rab$l_bkt;    /* block I/O: first block, from 1; 0: the next one */
    struct FAB *rab$l_fab;
    void *rab$l_xab;
};
typedef struct RAB RABDEF;

#ifdef __cplusplus
extern "C" {
#endif
extern const struct RAB cc$rms_rab;
#ifdef __cplusplus
}
#endif

#endif
