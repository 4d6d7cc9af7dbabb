/*
**  encoded_word - characters beyond ASCII in header text: =?charset?Q?...?=
**
**  RFC 2047.  Decodes US-ASCII, UTF-8, ISO-8859-1, ISO-8859-15, Windows-1252 and DEC-MCS words into
**  UTF-8; words of other charsets stay as they are written, so nothing is lost.  Pure functions.
*/
#ifndef CORE_ENCODED_WORD_H
#define CORE_ENCODED_WORD_H

#include <string>
#include "boostset.h"

namespace mail {

enum { ENCODED_WORD_MAX = 75 }; /* RFC 2047 2 */

/*
**  Text (UTF-8, or Latin-1 when it is not well-formed UTF-8) as it may stand in a Subject: or a
**  phrase: unchanged when it is plain ASCII and holds no "=?", else UTF-8 words separated by
**  blanks. No word cuts a character.
*/
std::string encoded_word_encode(const std::string &text);

/* UTF-8; white space between two encoded words disappears (RFC 2047 6.2). */
std::string encoded_word_decode(const std::string &text);

/* As decode, but for MAIL's fields: ISO 8859-1, '?' for what it lacks. */
std::string encoded_word_decode_latin1(const std::string &text);

} // namespace mail
#endif
