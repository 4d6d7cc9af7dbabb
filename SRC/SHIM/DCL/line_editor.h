/*
**  line_editor - one line being typed: keys in, text for the screen out
**
**  Knows no terminal: feed() takes bytes and appends to `screen` what is to be displayed, so that
**  it can be tested.  Keys as of the terminal driver: Ctrl-A and F14 overstrike or insert, Ctrl-B
**  and up, Ctrl-D and left, Ctrl-E end, Ctrl-F and right, Ctrl-H and F12 beginning, Ctrl-J and F13
**  word, Ctrl-R and Ctrl-W display again, Ctrl-U to the beginning, Ctrl-X all, DEL one character.
**  User's Manual, "Editing command lines".
*/
#ifndef SHIM_DCL_LINE_EDITOR_H
#define SHIM_DCL_LINE_EDITOR_H

#include "keys.h"
#include "recall.h"

#include <string>

namespace shim {
namespace dcl {

class LineEditor {
public:
    enum State { TYPING, DONE, END_OF_FILE, INTERRUPT, CANCEL, STATUS };
    /* recall 0: none is offered; keys 0: none is defined. */
    LineEditor(const std::string &prompt, const Recall *recall, bool insert, bool echo,
               size_t width, KeyTable *keys = nullptr);
    /* The prompt and the text that the line begins with. */
    void begin(const std::string &text, std::string *screen);
    /* STATUS: Ctrl-T; the line goes on. */
    State feed(char c, std::string *screen);
    const std::string &text() const { return text_; }
    bool insert() const { return insert_; }
    /* Prompt and line anew, after something else was written. */
    void redraw(std::string *screen);

private:
    std::string prompt_, text_, typed_; /* typed_: the line before recall began */
    const Recall *recall_;
    KeyTable *keys_;
    bool insert_, echo_;
    size_t width_, at_, recalled_, row_;
    std::string escape_;

    State control(char c, std::string *screen);
    State escape(std::string *screen);
    State defined(const KeyDefinition &key, std::string *screen);
    void type(char c, std::string *screen);
    void erase(size_t from, size_t to, std::string *screen);
    void move(size_t to, std::string *screen);
    void show_recalled(size_t number, std::string *screen);
    void up(std::string *screen);
    void down(std::string *screen);
    size_t word_start() const;
    void end_line(const char *mark, std::string *screen);
};

} // namespace dcl
} // namespace shim

#endif
