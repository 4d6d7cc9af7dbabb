/*
**  event_flags - the 64 local event flags of the process
*/
#ifndef SHIM_EVENT_FLAGS_H
#define SHIM_EVENT_FLAGS_H

#include <cstdint>
#include <iosbdef.h>

namespace shim {

/* SS$_NORMAL for 0-63 and EFN$C_ENF, SS$_UNASEFC for common flags, SS$_ILLEFC otherwise. */
uint32_t check_flag(uint32_t efn);
/* The flag's state before; EFN$C_ENF has none. */
bool set_flag(uint32_t efn);
bool clear_flag(uint32_t efn);

/* The end of a $GETJPI or $GETSYI: status block, event flag, AST; returns the status. */
int complete_request(uint32_t status, uint32_t efn, struct _iosb *iosb,
                     void (*astadr)(unsigned long long), unsigned long long astprm);

} // namespace shim

#endif
