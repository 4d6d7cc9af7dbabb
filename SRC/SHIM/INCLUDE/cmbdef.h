/*
**  cmbdef - mailbox creation
*/
#ifndef SHIM_CMBDEF_H
#define SHIM_CMBDEF_H

#define CMB$M_READONLY 1
#define CMB$M_WRITEONLY 2

#endif
