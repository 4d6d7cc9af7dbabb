/*
**  md5_test - CORE/md5.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/encode.h"
#include "CORE/md5.h"
#include "splits.h"

using namespace mail;

class Md5Test : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(Md5Test);
    CPPUNIT_TEST(test_md5_vectors_of_rfc_1321);
    CPPUNIT_TEST_SUITE_END();

public:
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
};
CPPUNIT_TEST_SUITE_REGISTRATION(Md5Test);
