/*
**  stdlib - the C library's, with the EXIT_FAILURE of OpenVMS's C run-time library
**
**  What main gives back is a condition value there: the host's EXIT_FAILURE, 1, would be
**  SS$_NORMAL.
*/
#pragma GCC system_header
#include_next <stdlib.h>
#undef EXIT_FAILURE
#define EXIT_FAILURE 0x10000002
