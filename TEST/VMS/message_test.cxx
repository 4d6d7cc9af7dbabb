#include "VMS/message.h"

#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class MessageTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MessageTest);
    CPPUNIT_TEST(test_fao_fills_in_arguments);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_fao_fills_in_arguments()
    {
        ScratchRoot root;
        std::vector<FaoArgument> arguments;
        arguments.push_back(FaoArgument("SMITH"));
        arguments.push_back(FaoArgument(3));
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH has 3 messages"),
                             message_format("!AS has !UL message!%S", arguments));
        CPPUNIT_ASSERT_EQUAL(std::string(),
                             message_format("!AS", std::vector<FaoArgument>(17, arguments[0])));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MessageTest);
