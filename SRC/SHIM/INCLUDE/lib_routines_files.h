/*
**  lib_routines_files - files by name
**
**  Arguments are string descriptors (32-bit addressable).  All return the condition of the RMS
**  service that failed.
*/
#ifndef SHIM_LIB_ROUTINES_FILES_H
#define SHIM_LIB_ROUTINES_FILES_H

#ifdef __cplusplus
extern "C" {
#endif

/*
**  context: 0 first; end with lib$find_file_end. RMS$_NORMAL, RMS$_NMF, RMS$_FNF. flags: 2 =
**  MULTIPLE
*/
int lib$find_file(void *filespec, void *resultant, unsigned int *context, void *default_spec,
                  void *related_spec, unsigned int *stv, unsigned int *flags);
int lib$find_file_end(unsigned int *context);
/* Every file that matches; the version must be given (";", ";*"). */
int lib$delete_file(void *filespec, void *default_spec);
int lib$rename_file(void *old_spec, void *new_spec, void *default_spec);
/* Every directory of the specification that is missing.  SS$_CREATED, SS$_NORMAL (all there). */
int lib$create_dir(void *dirspec, unsigned int *owner_uic, unsigned short *protection_enable,
                   unsigned short *protection_value);

#ifdef __cplusplus
}
#endif

#endif
