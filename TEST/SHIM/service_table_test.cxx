/*
**  service_table_test - counting, forcing and the system page
*/
#include "shim_root.h"

#include <lib$routines.h>
#include <system_page.h>

#include <cppunit/extensions/HelperMacros.h>
#include <sys/wait.h>
#include <thread>

class ServiceTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServiceTableTest);
    CPPUNIT_TEST(test_armed_fault_forces_the_nth_call);
    CPPUNIT_TEST(test_fault_for_other_image_is_not_seen);
    CPPUNIT_TEST(test_usage_lists_calls_of_other_processes);
    CPPUNIT_TEST(test_violation_is_logged);
    CPPUNIT_TEST(test_clock_moves_for_all_and_wakes_waiters);
    CPPUNIT_TEST(test_unix_time_converts_both_ways);
    CPPUNIT_TEST(test_wild_match_table);
    CPPUNIT_TEST(test_system_lock_survives_a_killed_holder);
    CPPUNIT_TEST_SUITE_END();

    ShimRoot *root_;

    static unsigned int get_and_free()
    {
        int size = 100;
        unsigned int base = 0;
        unsigned int status = lib$get_vm(&size, &base);
        if (status & 1)
            lib$free_vm(&size, &base);
        return status;
    }

public:
    void setUp() { root_ = new ShimRoot; }
    void tearDown()
    {
        shim::clear_faults();
        delete root_;
    }

    void test_armed_fault_forces_the_nth_call()
    {
        CPPUNIT_ASSERT_EQUAL(1u, get_and_free());
        CPPUNIT_ASSERT(shim::arm_fault({"SHIM_TEST", "lib$get_vm", 2, 2, 292, 0, 0}));
        unsigned int expected[] = {1, 292, 292, 1, 1};
        for (unsigned int status : expected)
            CPPUNIT_ASSERT_EQUAL(status, get_and_free());
        CPPUNIT_ASSERT_EQUAL(size_t(1), shim::list_faults().size());
        CPPUNIT_ASSERT_EQUAL(5u, shim::list_faults()[0].seen);
        CPPUNIT_ASSERT_EQUAL(2u, shim::list_faults()[0].forced);
        shim::clear_faults();
        CPPUNIT_ASSERT(shim::arm_fault({"*", "lib$get_vm", 1, 0, 44, 0, 0}));
        for (int i = 0; i < 5; ++i)
            CPPUNIT_ASSERT_EQUAL(44u, get_and_free());
    }

    void test_fault_for_other_image_is_not_seen()
    {
        CPPUNIT_ASSERT(shim::arm_fault({"TCPIP$*", "lib$get_vm", 1, 0, 292, 0, 0}));
        CPPUNIT_ASSERT_EQUAL(1u, get_and_free());
        CPPUNIT_ASSERT(!shim::arm_fault({std::string(40, 'x'), "lib$get_vm", 1, 0, 292, 0, 0}));
    }

    void test_usage_lists_calls_of_other_processes()
    {
        get_and_free();
        pid_t child = fork();
        if (child == 0) {
            get_and_free();
            get_and_free();
            _exit(0);
        }
        waitpid(child, nullptr, 0);
        uint64_t calls = 0;
        for (const shim::Usage &usage : shim::list_usage())
            if (usage.image == "SHIM_TEST" && usage.service == "lib$get_vm")
                calls = usage.calls;
        CPPUNIT_ASSERT_EQUAL(uint64_t(3), calls);
        shim::clear_usage();
        CPPUNIT_ASSERT(shim::list_usage().empty());
    }

    void test_violation_is_logged()
    {
        shim::violation("a %s of contract", "breach");
        FILE *file = fopen(shim::store_path("violations.log").c_str(), "r");
        CPPUNIT_ASSERT(file != nullptr);
        char line[100] = "";
        CPPUNIT_ASSERT(fgets(line, sizeof line, file) != nullptr);
        fclose(file);
        CPPUNIT_ASSERT_EQUAL(std::string("SHIM_TEST: a breach of contract\n"), std::string(line));
    }

    void test_clock_moves_for_all_and_wakes_waiters()
    {
        const int64_t three_days = 3 * 86400ll * 10000000;
        uint64_t before = shim::now();
        std::thread waiter([&] { shim::wait_until(before + three_days); });
        shim::move_clock(three_days);
        waiter.join();
        CPPUNIT_ASSERT(shim::now() >= before + three_days);
        CPPUNIT_ASSERT(shim::now() < before + three_days + 100000000);
    }

    void test_unix_time_converts_both_ways()
    {
        CPPUNIT_ASSERT_EQUAL(0x007C95674BEB4000ull + shim::zone_seconds() * 10000000ll,
                             static_cast<unsigned long long>(shim::from_unix(0, 0)));
        int64_t moments[] = {0, 1, -1, 1700000000, -4000000000};
        for (int64_t seconds : moments) {
            CPPUNIT_ASSERT_EQUAL(seconds, shim::to_unix(shim::from_unix(seconds, 0)));
            CPPUNIT_ASSERT_EQUAL(seconds, shim::to_unix(shim::from_unix(seconds, 999999999)));
        }
    }

    void test_wild_match_table()
    {
        static const struct {
            const char *pattern, *text;
            bool result;
        } table[] = {
            {"*", "", true},       {"", "", true},           {"", "A", false},
            {"A%C", "abc", true},  {"A%C", "AC", false},     {"*B*", "ABC", true},
            {"A*C", "ABCBC", true}, {"A*D", "ABC", false},   {"TCPIP$*", "TCPIP$POP", true},
        };
        for (const auto &row : table)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.pattern, row.result,
                                         shim::wild_match(row.pattern, row.text));
    }

    void test_system_lock_survives_a_killed_holder()
    {
        int ready[2];
        CPPUNIT_ASSERT_EQUAL(0, pipe(ready));
        pid_t child = fork();
        if (child == 0) {
            shim::SystemLock lock;
            if (write(ready[1], "x", 1) == 1)
                pause();
            _exit(0);
        }
        char c;
        CPPUNIT_ASSERT_EQUAL(ssize_t(1), read(ready[0], &c, 1));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        shim::SystemLock lock;
        close(ready[0]);
        close(ready[1]);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServiceTableTest);
