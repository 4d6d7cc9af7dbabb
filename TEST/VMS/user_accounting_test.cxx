/*
**  user_accounting_test - a record in the accounting file
*/
#include "VMS/user_accounting.h"

#include "queue_fixture.h"

class UserAccountingTest : public QueueFixture {
    CPPUNIT_TEST_SUITE(UserAccountingTest);
    CPPUNIT_TEST(test_record_is_one_clean_line_of_bounded_length);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_record_is_one_clean_line_of_bounded_length()
    {
        std::string text;
        CPPUNIT_ASSERT(user_accounting_write("spam\r\nFAKE").ok());
        CPPUNIT_ASSERT(user_accounting_write(std::string(1000, 'x')).ok());
        CPPUNIT_ASSERT(file_read_text("SYS$MANAGER:ACCOUNTNG.DAT", "", 65536, "\n", &text).ok());
        CPPUNIT_ASSERT(text.find(" USER ") != std::string::npos);
        CPPUNIT_ASSERT(text.find(" spam..FAKE\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find(" " + std::string(USER_ACCOUNTING_MAX, 'x') + "\n") !=
                       std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(UserAccountingTest);
