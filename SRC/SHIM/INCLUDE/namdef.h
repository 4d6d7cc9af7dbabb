/*
**  namdef - name block
**
**  nam$l_esa, nam$l_rsa and nam$l_rlf are 32-bit addressable.  The pointers to the parts (node,
**  dev, dir, name, type, ver) point into the resultant string when there is one, else into the
**  expanded string; type begins with its period, ver with its semicolon.
*/
#ifndef SHIM_NAMDEF_H
#define SHIM_NAMDEF_H

#define NAM$C_BID 2
#define NAM$C_BLN 96
#define NAM$C_MAXRSS 255
#define NAM$C_DVI 16

/* nam$b_nop */
#define NAM$M_PWD 1
#define NAM$M_SYNCHK 8
#define NAM$M_NOCONCEAL 16
#define NAM$M_SLPARSE 32
#define NAM$M_SRCHXABS 64
#define NAM$M_NO_SHORT_UPCASE 128

/* nam$l_fnb */
#define NAM$M_EXP_VER 1
#define NAM$M_EXP_TYPE 2
#define NAM$M_EXP_NAME 4
#define NAM$M_WILD_VER 8
#define NAM$M_WILD_TYPE 16
#define NAM$M_WILD_NAME 32
#define NAM$M_EXP_DIR 64
#define NAM$M_EXP_DEV 128
#define NAM$M_WILDCARD 256
#define NAM$M_SEARCH_LIST 2048
#define NAM$M_CNCL_DEV 4096
#define NAM$M_ROOT_DIR 8192
#define NAM$M_LOWVER 16384
#define NAM$M_HIGHVER 32768
#define NAM$M_PPF 65536
#define NAM$M_NODE 131072
#define NAM$M_QUOTED 262144
#define NAM$M_GRP_MBR 524288
#define NAM$M_WILD_DIR 1048576

struct NAM {
    unsigned char nam$b_bid;   /* NAM$C_BID */
    unsigned char nam$b_bln;   /* NAM$C_BLN */
    unsigned char nam$b_rss;   /* size of the resultant string buffer */
    unsigned char nam$b_rsl;   /* length of the resultant string */
    char *nam$l_rsa;
    unsigned char nam$b_nop;
    unsigned char nam$b_rfs;
    unsigned char nam$b_ess;
    unsigned char nam$b_esl;
    char *nam$l_esa;
    struct NAM *nam$l_rlf;     /* related file: its resultant string supplies what is missing */
    char nam$t_dvi[16];        /* counted device name */
    unsigned short nam$w_fid[3];
    unsigned short nam$w_did[3];
    unsigned int nam$l_wcc;    /* wildcard context: zero it, or start from cc$rms_nam */
    unsigned int nam$l_fnb;
    unsigned char nam$b_node, nam$b_dev, nam$b_dir, nam$b_name, nam$b_type, nam$b_ver;
    char *nam$l_node, *nam$l_dev, *nam$l_dir, *nam$l_name, *nam$l_type, *nam$l_ver;
};
typedef struct NAM NAMDEF;

#ifdef __cplusplus
extern "C" {
#endif
extern const struct NAM cc$rms_nam;
#ifdef __cplusplus
}
#endif

#endif
