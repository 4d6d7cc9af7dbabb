/*
**  lnm_test - logical names: modes, lists, tables, sharing (spec 5, Appendix E 29-31)
*/
#include "low_text.h"
#include "shim_root.h"

#include <lnmdef.h>
#include <prvdef.h>
#include <psldef.h>
#include <shim_control.h>
#include <starlet.h>

#include <cppunit/extensions/HelperMacros.h>
#include <cstring>
#include <sys/wait.h>
#include <thread>

namespace {

int define(const char *table, const char *name, const std::vector<std::string> &values, int mode,
           unsigned attributes = 0)
{
    std::vector<ILE3> list;
    for (const std::string &value : values)
        low_item(list, LNM$_STRING, value.data(), value.size());
    unsigned char acmode = static_cast<unsigned char>(mode);
    return sys$crelnm(attributes ? &attributes : nullptr, low_text(table), low_text(name),
                      mode < 0 ? nullptr : &acmode, low_list(list));
}

struct Answer {
    int status, max_index;
    unsigned attributes, length;
    std::string string, table;
    int mode;
};

Answer translate(const char *table, const char *name, int mode = -1, unsigned index = 0,
                 unsigned attr = 0)
{
    struct Out {
        char string[255], table[31];
        unsigned char mode;
        unsigned short string_length, table_length;
        unsigned attributes, length, index;
        int max_index;
    };
    Out *out = static_cast<Out *>(shim::arena_get(sizeof(Out)));
    memset(out, 0, sizeof *out);
    out->index = index;
    ILE3 list[] = {{4, LNM$_INDEX, &out->index, nullptr},
                   {255, LNM$_STRING, out->string, &out->string_length},
                   {31, LNM$_TABLE, out->table, &out->table_length},
                   {4, LNM$_ATTRIBUTES, &out->attributes, nullptr},
                   {4, LNM$_LENGTH, &out->length, nullptr},
                   {1, LNM$_ACMODE, &out->mode, nullptr},
                   {4, LNM$_MAX_INDEX, &out->max_index, nullptr},
                   {0, 0, nullptr, nullptr}};
    unsigned char acmode = static_cast<unsigned char>(mode);
    Answer answer;
    answer.status = sys$trnlnm(attr ? &attr : nullptr, low_text(table), low_text(name),
                               mode < 0 ? nullptr : &acmode, low_copy(list, 8));
    answer.string.assign(out->string, out->string_length);
    answer.table.assign(out->table, out->table_length);
    answer.attributes = out->attributes;
    answer.length = out->length;
    answer.mode = out->mode;
    answer.max_index = out->max_index;
    return answer;
}

} // namespace

class LnmTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(LnmTest);
    CPPUNIT_TEST(test_process_name_shadows_system_unless_mode_is_asked);
    CPPUNIT_TEST(test_executive_mode_needs_sysnam);
    CPPUNIT_TEST(test_search_list_and_index_beyond_end);
    CPPUNIT_TEST(test_lower_case_table_is_not_found);
    CPPUNIT_TEST(test_case_blind_concerns_the_name_only);
    CPPUNIT_TEST(test_redefinition_supersedes_and_deletion_counts_modes);
    CPPUNIT_TEST(test_short_buffer_is_bufferovf);
    CPPUNIT_TEST(test_no_alias_forbids_outer_names);
    CPPUNIT_TEST(test_table_lists_are_followed_and_loops_end);
    CPPUNIT_TEST(test_invalid_arguments);
    CPPUNIT_TEST(test_privileges_of_shared_tables);
    CPPUNIT_TEST(test_created_tables_live_and_die);
    CPPUNIT_TEST(test_other_process_sees_system_not_process_names);
    CPPUNIT_TEST(test_job_table_ends_with_its_process);
    CPPUNIT_TEST(test_names_survive_a_lost_counter);
    CPPUNIT_TEST(test_seeded_process_table);
    CPPUNIT_TEST(test_threads_read_while_names_change);
    CPPUNIT_TEST_SUITE_END();

    ShimRoot *root_;

public:
    void setUp() { root_ = new ShimRoot; }
    void tearDown()
    {
        unsetenv("SHIM_LNM");
        delete root_;
    }

    void test_process_name_shadows_system_unless_mode_is_asked()
    {
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$SYSTEM", "X", {"SYS"}, PSL$C_EXEC));
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "X", {"USER"}, PSL$C_USER));
        Answer any = translate("LNM$FILE_DEV", "X");
        CPPUNIT_ASSERT_EQUAL(std::string("USER"), any.string);
        CPPUNIT_ASSERT_EQUAL(std::string("LNM$PROCESS_TABLE"), any.table);
        CPPUNIT_ASSERT_EQUAL(int(PSL$C_USER), any.mode);
        Answer trusted = translate("LNM$FILE_DEV", "X", PSL$C_EXEC);
        CPPUNIT_ASSERT_EQUAL(std::string("SYS"), trusted.string);
        CPPUNIT_ASSERT_EQUAL(std::string("LNM$SYSTEM_TABLE"), trusted.table);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("LNM$PROCESS", "X", PSL$C_EXEC).status);
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "X", {"SUPER"}, PSL$C_SUPER));
        CPPUNIT_ASSERT_EQUAL(std::string("USER"), translate("LNM$PROCESS", "X").string);
        CPPUNIT_ASSERT_EQUAL(std::string("SUPER"),
                             translate("LNM$PROCESS", "X", PSL$C_SUPER).string);
        /* nobody redirects a trusted look-up by a user-mode table name */
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS_DIRECTORY", "LNM$SYSTEM", {"LNM$PROCESS_TABLE"},
                                       PSL$C_SUPER));
        CPPUNIT_ASSERT_EQUAL(std::string("USER"), translate("LNM$SYSTEM", "X").string);
        CPPUNIT_ASSERT_EQUAL(std::string("SYS"), translate("LNM$SYSTEM", "X", PSL$C_EXEC).string);
    }

    void test_executive_mode_needs_sysnam()
    {
        shim_set_privileges(PRV$M_SYSPRV);
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$SYSTEM", "Y", {"V"}, PSL$C_EXEC));
        CPPUNIT_ASSERT_EQUAL(int(PSL$C_SUPER), translate("LNM$SYSTEM", "Y").mode);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("LNM$SYSTEM", "Y", PSL$C_EXEC).status);
        for (unsigned long long privilege : {PRV$M_SYSNAM, PRV$M_CMEXEC}) {
            shim_set_privileges(PRV$M_SYSPRV | privilege);
            define("LNM$SYSTEM", "Z", {"V"}, PSL$C_EXEC);
            CPPUNIT_ASSERT_EQUAL(int(PSL$C_EXEC), translate("LNM$SYSTEM", "Z").mode);
        }
    }

    void test_search_list_and_index_beyond_end()
    {
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "LIST", {"A", "BB", ""}, -1));
        static const struct {
            unsigned index;
            const char *string;
            bool exists;
        } table[] = {
            {0, "A", true}, {1, "BB", true}, {2, "", true}, {3, "", false}, {127, "", false}};
        for (const auto &row : table) {
            Answer answer = translate("LNM$FILE_DEV", "LIST", -1, row.index);
            CPPUNIT_ASSERT_EQUAL(1, answer.status);
            CPPUNIT_ASSERT_EQUAL(2, answer.max_index);
            CPPUNIT_ASSERT_EQUAL(std::string(row.string), answer.string);
            CPPUNIT_ASSERT_EQUAL(unsigned(strlen(row.string)), answer.length);
            CPPUNIT_ASSERT_EQUAL(row.exists, (answer.attributes & LNM$M_EXISTS) != 0);
        }
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), translate("LNM$FILE_DEV", "LIST", -1, 128).status);
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "NONE", {}, -1));
        CPPUNIT_ASSERT_EQUAL(-1, translate("LNM$FILE_DEV", "NONE").max_index);
    }

    void test_lower_case_table_is_not_found()
    {
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGTAB), translate("lnm$file_dev", "X").status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGTAB), translate("LNM$NONE", "X").status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGTAB), translate("lnm$file_dev", "X", -1, 0,
                                                          LNM$M_CASE_BLIND).status);
    }

    void test_case_blind_concerns_the_name_only()
    {
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "Mixed", {"m"}, -1));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("LNM$PROCESS", "MIXED").status);
        CPPUNIT_ASSERT_EQUAL(std::string("m"),
                             translate("LNM$PROCESS", "mIXED", -1, 0, LNM$M_CASE_BLIND).string);
        CPPUNIT_ASSERT_EQUAL(std::string("m"), translate("LNM$PROCESS", "Mixed").string);
    }

    void test_redefinition_supersedes_and_deletion_counts_modes()
    {
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "R", {"1"}, PSL$C_USER));
        CPPUNIT_ASSERT_EQUAL(int(SS$_SUPERSEDE), define("LNM$PROCESS", "R", {"2"}, PSL$C_USER));
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "R", {"S"}, PSL$C_SUPER));
        unsigned char user = PSL$C_USER, super = PSL$C_SUPER;
        CPPUNIT_ASSERT_EQUAL(1, sys$dellnm(low_text("LNM$PROCESS"), low_text("R"), &user));
        CPPUNIT_ASSERT_EQUAL(std::string("S"), translate("LNM$PROCESS", "R").string);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM),
                             sys$dellnm(low_text("LNM$PROCESS"), low_text("R"), &user));
        define("LNM$PROCESS", "R", {"2"}, PSL$C_USER);
        CPPUNIT_ASSERT_EQUAL(1, sys$dellnm(low_text("LNM$PROCESS"), low_text("R"), &super));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("LNM$PROCESS", "R").status);
        define("LNM$PROCESS", "A", {"1"}, PSL$C_USER);
        define("LNM$PROCESS", "B", {"1"}, PSL$C_EXEC);
        CPPUNIT_ASSERT_EQUAL(1, sys$dellnm(low_text("LNM$PROCESS"), nullptr, &super));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("LNM$PROCESS", "A").status);
        CPPUNIT_ASSERT_EQUAL(1, translate("LNM$PROCESS", "B").status);
    }

    void test_short_buffer_is_bufferovf()
    {
        define("LNM$PROCESS", "LONG", {"ABCDEFGH"}, -1);
        std::vector<ILE3> list;
        low_item(list, LNM$_STRING, "....", 4);
        ILE3 *items = low_list(list);
        int status = sys$trnlnm(nullptr, low_text("LNM$PROCESS"), low_text("LONG"), nullptr, items);
        CPPUNIT_ASSERT_EQUAL(int(SS$_BUFFEROVF), status);
        CPPUNIT_ASSERT_EQUAL(0, memcmp(items[0].ile3$ps_bufaddr, "ABCD", 4));
    }

    void test_no_alias_forbids_outer_names()
    {
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "N", {"u"}, PSL$C_USER));
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$PROCESS", "N", {"s"}, PSL$C_SUPER, LNM$M_NO_ALIAS));
        CPPUNIT_ASSERT_EQUAL(std::string("s"), translate("LNM$PROCESS", "N").string);
        CPPUNIT_ASSERT_EQUAL(int(SS$_DUPLNAM), define("LNM$PROCESS", "N", {"u"}, PSL$C_USER));
    }

    void test_table_lists_are_followed_and_loops_end()
    {
        CPPUNIT_ASSERT_EQUAL(1, define("LNM$SYSTEM", "ONLY_SYSTEM", {"1"}, PSL$C_SUPER));
        for (const char *table :
             {"LNM$FILE_DEV", "LNM$DCL_LOGICAL", "LNM$SYSTEM", "LNM$SYSTEM_TABLE"})
            CPPUNIT_ASSERT_EQUAL_MESSAGE(table, 1, translate(table, "ONLY_SYSTEM").status);
        define("LNM$PROCESS_DIRECTORY", "LOOP_A", {"LOOP_B"}, PSL$C_SUPER);
        define("LNM$PROCESS_DIRECTORY", "LOOP_B", {"LOOP_A"}, PSL$C_SUPER);
        CPPUNIT_ASSERT_EQUAL(int(SS$_TOOMANYLNAM), translate("LOOP_A", "X").status);
        Answer answer = translate("LNM$DIRECTORIES", "LNM$FILE_DEV");
        CPPUNIT_ASSERT_EQUAL(std::string("LNM$PROCESS"), answer.string);
        CPPUNIT_ASSERT_EQUAL(3, answer.max_index);
    }

    void test_invalid_arguments()
    {
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOGNAM), translate("LNM$FILE_DEV", "").status);
        std::string longest(256, 'X');
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOGNAM), translate("LNM$FILE_DEV", longest.c_str()).status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOGTAB), translate(longest.c_str(), "X").status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOGTAB), translate("", "X").status);
        unsigned bad = 64;
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), sys$trnlnm(&bad, low_text("LNM$FILE_DEV"),
                                                           low_text("X"), nullptr, nullptr));
        std::vector<ILE3> list;
        low_item(list, 99, "....", 4);
        define("LNM$PROCESS", "X", {"1"}, -1);
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), sys$trnlnm(nullptr, low_text("LNM$FILE_DEV"),
                                                           low_text("X"), nullptr, low_list(list)));
        CPPUNIT_ASSERT_EQUAL(int(SS$_ACCVIO),
                             sys$trnlnm(nullptr, nullptr, low_text("X"), nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(
            1, sys$trnlnm(nullptr, low_text("LNM$FILE_DEV"), low_text("X"), nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), define("LNM$PROCESS", "X", {longest}, -1));
    }

    void test_privileges_of_shared_tables()
    {
        static const struct {
            const char *table;
            unsigned long long privileges;
            int status;
        } table[] = {
            {"LNM$SYSTEM", 0, SS$_NOPRIV},       {"LNM$SYSTEM", PRV$M_SYSNAM, 1},
            {"LNM$SYSTEM", PRV$M_SYSPRV, 1},     {"LNM$SYSTEM", PRV$M_GRPNAM, SS$_NOPRIV},
            {"LNM$GROUP", 0, SS$_NOPRIV},        {"LNM$GROUP", PRV$M_GRPNAM, 1},
            {"LNM$JOB", 0, 1},                   {"LNM$PROCESS", 0, 1},
            {"LNM$FILE_DEV", 0, 1},
        };
        int number = 0;
        for (const auto &row : table) {
            shim_set_privileges(row.privileges);
            std::string name = "P" + std::to_string(number++);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.table, row.status,
                                         define(row.table, name.c_str(), {"1"}, PSL$C_SUPER));
            CPPUNIT_ASSERT_EQUAL_MESSAGE(row.table, row.status & 1 ? 1 : int(SS$_NOLOGNAM),
                                         translate(row.table, name.c_str()).status);
        }
    }

    void test_created_tables_live_and_die()
    {
        unsigned create_if = LNM$M_CREATE_IF;
        auto create = [&](const char *name, const char *parent, unsigned *attr) {
            return sys$crelnt(attr, nullptr, nullptr, nullptr, nullptr, low_text(name),
                              low_text(parent), nullptr);
        };
        CPPUNIT_ASSERT_EQUAL(int(SS$_LNMCREATED), create("mail_names", "LNM$SYSTEM_DIRECTORY", 0));
        CPPUNIT_ASSERT_EQUAL(1, define("MAIL_NAMES", "INSIDE", {"1"}, -1));
        CPPUNIT_ASSERT_EQUAL(1, create("MAIL_NAMES", "LNM$SYSTEM_DIRECTORY", &create_if));
        CPPUNIT_ASSERT_EQUAL(1, translate("MAIL_NAMES", "INSIDE").status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_LNMCREATED), create("BELOW", "MAIL_NAMES", 0));
        CPPUNIT_ASSERT_EQUAL(int(SS$_SUPERSEDE), create("MAIL_NAMES", "LNM$SYSTEM_DIRECTORY", 0));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("MAIL_NAMES", "INSIDE").status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGTAB), translate("BELOW", "X").status);
        unsigned char user = PSL$C_USER;
        CPPUNIT_ASSERT_EQUAL(
            1, sys$dellnm(low_text("LNM$SYSTEM_DIRECTORY"), low_text("MAIL_NAMES"), &user));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGTAB), translate("MAIL_NAMES", "X").status);
        shim_set_privileges(0);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOPRIV), create("T", "LNM$SYSTEM_DIRECTORY", 0));
        dsc$descriptor_s *result = low_text(std::string(31, '.'));
        unsigned short length = 0;
        CPPUNIT_ASSERT_EQUAL(int(SS$_LNMCREATED),
                             sys$crelnt(nullptr, result, &length, nullptr, nullptr, nullptr,
                                        low_text("LNM$PROCESS_DIRECTORY"), nullptr));
        std::string made(result->dsc$a_pointer, length);
        CPPUNIT_ASSERT_EQUAL(1, define(made.c_str(), "X", {"1"}, -1));
    }

    void test_other_process_sees_system_not_process_names()
    {
        define("LNM$PROCESS", "MINE", {"1"}, -1);
        define("LNM$SYSTEM", "OURS", {"old"}, PSL$C_SUPER);
        int ready[2], done[2];
        CPPUNIT_ASSERT(pipe(ready) == 0 && pipe(done) == 0);
        pid_t child = fork();
        if (child == 0) {
            char c;
            bool good = translate("LNM$FILE_DEV", "OURS").string == "old";
            if (write(ready[1], "x", 1) != 1 || read(done[0], &c, 1) != 1)
                _exit(1);
            good = good && translate("LNM$FILE_DEV", "OURS").string == "new";
            define("LNM$SYSTEM", "THEIRS", {"1"}, PSL$C_SUPER);
            _exit(good ? 0 : 2);
        }
        char c;
        CPPUNIT_ASSERT_EQUAL(ssize_t(1), read(ready[0], &c, 1));
        define("LNM$SYSTEM", "OURS", {"new"}, PSL$C_SUPER);
        CPPUNIT_ASSERT_EQUAL(ssize_t(1), write(done[1], "x", 1));
        int status;
        waitpid(child, &status, 0);
        CPPUNIT_ASSERT_EQUAL(0, status);
        CPPUNIT_ASSERT_EQUAL(1, translate("LNM$FILE_DEV", "THEIRS").status);
        for (int fd : {ready[0], ready[1], done[0], done[1]})
            close(fd);
    }

    void test_job_table_ends_with_its_process()
    {
        pid_t child = fork();
        if (child == 0) {
            define("LNM$JOB", "J", {"1"}, -1);
            std::string table = translate("LNM$JOB", "J").table;
            FILE *file = fopen((root_->path() + "/job").c_str(), "w");
            fputs(table.c_str(), file);
            fclose(file);
            _exit(0); /* as after a kill: nothing is tidied */
        }
        waitpid(child, nullptr, 0);
        char table[64] = "";
        FILE *file = fopen((root_->path() + "/job").c_str(), "r");
        CPPUNIT_ASSERT(file && fgets(table, sizeof table, file));
        fclose(file);
        CPPUNIT_ASSERT_EQUAL(1, translate(table, "J").status);
        define("LNM$SYSTEM", "ANY", {"1"}, PSL$C_SUPER);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGTAB), translate(table, "J").status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("LNM$JOB", "J").status);
    }

    void test_names_survive_a_lost_counter()
    {
        define("LNM$SYSTEM", "KEPT", {"1"}, PSL$C_SUPER);
        define("LNM$SYSTEM", "KEPT2", {"1"}, PSL$C_SUPER);
        unlink(shim::store_path("system.page").c_str());
        shim::change_root(root_->path());
        CPPUNIT_ASSERT_EQUAL(1, translate("LNM$SYSTEM", "KEPT2").status);
        define("LNM$SYSTEM", "KEPT2", {"2"}, PSL$C_SUPER);
        CPPUNIT_ASSERT_EQUAL(std::string("2"), translate("LNM$SYSTEM", "KEPT2").string);
        shim::clear_shared_names();
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOLOGNAM), translate("LNM$SYSTEM", "KEPT").status);
        CPPUNIT_ASSERT_EQUAL(1, translate("LNM$SYSTEM", "SYS$TIMEZONE_DIFFERENTIAL").status);
    }

    void test_seeded_process_table()
    {
        std::string seed = shim::seed_names({{"SYS$NET", "BG1:"}, {"LIST", "A=1;2", "B"}});
        setenv("SHIM_LNM", seed.c_str() + strlen("SHIM_LNM="), 1);
        shim::change_root(root_->path());
        CPPUNIT_ASSERT_EQUAL(std::string("BG1:"), translate("LNM$FILE_DEV", "SYS$NET").string);
        CPPUNIT_ASSERT_EQUAL(std::string("A=1;2"), translate("LNM$FILE_DEV", "LIST").string);
        CPPUNIT_ASSERT_EQUAL(std::string("B"), translate("LNM$FILE_DEV", "LIST", -1, 1).string);
        CPPUNIT_ASSERT_EQUAL(int(PSL$C_SUPER), translate("LNM$FILE_DEV", "LIST").mode);
    }

    void test_threads_read_while_names_change()
    {
        define("LNM$SYSTEM", "STEADY", {"yes"}, PSL$C_SUPER);
        std::atomic<bool> stop{false};
        std::atomic<int> wrong{0};
        std::vector<std::thread> readers;
        for (int i = 0; i < 4; ++i)
            readers.emplace_back([&] {
                while (!stop)
                    if (translate("LNM$FILE_DEV", "STEADY").string != "yes")
                        ++wrong;
            });
        for (int i = 0; i < 50; ++i) {
            define("LNM$SYSTEM", "MOVING", {std::to_string(i)}, PSL$C_SUPER);
            define("LNM$PROCESS", "MOVING", {std::to_string(i)}, PSL$C_SUPER);
            if (translate("LNM$PROCESS", "MOVING").string != std::to_string(i))
                ++wrong;
        }
        stop = true;
        for (std::thread &reader : readers)
            reader.join();
        CPPUNIT_ASSERT_EQUAL(0, wrong.load());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(LnmTest);
