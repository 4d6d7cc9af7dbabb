/*
**  message_scan_test - CORE/message_scan.h
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/message_scan.h"
#include "CORE/text.h"
#include "splits.h"

using namespace mail;

static std::string number(boost::uint64_t value)
{
    return text_from_number(value);
}

/* "header+body lines longest flags hops [id:offset:value:size]" */
static std::string scanned(const std::string &text, size_t piece)
{
    MessageScan scan;
    feed_split(text, piece, &scan);
    scan.finish();
    CPPUNIT_ASSERT_EQUAL(boost::uint64_t(text.size()), scan.bytes());
    CPPUNIT_ASSERT(scan.header_ended());
    std::string result = number(scan.header_size()) + "+" + number(scan.body_offset()) + " " +
                         number(scan.lines()) + "/" + number(scan.body_lines()) + " " +
                         number(scan.longest_line()) + " " + (scan.has_8bit() ? "8" : "-") +
                         (scan.header_has_8bit() ? "h" : "-") + (scan.has_nul() ? "0" : "-") +
                         (scan.header_is_broken() ? "b" : "-") + " " + number(scan.hops());
    for (size_t i = 0; i < scan.fields().size(); ++i)
        result += std::string(" ") + known_header(scan.fields()[i].id).name + ":" +
                  number(scan.fields()[i].offset) + ":" + number(scan.fields()[i].value) + ":" +
                  number(scan.fields()[i].size);
    return result;
}

class MessageScanTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MessageScanTest);
    CPPUNIT_TEST(test_table_in_every_split);
    CPPUNIT_TEST(test_hops_and_presence);
    CPPUNIT_TEST(test_limits_keep_counting);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_table_in_every_split()
    {
        static const char *const table[][2] = {
            { "", "0+0 0/0 0 ---- 0" },
            { "\r\nbody\r\n", "0+2 2/1 4 ---- 0" },
            { "To: a\r\n\r\nbody", "7+9 3/1 5 ---- 0 To:0:3:7" },
            { "to : a\r\n b\r\nX: y\r\n\r\n", "18+20 4/0 6 ---- 0 To:0:4:12" },
            { "To: a\nCc: b\n\nbody\n", "12+13 4/1 5 ---- 0 To:0:3:6 Cc:6:9:6" },
            { "To: a", "5+5 1/0 5 ---- 0 To:0:3:5" },
            { "To: a\r\nno field\r\nx", "7+7 3/2 8 ---b 0 To:0:3:7" },
            { " x: y\r\n", "0+0 1/1 5 ---b 0" },
            { "Subject: \xE9\r\n\r\nx", "12+14 3/1 10 8h-- 0 Subject:0:8:12" },
            { "Subject: e\r\n\r\nx\xE9", "12+14 3/1 10 8--- 0 Subject:0:8:12" },
            { "Subject: e\r\n\xE9\r\n", "12+12 2/1 10 8--b 0 Subject:0:8:12" },
            { "A: b\r\r\n\r\n", "7+9 2/0 5 ---- 0" },
            { "\r", "0+0 1/1 1 ---b 0" },
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i)
            for (size_t k = 0; k < SPLIT_COUNT; ++k)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(table[i][0], std::string(table[i][1]),
                                             scanned(table[i][0], split_sizes[k]));
        CPPUNIT_ASSERT_EQUAL(std::string("0+2 2/1 1 --0- 0"),
                             scanned(std::string("\r\n\0\r\n", 5), 2));
    }
    void test_hops_and_presence()
    {
        MessageScan scan;
        std::string text("Received: a\r\n\tb\r\nreceived: c\r\nMIME-Version: 1.0\r\n\r\n"
                         "Received: d\r\n");
        scan.feed(text.data(), text.size());
        scan.finish();
        CPPUNIT_ASSERT_EQUAL(2u, scan.hops());
        CPPUNIT_ASSERT(scan.has_mime() && !scan.has(HEADER_DATE));
        CPPUNIT_ASSERT(scan.field(HEADER_DATE) == 0);
        CPPUNIT_ASSERT_EQUAL(boost::uint64_t(17), scan.field(HEADER_RECEIVED)->size);
        scan.reset();
        CPPUNIT_ASSERT(scan.hops() == 0 && scan.bytes() == 0 && !scan.header_ended());
    }
    void test_limits_keep_counting()
    {
        MessageScan scan;
        std::string text;
        for (int i = 0; i < SCAN_FIELDS_MAX + 50; ++i)
            text += "Received: x\r\n";
        text += "To: " + std::string(50000, 'y') + "\r\n" + std::string(2000, 'n') + ": v\r\n";
        scan.feed(text.data(), text.size());
        scan.finish();
        CPPUNIT_ASSERT_EQUAL(unsigned(SCAN_FIELDS_MAX + 50), scan.hops());
        CPPUNIT_ASSERT_EQUAL(size_t(SCAN_FIELDS_MAX), scan.fields().size());
        CPPUNIT_ASSERT_EQUAL(boost::uint64_t(50004), scan.longest_line());
        CPPUNIT_ASSERT(scan.has(HEADER_TO) && scan.header_is_broken());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(MessageScanTest);
