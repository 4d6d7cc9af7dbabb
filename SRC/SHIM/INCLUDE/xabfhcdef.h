/*
**  xabfhcdef - file header characteristics ($OPEN, $DISPLAY fill it in)
**
**  The end of file is byte xab$w_ffb of block xab$l_ebk: a file of n bytes has ebk n/512+1, ffb
**  n%512.
*/
#ifndef SHIM_XABFHCDEF_H
#define SHIM_XABFHCDEF_H

#define XAB$C_FHC 29
#define XAB$C_FHCLEN 44

struct XABFHC {
    unsigned char xab$b_cod;   /* XAB$C_FHC */
    unsigned char xab$b_bln;   /* XAB$C_FHCLEN */
    unsigned short xab$w_spare;
    void *xab$l_nxt;
    unsigned char xab$b_rfo;   /* record format and organisation */
    unsigned char xab$b_atr;
    unsigned short xab$w_lrl;  /* longest record; 0: not known */
    unsigned int xab$l_hbk;    /* highest block allocated */
    unsigned int xab$l_ebk;
    unsigned short xab$w_ffb;
    unsigned char xab$b_bkz;
    unsigned char xab$b_hsz;
    unsigned short xab$w_mrz;
    unsigned short xab$w_dxq;
    unsigned short xab$w_gbc;
    unsigned short xab$w_verlimit;
};

#ifdef __cplusplus
extern "C" {
#endif
extern const struct XABFHC cc$rms_xabfhc;
#ifdef __cplusplus
}
#endif

#endif
