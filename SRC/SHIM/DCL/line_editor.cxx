/*
**  line_editor - one line being typed
**
**  After each change the whole line is written again from the row of the prompt on.
*/
#include "line_editor.h"

namespace shim {
namespace dcl {

namespace {

const char ESC = 0x1b, CSI = static_cast<char>(0x9b), DEL = 0x7f;

char ctrl(char letter)
{
    return static_cast<char>(letter & 0x1f);
}

} // namespace

LineEditor::LineEditor(const std::string &prompt, const Recall *recall, bool insert, bool echo,
                       size_t width, KeyTable *keys)
    : prompt_(prompt), recall_(recall), keys_(keys), insert_(insert), echo_(echo),
      width_(width ? width : 80), at_(0), recalled_(0), row_(0)
{
}

void LineEditor::begin(const std::string &text, std::string *screen)
{
    text_ = text;
    at_ = text_.size();
    row_ = 0;
    redraw(screen);
}

void LineEditor::redraw(std::string *screen)
{
    *screen += '\r';
    if (row_)
        *screen += "\x1b[" + std::to_string(row_) + "A";
    *screen += "\x1b[J" + prompt_;
    size_t shown = prompt_.size();
    if (echo_) {
        *screen += text_;
        shown += text_.size();
    }
    if (echo_ && shown && shown % width_ == 0)
        *screen += "\r\n"; /* the cursor waits at the margin otherwise */
    size_t want = prompt_.size() + (echo_ ? at_ : 0);
    size_t end_row = shown / width_, want_row = want / width_;
    if (end_row > want_row)
        *screen += "\x1b[" + std::to_string(end_row - want_row) + "A";
    *screen += '\r';
    if (want % width_)
        *screen += "\x1b[" + std::to_string(want % width_) + "C";
    row_ = want_row;
}

void LineEditor::type(char c, std::string *screen)
{
    bool at_end = at_ == text_.size();
    if (insert_ || at_end)
        text_.insert(at_, 1, c);
    else
        text_[at_] = c;
    ++at_;
    if (!echo_)
        return;
    if (at_end && (prompt_.size() + at_) % width_ != 0)
        *screen += c; /* the usual case */
    else
        redraw(screen);
}

void LineEditor::erase(size_t from, size_t to, std::string *screen)
{
    text_.erase(from, to - from);
    at_ = from;
    redraw(screen);
}

void LineEditor::move(size_t to, std::string *screen)
{
    at_ = to;
    redraw(screen);
}

size_t LineEditor::word_start() const
{
    size_t start = at_;
    while (start > 0 && text_[start - 1] == ' ')
        --start;
    while (start > 0 && text_[start - 1] != ' ')
        --start;
    return start;
}

void LineEditor::show_recalled(size_t number, std::string *screen)
{
    if (recalled_ == 0)
        typed_ = text_;
    recalled_ = number;
    text_ = number ? recall_->line(number) : typed_;
    move(text_.size(), screen);
}

void LineEditor::up(std::string *screen)
{
    if (recall_ && recalled_ < recall_->size())
        show_recalled(recalled_ + 1, screen);
}

void LineEditor::down(std::string *screen)
{
    if (recall_ && recalled_ > 0)
        show_recalled(recalled_ - 1, screen);
}

void LineEditor::end_line(const char *mark, std::string *screen)
{
    if (at_ != text_.size())
        move(text_.size(), screen);
    *screen += mark;
    *screen += "\r\n";
}

/* A text that is not echoed ends the line: DEFINE/KEY sees to that. */
LineEditor::State LineEditor::defined(const KeyDefinition &key, std::string *screen)
{
    if (key.erase)
        erase(0, text_.size(), screen);
    bool shown = echo_;
    echo_ = echo_ && key.echo;
    for (char c : key.text)
        type(c, screen);
    echo_ = shown;
    if (!key.terminate)
        return TYPING;
    *screen += "\r\n";
    return DONE;
}

/* A whole sequence: ESC [ A, ESC O A, ESC [ 2 4 ~ */
LineEditor::State LineEditor::escape(std::string *screen)
{
    bool application = escape_[0] == ESC && escape_[1] == 'O';
    std::string sequence = escape_.substr(escape_[0] == CSI ? 1 : 2);
    escape_.clear();
    std::string name = keys_ ? key_of_sequence(application, sequence) : std::string();
    const KeyDefinition *key = name.empty() ? nullptr : keys_->press(name);
    if (key)
        return defined(*key, screen);
    if (sequence == "A")
        up(screen);
    else if (sequence == "B")
        down(screen);
    else if (sequence == "C" && at_ < text_.size())
        move(at_ + 1, screen);
    else if (sequence == "D" && at_ > 0)
        move(at_ - 1, screen);
    else if (sequence == "24~" || sequence == "H")
        move(0, screen);
    else if (sequence == "F")
        move(text_.size(), screen);
    else if (sequence == "25~")
        erase(word_start(), at_, screen);
    else if (sequence == "26~")
        insert_ = !insert_;
    return TYPING;
}

LineEditor::State LineEditor::control(char c, std::string *screen)
{
    if (c == ctrl('A'))
        insert_ = !insert_;
    else if (c == ctrl('B'))
        up(screen);
    else if (c == ctrl('D') && at_ > 0)
        move(at_ - 1, screen);
    else if (c == ctrl('E'))
        move(text_.size(), screen);
    else if (c == ctrl('F') && at_ < text_.size())
        move(at_ + 1, screen);
    else if (c == ctrl('H'))
        move(0, screen);
    else if (c == ctrl('J'))
        erase(word_start(), at_, screen);
    else if (c == ctrl('R') || c == ctrl('W'))
        redraw(screen);
    else if (c == ctrl('U'))
        erase(0, at_, screen);
    else if (c == ctrl('X'))
        erase(0, text_.size(), screen);
    else if (c == '\t')
        type(c, screen);
    return TYPING;
}

LineEditor::State LineEditor::feed(char c, std::string *screen)
{
    if (!escape_.empty()) {
        escape_ += c;
        bool introduced = escape_[0] == CSI ? escape_.size() > 1 : escape_.size() > 2;
        bool opener = escape_.size() == 2 && escape_[0] == ESC && (c == '[' || c == 'O');
        if (introduced && c >= '@' && c <= '~')
            return escape(screen);
        if (!introduced && !opener)
            escape_.clear();
        return TYPING;
    }
    if (c == ESC || c == CSI) {
        escape_ = c;
        return TYPING;
    }
    if (c == '\r') {
        end_line("", screen);
        return DONE;
    }
    if (c == ctrl('Z')) {
        end_line(" *EXIT*", screen);
        return END_OF_FILE;
    }
    if (c == ctrl('Y')) {
        end_line(" *INTERRUPT*", screen);
        return INTERRUPT;
    }
    if (c == ctrl('C')) {
        end_line(" *CANCEL*", screen);
        return CANCEL;
    }
    if (c == ctrl('T'))
        return STATUS;
    if (c == DEL) {
        if (at_ > 0)
            erase(at_ - 1, at_, screen);
        return TYPING;
    }
    if (static_cast<unsigned char>(c) < ' ')
        return control(c, screen);
    type(c, screen);
    return TYPING;
}

} // namespace dcl
} // namespace shim
