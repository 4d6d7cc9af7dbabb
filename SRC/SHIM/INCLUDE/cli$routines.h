/*
**  cli$routines - the command language interface of images
**
**  A table is what SET COMMAND/OBJECT makes of a .CLD file; its name is the file's MODULE:
**      extern "C" int MANAGE_CLD;
**      status = cli$dcl_parse(&command, &MANAGE_CLD, lib$get_input, lib$get_input, &prompt);
**  Labels and texts are string descriptors (32-bit addressable).  Not for use by two threads at
**  once.  OpenVMS Utility Routines manual, CLI routines.
*/
#ifndef SHIM_CLI_ROUTINES_H
#define SHIM_CLI_ROUTINES_H

#pragma GCC system_header

#ifdef __cplusplus

/* Any routine called as LIB$GET_INPUT is: (resultant text, prompt, length). */
struct shim_input_routine {
    void *address;
    shim_input_routine(int) : address(0) {}
    template <class Routine>
    shim_input_routine(Routine *routine) : address(reinterpret_cast<void *>(routine))
    {
    }
};

extern "C" {

/*
**  Parses the command, or what the prompt routine gives when there is none.  A hyphen at the end
**  asks for more with prompt_string preceded by "_"; a missing parameter is asked for by the
**  parameter routine.  CLI$_NORMAL; CLI$_NOCOMD (empty line); RMS$_EOF and other statuses of the
**  routines; errors of the command are signalled and returned.
*/
unsigned int cli$dcl_parse(void *command_string, void *table, shim_input_routine param_routine = 0,
                           shim_input_routine prompt_routine = 0, void *prompt_string = 0);
/* Runs the ROUTINE of the command that was parsed: routine(userarg).  CLI$_INVROUT. */
unsigned int cli$dispatch(unsigned long long userarg = 0);
/*
**  CLI$_PRESENT, CLI$_NEGATED, CLI$_DEFAULTED, CLI$_LOCPRES, CLI$_LOCNEG, CLI$_ABSENT.  A label
**  that the table does not have is signalled: CLI$_SYNTAX with CLI$_ENTNF.
*/
unsigned int cli$present(void *entity_desc);
/* Each call gives the next value: CLI$_COMMA, CLI$_CONCAT, SS$_NORMAL (the last), CLI$_ABSENT. */
unsigned int cli$get_value(void *entity_desc, void *retdesc, unsigned short *retlength = 0);
}

#endif

#endif
