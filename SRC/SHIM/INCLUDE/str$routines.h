/*
**  str$routines - run-time library, strings
*/
#ifndef SHIM_STR_ROUTINES_H
#define SHIM_STR_ROUTINES_H

#include <descrip.h>
#include <strdef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Class S: truncates (STR$_TRU) or fills with blanks; class D: reallocates. */
unsigned int str$copy_dx(dsc$descriptor_s *destination, const dsc$descriptor_s *source);
/* A class D string back to {0, 14, 2, 0}. */
unsigned int str$free1_dx(dsc$descriptor_s *string);

#ifdef __cplusplus
}
#endif

#endif
