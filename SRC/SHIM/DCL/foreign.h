/*
**  foreign - commands that name an image: name :== $image, MCR image, RUN image
*/
#ifndef SHIM_DCL_FOREIGN_H
#define SHIM_DCL_FOREIGN_H

#include <string>
#include <vector>

namespace shim {
namespace dcl {

class Session;

/* command: what stands behind the "$": image name and the rest of the line. */
void foreign_command(Session &session, const std::string &command);
/* The rest as the C run-time gives it to main(): upper case is made lower outside quotes. */
std::vector<std::string> c_arguments(const std::string &text);

} // namespace dcl
} // namespace shim

#endif
