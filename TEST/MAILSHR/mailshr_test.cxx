/*
**  mailshr_test - the codes of MAIL$PROTOCOL as MAIL calls them (spec/vms-api.md 3.7)
*/
#include "mailshr.h"

#include "MTA/log.h"
#include "scratch_system.h"

#include <cppunit/extensions/HelperMacros.h>
#include <descrip.h>
#include <mailmsgdef.h>
#include <ssdef.h>

using namespace mail;

static unsigned int told; /* condition given to the error routine */

extern "C" int mail_test_error(unsigned int condition, ...)
{
    told = condition;
    return 1;
}

class MailshrTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(MailshrTest);
    CPPUNIT_TEST(test_links_begin_and_end);
    CPPUNIT_TEST(test_addressees);
    CPPUNIT_TEST(test_codes_that_are_not_ours);
    CPPUNIT_TEST(test_calls_out_of_order);
    CPPUNIT_TEST_SUITE_END();

    struct Text {
        explicit Text(const std::string &value) : bytes(value)
        {
            what.dsc$w_length = static_cast<unsigned short>(bytes.size());
            what.dsc$b_dtype = DSC$K_DTYPE_T;
            what.dsc$b_class = DSC$K_CLASS_S;
            what.dsc$a_pointer = const_cast<char *>(bytes.data());
        }
        std::string bytes;
        dsc$descriptor_s what;
    };

    static int call(unsigned int *context, int code, ...)
    {
        MailshrArguments arguments;
        va_start(arguments.list, code);
        int status = mailshr_call(context, code, &arguments);
        va_end(arguments.list);
        return status;
    }
    static int connect(unsigned int *context)
    {
        Text protocol("SMTP"), node("");
        return call(context, 0, &protocol.what, &node.what, 1, 2, 2, 0, static_cast<void *>(0), 0,
                    0);
    }
    static int text(unsigned int *context, int code, const std::string &value)
    {
        Text node(""), own(value);
        told = 0;
        return call(context, code, &node.what, &own.what, mail_test_error);
    }

public:
    void setUp() { scratch_system(); }

    void test_links_begin_and_end()
    {
        unsigned int one = 0, two = 0;
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), connect(&one));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), connect(&two));
        CPPUNIT_ASSERT(one != 0 && two != 0 && one != two);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), call(&one, 7));
        CPPUNIT_ASSERT_EQUAL(0U, one);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), call(&one, 7)); /* once more does no harm */
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), call(&two, 7));
    }

    void test_addressees()
    {
        unsigned int link = 0;
        connect(&link);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), text(&link, 1, "SMITH"));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), text(&link, 2, "a@b.org"));
        CPPUNIT_ASSERT_EQUAL(int(MAIL$_USERSPEC), text(&link, 2, "a b@c"));
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(MAIL$_USERSPEC), told);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), text(&link, 2, std::string(1, '\0')));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), text(&link, 3, "SMTP%\"a@b.org\""));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), text(&link, 17, ""));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NORMAL), text(&link, 4, "subject"));
        call(&link, 7);
    }

    void test_codes_that_are_not_ours()
    {
        unsigned int link = 0;
        connect(&link);
        static const int in_codes[] = {8, 9, 13, 16, 18, 19};
        for (size_t i = 0; i < sizeof in_codes / sizeof *in_codes; ++i)
            CPPUNIT_ASSERT_EQUAL(int(SS$_NOENTRY), text(&link, in_codes[i], ""));
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), text(&link, 20, ""));
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), text(&link, -1, ""));
        call(&link, 7);
    }

    void test_calls_out_of_order()
    {
        unsigned int none = 0, odd = 4711;
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), text(&none, 1, "SMITH"));
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), text(&odd, 2, "a@b.org"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(MailshrTest);
