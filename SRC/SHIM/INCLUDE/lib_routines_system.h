/*
**  lib_routines_system - run-time library: conditions, formatted text, times
*/
#ifndef SHIM_LIB_ROUTINES_SYSTEM_H
#define SHIM_LIB_ROUTINES_SYSTEM_H

#pragma GCC system_header /* variadic macros */

#include <chfdef.h>
#include <gen64def.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int (*shim_handler_t)(struct chf$signal_array *, struct chf$mech_array *);

/*
**  The handler belongs to the calling routine and ends with it; each thread has its own.  Returns
**  the handler that the routine had.  (returns_twice keeps the compiler from inlining the caller,
**  as VMS compilers do; the function itself returns once.)
*/
shim_handler_t lib$establish(shim_handler_t handler) __attribute__((returns_twice));
shim_handler_t lib$revert(void);

/*
**  lib$signal(condition, FAO count, arguments ..., next condition ...): arguments are longwords; a
**  system or RMS condition has no FAO count.  VMS hands over the number of arguments by itself;
**  here the macros below do, which is why the functions' first parameter is a count.
*/
int lib$signal(unsigned int count, unsigned int condition, ...);
int lib$stop(unsigned int count, unsigned int condition, ...);
/* As a handler, or called by one: the establisher returns the condition as its value. */
int lib$sig_to_ret(struct chf$signal_array *sigargs, struct chf$mech_array *mechargs);
/* Index (from 1) of the condition that matches without regard to severity, 0 if none. */
int lib$match_cond(unsigned int count, unsigned int *condition, ...);

/* As $FAO, $FAOL, $GETMSG with STR$ semantics of the destination: dynamic strings fit, fixed ones
   are blank padded, truncation is LIB$_STRTRU. */
int lib$sys_fao(void *ctrstr, unsigned short *outlen, void *outbuf, ...);
int lib$sys_faol(void *ctrstr, unsigned short *outlen, void *outbuf, void *prmlst);
int lib$sys_getmsg(unsigned int *msgid, unsigned short *msglen, void *outbuf, unsigned int *flags,
                   unsigned char *outadr);

/* Sum and difference: at most one absolute time.  LIB$_IVTIME, LIB$_ONEDELTIM, LIB$_NEGTIM */
int lib$add_times(struct _generic_64 *time1, struct _generic_64 *time2, struct _generic_64 *result);
int lib$sub_times(struct _generic_64 *time1, struct _generic_64 *time2, struct _generic_64 *result);
int lib$mult_delta_time(int *multiplier, struct _generic_64 *delta);
/* Seven words as of $NUMTIM to an absolute time. */
int lib$cvt_vectim(unsigned short timbuf[7], struct _generic_64 *result);
/* Days since 17-NOV-1858; *day_time is hundredths of seconds since midnight. */
int lib$day(int *days, struct _generic_64 *time, int *day_time);
/* 1 is Monday. */
int lib$day_of_week(struct _generic_64 *time, unsigned int *day);

#ifdef __cplusplus
}
#endif

#define SHIM_COUNT(...)                                                                            \
    SHIM_COUNT_(__VA_ARGS__, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2,   \
                1, 0)
#define SHIM_COUNT_(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, count, ...) count
#define lib$signal(...) lib$signal(SHIM_COUNT(__VA_ARGS__), __VA_ARGS__)
#define lib$stop(...) lib$stop(SHIM_COUNT(__VA_ARGS__), __VA_ARGS__)
#define lib$match_cond(...) lib$match_cond(SHIM_COUNT(__VA_ARGS__), __VA_ARGS__)

#endif
