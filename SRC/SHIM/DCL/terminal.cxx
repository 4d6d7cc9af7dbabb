/*
**  terminal - SYS$COMMAND of level 0
*/
#include "terminal.h"

#include "line_editor.h"

#include <cerrno>
#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

cc_t control(char letter)
{
    return static_cast<cc_t>(letter & 0x1f);
}

/* False: the end of the input; *late: nothing came in time. */
bool read_byte(int fd, int seconds, char *c, bool *late)
{
    for (;;) {
        if (seconds >= 0) {
            struct pollfd ready = {fd, POLLIN, 0};
            int count = poll(&ready, 1, seconds * 1000);
            if (count == 0) {
                *late = true;
                return false;
            }
        }
        ssize_t n = read(fd, c, 1);
        if (n < 0 && errno == EINTR)
            continue;
        return n == 1;
    }
}

size_t width_of(int fd)
{
    struct winsize size;
    return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

} // namespace

Terminal::Terminal(int in, int out, bool close_it)
    : in_(in), out_(out), close_(close_it), is_terminal_(isatty(in))
{
    saved_ = is_terminal_ && tcgetattr(in_, &original_) == 0;
}

Terminal::~Terminal()
{
    if (close_)
        close(in_);
}

void Terminal::set_raw_mode()
{
    if (!saved_)
        return;
    struct termios mode = original_;
    mode.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
    mode.c_iflag &= ~static_cast<tcflag_t>(ICRNL | INLCR | IGNCR);
    mode.c_oflag |= OPOST | ONLCR;
    mode.c_cc[VMIN] = 1;
    mode.c_cc[VTIME] = 0;
    tcsetattr(in_, TCSADRAIN, &mode);
}

void Terminal::set_image_mode()
{
    if (!saved_)
        return;
    struct termios mode = original_;
    mode.c_lflag |= ICANON | ISIG | IEXTEN;
    mode.c_lflag &= ~static_cast<tcflag_t>(ECHOCTL); /* "Interrupt" says it */
    if (echo)
        mode.c_lflag |= ECHO | ECHOE | ECHOK;
    else
        mode.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    mode.c_iflag |= ICRNL;
    mode.c_oflag |= OPOST | ONLCR;
    mode.c_cc[VINTR] = control('C');
    mode.c_cc[VSUSP] = control('Y');
    mode.c_cc[VEOF] = control('Z');
    mode.c_cc[VERASE] = 0x7f;
    mode.c_cc[VKILL] = control('U');
    mode.c_cc[VQUIT] = _POSIX_VDISABLE;
    tcsetattr(in_, TCSADRAIN, &mode);
}

void Terminal::restore_mode()
{
    if (saved_)
        tcsetattr(in_, TCSADRAIN, &original_);
}

bool Terminal::read_plain(std::string *record, int seconds)
{
    record->clear();
    char c;
    while (read_byte(in_, seconds, &c, &timed_out_)) {
        if (c == '\n')
            return true;
        *record += c;
    }
    return !record->empty() && !timed_out_;
}

bool Terminal::read_edited(const std::string &prompt, std::string *record, int seconds,
                           bool command)
{
    LineEditor editor(prompt, command ? &recall : nullptr, insert, echo, width_of(in_),
                      command ? &keys : nullptr);
    std::string screen;
    set_raw_mode();
    editor.begin(command ? preload_ : std::string(), &screen);
    preload_.clear();
    LineEditor::State state = LineEditor::TYPING;
    bool lost = false;
    while (state == LineEditor::TYPING) {
        if (write(out_, screen.data(), screen.size()) < 0)
            break;
        screen.clear();
        char c;
        if (!read_byte(in_, seconds, &c, &timed_out_)) {
            state = LineEditor::END_OF_FILE;
            lost = !timed_out_;
            break;
        }
        state = editor.feed(c, &screen);
        if (state == LineEditor::STATUS) {
            std::string line = status_line ? status_line() : std::string();
            if (!line.empty()) {
                screen += "\r\n" + line + "\r\n";
                editor.redraw(&screen);
            }
            state = LineEditor::TYPING;
        }
    }
    if (write(out_, screen.data(), screen.size()) < 0)
        state = LineEditor::END_OF_FILE;
    set_image_mode();
    *record = editor.text();
    ended_ = ended_ || lost;
    interrupted_ = state == LineEditor::INTERRUPT || state == LineEditor::CANCEL;
    return state == LineEditor::DONE;
}

bool Terminal::read_command(const std::string &prompt, std::string *record)
{
    timed_out_ = interrupted_ = false;
    if (!is_terminal_)
        return read_plain(record, -1);
    while (!read_edited(prompt, record, -1, true)) /* Ctrl-Z is nothing to a command level */
        if (ended_)
            return false;
    recall.add(*record);
    return true;
}

bool Terminal::read_line(const std::string &prompt, std::string *record, int seconds)
{
    timed_out_ = interrupted_ = false;
    return is_terminal_ ? read_edited(prompt, record, seconds, false)
                        : read_plain(record, seconds);
}

} // namespace dcl
} // namespace shim
