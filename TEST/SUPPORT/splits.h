/*
**  splits - feeds an incremental parser in pieces of 1, 2, 3, 7 and n bytes
**
**  An incremental parser must answer the same for every split of its input (DESIGN 9).
*/
#ifndef TEST_SPLITS_H
#define TEST_SPLITS_H

#include <string>

static const size_t split_sizes[] = { 1, 2, 3, 7, 1000000 };
enum { SPLIT_COUNT = sizeof split_sizes / sizeof split_sizes[0] };

/* Calls feeder.feed(data, size) with successive pieces; each must be wholly consumed. */
template <class Feeder> void feed_split(const std::string &text, size_t piece, Feeder *feeder)
{
    for (size_t at = 0; at < text.size(); at += piece)
        feeder->feed(text.data() + at, text.size() - at < piece ? text.size() - at : piece);
}

#endif
