/*
**  lnmdef - logical names
*/
#ifndef SHIM_LNMDEF_H
#define SHIM_LNMDEF_H

#define LNM$C_MAXDEPTH 10
#define LNM$C_NAMLENGTH 255
#define LNM$C_TABNAMLEN 31

#define LNM$_INDEX 1
#define LNM$_STRING 2
#define LNM$_ATTRIBUTES 3
#define LNM$_TABLE 4
#define LNM$_LENGTH 5
#define LNM$_ACMODE 6
#define LNM$_MAX_INDEX 7
#define LNM$_PARENT 8
#define LNM$_CHAIN (-1)

#define LNM$M_NO_ALIAS 1
#define LNM$M_CONFINE 2
#define LNM$M_CRELOG 4
#define LNM$M_TABLE 8
#define LNM$M_CONCEALED 256
#define LNM$M_TERMINAL 512
#define LNM$M_EXISTS 1024
#define LNM$M_SHAREABLE 65536
#define LNM$M_CLUSTERWIDE 131072
#define LNM$M_CREATE_IF 16777216
#define LNM$M_CASE_BLIND 33554432
#define LNM$M_INTERLOCKED 67108864

#endif
