/*
**  chfdef - what a condition handler is given
**
**  The signal array is {count, condition, FAO count, arguments ..., PC, PSL}; count is the number
**  of longwords after itself.  A handler returns SS$_CONTINUE or SS$_RESIGNAL, or calls sys$unwind
**  first.
*/
#ifndef SHIM_CHFDEF_H
#define SHIM_CHFDEF_H

struct chf$signal_array {
    unsigned int chf$l_sig_args;
    unsigned int chf$l_sig_name;
    unsigned int chf$l_sig_arg1; /* and more */
};

struct chf$mech_array {
    unsigned long long chf$q_mch_args;
    void *chf$ph_mch_frame; /* frame of the routine that established the handler */
    int chf$is_mch_depth;   /* 0 when that routine signalled itself; -3 last chance */
    int chf$is_mch_flags;
    unsigned long long chf$ih_mch_savr0; /* its function value after sys$unwind */
    unsigned long long chf$ih_mch_savr1;
    struct chf$signal_array *chf$ph_mch_sig_addr;
};

#endif
