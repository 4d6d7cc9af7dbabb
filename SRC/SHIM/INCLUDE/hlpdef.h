/*
**  hlpdef - flags of LBR$OUTPUT_HELP
*/
#ifndef SHIM_HLPDEF_H
#define SHIM_HLPDEF_H

#define HLP$M_PROMPT 1
#define HLP$M_PROCESS 2
#define HLP$M_GROUP 4
#define HLP$M_SYSTEM 8
#define HLP$M_LIBLIST 16
#define HLP$M_HELP 32

#endif
