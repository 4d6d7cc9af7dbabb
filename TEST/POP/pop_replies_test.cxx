/*
**  pop_replies_test - texts of HP 19.1.3, 19.5 and spec 8.2
*/
#include "pop_replies.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class PopRepliesTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(PopRepliesTest);
    CPPUNIT_TEST(test_documented_texts);
    CPPUNIT_TEST(test_response_code_comes_first);
    CPPUNIT_TEST(test_controls_in_arguments_are_harmless);
    CPPUNIT_TEST(test_every_reply_is_one_line);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_documented_texts()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"username\"\r\n"),
                             pop_reply(SAY_PASSWORD_REQUIRED, "username"));
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Username/password combination ok\r\n"),
                             pop_reply(SAY_LOGGED_IN));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR password supplied for \"jones\" is incorrect\r\n"),
                             pop_reply(SAY_WRONG_PASSWORD, "jones"));
        CPPUNIT_ASSERT_EQUAL(std::string("-ERR Access to user account \"jones\" denied\r\n"),
                             pop_reply(SAY_ACCESS_DENIED, "jones"));
        CPPUNIT_ASSERT_EQUAL(
            std::string("+OK TCPIP POP server at ucxsys.acme.com signing off.\r\n"),
            pop_reply(SAY_SIGN_OFF, "ucxsys.acme.com"));
        CPPUNIT_ASSERT_EQUAL(std::string("+OK POP server TCPIP Version 5.0, OpenVMS V7.1 Alpha at "
                                         "ucxsys.acme.com, up since 1999-04-04 06:42:17 "
                                         "<24A00E61._6_APR_1999_06_02_31_15@ucxsys.acme.com>\r\n"),
                             pop_reply(SAY_GREETING, "5.0, OpenVMS V7.1 Alpha", "ucxsys.acme.com",
                                       "1999-04-04 06:42:17",
                                       "<24A00E61._6_APR_1999_06_02_31_15@ucxsys.acme.com>"));
    }

    void test_response_code_comes_first()
    {
        CPPUNIT_ASSERT_EQUAL(
            std::string("-ERR [IN-USE] mailbox of \"SMITH\" is in use by another session\r\n"),
            pop_reply(SAY_IN_USE, "SMITH"));
    }

    void test_controls_in_arguments_are_harmless()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"a??+OK b\"\r\n"),
                             pop_reply(SAY_PASSWORD_REQUIRED, "a\r\n+OK b"));
        CPPUNIT_ASSERT_EQUAL(std::string("+OK Password required for \"%s\"\r\n"),
                             pop_reply(SAY_PASSWORD_REQUIRED, "%s", "never"));
    }

    void test_every_reply_is_one_line()
    {
        for (int i = 0; i < SAY_COUNT; ++i) {
            std::string text = pop_reply(static_cast<PopReplyId>(i), "a", "b", "c", "d");
            CPPUNIT_ASSERT_EQUAL(text.size() - 2, text.find("\r\n"));
            CPPUNIT_ASSERT_EQUAL(pop_reply_positive(static_cast<PopReplyId>(i)),
                                 text.compare(0, 4, "+OK ") == 0);
            CPPUNIT_ASSERT(text.find("%s") == std::string::npos);
            CPPUNIT_ASSERT(text.size() <= 512);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopRepliesTest);
