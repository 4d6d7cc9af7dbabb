#ifndef SHIM_EFNDEF_H
#define SHIM_EFNDEF_H
#define EFN$C_ENF 128
#endif
