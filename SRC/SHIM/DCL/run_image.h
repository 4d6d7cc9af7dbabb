/*
**  run_image - images: a host process that belongs to this VMS process
**
**  The image gets SYS$INPUT as descriptor 0: the terminal, or the data lines of the procedure;
**  SYS$OUTPUT as 1, SYS$ERROR as 2, SYS$COMMAND as the descriptor that SHIM_SYSCOMMAND tells.
**  Names of user mode hold for one image.
*/
#ifndef SHIM_DCL_RUN_IMAGE_H
#define SHIM_DCL_RUN_IMAGE_H

#include "failure.h"
#include "output.h"

#include <memory>

namespace shim {
namespace cli {
struct Parsed;
}
namespace dcl {

class Session;

/* SYS$OUTPUT and SYS$ERROR as names of user mode redirect them, while a verb does an image's work;
   at the end names of user mode are gone. */
class ImageScope {
public:
    explicit ImageScope(Session &session);
    ~ImageScope();
    ImageScope(const ImageScope &) = delete;
    ImageScope &operator=(const ImageScope &) = delete;

private:
    Session &session_;
    std::shared_ptr<Output> output_, error_, own_output_, own_error_;
};

struct ImageRun {
    std::string path;    /* on the host */
    std::string command; /* SHIM_COMMAND: a parsed command; empty: none */
    std::string foreign; /* SHIM_FOREIGN: the text behind the verb */
    bool is_foreign = false;
    std::vector<std::string> arguments;
};

/* $STATUS is what the image ended with; its message is shown when it is not inhibited. */
void run_image(Session &session, const ImageRun &run);
/* RUN, MCR, IMAGE of a verb: the file by its name, default SYS$SYSTEM:.EXE or what is given.
   Throws %DCL-W-ACTIMAGE with -CLI-E-IMGNAME, -RMS-E-FNF. */
std::string image_path(const std::string &name, const std::string &defaults);
void run_verb_image(Session &session, const cli::Parsed &command);

} // namespace dcl
} // namespace shim

#endif
