/*
**  test_main - the CppUnit runner of every room
**
**  With no argument runs all tests; an argument is the name (or a part of the
**  name) of the tests to run.  Prints the plain closing line that CI reads.
*/
#include <cppunit/BriefTestProgressListener.h>
#include <cppunit/CompilerOutputter.h>
#include <cppunit/TestResult.h>
#include <cppunit/TestResultCollector.h>
#include <cppunit/TestRunner.h>
#include <cppunit/extensions/TestFactoryRegistry.h>
#include <ctype.h>
#include <iostream>
#include <string>
#include <unistd.h>
#include "stuck_test.h"
#include "test_places.h"

#ifdef __SANITIZE_ADDRESS__
/* In a forked child the other threads are gone; what they hold is not lost. */
static pid_t runner_process = getpid();
extern "C" int __lsan_is_turned_off()
{
    return getpid() != runner_process;
}
#endif

const std::string &test_bin()
{
    static const std::string folder(TEST_BIN);
    return folder;
}

const std::string &test_data()
{
    static const std::string folder(TEST_DATA);
    return folder;
}

static void add_matching(CppUnit::Test *test, const char *part, CppUnit::TestRunner *runner)
{
    if (test->getChildTestCount() == 0) {
        if (test->getName().find(part) != std::string::npos)
            runner->addTest(test);
        return;
    }
    for (int i = 0; i < test->getChildTestCount(); ++i)
        add_matching(test->getChildTestAt(i), part, runner);
}

/* mta_test, MTA_TEST.EXE;1: MTA */
static std::string room_of(const std::string &program)
{
    std::string room(program, program.rfind('/') + 1);
    for (size_t i = 0; i < room.size(); ++i)
        room[i] = static_cast<char>(toupper(room[i]));
    return room.substr(0, room.find("_TEST"));
}

int main(int argc, char **argv)
{
    CppUnit::TestResult controller;
    CppUnit::TestResultCollector result;
    CppUnit::BriefTestProgressListener progress;
    StuckTest stuck;
    controller.addListener(&result);
    controller.addListener(&stuck);
    if (argc > 1)
        controller.addListener(&progress);
    CppUnit::TestRunner runner;
    CppUnit::Test *all = CppUnit::TestFactoryRegistry::getRegistry().makeTest();
    if (argc > 1)
        add_matching(all, argv[1], &runner);
    else
        runner.addTest(all);
    runner.run(controller);
    CppUnit::CompilerOutputter(&result, std::cerr).write();
    int failed = result.testFailuresTotal();
    std::cout << room_of(argv[0]) << ": " << result.runTests() - failed << " passed, " << failed
              << " failed" << std::endl;
    int status = result.wasSuccessful() && result.runTests() > 0 ? 0 : 1;
    if (argc > 1)
        _exit(status); // a part of the tree belongs to two owners then
    return status;
}
