/*
**  persona_test - $PERSONA_CREATE, _ASSUME, _DELETE (spec 4.7, Appendix E 28)
*/
#include "system_support.h"
#include "uaf.h"

#include <issdef.h>
#include <prvdef.h>
#include <rmsdef.h>
#include <shim_control.h>
#include <uaidef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <thread>

class PersonaTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(PersonaTest);
    CPPUNIT_TEST(test_assume_changes_this_thread_only);
    CPPUNIT_TEST(test_privileges_follow_the_flags);
    CPPUNIT_TEST(test_create_refuses_table);
    CPPUNIT_TEST(test_previous_leads_back);
    CPPUNIT_TEST(test_deleted_persona_is_refused);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    static unsigned create(const char *user, unsigned flags = 0)
    {
        LowText name((std::string(user)));
        unsigned id = 0;
        CPPUNIT_ASSERT_EQUAL(1, sys$persona_create(&id, name, flags, 0, 0));
        return id;
    }
    static int assume(unsigned id, unsigned *previous = 0)
    {
        return sys$persona_assume(&id, 0, previous, 0);
    }

public:
    void setUp()
    {
        root_.reset(new ShimRoot);
        shim::UafRecord record;
        record.user = "SMITH";
        record.uic = 0x200003;
        record.flags = 0;
        record.authorized = PRV$M_OPER | PRV$M_TMPMBX;
        record.privileges = PRV$M_TMPMBX;
        shim::uaf_add(record);
        record.user = "GONE";
        record.flags = UAI$M_DISACNT;
        shim::uaf_add(record);
    }
    void tearDown()
    {
        assume(ISS$C_ID_NATURAL);
        root_.reset();
    }

    void test_assume_changes_this_thread_only()
    {
        unsigned id = create("SMITH");
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), shim::self().user);
        CPPUNIT_ASSERT_EQUAL(1, assume(id));
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH"), shim::self().user);
        CPPUNIT_ASSERT_EQUAL(0x200003u, shim::self().uic);
        std::string other;
        std::thread([&other] { other = shim::self().user; }).join();
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), other);
        CPPUNIT_ASSERT_EQUAL(1, assume(ISS$C_ID_NATURAL));
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), shim::self().user);
    }
    void test_privileges_follow_the_flags()
    {
        unsigned plain = create("SMITH"), full = create("SMITH", ISS$M_CREATE_AUTHPRIV);
        assume(plain);
        CPPUNIT_ASSERT(!shim::privileged(PRV$M_OPER));
        CPPUNIT_ASSERT(shim::privileged(PRV$M_TMPMBX));
        assume(full);
        CPPUNIT_ASSERT(shim::privileged(PRV$M_OPER));
        CPPUNIT_ASSERT(!shim::privileged(PRV$M_SYSPRV));
    }
    void test_create_refuses_table()
    {
        LowText smith(std::string("SMITH")), nobody(std::string("NOBODY")),
            gone(std::string("GONE"));
        unsigned id = 0;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(RMS$_RNF), sys$persona_create(&id, nobody, 0, 0, 0));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_USERDISABLED),
                             sys$persona_create(&id, gone, 0, 0, 0));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM),
                             sys$persona_create(&id, smith, 0x8000, 0, 0));
        assume(create("SMITH"));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_NOIMPERSONATE),
                             sys$persona_create(&id, smith, 0, 0, 0));
    }
    void test_previous_leads_back()
    {
        unsigned first = create("SMITH"), second = create("SMITH"), previous = 0;
        CPPUNIT_ASSERT_EQUAL(1, assume(first, &previous));
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(ISS$C_ID_NATURAL), previous);
        CPPUNIT_ASSERT_EQUAL(1, assume(second, &previous));
        CPPUNIT_ASSERT_EQUAL(first, previous);
        CPPUNIT_ASSERT_EQUAL(1, assume(previous));
    }
    void test_deleted_persona_is_refused()
    {
        unsigned id = create("SMITH"), natural = ISS$C_ID_NATURAL, kept = id;
        assume(id);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_PERSONADELPEND), sys$persona_delete(&id));
        assume(ISS$C_ID_NATURAL);
        CPPUNIT_ASSERT_EQUAL(0u, shim_violations());
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_PERSONANONGRATA), assume(kept));
        CPPUNIT_ASSERT_EQUAL(1u, shim_violations());
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), sys$persona_delete(&natural));
        unsigned other = create("SMITH");
        CPPUNIT_ASSERT_EQUAL(1, sys$persona_delete(&other));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(PersonaTest);
