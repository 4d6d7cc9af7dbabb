/*
**  lib_routines_memory - LIB$GET_VM and LIB$FREE_VM
**
**  Memory that descriptors and item lists can point to: below 4 GB, 16-aligned, not cleared.
**  base_address is the address of a longword: the 32-bit address is stored there, 4 bytes, also
**  where pointers are wider.  Any thread.  LIB$_INSVIRMEM, LIB$_BADBLOSIZ, LIB$_BADBLOADR,
**  LIB$_INVARG (zones are not offered).  RTL Library (LIB$) manual.
*/
#ifndef SHIM_LIB_ROUTINES_MEMORY_H
#define SHIM_LIB_ROUTINES_MEMORY_H

#include <libdef.h>

#ifdef __cplusplus
extern "C" {

unsigned int lib$get_vm(const int *number_of_bytes, void *base_address, unsigned int *zone_id = 0);
unsigned int lib$free_vm(const int *number_of_bytes, void *base_address,
                         unsigned int *zone_id = 0);
}
#endif

#endif
