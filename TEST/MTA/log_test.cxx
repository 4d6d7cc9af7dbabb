/*
**  log_test - one event, one line, whatever a client sends
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/log.h"
#include "VMS/recfile.h"
#include "scratch_root.h"
#include "scratch_system.h"

#include <rmsdef.h>

using namespace mail;

class LogTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LogTest);
    CPPUNIT_TEST(test_escape_table);
    CPPUNIT_TEST(test_line_has_id_event_and_pairs);
    CPPUNIT_TEST(test_level_switches_off);
    CPPUNIT_TEST(test_secret_never_shows);
    CPPUNIT_TEST(test_numbers);
    CPPUNIT_TEST(test_lines_tell_their_place_when_asked);
    CPPUNIT_TEST(test_lines_wait_for_their_file);
    CPPUNIT_TEST(test_trouble_with_the_file_loses_no_line);
    CPPUNIT_TEST(test_trace_form_is_that_of_the_manual);
    CPPUNIT_TEST_SUITE_END();

    std::string text_;

public:
    void setUp()
    {
        scratch_system();
        text_.clear();
        log_capture(&text_);
        log_set_level(LOG_INFO);
    }
    void tearDown()
    {
        log_number_lines(false);
        log_capture(0);
    }

    void test_escape_table()
    {
        struct Row {
            const char *raw, *escaped;
        };
        static const Row table[] = {
            {"plain", "plain"},
            {"", "\"\""},
            {"two words", "\"two words\""},
            {"a=b", "\"a=b\""},
            {"say \"hi\"", "\"say \\\"hi\\\"\""},
            {"a\\b", "\"a\\\\b\""},
            {"a\r\nb=c", "\"a\\x0D\\x0Ab=c\""},
            {"\x1B[2J", "\\x1B[2J"},
            {"\xC2\x9B", "\\xC2\\x9B"},
            {"a@b.c", "a@b.c"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i)
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].escaped), log_escape(table[i].raw));
        CPPUNIT_ASSERT_EQUAL(std::string("a\\x00b"), log_escape(std::string("a\0b", 3)));
    }

    void test_line_has_id_event_and_pairs()
    {
        LogLine(LOG_WARNING, "R7", "refused").add("to", "x y").add("code", boost::uint32_t(550));
        CPPUNIT_ASSERT(text_.find(" W R7 refused to=\"x y\" code=550\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(size_t(22), text_.find(" W R7"));
        text_.clear();
        LogLine(LOG_INFO, "a b\nc", "event");
        CPPUNIT_ASSERT(text_.find(" I \"a b\\x0Ac\" event\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(text_.size() - 1, text_.find('\n'));
    }

    void test_level_switches_off()
    {
        LogLine(LOG_DEBUG, "R1", "state").add("x", "y");
        CPPUNIT_ASSERT_EQUAL(std::string(), text_);
        log_set_level(LOG_DEBUG);
        LogLine(LOG_DEBUG, "R1", "state").add("x", "y");
        CPPUNIT_ASSERT(text_.find("state x=y") != std::string::npos);
        log_set_level(LOG_INFO);
        CPPUNIT_ASSERT(!log_on(LOG_TRACE) && log_on(LOG_ERROR));
    }

    void test_secret_never_shows()
    {
        Secret secret("sesame"), copy(secret), other;
        other = copy;
        LogLine(LOG_INFO, "", "login").add("password", other);
        CPPUNIT_ASSERT(text_.find("sesame") == std::string::npos);
        CPPUNIT_ASSERT(text_.find("password=***") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string("sesame"), other.reveal());
        other.wipe();
        CPPUNIT_ASSERT(other.empty() && copy.reveal() == "sesame");
    }

    void test_numbers()
    {
        LogLine(LOG_INFO, "", "n")
            .add("a", boost::int32_t(-5))
            .add("b", boost::uint32_t(0))
            .add("c", ~boost::uint64_t(0));
        CPPUNIT_ASSERT(text_.find("a=-5 b=0 c=18446744073709551615") != std::string::npos);
    }

    void test_lines_tell_their_place_when_asked()
    {
        LogLine(LOG_INFO, "R1", "without");
        CPPUNIT_ASSERT(text_.find("at=") == std::string::npos);
        log_number_lines(true);
        LogLine(LOG_INFO, "R1", "first").add("key", "a b");
        int line = __LINE__ - 1;
        LogLine(LOG_DEBUG, "R1", "unseen");
        char wanted[60];
        snprintf(wanted, sizeof wanted, " I R1 first key=\"a b\" at=log_test:%d\n", line);
        CPPUNIT_ASSERT_MESSAGE(text_, text_.find(wanted) != std::string::npos);
    }

    static std::string file_text(const char *file)
    {
        std::string text;
        file_read_text(file, "", 1000000, "\n", &text);
        return text;
    }

    /* Held lines come first; what is open already is not held up. */
    void test_lines_wait_for_their_file()
    {
        static const char file[] = "SYS$MANAGER:HELD.LOG";
        log_capture(0);
        log_hold();
        LogLine(LOG_WARNING, "", "early");
        CPPUNIT_ASSERT(log_open(file));
        LogLine(LOG_WARNING, "", "late");
        log_close();
        std::string text = file_text(file);
        size_t early = text.find(" W - early\n"), late = text.find(" W - late");
        CPPUNIT_ASSERT_MESSAGE(text, early != std::string::npos && late != std::string::npos);
        CPPUNIT_ASSERT(early < late);
    }

    void test_trouble_with_the_file_loses_no_line()
    {
        static const char file[] = "SYS$MANAGER:TROUBLE.LOG";
        log_capture(0);
        shim_arm_fault("*", "sys$create", 1, 0, RMS$_FUL);
        CPPUNIT_ASSERT(!log_open(file));
        LogLine(LOG_WARNING, "", "one");
        shim_clear_faults();
        LogLine(LOG_WARNING, "", "two"); /* not yet time to look again */
        CPPUNIT_ASSERT_EQUAL(std::string(), file_text(file));
        ScratchRoot::move_clock(11);
        LogLine(LOG_WARNING, "", "three");
        shim_arm_fault("*", "sys$put", 1, 1, RMS$_FUL);
        LogLine(LOG_WARNING, "", "four");
        shim_clear_faults();
        ScratchRoot::move_clock(11);
        LogLine(LOG_WARNING, "", "five");
        log_close();
        std::string text = file_text(file), events;
        for (size_t at = 0; (at = text.find(" W - ", at)) != std::string::npos; at += 5)
            events += text.substr(at + 5, text.find('\n', at) - at - 5) + " ";
        CPPUNIT_ASSERT_EQUAL(std::string("one two three four five "), events);
    }

    void test_trace_form_is_that_of_the_manual()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("QUIT\\d\\a"), log_trace_form("QUIT\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string("\\1b\\e4"), log_trace_form("\x1B\xE4"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LogTest);
