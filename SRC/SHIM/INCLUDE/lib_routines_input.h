/*
**  lib_routines_input - run-time library: lines of SYS$INPUT, SYS$COMMAND and SYS$OUTPUT
**
**  Texts are string descriptors (32-bit addressable); the destination is filled as the run-time
**  library does: class D grows, class S is blank padded.  A prompt is written when the input is a
**  terminal.  RMS$_EOF at the end of the input (CTRL/Z), LIB$_INPSTRTRU when the line did not fit.
**  RTL Library (LIB$) manual.
*/
#ifndef SHIM_LIB_ROUTINES_INPUT_H
#define SHIM_LIB_ROUTINES_INPUT_H

#ifdef __cplusplus
extern "C" {

unsigned int lib$get_input(void *resultant, void *prompt = 0, unsigned short *length = 0);
unsigned int lib$get_command(void *resultant, void *prompt = 0, unsigned short *length = 0);
unsigned int lib$put_output(void *message);
/*
**  What the command line has behind a foreign verb: letters upper case and blanks compressed
**  outside quotes.  Asks with the prompt when there is none, or when *force_prompt is not 0, which
**  this routine sets to 1.
*/
unsigned int lib$get_foreign(void *resultant, void *prompt = 0, unsigned short *length = 0,
                             unsigned int *force_prompt = 0);
/*
**  A subprocess of this process does one command of the command interpreter, with the same input
**  and output; its status is *completion_status.  LIB$_NOCLI without an interpreter, LIB$_INVARG
**  for arguments that are not provided for: only the command and the status may be given.
*/
unsigned int lib$spawn(void *command_string, void *input_file = 0, void *output_file = 0,
                       unsigned int *flags = 0, void *process_name = 0,
                       unsigned int *process_id = 0, unsigned int *completion_status = 0);
}
#endif

#endif
