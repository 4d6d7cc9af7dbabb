/*
**  clidef - flags of LIB$SPAWN, table codes of symbols
*/
#ifndef SHIM_CLIDEF_H
#define SHIM_CLIDEF_H

#define CLI$M_NOWAIT 1
#define CLI$M_NOCLISYM 2
#define CLI$M_NOLOGNAM 4
#define CLI$M_NOKEYPAD 8
#define CLI$M_NOTIFY 16
#define CLI$M_NOCONTROL 32
#define CLI$M_TRUSTED 64
#define CLI$M_AUTHPRIV 128
#define CLI$M_SUBSYSTEM 256
#define CLI$K_LOCAL_SYM 1
#define CLI$K_GLOBAL_SYM 2

#endif
