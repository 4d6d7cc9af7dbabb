/*
**  shim_control - what a test may do to the system; no part of VMS, never used by the product
**
**  C++98 text, so that the product's tests can use it.  Times are VMS times and ticks of 100 ns.
*/
#ifndef SHIM_CONTROL_H
#define SHIM_CONTROL_H

#ifdef __cplusplus
extern "C" {
#endif

/* Go on in another VMSROOT (an absolute host path).  No other thread may be inside a service. */
void shim_use_root(const char *path);
/* Move this VMSROOT's clock by ticks; every waiter of every process notices. */
void shim_move_clock(long long ticks);
/*
**  Force `status` on calls nth .. nth+count-1 (1: the next; count 0: for ever) of a service, made
**  by processes whose image or process name matches pattern (* and %).  0 when the table is full.
*/
int shim_arm_fault(const char *pattern, const char *service, unsigned int nth, unsigned int count,
                   unsigned int status);
void shim_clear_faults(void);
/* Calls of a service by images matching pattern, since shim_clear_usage(). */
unsigned long long shim_calls(const char *pattern, const char *service);
/* The number-th service (0, 1 ...) called by images matching pattern; 0 when there are no more. */
int shim_service_used(const char *pattern, unsigned int number, char *name, unsigned int size);
void shim_clear_usage(void);
/* Lines in violations.log: breaches of a contract that VMS would have punished. */
unsigned int shim_violations(void);
/* Enabled privileges of this process, without the checks of sys$setprv. */
void shim_set_privileges(unsigned long long mask);

#ifdef __cplusplus
}
#endif

#endif
