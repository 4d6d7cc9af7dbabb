/*
**  dot_codec_test - CORE/dot_codec.h: what ends a message, and what only looks like it
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/dot_codec.h"
#include "CORE/text.h"
#include "splits.h"

using namespace mail;

/* "text/state/reason/bytes left" */
static std::string decoded(const std::string &wire, size_t piece, const DotOptions &options)
{
    DotDecoder decoder(options);
    std::string text;
    size_t at = 0;
    while (at < wire.size()) {
        size_t size = wire.size() - at < piece ? wire.size() - at : piece;
        size_t used = decoder.feed(wire.data() + at, size, &text);
        at += used;
        if (used < size)
            break;
    }
    static const char *const states[] = { "more", "done", "bad" };
    static const char *const reasons[] = { "good", "cr", "lf", "nul", "big" };
    return text_printable(text, 9999) + "/" + states[decoder.state()] + "/" +
           reasons[decoder.reason()] + "/" + text_from_number(wire.size() - at);
}

class DotCodecTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DotCodecTest);
    CPPUNIT_TEST(test_decoder_table_in_every_split);
    CPPUNIT_TEST(test_unix_lf_table_in_every_split);
    CPPUNIT_TEST(test_nul_and_size_swallow_to_the_end);
    CPPUNIT_TEST(test_counts);
    CPPUNIT_TEST(test_encoder_table_in_every_split);
    CPPUNIT_TEST(test_encode_decode_round_trips);
    CPPUNIT_TEST(test_chunks_in_every_split);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_decoder_table_in_every_split()
    {
        static const char *const table[][2] = {
            { ".\r\nQUIT\r\n", "/done/good/6" },
            { "a\r\n.\r\n", "a\\d\\a/done/good/0" },
            { "a\r\n..\r\n.\r\n", "a\\d\\a.\\d\\a/done/good/0" },
            { "..a\r\n.b\r\n.\r\n", ".a\\d\\ab\\d\\a/done/good/0" },
            { "\r\n\r\n.\r\n", "\\d\\a\\d\\a/done/good/0" },
            { "a.\r\n.\r\nx", "a.\\d\\a/done/good/1" },
            { "a", "a/more/good/0" },
            { "a\r\n.", "a\\d\\a/more/good/0" },
            { "a\n.\n", "a/bad/lf/3" },
            { "a\n.\r\n", "a/bad/lf/4" },
            { "a\r\n.\nMAIL", "a\\d\\a/bad/lf/5" },
            { "a\rb", "a/bad/cr/1" },
            { "a\r.\r\n", "a/bad/cr/3" },
            { "a\r\n.\r.\r\n", "a\\d\\a/bad/cr/3" },
            { "a\r\n.\r\r\n", "a\\d\\a/bad/cr/2" },
            { "a\r\r\n.\r\n", "a/bad/cr/5" },
            { "\n", "/bad/lf/1" },
            { "ab\r\ncd\r\nef\ngh\r\n.\r\n", "ab\\d\\acd\\d\\aef/bad/lf/8" },
            { "ab\r\nc\rd\r\n.\r\n", "ab\\d\\ac/bad/cr/6" },
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT; ++k)
                CPPUNIT_ASSERT_EQUAL(std::string(table[i][1]),
                                     decoded(table[i][0], split_sizes[k], DotOptions()));
    }
    void test_unix_lf_table_in_every_split()
    {
        static const char *const table[][2] = {
            { "a\nb\n\r\n.\r\n", "a\\d\\ab\\d\\a\\d\\a/done/good/0" },
            { "a\n.\nb\r\n.\r\n", "a\\d\\a.\\d\\ab\\d\\a/done/good/0" },
            { "a\n.\r\nb\r\n.\r\n", "a\\d\\a.\\d\\ab\\d\\a/done/good/0" },
            { "a\r\n.\nb\r\n.\r\n", "a\\d\\a.\\d\\ab\\d\\a/done/good/0" },
            { "a\n..b\n.c\r\n.\r\n", "a\\d\\a.b\\d\\ac\\d\\a/done/good/0" },
            { "a\rb", "a/bad/cr/1" },
        };
        DotOptions options;
        options.accept_unix_lf = true;
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT; ++k)
                CPPUNIT_ASSERT_EQUAL(std::string(table[i][1]),
                                     decoded(table[i][0], split_sizes[k], options));
    }
    void test_nul_and_size_swallow_to_the_end()
    {
        DotOptions options;
        options.max_size = 6;
        std::string nul("ab\0c\r\n..\r\n.\r\nX", 14);
        for (size_t k = 0; k < SPLIT_COUNT; ++k) {
            CPPUNIT_ASSERT_EQUAL(std::string("abc\\d\\ad/done/big/1"),
                                 decoded("abc\r\ndef\r\n.\r\nX", split_sizes[k], options));
            CPPUNIT_ASSERT_EQUAL(std::string("abcd\\d\\a/done/good/1"),
                                 decoded("abcd\r\n.\r\nX", split_sizes[k], options));
            CPPUNIT_ASSERT_EQUAL(std::string("ab/done/nul/1"),
                                 decoded(nul, split_sizes[k], options));
            CPPUNIT_ASSERT_EQUAL(std::string("abcdef/bad/lf/5"),
                                 decoded("abcdefgh\n.\r\nX", split_sizes[k], options));
            DotOptions takes;
            takes.accept_nul = true;
            CPPUNIT_ASSERT_EQUAL(std::string("ab\\0c\\d\\a.\\d\\a/done/good/1"),
                                 decoded(nul, split_sizes[k], takes));
        }
    }
    void test_counts()
    {
        DotDecoder decoder;
        std::string text, wire("..a\r\nb\r\n.\r\n");
        decoder.feed(wire.data(), wire.size(), &text);
        CPPUNIT_ASSERT_EQUAL(boost::uint64_t(7), decoder.size());
        CPPUNIT_ASSERT_EQUAL(boost::uint64_t(2), decoder.lines());
        decoder.reset();
        text.resize(0);
        CPPUNIT_ASSERT_EQUAL(size_t(3), decoder.feed(".\r\n", 3, &text));
        CPPUNIT_ASSERT(decoder.state() == DOT_DONE && text.empty());
    }
    void test_encoder_table_in_every_split()
    {
        static const char *const table[][2] = {
            { "", ".\r\n" },
            { "a", "a\r\n.\r\n" },
            { "a\r\n", "a\r\n.\r\n" },
            { ".", "..\r\n.\r\n" },
            { ".\r\n..\r\na.\r\n", "..\r\n...\r\na.\r\n.\r\n" },
            { "a\n.\nb", "a\r\n..\r\nb\r\n.\r\n" },
            { "a\r.\rb", "a\r\n..\r\nb\r\n.\r\n" },
            { "a\r", "a\r\n.\r\n" },
            { "\r\n\r\n.x", "\r\n\r\n..x\r\n.\r\n" },
            { "a\r\r\nb", "a\r\n\r\nb\r\n.\r\n" },
            { "\n\n", "\r\n\r\n.\r\n" },
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT; ++k) {
                DotEncoder encoder;
                std::string wire, text(table[i][0]);
                for (size_t at = 0; at < text.size(); at += split_sizes[k])
                    encoder.feed(text.data() + at,
                                 std::min(split_sizes[k], text.size() - at), &wire);
                encoder.finish(&wire);
                CPPUNIT_ASSERT_EQUAL(std::string(table[i][1]), wire);
            }
    }
    void test_encode_decode_round_trips()
    {
        std::string text;
        boost::uint32_t seed = 1;
        for (int i = 0; i < 3000; ++i) {
            seed = seed * 1103515245 + 12345;
            static const char *const parts[] = { "\r\n", ".", "a", "\r\n.", "..", "xyz" };
            text += parts[(seed >> 16) % 6];
        }
        text += "\r\n";
        DotEncoder encoder;
        DotDecoder decoder;
        std::string wire, back;
        encoder.feed(text.data(), text.size(), &wire);
        encoder.finish(&wire);
        CPPUNIT_ASSERT_EQUAL(boost::uint64_t(text.size()), encoder.size());
        CPPUNIT_ASSERT_EQUAL(wire.size(), decoder.feed(wire.data(), wire.size(), &back));
        CPPUNIT_ASSERT(decoder.state() == DOT_DONE && back == text);
    }
    void test_chunks_in_every_split()
    {
        struct Row {
            const char *chunk, *text;
            DotReason strict, unix_lf;
        };
        static const Row table[] = {
            { "", "", DOT_GOOD, DOT_GOOD },
            { "a\r\n", "a\r\n", DOT_GOOD, DOT_GOOD },
            { "a\r\n.\r\nb\r\n", "a\r\n.\r\nb\r\n", DOT_GOOD, DOT_GOOD },
            { "..\r\n.", "..\r\n.\r\n", DOT_GOOD, DOT_GOOD },
            { "no line end", "no line end\r\n", DOT_GOOD, DOT_GOOD },
            { "a\nb\r\n", "a\r\nb\r\n", DOT_LONE_LF, DOT_GOOD },
            { "\n", "\r\n", DOT_LONE_LF, DOT_GOOD },
            { "a\rb", "", DOT_LONE_CR, DOT_LONE_CR },
            { "a\r\r\n", "", DOT_LONE_CR, DOT_LONE_CR },
            { "a\r", "", DOT_LONE_CR, DOT_LONE_CR },
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT * 2; ++k) {
                DotOptions options;
                options.accept_unix_lf = k >= SPLIT_COUNT;
                ChunkDecoder decoder(options);
                std::string chunk(table[i].chunk), text;
                size_t piece = split_sizes[k % SPLIT_COUNT];
                for (size_t at = 0; at < chunk.size(); at += piece)
                    decoder.feed(chunk.data() + at, std::min(piece, chunk.size() - at), &text);
                decoder.finish(&text);
                DotReason wanted = k >= SPLIT_COUNT ? table[i].unix_lf : table[i].strict;
                CPPUNIT_ASSERT_EQUAL_MESSAGE(chunk, wanted, decoder.reason());
                CPPUNIT_ASSERT_EQUAL(boost::uint64_t(chunk.size()), decoder.size());
                if (wanted == DOT_GOOD)
                    CPPUNIT_ASSERT_EQUAL(std::string(table[i].text), text);
            }
        DotOptions options;
        options.max_size = 4;
        ChunkDecoder big(options), nul;
        std::string text;
        big.feed("ab\r\n", 4, &text);
        CPPUNIT_ASSERT_EQUAL(DOT_GOOD, big.reason());
        big.feed("c", 1, &text);
        CPPUNIT_ASSERT_EQUAL(DOT_TOO_BIG, big.reason());
        nul.feed("a\0b", 3, &text);
        CPPUNIT_ASSERT_EQUAL(DOT_NUL, nul.reason());
        CPPUNIT_ASSERT_EQUAL(std::string("ab\r\na"), text);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DotCodecTest);
