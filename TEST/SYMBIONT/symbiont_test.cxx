/*
**  symbiont_test - levels of the log (HP 18.5, spec 2.1), life of the process
*/
#include "symbiont.h"
#include "symbiont_fixture.h"

using namespace mail;

class SymbiontTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(SymbiontTest);
    CPPUNIT_TEST(test_log_levels);
    CPPUNIT_TEST(test_stream_without_thread_is_not_active);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_log_levels()
    {
        static const struct {
            const char *value;
            LogLevel level;
        } rows[] = {{"0", LOG_INFO}, {"2", LOG_INFO}, {"3", LOG_TRACE}, {"5", LOG_DEBUG}};
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; ++i) {
            set(P_SMTP_LOG_LEVEL, rows[i].value);
            CPPUNIT_ASSERT_EQUAL(rows[i].level, symbiont_log_level(*settings_));
        }
    }

    void test_stream_without_thread_is_not_active()
    {
        Connections connections;
        Stream stream(3, connections);
        CPPUNIT_ASSERT(!stream.active());
        CPPUNIT_ASSERT(!stream.stopped());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SymbiontTest);
