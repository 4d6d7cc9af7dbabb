/*
**  encode_test - CORE/encode.h, CORE/encoded_word.h, CORE/md5.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/encode.h"
#include "CORE/encoded_word.h"
#include "CORE/md5.h"
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
    CPPUNIT_TEST(test_md5_vectors_of_rfc_1321);
    CPPUNIT_TEST(test_encoded_word_decodes_table);
    CPPUNIT_TEST(test_encoded_word_encode_round_trips);
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
        std::string text = all_bytes(700) + "end \r\n\t\r\n a=b \r\r\n" + std::string(200, 'x') + " ";
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
    void test_md5_vectors_of_rfc_1321()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("d41d8cd98f00b204e9800998ecf8427e"), md5_hex(""));
        CPPUNIT_ASSERT_EQUAL(std::string("900150983cd24fb0d6963f7d28e17f72"), md5_hex("abc"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("57edf4a22be3c955ac49da2e2107b67a"),
            md5_hex("1234567890123456789012345678901234567890123456789012345678901234567890"
                    "1234567890"));
        CPPUNIT_ASSERT_EQUAL(std::string("c4c9334bac560ecc979e58001b3e22fb"), // RFC 1939 7
                             md5_hex("<1896.697170952@dbc.mtview.ca.us>tanstaaf"));
        std::string text(1000, 'q');
        for (size_t k = 0; k < SPLIT_COUNT; ++k) {
            Md5 md5;
            feed_split(text, split_sizes[k], &md5);
            CPPUNIT_ASSERT_EQUAL(md5_hex(text), hex_encode(md5.finish()));
        }
    }
    void test_encoded_word_decodes_table()
    {
        static const char *const table[][2] = {
            { "plain text", "plain text" },
            { "=?ISO-8859-1?Q?Andr=E9?= Pirard", "Andr\xC3\xA9 Pirard" },
            { "=?utf-8?B?w6k=?= =?utf-8?b?w6k=?=", "\xC3\xA9\xC3\xA9" },
            { "(=?ISO-8859-1?Q?a?=\r\n =?ISO-8859-1?Q?b?=)", "(ab)" },
            { "a =?us-ascii?q?b_c?= d", "a b c d" },
            { "=?koi8-r?B?zsXU?=", "=?koi8-r?B?zsXU?=" },
            { "=?utf-8?X?abc?=", "=?utf-8?X?abc?=" },
            { "=?utf-8?B?!!?= =?utf-8?Q?ok?=", "=?utf-8?B?!!?= ok" },
            { "=?utf-8?Q?=FF?=", "=?utf-8?Q?=FF?=" },
            { "=?iso-8859-15?Q?=A4?=", "\xE2\x82\xAC" },
            { "=?utf-8?Q?a=0D=0Ab?=", "a  b" },
            { "=?", "=?" }, { "=?a?b", "=?a?b" }, { " x ", " x " },
            { "=?utf-8*en?Q?ok?=", "ok" } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string(table[i][1]), encoded_word_decode(table[i][0]));
        CPPUNIT_ASSERT_EQUAL(std::string("Andr\xE9 ?"),
                             encoded_word_decode_latin1("=?utf-8?Q?Andr=C3=A9_=E2=82=AC?="));
    }
    void test_encoded_word_encode_round_trips()
    {
        std::string text;
        for (int i = 0; i < 100; ++i)
            text += "\xE2\x82\xAC\xC3\xA9x";
        std::string coded = encoded_word_encode(text);
        CPPUNIT_ASSERT(text_is_ascii(coded));
        std::vector<std::string> words;
        text_words(coded, &words);
        for (size_t i = 0; i < words.size(); ++i)
            CPPUNIT_ASSERT(words[i].size() <= ENCODED_WORD_MAX);
        CPPUNIT_ASSERT_EQUAL(text, encoded_word_decode(coded));
        CPPUNIT_ASSERT_EQUAL(std::string("plain"), encoded_word_encode("plain"));
        CPPUNIT_ASSERT_EQUAL(std::string("\xC3\xA9"),
                             encoded_word_decode(encoded_word_encode("\xE9")));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(EncodeTest);
