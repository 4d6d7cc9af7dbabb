/*
**  uaf_test - the user file: $GETUAI, $SETUAI, cache, privileges (spec 4.1)
*/
#include "system_support.h"
#include "uaf.h"

#include <prvdef.h>
#include <rmsdef.h>
#include <shim_control.h>
#include <uaidef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <sys/wait.h>
#include <thread>

class UafTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(UafTest);
    CPPUNIT_TEST(test_items_have_their_documented_form);
    CPPUNIT_TEST(test_set_items_are_read_back);
    CPPUNIT_TEST(test_password_item_hashes);
    CPPUNIT_TEST(test_bad_items_change_nothing);
    CPPUNIT_TEST(test_unknown_user_and_bad_names);
    CPPUNIT_TEST(test_privileges_table);
    CPPUNIT_TEST(test_context_is_checked);
    CPPUNIT_TEST(test_add_list_remove);
    CPPUNIT_TEST(test_change_of_another_process_is_seen);
    CPPUNIT_TEST(test_threads_read_while_one_writes);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    static int get(const char *user, LowItems &items, unsigned *context = 0)
    {
        LowText name((std::string(user)));
        return sys$getuai(0, context, name, items.list(), 0, 0, 0);
    }
    static int set(const char *user, unsigned code, const void *data, size_t size)
    {
        LowText name((std::string(user)));
        LowItems items;
        items.add(code, size, data);
        return sys$setuai(0, 0, name, items.list(), 0, 0, 0);
    }
    static uint64_t number(const char *user, unsigned code, size_t size)
    {
        LowItems items;
        items.add(code, size);
        CPPUNIT_ASSERT_EQUAL(1, get(user, items));
        return items.number(0, size);
    }
    static void become(const char *user, uint32_t uic, uint64_t privileges)
    {
        shim::Identity identity = shim::self();
        identity.user = user;
        identity.uic = uic;
        identity.current = identity.authorized = privileges;
        shim::assume_identity(&identity);
    }

public:
    void setUp()
    {
        root_.reset(new ShimRoot);
        shim::UafRecord record;
        record.user = "SMITH";
        record.uic = 0x200003;
        record.flags = UAI$M_DISMAIL;
        record.owner = "John Smith";
        record.account = "SALES";
        record.device = "SYS$SYSDEVICE:";
        record.directory = "[SMITH]";
        shim::uaf_set_password(&record, "secret");
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(SS$_NORMAL), shim::uaf_add(record));
    }
    void tearDown()
    {
        shim::assume_identity(0);
        root_.reset();
    }

    void test_items_have_their_documented_form()
    {
        LowItems items;
        items.add(UAI$_OWNER, 32);
        items.add(UAI$_DEFDIR, 64);
        items.add(UAI$_ACCOUNT, 32);
        items.add(UAI$_USERNAME, 32);
        items.add(UAI$_UIC, 4);
        items.add(UAI$_GRP, 2);
        items.add(UAI$_MEM, 2);
        items.add(UAI$_FLAGS, 4);
        items.add(UAI$_NETWORK_ACCESS_P, 3);
        items.add(UAI$_EXPIRATION, 8);
        items.add(UAI$_OWNER, 5);
        CPPUNIT_ASSERT_EQUAL(1, get("SMITH", items));
        CPPUNIT_ASSERT_EQUAL(std::string("\012John Smith"), items.text(0));
        CPPUNIT_ASSERT_EQUAL(std::string("\7[SMITH]"), items.text(1));
        CPPUNIT_ASSERT_EQUAL(std::string("SALES") + std::string(27, ' '), items.text(2));
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH") + std::string(27, ' '), items.text(3));
        static const uint64_t expected[] = {0x200003, 0x20, 3, UAI$M_DISMAIL, 0, 0};
        static const size_t sizes[] = {4, 2, 2, 4, 3, 8};
        for (size_t i = 0; i < 6; i++)
            CPPUNIT_ASSERT_EQUAL(expected[i], items.number(4 + i, sizes[i]));
        CPPUNIT_ASSERT_EQUAL(std::string("\012John"), items.text(10));
    }
    void test_set_items_are_read_back()
    {
        static const struct {
            unsigned code;
            size_t size;
            uint64_t value;
        } table[] = {
            {UAI$_FLAGS, 4, UAI$M_DISACNT},
            {UAI$_LOGFAILS, 2, 7},
            {UAI$_EXPIRATION, 8, 1ull << 60},
            {UAI$_PWD_DATE, 8, ~0ull},
            {UAI$_GRP, 2, 0x123},
            {UAI$_PRIV, 8, 0x7fffffffffull},
            {UAI$_SALT, 2, 0xffff},
            {UAI$_PRIMEDAYS, 1, 96},
            {UAI$_REMOTE_ACCESS_S, 3, 0xabcdef},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            CPPUNIT_ASSERT_EQUAL(1, set("SMITH", table[i].code, &table[i].value, table[i].size));
            CPPUNIT_ASSERT_EQUAL(table[i].value, number("SMITH", table[i].code, table[i].size));
        }
        CPPUNIT_ASSERT_EQUAL(static_cast<uint64_t>(0x1230003), number("SMITH", UAI$_UIC, 4));
        CPPUNIT_ASSERT_EQUAL(1, set("SMITH", UAI$_DEFDEV, "\4DKA0xx", 7));
        shim::UserRecord record;
        shim::find_user("SMITH", &record);
        CPPUNIT_ASSERT_EQUAL(std::string("DKA0"), record.device);
    }
    void test_password_item_hashes()
    {
        CPPUNIT_ASSERT_EQUAL(1, set("SMITH", UAI$_PASSWORD, "newpass", 7));
        shim::UafRecord record;
        shim::uaf_read("SMITH", &record);
        CPPUNIT_ASSERT(shim::uaf_check_password(record, "NEWPASS"));
        CPPUNIT_ASSERT(!shim::uaf_check_password(record, "SECRET"));
        CPPUNIT_ASSERT_EQUAL(record.password, number("SMITH", UAI$_PWD, 8));
    }
    void test_bad_items_change_nothing()
    {
        LowText name(std::string("SMITH"));
        LowItems items;
        uint64_t seven = 7;
        items.add(UAI$_LOGFAILS, 2, &seven);
        items.add(999, 4, &seven);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM),
                             sys$setuai(0, 0, name, items.list(), 0, 0, 0));
        CPPUNIT_ASSERT_EQUAL(static_cast<uint64_t>(0), number("SMITH", UAI$_LOGFAILS, 2));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), set("SMITH", UAI$_OWNER, "\11abc", 4));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM),
                             set("SMITH", UAI$_FLAGS, "12345678", 8));
        LowItems unknown;
        unknown.add(UAI$_PASSWORD, 8);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), get("SMITH", unknown));
    }
    void test_unknown_user_and_bad_names()
    {
        LowItems items;
        items.add(UAI$_FLAGS, 4);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(RMS$_RNF), get("NOBODY", items));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(RMS$_RNF), get("NOBODY", items)); /* from the cache */
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(RMS$_RNF), get("smith", items));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), get("", items));
        CPPUNIT_ASSERT_EQUAL(1, get("SMITH       ", items));
        shim::UafRecord record;
        record.user = "TOOLONGUSERNAME";
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(SS$_BADPARAM), shim::uaf_add(record));
    }
    void test_privileges_table()
    {
        static const struct {
            const char *user;
            uint32_t uic;
            uint64_t privileges;
            int read, write;
        } table[] = {
            {"SMITH", 0x200003, 0, SS$_NORMAL, SS$_NOGRPPRV},
            {"JONES", 0x300001, 0, SS$_NOSYSPRV, SS$_NOSYSPRV},
            {"JONES", 0x200001, 0, SS$_NOGRPPRV, SS$_NOGRPPRV},
            {"JONES", 0x200001, PRV$M_GRPPRV, SS$_NORMAL, SS$_NORMAL},
            {"JONES", 0x300001, PRV$M_GRPPRV, SS$_NOSYSPRV, SS$_NOSYSPRV},
            {"JONES", 0x300001, PRV$M_SYSPRV, SS$_NORMAL, SS$_NORMAL},
            {"JONES", 0x300001, PRV$M_BYPASS, SS$_NORMAL, SS$_NORMAL},
            {"JONES", 0x300001, PRV$M_READALL, SS$_NORMAL, SS$_NOSYSPRV},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
            LowItems items;
            items.add(UAI$_FLAGS, 4);
            become(table[i].user, table[i].uic, table[i].privileges);
            CPPUNIT_ASSERT_EQUAL(table[i].read, get("SMITH", items));
            CPPUNIT_ASSERT_EQUAL(table[i].write, set("SMITH", UAI$_LOGFAILS, "\1", 2));
        }
        become("SMITH", 0x200003, 0);
        CPPUNIT_ASSERT_EQUAL(1, set("SMITH", UAI$_PASSWORD, "mine", 4));
    }
    void test_context_is_checked()
    {
        LowItems items;
        items.add(UAI$_FLAGS, 4);
        unsigned context = 0xffffffff;
        CPPUNIT_ASSERT_EQUAL(1, get("SMITH", items, &context));
        CPPUNIT_ASSERT(context != 0xffffffff);
        CPPUNIT_ASSERT_EQUAL(1, get("SMITH", items, &context));
        CPPUNIT_ASSERT_EQUAL(0u, shim_violations());
        context = 77;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), get("SMITH", items, &context));
        CPPUNIT_ASSERT_EQUAL(1u, shim_violations());
    }
    void test_add_list_remove()
    {
        shim::UafRecord record;
        record.user = "ADAMS";
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(SS$_NORMAL), shim::uaf_add(record));
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(RMS$_DUP), shim::uaf_add(record));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), shim::uaf_list().size());
        CPPUNIT_ASSERT_EQUAL(std::string("ADAMS"), shim::uaf_list()[0]);
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(SS$_NORMAL), shim::uaf_remove("ADAMS"));
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(RMS$_RNF), shim::uaf_remove("ADAMS"));
        CPPUNIT_ASSERT_EQUAL(static_cast<uint32_t>(RMS$_RNF), shim::uaf_read("ADAMS", &record));
    }
    void test_change_of_another_process_is_seen()
    {
        CPPUNIT_ASSERT_EQUAL(static_cast<uint64_t>(UAI$M_DISMAIL), number("SMITH", UAI$_FLAGS, 4));
        pid_t pid = fork();
        if (pid == 0) {
            shim::change_root(root_->path()); /* a connection of its own */
            unsigned flags = UAI$M_NOMAIL;
            _exit(set("SMITH", UAI$_FLAGS, &flags, 4) == 1 ? 0 : 1);
        }
        int status;
        waitpid(pid, &status, 0);
        CPPUNIT_ASSERT_EQUAL(0, status);
        CPPUNIT_ASSERT_EQUAL(static_cast<uint64_t>(UAI$M_NOMAIL), number("SMITH", UAI$_FLAGS, 4));
    }
    void test_threads_read_while_one_writes()
    {
        shim::UafRecord first;
        shim::uaf_read("SMITH", &first);
        first.files = first.shared_files = 1;
        shim::uaf_modify(first);
        std::atomic<bool> stop(false), good(true);
        std::thread reader([&] {
            while (!stop) {
                shim::UafRecord record;
                if (!(shim::uaf_read("SMITH", &record) & 1) || record.files != record.shared_files)
                    good = false;
            }
        });
        for (int i = 2; i <= 20; i++) {
            shim::UafRecord record;
            shim::uaf_read("SMITH", &record);
            record.files = record.shared_files = static_cast<uint16_t>(i);
            shim::uaf_modify(record);
        }
        stop = true;
        reader.join();
        CPPUNIT_ASSERT(good);
        shim::UafRecord record;
        shim::uaf_read("SMITH", &record);
        CPPUNIT_ASSERT_EQUAL(20, static_cast<int>(record.files));
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(UafTest);
