/*
**  seven_bit_test - 8-bit messages for 7-bit hosts: what changes, what stays
*/
#include <cppunit/extensions/HelperMacros.h>
#include "CORE/seven_bit.h"

using namespace mail;

class SevenBitTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SevenBitTest);
    CPPUNIT_TEST(test_messages_in_every_split);
    CPPUNIT_TEST(test_only_eight_bit_parts_change);
    CPPUNIT_TEST(test_message_inside_a_message);
    CPPUNIT_TEST(test_ascii_is_left_alone);
    CPPUNIT_TEST(test_never_an_eighth_bit);
    CPPUNIT_TEST_SUITE_END();

    static std::string convert(const std::string &text, bool label, size_t piece)
    {
        SevenBitScan scan;
        for (size_t at = 0; at < text.size(); at += piece)
            scan.feed(text.data() + at, text.size() - at < piece ? text.size() - at : piece);
        scan.finish();
        SevenBitWriter writer(scan, label);
        std::string out;
        for (size_t at = 0; at < text.size(); at += piece)
            writer.feed(text.data() + at, text.size() - at < piece ? text.size() - at : piece,
                        &out);
        writer.finish(&out);
        return out;
    }

public:
    void test_messages_in_every_split()
    {
        struct {
            const char *text;
            bool label;
            const char *wanted;
        } rows[] = {
            /* MIME, 8bit: quoted-printable */
            {"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
             "Content-Transfer-Encoding: 8bit\r\n\r\nGr\xC3\xBC\xC3\x9F"
             "e = x\r\n",
             false,
             "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
             "Content-Transfer-Encoding: quoted-printable\r\n\r\nGr=C3=BC=C3=9F"
             "e =3D x\r\n"},
            /* not MIME: the eighth bits go, as with HP's NOEIGHT_BIT ... */
            {"Subject: x\r\n\r\n\xE4\xF6\r\n", false, "Subject: x\r\n\r\ndv\r\n"},
            /* ... or it gets a label */
            {"Subject: x\r\n\r\n\xE4\r\n", true,
             "Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=unknown-8bit\r\n"
             "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n"},
            /* headers become words where words may stand */
            {"Subject: Gr\xC3\xBC\xC3\x9F"
             "e\r\nMIME-Version: 1.0\r\n\r\nx\r\n",
             true, "Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\nMIME-Version: 1.0\r\n\r\nx\r\n"},
            {"To: a\xFC@b.c\r\nMIME-Version: 1.0\r\n\r\nx\r\n", true,
             "To: a?@b.c\r\nMIME-Version: 1.0\r\n\r\nx\r\n"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
            for (size_t piece = 1; piece < 40; ++piece)
                CPPUNIT_ASSERT_EQUAL(std::string(rows[i].wanted),
                                     convert(rows[i].text, rows[i].label, piece));
    }

    void test_only_eight_bit_parts_change()
    {
        std::string head =
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"a b\"\r\n";
        std::string first = "--a b\r\nContent-Type: text/plain\r\n\r\nplain = text \r\n--a b \r\n";
        std::string base64 =
            "Content-Transfer-Encoding: base64\r\n\r\nQUJD\r\n--a b--\r\nafter\r\n";
        std::string text = head + "Content-Transfer-Encoding: 8bit\r\n\r\npreamble\r\n" + first +
                           "Content-Transfer-Encoding: 8bit\r\n\r\n\xE4\r\n--a b\r\n" + base64;
        std::string wanted = head + "\r\npreamble\r\n" + first +
                             "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E4\r\n--a b\r\n" +
                             base64;
        for (size_t piece = 1; piece < 60; ++piece)
            CPPUNIT_ASSERT_EQUAL(wanted, convert(text, true, piece));
    }

    void test_message_inside_a_message()
    {
        std::string outer = "MIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n";
        std::string inner = "Subject: in\r\nContent-Type: multipart/alternative; boundary=x\r\n\r\n"
                            "--x\r\n\r\n";
        CPPUNIT_ASSERT_EQUAL(
            outer + "\r\n" + inner.substr(0, inner.size() - 2) +
                "Content-Transfer-Encoding: quoted-printable\r\n\r\n=FC\r\n--x--\r\n",
            convert(outer + "Content-Transfer-Encoding: 8bit\r\n\r\n" + inner + "\xFC\r\n--x--\r\n",
                    true, 7));
    }

    void test_ascii_is_left_alone()
    {
        std::string text =
            "From:  a@b.c\r\nMIME-Version:1.0\r\nSubject : odd\r\n\tfolded\r\n"
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n=3D \r\n--b--";
        for (size_t piece = 1; piece < 40; ++piece) {
            CPPUNIT_ASSERT_EQUAL(text, convert(text, false, piece));
            CPPUNIT_ASSERT_EQUAL(text, convert(text, true, piece));
        }
    }

    void test_never_an_eighth_bit()
    {
        static const char *const texts[] = {
            "\xE4",
            "\xE4\xE4\r\n\r\n\xE4",
            "no field\xE4\r\nMIME-Version: 1.0\r\n\r\n\xE4\r\n",
            "MIME-Version: 1.0\r\nContent-Type: multipart/x; boundary=\"\"\r\n\r\n--\xE4\r\n",
            ("MIME-Version: 1.0\r\nContent-Type: multipart/x; "
             "boundary=b\r\n\r\n\xE4--b\r\n--b\r\n\xE4"),
            "X\xE4: 1\r\nMIME-Version: 1.0\r\n\r\n\xE4\n\n\xE4\r",
        };
        for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
            for (int label = 0; label < 2; ++label) {
                std::string out = convert(texts[i], label != 0, 3);
                CPPUNIT_ASSERT_MESSAGE(out, !has_eight_bit(out.data(), out.size()));
            }
        std::string longest = "MIME-Version: 1.0\r\n\r\n" + std::string(200000, '\xE4') + "\r\n";
        std::string out = convert(longest, true, 5000);
        CPPUNIT_ASSERT(!has_eight_bit(out.data(), out.size()));
        CPPUNIT_ASSERT(out.size() > 600000);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SevenBitTest);
