/*
**  ast_test - delivery, holding back, timers and event flags (spec 7.8)
*/
#include "shim_root.h"

#include <efndef.h>
#include <starlet.h>

#include <cppunit/extensions/HelperMacros.h>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace {

std::mutex order_mutex;
std::vector<unsigned long long> order;
std::atomic<int> inside, overlaps;

void note(unsigned long long parameter)
{
    if (inside.fetch_add(1) != 0)
        ++overlaps;
    {
        std::lock_guard<std::mutex> guard(order_mutex);
        order.push_back(parameter);
    }
    inside.fetch_sub(1);
}

size_t noted()
{
    std::lock_guard<std::mutex> guard(order_mutex);
    return order.size();
}

bool wait_noted(size_t count)
{
    for (int i = 0; i < 5000 && noted() < count; ++i)
        usleep(1000);
    return noted() == count;
}

const long long MINUTE = 600000000;

GENERIC_64 quad(long long value)
{
    GENERIC_64 made;
    made.gen64$q_quadword = static_cast<unsigned long long>(value);
    return made;
}

} // namespace

class AstTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(AstTest);
    CPPUNIT_TEST(test_delivered_one_at_a_time_in_order);
    CPPUNIT_TEST(test_setast_holds_back_and_tells_the_state);
    CPPUNIT_TEST(test_setast_waits_for_the_running_routine);
    CPPUNIT_TEST(test_timers_expire_in_order_when_the_clock_moves);
    CPPUNIT_TEST(test_timer_flag_is_set_while_asts_are_held);
    CPPUNIT_TEST(test_cantim_by_request_and_all);
    CPPUNIT_TEST(test_watched_descriptor_calls_until_false);
    CPPUNIT_TEST(test_event_flag_states);
    CPPUNIT_TEST_SUITE_END();

    ShimRoot *root_;

public:
    void setUp()
    {
        root_ = new ShimRoot;
        order.clear();
        overlaps = 0;
    }
    void tearDown()
    {
        sys$setast(1);
        sys$cantim(0, 0);
        delete root_;
    }

    void test_delivered_one_at_a_time_in_order()
    {
        for (unsigned i = 0; i < 200; ++i)
            CPPUNIT_ASSERT_EQUAL(1, sys$dclast(note, i, 3));
        CPPUNIT_ASSERT(wait_noted(200));
        for (unsigned i = 0; i < 200; ++i)
            CPPUNIT_ASSERT_EQUAL(static_cast<unsigned long long>(i), order[i]);
        CPPUNIT_ASSERT_EQUAL(0, overlaps.load());
        CPPUNIT_ASSERT_EQUAL(int(SS$_ACCVIO), sys$dclast(nullptr, 0, 3));
    }

    void test_setast_holds_back_and_tells_the_state()
    {
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASSET), sys$setast(0));
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASCLR), sys$setast(0));
        sys$dclast(note, 1, 3);
        usleep(20000);
        CPPUNIT_ASSERT_EQUAL(size_t(0), noted());
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASCLR), sys$setast(1));
        CPPUNIT_ASSERT(wait_noted(1));
    }

    void test_setast_waits_for_the_running_routine()
    {
        std::atomic<bool> entered{false}, finished{false};
        shim::deliver_ast([&] {
            entered = true;
            usleep(20000);
            finished = true;
        });
        while (!entered)
            usleep(100);
        sys$setast(0);
        CPPUNIT_ASSERT(finished.load());
    }

    void test_timers_expire_in_order_when_the_clock_moves()
    {
        GENERIC_64 late = quad(-90 * MINUTE), early = quad(-30 * MINUTE),
                   absolute = quad(static_cast<long long>(shim::now()) + 60 * MINUTE);
        CPPUNIT_ASSERT_EQUAL(1, sys$setimr(EFN$C_ENF, &late, note, 3, 0));
        CPPUNIT_ASSERT_EQUAL(1, sys$setimr(EFN$C_ENF, &early, note, 1, 0));
        CPPUNIT_ASSERT_EQUAL(1, sys$setimr(EFN$C_ENF, &absolute, note, 2, 0));
        shim::move_clock(31 * MINUTE);
        CPPUNIT_ASSERT(wait_noted(1));
        shim::move_clock(60 * MINUTE);
        CPPUNIT_ASSERT(wait_noted(3));
        for (unsigned i = 0; i < 3; ++i)
            CPPUNIT_ASSERT_EQUAL(static_cast<unsigned long long>(i + 1), order[i]);
    }

    void test_timer_flag_is_set_while_asts_are_held()
    {
        GENERIC_64 soon = quad(-10000);
        sys$setast(0);
        CPPUNIT_ASSERT_EQUAL(1, sys$setimr(5, &soon, note, 1, 0));
        CPPUNIT_ASSERT_EQUAL(1, sys$waitfr(5));
        CPPUNIT_ASSERT_EQUAL(size_t(0), noted());
        sys$setast(1);
        CPPUNIT_ASSERT(wait_noted(1));
    }

    void test_cantim_by_request_and_all()
    {
        GENERIC_64 delta = quad(-MINUTE);
        for (unsigned request : {1, 1, 2, 3})
            sys$setimr(EFN$C_ENF, &delta, note, request, 0);
        uint64_t kept = shim::start_timer(shim::now() + MINUTE, [] { note(99); });
        CPPUNIT_ASSERT_EQUAL(1, sys$cantim(1, 0));
        shim::move_clock(2 * MINUTE);
        CPPUNIT_ASSERT(wait_noted(3));
        CPPUNIT_ASSERT(!shim::cancel_timer(kept));
        sys$setimr(EFN$C_ENF, &delta, note, 4, 0);
        kept = shim::start_timer(shim::now() + MINUTE, [] { note(99); });
        sys$cantim(0, 0);
        CPPUNIT_ASSERT(shim::cancel_timer(kept));
        shim::move_clock(2 * MINUTE);
        usleep(20000);
        CPPUNIT_ASSERT_EQUAL(size_t(3), noted());
    }

    void test_watched_descriptor_calls_until_false()
    {
        int ends[2];
        CPPUNIT_ASSERT_EQUAL(0, pipe(ends));
        int in = ends[0];
        shim::watch_fd(in, [in] {
            char c = 0;
            bool more = read(in, &c, 1) == 1 && c != 'q';
            note(static_cast<unsigned char>(c));
            return more;
        });
        CPPUNIT_ASSERT_EQUAL(ssize_t(4), write(ends[1], "abqz", 4));
        CPPUNIT_ASSERT(wait_noted(3));
        usleep(20000);
        CPPUNIT_ASSERT_EQUAL(size_t(3), noted());
        close(ends[0]);
        close(ends[1]);
    }

    void test_event_flag_states()
    {
        unsigned state = 0;
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASCLR), sys$setef(40));
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASSET), sys$setef(40));
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASSET), sys$readef(40, &state));
        CPPUNIT_ASSERT(state & 1u << 8);
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASSET), sys$clref(40));
        CPPUNIT_ASSERT_EQUAL(int(SS$_WASCLR), sys$readef(40, &state));
        CPPUNIT_ASSERT_EQUAL(int(SS$_UNASEFC), sys$setef(64));
        CPPUNIT_ASSERT_EQUAL(int(SS$_ILLEFC), sys$setef(129));
        CPPUNIT_ASSERT_EQUAL(1, sys$waitfr(EFN$C_ENF));
        std::thread setter([] {
            usleep(10000);
            sys$setef(3);
        });
        CPPUNIT_ASSERT_EQUAL(1, sys$waitfr(3));
        setter.join();
        sys$clref(3);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AstTest);
