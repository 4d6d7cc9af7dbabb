/*
**  xabkeydef - one key of an indexed file, a chain of them with xab$b_ref 0, 1, 2 ...
**
**  A key is one segment: xab$w_pos0, xab$b_siz0.  Data types: STG, BN2, BN4, BN8, IN2, IN4, IN8;
**  others are RMS$_DTP.  The primary key cannot change; it has duplicates only with XAB$M_DUP.
*/
#ifndef SHIM_XABKEYDEF_H
#define SHIM_XABKEYDEF_H

#define XAB$C_KEY 21
#define XAB$C_KEYLEN 100
#define XAB$C_STG 0
#define XAB$C_IN2 1
#define XAB$C_BN2 2
#define XAB$C_IN4 3
#define XAB$C_BN4 4
#define XAB$C_IN8 6
#define XAB$C_BN8 7
#define XAB$M_DUP 1
#define XAB$M_CHG 2
#define XAB$M_NUL 4

struct XABKEY {
    unsigned char xab$b_cod;   /* XAB$C_KEY */
    unsigned char xab$b_bln;   /* XAB$C_KEYLEN */
    unsigned short xab$w_spare;
    void *xab$l_nxt;
    unsigned char xab$b_ref;
    unsigned char xab$b_flg;
    unsigned char xab$b_dtp;
    unsigned char xab$b_nul;   /* XAB$M_NUL: a key of only this byte is not entered in the index */
    unsigned char xab$b_nsg;   /* 1 */
    unsigned char xab$b_tks;
    unsigned short xab$w_mrl;  /* shortest record that holds the key (output) */
    unsigned short xab$w_pos0;
    unsigned char xab$b_siz0;
    char *xab$l_knm;           /* 32 characters, or 0 */
};

#ifdef __cplusplus
extern "C" {
#endif
extern const struct XABKEY cc$rms_xabkey;
#ifdef __cplusplus
}
#endif

#endif
