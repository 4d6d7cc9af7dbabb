/*
**  corpus - .in files of cases and the .ref files with what they must give
**
**  A case of NAME.in is one line ("\r\n", "\t" and "\\" are written so, "\xHH" is a byte); lines
**  that begin with "#" and empty lines are passed over.  NAME.ref has one line of answer per case.
*/
#ifndef TEST_CORPUS_H
#define TEST_CORPUS_H

#include <fstream>
#include <string>
#include <vector>
#include "test_places.h"

static inline std::string corpus_unescape(const std::string &line)
{
    static const std::string digits("0123456789abcdef");
    std::string text;
    for (size_t i = 0; i < line.size(); ++i) {
        if (line[i] != '\\' || i + 1 == line.size()) {
            text += line[i];
            continue;
        }
        char c = line[++i];
        if (c == 'x' && i + 2 < line.size()) {
            text += static_cast<char>(digits.find(line[i + 1]) * 16 + digits.find(line[i + 2]));
            i += 2;
        } else {
            text += c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
    }
    return text;
}

static inline std::vector<std::string> corpus_lines(const std::string &file)
{
    std::vector<std::string> lines;
    std::ifstream in((test_data() + "/" + file).c_str());
    for (std::string line; std::getline(in, line);)
        if (!line.empty() && line[0] != '#')
            lines.push_back(line);
    return lines;
}

#endif
