/*
**  fao_test - $FAO and $FAOL (spec 7.5)
*/
#include "system_support.h"
#include "system_text.h"
#include "uaf.h"

#include <lib$routines.h>
#include <libdef.h>

#include <cppunit/extensions/HelperMacros.h>

class FaoTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(FaoTest);
    CPPUNIT_TEST(test_numbers_table);
    CPPUNIT_TEST(test_bad_directives_are_refused);
    CPPUNIT_TEST(test_strings);
    CPPUNIT_TEST(test_counted_and_zero_ended_strings);
    CPPUNIT_TEST(test_dates);
    CPPUNIT_TEST(test_fields_repeats_and_arguments);
    CPPUNIT_TEST(test_plural_and_choice);
    CPPUNIT_TEST(test_identifier_is_user_name);
    CPPUNIT_TEST(test_truncation_is_a_success);
    CPPUNIT_TEST(test_call_with_arguments_of_all_kinds);
    CPPUNIT_TEST(test_high_pointer_is_refused);
    CPPUNIT_TEST(test_library_form_pads_and_grows);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    static std::string faol(const char *control, const std::vector<uint32_t> &arguments,
                            int expected = SS$_NORMAL)
    {
        LowText in((std::string(control))), out(200);
        unsigned short length = 0;
        std::vector<uint32_t> list(arguments);
        list.resize(300, 0);
        CPPUNIT_ASSERT_EQUAL_MESSAGE(control, expected, sys$faol(in, &length, out, list.data()));
        return out.text(length);
    }

public:
    void tearDown() { root_.reset(); }
    void setUp() { root_.reset(new ShimRoot); }
    void test_numbers_table()
    {
        static const struct {
            const char *control;
            uint32_t argument;
            const char *out;
        } table[] = {
            {"!UL", 4294967295u, "4294967295"},
            {"!UW", 0x12345, "9029"},
            {"!UB", 0x1ff, "255"},
            {"!SL", 0xffffffff, "-1"},
            {"!SW", 0x18000, "-32768"},
            {"!SB", 0x7f, "127"},
            {"!ZL", 7, "7"},
            {"!4ZL", 7, "0007"},
            {"!2ZL", 123, "**"},
            {"!5UL", 42, "   42"},
            {"!1UL", 42, "*"},
            {"!5SL", 0xffffffd6, "  -42"},
            {"!XB", 0xabc, "BC"},
            {"!XW", 0xabc, "0ABC"},
            {"!XL", 0xabc, "00000ABC"},
            {"!4XL", 0x12345678, "5678"},
            {"!10XL", 0xabc, "  00000ABC"},
            {"!OB", 8, "010"},
            {"!OW", 8, "000010"},
            {"!OL", 8, "00000000010"},
            {"a!!b!_c!^d!/e", 0, "a!b\tc\fd\r\ne"},
            {"!4*-x", 0, "----x"},
            {"!*=", 0, "="},
            {"", 0, ""},
            {"plain", 0, "plain"},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i].control, std::string(table[i].out),
                                         faol(table[i].control, {table[i].argument}));
    }
    void test_bad_directives_are_refused()
    {
        static const char *const table[] = {"!",     "!Q",   "!U",  "!UX", "!%",
                                            "!%Z",   "!A",   "!AX", "!5",  "!2(UL",
                                            "!<x!>", "!5<x", "!x",  "!-",  "!%C"};
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            faol(table[i], {1, 2}, SS$_BADPARAM);
    }
    void test_strings()
    {
        LowText text(std::string("hello\x01z"));
        uint32_t at = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(text->dsc$a_pointer));
        CPPUNIT_ASSERT_EQUAL(std::string("<hello\x01z>"), faol("<!AS>", {text.address()}));
        CPPUNIT_ASSERT_EQUAL(std::string("<hel>"), faol("<!3AS>", {text.address()}));
        CPPUNIT_ASSERT_EQUAL(std::string("<hello   >"), faol("<!8AD>", {5, at}));
        CPPUNIT_ASSERT_EQUAL(std::string("<hello.z>"), faol("<!AF>", {7, at}));
        CPPUNIT_ASSERT_EQUAL(std::string("<>"), faol("<!AD>", {0, 0}));
        faol("!AS", {0}, SS$_ACCVIO);
    }
    void test_counted_and_zero_ended_strings()
    {
        LowText text(std::string("\3abcdef\0", 8));
        uint32_t at = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(text->dsc$a_pointer));
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), faol("!AC", {at}));
        CPPUNIT_ASSERT_EQUAL(std::string("abcdef"), faol("!AZ", {at + 1}));
    }
    void test_dates()
    {
        LowText in(std::string("6-APR-2003 01:02:03.45")), quad(8);
        struct _generic_64 time;
        sys$bintim(in, &time);
        memcpy(quad->dsc$a_pointer, &time, 8);
        uint32_t at = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(quad->dsc$a_pointer));
        CPPUNIT_ASSERT_EQUAL(std::string(" 6-APR-2003 01:02:03.45"), faol("!%D", {at}));
        CPPUNIT_ASSERT_EQUAL(std::string(" 6-APR-2003 01:02"), faol("!17%D", {at}));
        CPPUNIT_ASSERT_EQUAL(std::string("01:02:03.45"), faol("!%T", {at}));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(23), faol("!%D", {0}).size());
        CPPUNIT_ASSERT_EQUAL(
            std::string("0000000100000002"),
            (memcpy(quad->dsc$a_pointer, "\2\0\0\0\1\0\0\0", 8), faol("!XQ", {at})));
    }
    void test_fields_repeats_and_arguments()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("1 a   |"), faol("!6<!UL a!>|", {1}));
        CPPUNIT_ASSERT_EQUAL(std::string("123|"), faol("!3<!UL!>|", {12345}));
        CPPUNIT_ASSERT_EQUAL(std::string("  1  2  3"), faol("!3(3UL)", {1, 2, 3}));
        CPPUNIT_ASSERT_EQUAL(std::string("   7"), faol("!#UL", {4, 7}));
        CPPUNIT_ASSERT_EQUAL(std::string("12"), faol("!#(UL)", {2, 1, 2}));
        CPPUNIT_ASSERT_EQUAL(std::string("5 5 7"), faol("!UL !-!UL !+!UL", {5, 6, 7}));
        CPPUNIT_ASSERT_EQUAL(std::string("[1,4]"), faol("!%U", {0x10004}));
    }
    void test_plural_and_choice()
    {
        const char *control = "!UL file!%S, !0UL!0%Cnone!1%Cone!%Emany!%F.";
        CPPUNIT_ASSERT_EQUAL(std::string("0 files, one."), faol(control, {0, 1}));
        CPPUNIT_ASSERT_EQUAL(std::string("1 file, none."), faol(control, {1, 0}));
        CPPUNIT_ASSERT_EQUAL(std::string("2 files, many."), faol(control, {2, 9}));
        CPPUNIT_ASSERT_EQUAL(std::string("2 FILES"), faol("!UL FILE!%S", {2}));
    }
    void test_identifier_is_user_name()
    {
        shim::UafRecord record;
        record.user = "SMITH";
        record.uic = 0x200003;
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(SS$_NORMAL), shim::uaf_add(record));
        CPPUNIT_ASSERT_EQUAL(std::string("[SMITH]"), faol("!%I", {0x200003}));
        CPPUNIT_ASSERT_EQUAL(std::string("[40,4]"), faol("!%I", {0x200004}));
    }
    void test_truncation_is_a_success()
    {
        LowText in(std::string("ab!ULcd")), out(static_cast<size_t>(5));
        unsigned short length = 0;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BUFFEROVF), sys$fao(in, &length, out, 1234));
        CPPUNIT_ASSERT_EQUAL(std::string("ab123"), out.text(length));
    }
    void test_call_with_arguments_of_all_kinds()
    {
        LowText in(std::string("!AS !SL !UL !XL !AS !AD !UL !UL")), out(100), a(std::string("one"));
        LowText b(std::string("two"));
        unsigned short length = 0;
        CPPUNIT_ASSERT_EQUAL(1, sys$fao(in, &length, out, static_cast<dsc$descriptor_s *>(a), -5,
                                        6u, 0xffffffff, static_cast<dsc$descriptor_s *>(b), 2,
                                        b->dsc$a_pointer, 7, 8));
        CPPUNIT_ASSERT_EQUAL(std::string("one -5 6 FFFFFFFF two tw 7 8"), out.text(length));
    }
    void test_high_pointer_is_refused()
    {
        if (sizeof(void *) == 4)
            return;
        LowText in(std::string("!AZ")), out(100);
        std::string *text = new std::string(5000, 'x');
        unsigned short length = 0;
        CPPUNIT_ASSERT(!shim::low(text->data()));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_ACCVIO), sys$fao(in, &length, out, text->data()));
        delete text;
    }
    void test_library_form_pads_and_grows()
    {
        LowText in(std::string("n=!UL")), out(static_cast<size_t>(8));
        unsigned short length = 0;
        CPPUNIT_ASSERT_EQUAL(1, lib$sys_fao(in, &length, out, 12));
        CPPUNIT_ASSERT_EQUAL(std::string("n=12    "), out.text(8));
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned short>(4), length);
        out->dsc$w_length = 3;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(LIB$_STRTRU), lib$sys_fao(in, &length, out, 12));
        LowText dynamic(static_cast<size_t>(0));
        dynamic->dsc$b_class = DSC$K_CLASS_D;
        dynamic->dsc$a_pointer = 0;
        CPPUNIT_ASSERT_EQUAL(1, lib$sys_fao(in, &length, dynamic, 1234567));
        CPPUNIT_ASSERT_EQUAL(std::string("n=1234567"), dynamic.text(dynamic->dsc$w_length));
        shim::arena_free(dynamic->dsc$a_pointer, dynamic->dsc$w_length);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(FaoTest);
