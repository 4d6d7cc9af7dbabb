/*
**  stsdef - parts of a condition value
*/
#ifndef SHIM_STSDEF_H
#define SHIM_STSDEF_H

#define STS$M_SUCCESS 1
#define STS$M_SEVERITY 7
#define STS$M_MSG_NO 0xFFF8
#define STS$M_FAC_NO 0xFFF0000
#define STS$M_CUST_DEF 0x8000000
#define STS$M_INHIB_MSG 0x10000000
#define STS$K_WARNING 0
#define STS$K_SUCCESS 1
#define STS$K_ERROR 2
#define STS$K_INFO 3
#define STS$K_SEVERE 4

#endif
