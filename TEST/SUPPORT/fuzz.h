/*
**  fuzz - what every fuzz target needs: the entry point, an assertion, splits taken from the input
**
**  A target defines FUZZ(text) { ... }.  For incremental parsers, fuzz_piece(text, at) is the size
**  of the next piece, so that the fuzzer finds splits as well as texts.
*/
#ifndef TEST_FUZZ_H
#define TEST_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string>

#define FUZZ_ASSERT(what)                                                                          \
    do {                                                                                           \
        if (!(what)) {                                                                             \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #what);                             \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static inline size_t fuzz_piece(const std::string &text, size_t at)
{
    size_t piece = 1 + (static_cast<unsigned char>(text[at]) ^ (at * 7)) % 9;
    return text.size() - at < piece ? text.size() - at : piece;
}

#define FUZZ(text)                                                                                 \
    static void fuzz_one(const std::string &text);                                                 \
    extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)                        \
    {                                                                                              \
        fuzz_one(std::string(reinterpret_cast<const char *>(data), size));                         \
        return 0;                                                                                  \
    }                                                                                              \
    static void fuzz_one(const std::string &text)

#endif
