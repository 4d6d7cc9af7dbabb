/*
**  terminal - SYS$COMMAND of level 0: a terminal with line editing and recall, or a stream
**
**  A stream is read byte by byte, so that images find what follows.  A terminal is in raw mode only
**  while a line is read; between, Ctrl-C and Ctrl-Y are signals (interrupt.h).
*/
#ifndef SHIM_DCL_TERMINAL_H
#define SHIM_DCL_TERMINAL_H

#include "keys.h"
#include "recall.h"

#include <functional>
#include <memory>
#include <string>
#include <termios.h>

namespace shim {
namespace dcl {

class LineEditor;

class Terminal {
public:
    /* close_it: `in` is closed with this object. */
    Terminal(int in, int out, bool close_it = false);
    ~Terminal();
    Terminal(const Terminal &) = delete;
    Terminal &operator=(const Terminal &) = delete;
    bool is_terminal() const { return is_terminal_; }
    int in() const { return in_; }

    /* A command line, which RECALL will know.  False: end of file, the terminal is gone. */
    bool read_command(const std::string &prompt, std::string *record);
    /* Any other line.  seconds < 0: no limit. */
    bool read_line(const std::string &prompt, std::string *record, int seconds = -1);
    bool timed_out() const { return timed_out_; } /* the last read */
    bool interrupted() const { return interrupted_; } /* the last read, by Ctrl-Y or Ctrl-C */

    Recall recall;
    KeyTable keys; /* of command lines */
    /* The next command line begins with this text. */
    void preload(const std::string &text) { preload_ = text; }
    bool insert = false, echo = true;           /* SET TERMINAL; each line begins with it */
    std::function<std::string()> status_line;   /* Ctrl-T; empty text: nothing */

    /* Modes for commands and images: VMS's control characters as signals. */
    void set_image_mode();
    void restore_mode(); /* as it was before */

private:
    int in_, out_;
    bool close_, is_terminal_, timed_out_ = false, interrupted_ = false, saved_ = false,
         ended_ = false;
    struct termios original_;
    std::string preload_;

    bool read_plain(std::string *record, int seconds);
    bool read_edited(const std::string &prompt, std::string *record, int seconds, bool command);
    void set_raw_mode();
};

} // namespace dcl
} // namespace shim

#endif
