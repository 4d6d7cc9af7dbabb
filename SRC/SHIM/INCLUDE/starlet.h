/*
**  starlet - the system services, one part per facility
**
**  Real prototypes, as with __NEW_STARLET.  All services return a condition value;
**  a service that the product does not call is not declared.
*/
#ifndef SHIM_STARLET_H
#define SHIM_STARLET_H

#include <descrip.h>
#include <iledef.h>
#include <iosbdef.h>
#include <gen64def.h>

#include "starlet_process.h" /* processes, privileges, ASTs, timers, logical names, locks */
#include "starlet_system.h"  /* time, messages, operator, UAF, intrusion, personae */
#include "starlet_rms.h"     /* files */
#include "starlet_queue.h"   /* $SNDJBC, $GETQUI */

#endif
