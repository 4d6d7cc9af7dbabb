/*
**  message_text_test - the text of a control file for hosts that take seven bits
*/
#include "message_text.h"
#include "symbiont_fixture.h"

using namespace mail;

class MessageTextTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(MessageTextTest);
    CPPUNIT_TEST(test_texts_small_and_large);
    CPPUNIT_TEST_SUITE_END();

    std::string seven(const std::string &text, size_t most)
    {
        ControlFile file;
        CPPUNIT_ASSERT(file.open(control_file("a@b.test", "x@them.test", text), false).is_done());
        SevenBitText source(file, true);
        std::string all;
        bool end = false;
        Outcome trouble;
        while (!end) {
            std::string piece;
            CPPUNIT_ASSERT(source.next(most, &piece, &end, &trouble));
            CPPUNIT_ASSERT(piece.size() <= most);
            all += piece;
        }
        return all;
    }

public:
    void test_texts_small_and_large()
    {
        std::string head = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
        std::string many, lines;
        for (int i = 0; i < 4000; ++i)
            lines += "all of this line is plain\r\n";
        many = head + "\r\n" + lines;
        CPPUNIT_ASSERT_EQUAL(head + "\r\nx\r\n", seven(head + "\r\nx\r\n", 1000));
        CPPUNIT_ASSERT(many == seven(many, 70000));
        std::string encoded = head + "Content-Transfer-Encoding: quoted-printable\r\n\r\n";
        CPPUNIT_ASSERT_EQUAL(encoded + "=C3=A4\r\n", seven(head + "\r\n\xC3\xA4\r\n", 10));
        CPPUNIT_ASSERT(encoded + lines + "=C3=A4\r\n" == seven(many + "\xC3\xA4\r\n", 3000));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MessageTextTest);
