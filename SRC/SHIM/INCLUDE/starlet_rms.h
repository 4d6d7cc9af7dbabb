#ifndef SHIM_STARLET_RMS_H
#define SHIM_STARLET_RMS_H

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
