#ifndef SHIM_STARLET_SYSTEM_H
#define SHIM_STARLET_SYSTEM_H

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
