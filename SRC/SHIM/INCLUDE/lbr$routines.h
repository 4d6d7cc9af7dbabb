/*
**  lbr$routines - help for the users of an image
**
**  Texts are string descriptors (32-bit addressable).  OpenVMS Utility Routines manual, LBR$ and
**  its help session.
*/
#ifndef SHIM_LBR_ROUTINES_H
#define SHIM_LBR_ROUTINES_H

#pragma GCC system_header

#define LBR$_ILLINROU 2525506  /* private value: in no public table */
#define LBR$_ILLOUTROU 2525514 /* private value: in no public table */

#ifdef __cplusplus

/* Any routine called as LIB$PUT_OUTPUT is: (line). */
struct shim_output_routine {
    void *address;
    shim_output_routine(int) : address(0) {}
    template <class Routine>
    shim_output_routine(Routine *routine) : address(reinterpret_cast<void *>(routine))
    {
    }
};
/* Any routine called as LIB$GET_INPUT is: (resultant text, prompt, length). */
struct shim_help_input_routine {
    void *address;
    shim_help_input_routine(int) : address(0) {}
    template <class Routine>
    shim_help_input_routine(Routine *routine) : address(reinterpret_cast<void *>(routine))
    {
    }
};

extern "C" {

/*
**  Shows help on the keys of line_desc and, with HLP$M_PROMPT (the default), goes on asking.
**  library_name: default SYS$HELP:.HLB; without it SYS$HELP:HELPLIB.HLB.  HLP$M_PROCESS, _GROUP
**  and _SYSTEM search the libraries of HLP$LIBRARY, HLP$LIBRARY_1 ... in these tables too.
**  SS$_NORMAL; RMS statuses of the library; LBR$_ILLOUTROU, LBR$_ILLINROU; what a routine of the
**  caller returned when it failed.
*/
unsigned int lbr$output_help(shim_output_routine output_routine, int *output_width = 0,
                             void *line_desc = 0, void *library_name = 0, unsigned int *flags = 0,
                             shim_help_input_routine input_routine = 0);
}

#endif

#endif
