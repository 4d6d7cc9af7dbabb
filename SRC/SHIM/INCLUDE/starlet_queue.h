#ifndef SHIM_STARLET_QUEUE_H
#define SHIM_STARLET_QUEUE_H

#ifdef __cplusplus
extern "C" {
#endif

#ifdef __cplusplus
}
#endif

#endif
