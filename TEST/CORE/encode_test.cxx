/*
**  encode_test - CORE/encode.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/encode.h"
#include "CORE/text.h"
#include "splits.h"

using namespace mail;

template <class Coder> class Collector {
public:
    Coder coder;
    std::string out;
    void feed(const char *data, size_t size) { coder.feed(data, size, &out); }
};

static std::string all_bytes(size_t count)
{
    std::string bytes;
    for (size_t i = 0; i < count; ++i)
        bytes += static_cast<char>((i * 7 + i / 256) & 0xFF);
    return bytes;
}

class EncodeTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EncodeTest);
    CPPUNIT_TEST(test_base64_vectors_of_rfc_4648);
    CPPUNIT_TEST(test_base64_decode_refuses_what_is_not_canonical);
    CPPUNIT_TEST(test_base64_body_round_trips_in_every_split);
    CPPUNIT_TEST(test_base64_body_skips_foreign_bytes);
    CPPUNIT_TEST(test_quoted_printable_round_trips_in_every_split);
    CPPUNIT_TEST(test_quoted_printable_decodes_table);
    CPPUNIT_TEST(test_hex_round_trips);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_base64_vectors_of_rfc_4648()
    {
        static const char *const table[][2] = { { "", "" },         { "f", "Zg==" },
                                                { "fo", "Zm8=" },   { "foo", "Zm9v" },
                                                { "foob", "Zm9vYg==" }, { "foobar", "Zm9vYmFy" } };
        for (size_t i = 0; i < 6; ++i) {
            std::string back;
            CPPUNIT_ASSERT_EQUAL(std::string(table[i][1]), base64_encode(table[i][0]));
            CPPUNIT_ASSERT(base64_decode(table[i][1], &back));
            CPPUNIT_ASSERT_EQUAL(std::string(table[i][0]), back);
        }
    }
    void test_base64_decode_refuses_what_is_not_canonical()
    {
        static const char *const table[] = { "Z", "Zg", "Zg=", "Zh==", "Zm9=", "====", "Z===",
                                             "Zm9v\r\n", "Zg==Zg==", "Zm 9v" };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            std::string back;
            CPPUNIT_ASSERT_MESSAGE(table[i], !base64_decode(table[i], &back));
        }
    }
    void test_base64_body_round_trips_in_every_split()
    {
        for (size_t size = 0; size < 200; size += 13)
            for (size_t k = 0; k < SPLIT_COUNT; ++k) {
                std::string bytes = all_bytes(size);
                Collector<Base64Encoder> encoder;
                Collector<Base64Decoder> decoder;
                feed_split(bytes, split_sizes[k], &encoder);
                encoder.coder.finish(&encoder.out);
                CPPUNIT_ASSERT(size == 0 || text_ends(encoder.out, "\r\n"));
                feed_split(encoder.out, split_sizes[k], &decoder);
                CPPUNIT_ASSERT(decoder.coder.finish());
                CPPUNIT_ASSERT(bytes == decoder.out);
            }
    }
    void test_base64_body_skips_foreign_bytes()
    {
        Base64Decoder decoder;
        std::string out;
        decoder.feed("Zm9*v\r\n YmF", 11, &out);
        CPPUNIT_ASSERT(!decoder.finish());
        CPPUNIT_ASSERT_EQUAL(std::string("foo"), out);
    }
    void test_quoted_printable_round_trips_in_every_split()
    {
        std::string text =
            all_bytes(700) + "end \r\n\t\r\n a=b \r\r\n" + std::string(200, 'x') + " ";
        std::string whole;
        for (size_t k = 0; k < SPLIT_COUNT; ++k) {
            Collector<QuotedPrintableEncoder> encoder;
            Collector<QuotedPrintableDecoder> decoder;
            feed_split(text, split_sizes[k], &encoder);
            encoder.coder.finish(&encoder.out);
            if (k == 0)
                whole = encoder.out;
            CPPUNIT_ASSERT(whole == encoder.out);
            for (size_t at = 0, end; at < whole.size(); at = end + 2) {
                end = whole.find("\r\n", at);
                end = end == std::string::npos ? whole.size() : end;
                CPPUNIT_ASSERT(end - at <= 76);
            }
            feed_split(whole, split_sizes[k], &decoder);
            decoder.coder.finish(&decoder.out);
            CPPUNIT_ASSERT(text == decoder.out);
            CPPUNIT_ASSERT(decoder.coder.clean());
        }
    }
    void test_quoted_printable_decodes_table()
    {
        static const struct {
            const char *coded, *text;
            bool clean;
        } table[] = { { "a=3Db", "a=b", true },        { "a=\r\nb", "ab", true },
                      { "a= \t\r\nb", "ab", true },    { "a=\nb", "ab", true },
                      { "a  \r\nb", "a\r\nb", true },  { "a=e9", "a\xE9", true },
                      { "a=xb", "a=xb", false },       { "a=3", "a=3", false },
                      { "a=3\n", "a=3\n", false },     { "a=", "a", true },
                      { "a==3D", "a==", false } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT; ++k) {
                Collector<QuotedPrintableDecoder> decoder;
                feed_split(table[i].coded, split_sizes[k], &decoder);
                decoder.coder.finish(&decoder.out);
                CPPUNIT_ASSERT_EQUAL(std::string(table[i].text), decoder.out);
                CPPUNIT_ASSERT_EQUAL(table[i].clean, decoder.coder.clean());
            }
    }
    void test_hex_round_trips()
    {
        std::string back;
        CPPUNIT_ASSERT_EQUAL(std::string("00ff10"), hex_encode(std::string("\0\xFF\x10", 3)));
        CPPUNIT_ASSERT(hex_decode("00Ff10", &back));
        CPPUNIT_ASSERT(back == std::string("\0\xFF\x10", 3));
        CPPUNIT_ASSERT(!hex_decode("0", &back));
        CPPUNIT_ASSERT(!hex_decode("0g", &back));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EncodeTest);
