#ifndef SHIM_STARLET_PROCESS_H
#define SHIM_STARLET_PROCESS_H

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
