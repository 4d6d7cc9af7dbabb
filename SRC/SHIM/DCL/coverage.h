/*
**  coverage - what tests of procedures want to know: which ran, which labels were passed
**
**  SHIM_DCL_COVERAGE is a file of the host.  It gets "SPEC LABEL", once for each process.
*/
#ifndef SHIM_DCL_COVERAGE_H
#define SHIM_DCL_COVERAGE_H

#include <string>

namespace shim {
namespace dcl {

/* A label of the procedure has been passed, or called; "": another line, noted as "-". */
void note_coverage(const std::string &spec, const std::string &label);

} // namespace dcl
} // namespace shim

#endif
