/*
**  text - small work on byte strings: case, blanks, lists, numbers, wildcards, logs
**
**  Case and white space are those of ASCII only, whatever the locale, because protocol words are.
**  Every function is pure: any thread may call it.  Nothing here throws of its own accord.
*/
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

/* ASCII letters only; other bytes come back unchanged. */
char text_lower(char c);
char text_upper(char c);
std::string text_lowered(const std::string &text);
std::string text_uppered(const std::string &text);
/* Also the letters of DEC MCS / ISO 8859-1 (0xE0-0xFE but 0xF7), as user names on VMS need. */
std::string text_uppered_mcs(const std::string &text);

/* Case-blind comparison; compare is <0, 0, >0 and orders as a sorted table does. */
bool text_equal(const std::string &a, const std::string &b);
int text_compare(const std::string &a, const std::string &b);
bool text_begins(const std::string &text, const char *prefix);
bool text_ends(const std::string &text, const char *suffix);

/* Blank, tab; text_is_space also takes CR and LF. */
bool text_is_blank(char c);
bool text_is_space(char c);
bool text_is_digit(char c);
bool text_is_alpha(char c);
/* 0x00-0x1F, 0x7F */
bool text_is_control(char c);

/* Without white space at both ends. */
std::string text_trimmed(const std::string &text);

/* Pieces between separators, trimmed; empty pieces are kept, an empty text gives no piece. */
void text_split(const std::string &text, char separator, std::vector<std::string> *pieces);
/* Words between runs of blanks and tabs. */
void text_words(const std::string &text, std::vector<std::string> *words);
/* The next such word from *at on; false at the end.  *at moves behind the word. */
bool text_next_word(const std::string &text, size_t *at, std::string *word);

/* Decimal digits and nothing else, within [least, most]; *value is untouched when false. */
bool text_number(const std::string &text, boost::uint32_t least, boost::uint32_t most,
                 boost::uint32_t *value);
bool text_number64(const std::string &text, boost::uint64_t least, boost::uint64_t most,
                   boost::uint64_t *value);
std::string text_from_number(boost::uint64_t value);
/* With leading zeros up to width digits. */
std::string text_from_number(boost::uint64_t value, size_t width);
void text_append_number(boost::uint64_t value, size_t width, std::string *text);

/*
**  VMS wildcards, case-blind: '*' any run, '%' one byte; the whole text must match.
**  Time is bounded by size(pattern) * size(text).
*/
bool text_match(const std::string &pattern, const std::string &text);

/*
**  Fills the arguments into "%s" and "%.Ns" (at most N bytes), "%%" is a percent sign; anything
**  else is literal.  A missing argument is empty.  Controls inside arguments are dropped; the
**  result is cut at limit bytes (TW reject file, spec/tcpware.md 3.4).
*/
std::string text_format(const char *format, const std::vector<std::string> &arguments,
                        size_t limit);

/*
**  For log lines: controls, DEL and '\' as "\hh" (HP trace form: CRLF is "\d\a"); the rest as it
**  is. At most limit bytes of input are shown, "..." tells that there were more.
*/
std::string text_printable(const std::string &text, size_t limit);
/* Controls become blanks, trimmed, at most limit bytes: safe inside another protocol's line. */
std::string text_one_line(const std::string &text, size_t limit);

bool text_is_ascii(const std::string &text);
bool text_has_controls(const std::string &text);
/* Well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms). */
bool text_is_utf8(const std::string &text);
std::string text_latin1_to_utf8(const std::string &text);
/* Characters that Latin-1 lacks become '?'; false if there was one, or the input was not UTF-8. */
bool text_utf8_to_latin1(const std::string &text, std::string *latin1);

} // namespace mail
#endif
