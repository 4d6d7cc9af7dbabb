/*
**  encoded_word_test - CORE/encoded_word.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/encoded_word.h"
#include "CORE/text.h"

using namespace mail;

class EncodedWordTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(EncodedWordTest);
    CPPUNIT_TEST(test_encoded_word_decodes_table);
    CPPUNIT_TEST(test_encoded_word_encode_round_trips);
    CPPUNIT_TEST_SUITE_END();

public:
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
CPPUNIT_TEST_SUITE_REGISTRATION(EncodedWordTest);
