/*
**  hash_password_test - the public vectors of the Purdy hash (spec 4.3, Appendix E 24)
*/
#include "system_support.h"
#include "uaf.h"

#include <uaidef.h>

#include <cppunit/extensions/HelperMacros.h>

class HashPasswordTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(HashPasswordTest);
    CPPUNIT_TEST(test_seven_public_vectors);
    CPPUNIT_TEST(test_empty_password_is_zero);
    CPPUNIT_TEST(test_algorithms_differ_and_preferred_is_purdy_s);
    CPPUNIT_TEST(test_padding_of_the_name);
    CPPUNIT_TEST(test_unknown_algorithms_are_refused);
    CPPUNIT_TEST(test_lower_case_password_equals_upper_unless_pwdmix);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    static uint64_t hash(const char *user, const char *password, int algorithm, int salt)
    {
        LowText name((std::string(user))), text((std::string(password)));
        struct _generic_64 value;
        CPPUNIT_ASSERT_EQUAL(1, sys$hash_password(text, static_cast<unsigned char>(algorithm),
                                                  static_cast<unsigned short>(salt), name, &value));
        return static_cast<uint64_t>(quad_of(value));
    }

public:
    void tearDown() { root_.reset(); }
    void setUp() { root_.reset(new ShimRoot); }
    void test_seven_public_vectors()
    {
        static const struct {
            const char *user, *password;
            int salt;
            uint64_t hash;
        } table[] = {
            {"A1ORA", "KNOWNPW12", 0x4D63, 0x716CBDC03C071C59ULL},
            {"A2ORA", "KNOWNPW12", 0x4EE2, 0x84A8F6D135BE8B58ULL},
            {"A1ORA", "NEWPWXY34", 0x4D63, 0x01B533EEFFDC1841ULL},
            {"A3ORA", "DIFFPWXY99", 0x506C, 0x382C2366EB6DEDA4ULL},
            {"A1ORA", "KNOWNPW12", 0xF52E, 0xC0730697D9B5D7ADULL},
            {"A2ORA", "KNOWNPW12", 0xF6D7, 0x787F23E84D1D1DEAULL},
            {"A3ORA", "DIFFPWXY99", 0xF834, 0x46F7A9867A983675ULL},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            CPPUNIT_ASSERT_EQUAL(table[i].hash, hash(table[i].user, table[i].password,
                                                     UAI$C_PURDY_S, table[i].salt));
    }
    void test_empty_password_is_zero()
    {
        for (int algorithm = UAI$C_PURDY; algorithm <= UAI$C_PURDY_S; algorithm++)
            CPPUNIT_ASSERT_EQUAL(static_cast<uint64_t>(0), hash("SMITH", "", algorithm, 77));
    }
    void test_algorithms_differ_and_preferred_is_purdy_s()
    {
        uint64_t s = hash("SMITH", "SECRET", UAI$C_PURDY_S, 1);
        uint64_t v = hash("SMITH", "SECRET", UAI$C_PURDY_V, 1);
        uint64_t p = hash("SMITH", "SECRET", UAI$C_PURDY, 1);
        CPPUNIT_ASSERT(s != v && v != p && s != p);
        CPPUNIT_ASSERT_EQUAL(s, hash("SMITH", "SECRET", UAI$C_PREFERRED_ALGORITHM, 1));
        CPPUNIT_ASSERT(s != hash("SMITH", "SECRET", UAI$C_PURDY_S, 2));
    }
    void test_padding_of_the_name()
    {
        /* PURDY pads to twelve, the others trim */
        CPPUNIT_ASSERT_EQUAL(hash("SMITH", "X", UAI$C_PURDY, 5),
                             hash("SMITH       ", "X", UAI$C_PURDY, 5));
        CPPUNIT_ASSERT_EQUAL(hash("SMITH", "X", UAI$C_PURDY_V, 5),
                             hash("SMITH       ", "X", UAI$C_PURDY_V, 5));
        CPPUNIT_ASSERT_EQUAL(hash("ABCDEFGHIJKL", "X", UAI$C_PURDY, 5),
                             hash("ABCDEFGHIJKL", "X", UAI$C_PURDY_V, 5));
    }
    void test_unknown_algorithms_are_refused()
    {
        static const int table[] = {UAI$C_AD_II, 4, UAI$C_CUST_ALGORITHM};
        LowText name(std::string("SMITH")), text(std::string("X"));
        struct _generic_64 value;
        for (size_t i = 0; i < 3; i++)
            CPPUNIT_ASSERT_EQUAL(
                static_cast<int>(SS$_BADPARAM),
                sys$hash_password(text, static_cast<unsigned char>(table[i]), 0, name, &value));
    }
    void test_lower_case_password_equals_upper_unless_pwdmix()
    {
        shim::UafRecord record;
        record.user = "SMITH";
        shim::uaf_set_password(&record, "Secret");
        CPPUNIT_ASSERT(shim::uaf_check_password(record, "sECRET"));
        CPPUNIT_ASSERT(!shim::uaf_check_password(record, "SECRETS"));
        record.flags |= UAI$M_PWDMIX;
        shim::uaf_set_password(&record, "Secret");
        CPPUNIT_ASSERT(shim::uaf_check_password(record, "Secret"));
        CPPUNIT_ASSERT(!shim::uaf_check_password(record, "SECRET"));
        CPPUNIT_ASSERT(!shim::uaf_check_password(record, ""));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(HashPasswordTest);
