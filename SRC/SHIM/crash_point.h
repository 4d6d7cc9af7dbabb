/*
**  crash_point - a step inside a service at which a test may end the process
**
**  It is a row of the service table with the name "crash:...": counted, and armed by `vmsys fault
**  arm` like a service.  Any forced status ends the process as kill -9 does, before the next step.
*/
#ifndef SHIM_CRASH_POINT_H
#define SHIM_CRASH_POINT_H

#include "shim.h"

#include <csignal>

#define CRASH_POINT(NAME)                                                                          \
    do {                                                                                           \
        static shim::Service point_(NAME);                                                         \
        uint32_t forced_;                                                                          \
        if (shim::service_enter(point_, &forced_))                                                 \
            raise(SIGKILL);                                                                        \
    } while (0)

#endif
