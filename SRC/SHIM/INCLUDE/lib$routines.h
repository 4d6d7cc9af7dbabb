/*
**  lib$routines - the run-time library, one part per facility
*/
#ifndef SHIM_LIB_ROUTINES_H
#define SHIM_LIB_ROUTINES_H

#include "lib_routines_memory.h"  /* 32-bit addressable memory */
#include "lib_routines_system.h"  /* conditions, formatted text, times */
#include "lib_routines_files.h"   /* files by name */
#include "lib_routines_input.h"   /* lines of SYS$INPUT, foreign commands */

#endif
