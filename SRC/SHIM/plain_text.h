/*
**  plain_text - letters and blanks of strings
**
**  Only the letters of ASCII have a case: the host's locale does not count.  Any thread.
*/
#ifndef SHIM_PLAIN_TEXT_H
#define SHIM_PLAIN_TEXT_H

#include <string>

namespace shim {

inline char upper(char c)
{
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

inline std::string upper(std::string text)
{
    for (char &c : text)
        c = upper(c);
    return text;
}

inline std::string lower(std::string text)
{
    for (char &c : text)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return text;
}

/* Without leading and trailing blanks and tabs. */
inline std::string trimmed(const std::string &text)
{
    size_t first = text.find_first_not_of(" \t"), last = text.find_last_not_of(" \t");
    return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

/* As it came, but for the blanks at its end. */
inline std::string without_blanks_behind(const std::string &text)
{
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

} // namespace shim

#endif
