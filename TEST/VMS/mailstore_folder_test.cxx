#include "mail_fixture.h"

class MailstoreFolderTest : public MailFixture {
    CPPUNIT_TEST_SUITE(MailstoreFolderTest);
    CPPUNIT_TEST(test_missing_folder_is_empty);
    CPPUNIT_TEST(test_items_tell_headers_and_size);
    CPPUNIT_TEST(test_text_comes_back_with_crlf);
    CPPUNIT_TEST(test_long_message_lies_in_an_external_file);
    CPPUNIT_TEST(test_top_and_limit);
    CPPUNIT_TEST(test_move_remove_and_flags);
    CPPUNIT_TEST(test_large_folder_is_listed_in_order);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_missing_folder_is_empty()
    {
        boost::uint32_t count = 99;
        deliver("SMITH", "one", "text\n");
        CPPUNIT_ASSERT(file_.open("SYS$SYSDEVICE:[SMITH]").ok());
        CPPUNIT_ASSERT(folder_.select(&file_, "NOSUCH", &count).ok());
        CPPUNIT_ASSERT_EQUAL(0u, static_cast<unsigned>(count));
        close_all();
    }
    void test_items_tell_headers_and_size()
    {
        deliver("SMITH", "The subject", "one\ntwo\nthree\n");
        open_newmail("SMITH");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), items_.size());
        const MailItem &item = items_[0];
        CPPUNIT_ASSERT_EQUAL(std::string("The subject"), item.subject);
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH@vms.test"), item.to);
        CPPUNIT_ASSERT(item.from.find("from@example.test") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(3u, static_cast<unsigned>(item.records));
        CPPUNIT_ASSERT(item.flags & MAILFLAG_NEW);
        CPPUNIT_ASSERT(item.date != 0);
        MailItem again;
        CPPUNIT_ASSERT(folder_.item(1, &again).ok());
        CPPUNIT_ASSERT_EQUAL(item.subject, again.subject);
        CPPUNIT_ASSERT(again.date == item.date);
        std::vector<MailBrief> brief;
        CPPUNIT_ASSERT(folder_.list(1, 100, &brief).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), brief.size());
        CPPUNIT_ASSERT(brief[0].id == item.id && brief[0].date == item.date);
        CPPUNIT_ASSERT(brief[0].records == item.records && brief[0].flags == item.flags);
        close_all();
    }
    void test_text_comes_back_with_crlf()
    {
        std::string text;
        deliver("SMITH", "s", "one\r\n\ntw\xf6\nno end");
        open_newmail("SMITH");
        CPPUNIT_ASSERT(folder_.read(items_[0], false, 100000, &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("one\r\n\r\ntw\xf6\r\nno end\r\n"), text);
        text.clear();
        CPPUNIT_ASSERT(folder_.read(items_[0], true, 100000, &text).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(0), text.find("From:"));
        CPPUNIT_ASSERT(text.find("no end\r\n") != std::string::npos);
        close_all();
    }
    void test_long_message_lies_in_an_external_file()
    {
        std::string sent, expected, text;
        for (int i = 0; i < 3000; ++i) {
            char line[64];
            snprintf(line, sizeof line, "line %d of a long message", i);
            sent += line;
            sent += "\n";
            expected += line;
            expected += "\r\n";
        }
        deliver("SMITH", "long", sent);
        open_newmail("SMITH");
        CPPUNIT_ASSERT(items_[0].flags & MAILFLAG_EXTERNAL);
        CPPUNIT_ASSERT(!items_[0].external.empty());
        CPPUNIT_ASSERT(folder_.read(items_[0], false, 1000000, &text).ok());
        CPPUNIT_ASSERT(text == expected);
        close_all();
    }
    void test_top_and_limit()
    {
        std::string text;
        deliver("SMITH", "s", "one\ntwo\nthree\n");
        open_newmail("SMITH");
        CPPUNIT_ASSERT(folder_.read_top(items_[0], 2, &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string("one\r\ntwo\r\n"), text);
        text.clear();
        CPPUNIT_ASSERT(folder_.read_top(items_[0], 0, &text).ok());
        CPPUNIT_ASSERT_EQUAL(std::string(), text);
        CPPUNIT_ASSERT(!folder_.read(items_[0], false, 7, &text).ok());
        close_all();
    }
    void test_move_remove_and_flags()
    {
        boost::uint32_t count = 0;
        deliver("SMITH", "one", "1\n");
        deliver("SMITH", "two", "2\n");
        deliver("SMITH", "three", "3\n");
        open_newmail("SMITH");
        CPPUNIT_ASSERT(folder_.set_flags(items_[2].id, false, true).ok());
        CPPUNIT_ASSERT(folder_.move(items_[0].id, "MAIL").ok());
        CPPUNIT_ASSERT(folder_.remove(items_[1].id).ok());
        std::vector<MailItem> left;
        CPPUNIT_ASSERT(folder_.list(&left).ok());
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), left.size());
        CPPUNIT_ASSERT(left[0].flags & MAILFLAG_MARKED);
        CPPUNIT_ASSERT(folder_.select(&file_, "MAIL", &count).ok());
        CPPUNIT_ASSERT_EQUAL(1u, static_cast<unsigned>(count));
        CPPUNIT_ASSERT(folder_.select(&file_, "NEWMAIL", &count).ok());
        CPPUNIT_ASSERT_EQUAL(1u, static_cast<unsigned>(count));
        close_all();
    }
    void test_large_folder_is_listed_in_order()
    {
        for (int i = 0; i < 150; ++i) {
            char subject[16];
            snprintf(subject, sizeof subject, "%d", i);
            deliver("JONES", subject, "x\n");
        }
        open_newmail("JONES");
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(150), items_.size());
        for (int i = 0; i < 150; ++i)
            CPPUNIT_ASSERT_EQUAL(i, atoi(items_[static_cast<size_t>(i)].subject.c_str()));
        close_all();
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailstoreFolderTest);
