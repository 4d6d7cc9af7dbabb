/*
**  iodef - functions of $QIO
*/
#ifndef SHIM_IODEF_H
#define SHIM_IODEF_H

#define IO$_READVBLK 49
#define IO$_WRITEVBLK 48
#define IO$_READLBLK 33
#define IO$_WRITELBLK 32
#define IO$_WRITEOF 40
#define IO$_SETMODE 35
#define IO$_SENSEMODE 39

#define IO$M_NOW 64
#define IO$M_NORSWAIT 1024
#define IO$M_READATTN 128
#define IO$M_WRTATTN 256
#define IO$M_STREAM 128
#define IO$M_READERCHECK 256
#define IO$M_WRITERCHECK 512

#endif
