/*
**  ciadef - the intrusion database: flags, item codes, and what $SHOW_INTRUSION returns
*/
#ifndef SHIM_CIADEF_H
#define SHIM_CIADEF_H

#define CIA$M_IGNORE_RETURN 1
#define CIA$M_SUSPECTS 256
#define CIA$M_INTRUDERS 512
#define CIA$M_SECONDARY_PASSWORD 1024
#define CIA$M_NOAUDIT 2048
#define CIA$M_REAL_USERNAME 4096
#define CIA$M_ITEMLIST 16384

#define CIA$M_INTRUDER 1
#define CIA$M_SUSPECT 2
#define CIA$M_NETWORK 4
#define CIA$M_TERM_USER 8
#define CIA$M_TERMINAL 16
#define CIA$M_USERNAME 32

#define CIA$_SCSNODE 201
#define CIA$_USER_DATA 203
#define CIA$_FAILED_USERNAME 205

#define CIA$K_SOURCE_NODE_MAX_LENGTH 1024
#define CIA$K_USER_STRING_MAX_LENGTH 32
#define CIA$K_USER_SPEC_MAX_LENGTH 1058

struct cia$breakin_block {
    unsigned short cia$w_type;  /* CIA$M_NETWORK ..., and CIA$M_INTRUDER or CIA$M_SUSPECT */
    unsigned short cia$w_flags;
    unsigned int cia$l_count;   /* failures */
    unsigned long long cia$q_break_time; /* when the entry expires */
};

#endif
