/*
**  process_table_test - identities, privileges, waking, starting and ending (spec 4.7, 7.2)
*/
#include "low_text.h"
#include "shim_root.h"

#include <jpidef.h>
#include <prcdef.h>
#include <rmsdef.h>
#include <prvdef.h>
#include <shim_control.h>
#include <starlet.h>
#include <syidef.h>
#include <tcpip$inetdef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>

namespace {

const uint64_t PRIVILEGES = PRV$M_TMPMBX | PRV$M_NETMBX | PRV$M_OPER;

/* What a started process finds; see ProcessProbe below. */
std::string read_file(const std::string &path)
{
    std::string all;
    FILE *file = fopen(path.c_str(), "r");
    for (int c; file && (c = getc(file)) != EOF;)
        all.push_back(static_cast<char>(c));
    if (file)
        fclose(file);
    return all;
}

bool wait_for_file(const std::string &path)
{
    for (int i = 0; i < 2000; ++i) {
        if (!read_file(path).empty())
            return true;
        usleep(2000);
    }
    return false;
}

void write_file(const std::string &path, const std::string &text)
{
    FILE *file = fopen((path + ".new").c_str(), "w");
    fputs(text.c_str(), file);
    fclose(file);
    rename((path + ".new").c_str(), path.c_str());
}

std::string probe_path;

void at_exit(unsigned *status, const char *note)
{
    write_file(probe_path + ".exit", std::to_string(*status) + " " + note);
}

} // namespace

/* Runs in the processes that ProcessTableTest starts; does nothing in the suite itself. */
class ProcessProbe : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProcessProbe);
    CPPUNIT_TEST(test_probe);
    CPPUNIT_TEST_SUITE_END();

    static std::string identity()
    {
        shim::Identity me = shim::self();
        char text[300];
        snprintf(text, sizeof text, "%s %x %s %u %llx %llx", me.user.c_str(), me.uic,
                 me.process_name.c_str(), me.mode, static_cast<unsigned long long>(me.authorized),
                 static_cast<unsigned long long>(me.current));
        return text;
    }

public:
    void test_probe()
    {
        const char *path = getenv("TEST_PROBE"), *mode = getenv("TEST_PROBE_MODE");
        if (!path || !mode)
            return;
        probe_path = path;
        write_file(probe_path, identity());
        if (strcmp(mode, "hiber") == 0) {
            sys$hiber();
            write_file(probe_path + ".woken", "yes");
        } else if (strcmp(mode, "fault") == 0) {
            std::string seen;
            for (int i = 0; i < 4; ++i) {
                GENERIC_64 mask;
                seen += std::to_string(sys$setprv(1, nullptr, 0, &mask)) + " ";
            }
            write_file(probe_path + ".seen", seen);
        } else if (strcmp(mode, "exit") == 0) {
            static struct {
                void *link;
                void (*handler)(unsigned *, const char *);
                unsigned count;
                unsigned *status;
                const char *note;
            } block;
            static unsigned status;
            block.handler = at_exit;
            block.count = 2;
            block.status = &status;
            block.note = "tidied";
            sys$dclexh(&block);
            write_file(probe_path + ".ready", "yes");
            for (;;)
                pause();
        }
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(ProcessProbe);

class ProcessTableTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ProcessTableTest);
    CPPUNIT_TEST(test_by_hand_is_system_with_all_privileges);
    CPPUNIT_TEST(test_setprv_grants_authorised_privileges_only);
    CPPUNIT_TEST(test_persona_of_one_thread_only);
    CPPUNIT_TEST(test_started_process_has_its_identity);
    CPPUNIT_TEST(test_start_errors);
    CPPUNIT_TEST(test_image_of_a_procedure_is_the_same_process);
    CPPUNIT_TEST(test_environment_faults_and_trace);
    CPPUNIT_TEST(test_dead_process_leaves_the_table);
    CPPUNIT_TEST(test_getjpi_items);
    CPPUNIT_TEST(test_getjpi_errors);
    CPPUNIT_TEST(test_getjpi_wildcard_ends);
    CPPUNIT_TEST(test_getsyi_items_and_sysgen_file);
    CPPUNIT_TEST(test_setprn_refuses_a_name_in_use);
    CPPUNIT_TEST(test_wake_is_kept_and_crosses_processes);
    CPPUNIT_TEST(test_schdwk_follows_the_clock);
    CPPUNIT_TEST(test_forcex_runs_exit_handlers);
    CPPUNIT_TEST(test_creprc_and_delprc);
    CPPUNIT_TEST(test_auxs_socket_is_the_inherited_one);
    CPPUNIT_TEST_SUITE_END();

    ShimRoot *root_;
    std::vector<int> children_;

    std::string probe() const { return root_->path() + "/probe"; }

    shim::Start start(const char *mode) const
    {
        shim::Start made;
        char self[4096];
        ssize_t length = readlink("/proc/self/exe", self, sizeof self);
        made.image.assign(self, static_cast<size_t>(length));
        made.arguments.push_back("ProcessProbe");
        made.process_name = "PROBE";
        made.user = "smith";
        made.uic = 0x800081;
        made.privileges = PRIVILEGES;
        made.mode = 1;
        made.extra.push_back("TEST_PROBE=" + probe());
        made.extra.push_back(std::string("TEST_PROBE_MODE=") + mode);
        return made;
    }
    uint32_t run(const shim::Start &given, int *host)
    {
        uint32_t pid = 0;
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NORMAL), shim::start_process(given, &pid, host));
        children_.push_back(*host);
        return pid;
    }
    static int getjpi(unsigned *pid, const char *name, ILE3 *items)
    {
        IOSB iosb = {};
        int status = sys$getjpiw(128, pid, name ? low_text(name) : nullptr, items, &iosb, 0, 0);
        CPPUNIT_ASSERT_EQUAL(status, int(iosb.iosb$l_getxxi_status));
        return status;
    }

public:
    void setUp() { root_ = new ShimRoot; }
    void tearDown()
    {
        for (int child : children_) {
            kill(child, SIGKILL);
            waitpid(child, nullptr, 0);
        }
        children_.clear();
        unsetenv("SHIM_SYSNET");
        delete root_;
    }

    void test_by_hand_is_system_with_all_privileges()
    {
        shim::Identity me = shim::self();
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), me.user);
        CPPUNIT_ASSERT_EQUAL(0x10004u, me.uic);
        CPPUNIT_ASSERT_EQUAL(3u, me.mode);
        CPPUNIT_ASSERT(shim::privileged(PRV$M_SECURITY));
        CPPUNIT_ASSERT(me.pid > 0x20200000);
    }

    void test_setprv_grants_authorised_privileges_only()
    {
        shim::Identity limited = shim::self();
        limited.authorized = PRV$M_OPER | PRV$M_SYSPRV;
        limited.current = PRV$M_OPER;
        shim::assume_identity(&limited);
        GENERIC_64 ask, before;
        static const struct {
            char enable;
            unsigned long long mask;
            int status;
            unsigned long long after;
        } table[] = {
            {1, PRV$M_SYSPRV, SS$_NORMAL, PRV$M_OPER | PRV$M_SYSPRV},
            {1, PRV$M_SYSPRV | PRV$M_BYPASS, SS$_NOTALLPRIV, PRV$M_OPER | PRV$M_SYSPRV},
            {0, PRV$M_SYSPRV | PRV$M_BYPASS, SS$_NORMAL, PRV$M_OPER},
            {1, PRV$M_SETPRV, SS$_NOTALLPRIV, PRV$M_OPER},
        };
        for (const auto &row : table) {
            uint64_t was = shim::self().current;
            ask.gen64$q_quadword = row.mask;
            CPPUNIT_ASSERT_EQUAL(row.status, sys$setprv(row.enable, &ask, 0, &before));
            CPPUNIT_ASSERT_EQUAL(static_cast<uint64_t>(row.after), shim::self().current);
            CPPUNIT_ASSERT_EQUAL(was, static_cast<uint64_t>(before.gen64$q_quadword));
        }
        CPPUNIT_ASSERT(SS$_NOTALLPRIV & 1);
        shim::assume_identity(nullptr);
        CPPUNIT_ASSERT(shim::privileged(PRV$M_BYPASS));
    }

    void test_persona_of_one_thread_only()
    {
        shim::Identity other = shim::self();
        other.user = "JONES";
        other.current = 0;
        shim::assume_identity(&other);
        CPPUNIT_ASSERT_EQUAL(std::string("JONES"), shim::self().user);
        CPPUNIT_ASSERT(!shim::privileged(PRV$M_OPER));
        std::string seen;
        std::thread([&] { seen = shim::self().user; }).join();
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), seen);
        shim::assume_identity(nullptr);
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM"), shim::self().user);
    }

    void test_started_process_has_its_identity()
    {
        shim::Start given = start("identity");
        given.enabled = PRV$M_TMPMBX;
        int host;
        uint32_t pid = run(given, &host);
        shim::ProcessEntry entry;
        CPPUNIT_ASSERT(shim::find_process(pid, &entry));
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH"), entry.identity.user);
        CPPUNIT_ASSERT_EQUAL(host, entry.host_pid);
        int status;
        waitpid(host, &status, 0);
        CPPUNIT_ASSERT_EQUAL(0, status);
        CPPUNIT_ASSERT_EQUAL(std::string("SMITH 800081 PROBE 1 148000 8000"), read_file(probe()));
        CPPUNIT_ASSERT(!shim::find_process(pid, &entry));
    }

    void test_start_errors()
    {
        shim::Start given = start("identity");
        given.image = "/nonexistent";
        uint32_t pid;
        int host;
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NOSUCHFILE), shim::start_process(given, &pid, &host));
        given.image = "/etc/passwd";
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_NOPRIV), shim::start_process(given, &pid, &host));
        given = start("hiber");
        run(given, &host);
        CPPUNIT_ASSERT_EQUAL(unsigned(SS$_DUPLNAM), shim::start_process(given, &pid, &host));
        given.uic = 0x900001; /* another group may use the name */
        run(given, &host);
    }

    void test_image_of_a_procedure_is_the_same_process()
    {
        shim::Start given = start("hiber");
        write_file(root_->path() + "/procedure",
                   "#!/bin/sh\n" + given.image + " ProcessProbe\nexit 3\n");
        chmod((root_->path() + "/procedure").c_str(), 0755);
        given.image = root_->path() + "/procedure";
        given.arguments.clear();
        size_t before = shim::list_processes().size();
        int host;
        unsigned pid = run(given, &host);
        CPPUNIT_ASSERT(wait_for_file(probe()));
        CPPUNIT_ASSERT_EQUAL(before + 1, shim::list_processes().size());
        shim::ProcessEntry entry;
        CPPUNIT_ASSERT(shim::find_process(pid, &entry));
        CPPUNIT_ASSERT_EQUAL(std::string("SHIM_TEST"), entry.image);
        CPPUNIT_ASSERT_EQUAL(1, sys$wake(&pid, nullptr));
        int status;
        waitpid(host, &status, 0);
        CPPUNIT_ASSERT_EQUAL(3, WEXITSTATUS(status));
        CPPUNIT_ASSERT_EQUAL(std::string("yes"), read_file(probe() + ".woken"));
    }

    void test_environment_faults_and_trace()
    {
        shim::Start given = start("fault");
        given.extra.push_back("SHIM_FAULT=PRO%E:sys$setprv:2:2:36;OTHER:sys$setprv:1:0:44");
        given.extra.push_back("SHIM_TRACE=" + root_->path() + "/trace");
        int host;
        run(given, &host);
        waitpid(host, nullptr, 0);
        CPPUNIT_ASSERT_EQUAL(std::string("1 36 36 1 "), read_file(probe() + ".seen"));
        std::string trace = read_file(root_->path() + "/trace");
        CPPUNIT_ASSERT(trace.find("sys$setprv forced to 36") != std::string::npos);
        CPPUNIT_ASSERT(trace.find(" SHIM_TEST ") != std::string::npos);
    }

    void test_dead_process_leaves_the_table()
    {
        size_t before = shim::list_processes().size();
        int host;
        uint32_t pid = run(start("hiber"), &host);
        CPPUNIT_ASSERT(wait_for_file(probe()));
        kill(host, SIGKILL);
        siginfo_t info;
        waitid(P_PID, static_cast<id_t>(host), &info, WEXITED | WNOWAIT); /* a zombie is dead too */
        shim::ProcessEntry entry;
        CPPUNIT_ASSERT(!shim::find_process(pid, &entry));
        CPPUNIT_ASSERT_EQUAL(before, shim::list_processes().size());
        uint32_t next = run(start("hiber"), &host); /* the name is free again */
        CPPUNIT_ASSERT(next != pid);
    }

    void test_getjpi_items()
    {
        std::vector<ILE3> list;
        unsigned short *length = low_copy(&list.emplace_back().ile3$w_length, 1);
        list.clear();
        const char blanks[20] = "";
        char *user = static_cast<char *>(low_item(list, JPI$_USERNAME, blanks, 12));
        char *name = static_cast<char *>(low_item(list, JPI$_PRCNAM, blanks, 15, length));
        unsigned *uic = static_cast<unsigned *>(low_item(list, JPI$_UIC, blanks, 4));
        unsigned *mode = static_cast<unsigned *>(low_item(list, JPI$_MODE, blanks, 4));
        unsigned *pid = static_cast<unsigned *>(low_item(list, JPI$_PID, blanks, 4));
        void *current = low_item(list, JPI$_CURPRIV, blanks, 8);
        CPPUNIT_ASSERT_EQUAL(1, getjpi(nullptr, nullptr, low_list(list)));
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM      "), std::string(user, 12));
        CPPUNIT_ASSERT_EQUAL(shim::self().process_name, std::string(name, *length));
        CPPUNIT_ASSERT_EQUAL(0x10004u, *uic);
        CPPUNIT_ASSERT_EQUAL(unsigned(JPI$K_INTERACTIVE), *mode);
        CPPUNIT_ASSERT_EQUAL(shim::self().pid, *pid);
        uint64_t mask;
        memcpy(&mask, current, sizeof mask);
        CPPUNIT_ASSERT_EQUAL(shim::self().current, mask);
        unsigned id = 0;
        CPPUNIT_ASSERT_EQUAL(1, getjpi(&id, shim::self().process_name.c_str(), low_list(list)));
        CPPUNIT_ASSERT_EQUAL(shim::self().pid, id);
    }

    void test_getjpi_errors()
    {
        unsigned wrong = 0x20200000;
        CPPUNIT_ASSERT_EQUAL(int(SS$_NONEXPR), getjpi(&wrong, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NONEXPR), getjpi(nullptr, "NOBODY", nullptr));
        std::vector<ILE3> list;
        low_item(list, 9999, "....", 4);
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM), getjpi(nullptr, nullptr, low_list(list)));
        int host;
        unsigned pid = run(start("hiber"), &host);
        CPPUNIT_ASSERT_EQUAL(1, getjpi(&pid, nullptr, nullptr));
        shim_set_privileges(PRV$M_GROUP);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOPRIV), getjpi(&pid, nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOPRIV), sys$delprc(&pid, nullptr));
    }

    void test_getjpi_wildcard_ends()
    {
        int host;
        shim::Start given = start("hiber");
        run(given, &host);
        given.process_name = "PROBE_2";
        run(given, &host);
        unsigned context = 0xFFFFFFFF;
        std::vector<ILE3> list;
        unsigned *pid = static_cast<unsigned *>(low_item(list, JPI$_PID, "....", 4));
        std::vector<unsigned> seen;
        int status;
        while ((status = getjpi(&context, nullptr, low_list(list))) & 1)
            seen.push_back(*pid);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOMOREPROC), status);
        CPPUNIT_ASSERT_EQUAL(size_t(3), seen.size());
        CPPUNIT_ASSERT(seen[0] != seen[1] && seen[1] != seen[2]);
    }

    void test_getsyi_items_and_sysgen_file()
    {
        write_file(shim::store_path("node"), "vmsone\n");
        write_file(shim::store_path("sysgen"), "LGI_BRK_LIM 9\nLGI_HID_TIM 60\n");
        std::vector<ILE3> list;
        unsigned short none = 0, *length = low_copy(&none, 1);
        char *node = static_cast<char *>(low_item(list, SYI$_SCSNODE, "........", 8, length));
        unsigned *limit = static_cast<unsigned *>(low_item(list, SYI$_LGI_BRK_LIM, "....", 4));
        unsigned *time = static_cast<unsigned *>(low_item(list, SYI$_LGI_BRK_TMO, "....", 4));
        IOSB iosb = {};
        CPPUNIT_ASSERT_EQUAL(1, sys$getsyiw(128, 0, 0, low_list(list), &iosb, 0, 0));
        CPPUNIT_ASSERT_EQUAL(std::string("VMSONE"), std::string(node, *length));
        CPPUNIT_ASSERT_EQUAL(9u, *limit);
        CPPUNIT_ASSERT_EQUAL(300u, *time);
        CPPUNIT_ASSERT_EQUAL(1u, iosb.iosb$l_getxxi_status);
        CPPUNIT_ASSERT_EQUAL(int(SS$_NOSUCHNODE),
                             sys$getsyiw(128, 0, low_text("OTHER"), low_list(list), &iosb, 0, 0));
        list.clear();
        low_item(list, 1, "....", 4);
        CPPUNIT_ASSERT_EQUAL(int(SS$_BADPARAM),
                             sys$getsyiw(128, 0, 0, low_list(list), &iosb, 0, 0));
    }

    void test_setprn_refuses_a_name_in_use()
    {
        int host;
        shim::Start given = start("hiber");
        given.uic = 0x10007; /* our group */
        run(given, &host);
        CPPUNIT_ASSERT_EQUAL(int(SS$_DUPLNAM), sys$setprn(low_text("PROBE")));
        CPPUNIT_ASSERT_EQUAL(1, sys$setprn(low_text("Mixed Case")));
        CPPUNIT_ASSERT_EQUAL(std::string("Mixed Case"), shim::self().process_name);
        CPPUNIT_ASSERT_EQUAL(int(SS$_IVLOGNAM), sys$setprn(low_text("SIXTEEN_LETTERS_")));
    }

    void test_wake_is_kept_and_crosses_processes()
    {
        CPPUNIT_ASSERT_EQUAL(1, sys$wake(nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(1, sys$wake(nullptr, nullptr));
        CPPUNIT_ASSERT_EQUAL(1, sys$hiber());
        int host;
        unsigned pid = run(start("hiber"), &host);
        CPPUNIT_ASSERT(wait_for_file(probe()));
        CPPUNIT_ASSERT_EQUAL(1, sys$wake(&pid, nullptr));
        CPPUNIT_ASSERT(wait_for_file(probe() + ".woken"));
    }

    void test_schdwk_follows_the_clock()
    {
        GENERIC_64 delta;
        delta.gen64$q_quadword = static_cast<unsigned long long>(-30 * 600000000ll);
        CPPUNIT_ASSERT_EQUAL(1, sys$schdwk(nullptr, nullptr, &delta, nullptr));
        std::thread mover([] {
            usleep(20000);
            shim::move_clock(30 * 600000000ll);
        });
        CPPUNIT_ASSERT_EQUAL(1, sys$hiber());
        mover.join();
        CPPUNIT_ASSERT_EQUAL(1, sys$schdwk(nullptr, nullptr, &delta, nullptr));
        CPPUNIT_ASSERT_EQUAL(1, sys$canwak(nullptr, nullptr));
    }

    void test_forcex_runs_exit_handlers()
    {
        int host;
        unsigned pid = run(start("exit"), &host);
        CPPUNIT_ASSERT(wait_for_file(probe() + ".ready"));
        CPPUNIT_ASSERT_EQUAL(1, sys$forcex(&pid, nullptr, SS$_ABORT));
        int status;
        waitpid(host, &status, 0);
        CPPUNIT_ASSERT_EQUAL(1, WEXITSTATUS(status));
        CPPUNIT_ASSERT_EQUAL(std::string("44 tidied"), read_file(probe() + ".exit"));
    }

    void test_creprc_and_delprc()
    {
        unsigned pid = 0;
        write_file(root_->path() + "/run", "#!/bin/sh\necho $SHIM_USER $SHIM_MODE\nsleep 100\n");
        CPPUNIT_ASSERT_EQUAL(0, chmod((root_->path() + "/run").c_str(), 0755));
        CPPUNIT_ASSERT_EQUAL(
            1, sys$creprc(&pid, low_text(root_->path() + "/run"), nullptr, low_text(probe()),
                          nullptr, nullptr, nullptr, low_text("CREATED"), 4, 0, 0, PRC$M_NETWRK,
                          nullptr, nullptr));
        CPPUNIT_ASSERT(wait_for_file(probe()));
        CPPUNIT_ASSERT_EQUAL(std::string("SYSTEM 1\n"), read_file(probe()));
        CPPUNIT_ASSERT_EQUAL(1, sys$delprc(&pid, nullptr));
        shim::ProcessEntry entry;
        for (int i = 0; i < 1000 && shim::find_process(pid, &entry); ++i)
            usleep(1000);
        CPPUNIT_ASSERT(!shim::find_process(pid, &entry));
        CPPUNIT_ASSERT_EQUAL(int(RMS$_DEV), /* no system disk here */
                             sys$creprc(&pid, low_text("SYS$SYSTEM:LOGINOUT.EXE"), nullptr, nullptr,
                                        nullptr, nullptr, nullptr, nullptr, 4, 0, 0, 0, nullptr,
                                        nullptr));
    }

    void test_auxs_socket_is_the_inherited_one()
    {
        CPPUNIT_ASSERT_EQUAL(-1, socket(TCPIP$C_AUXS, SOCK_STREAM, 0));
        CPPUNIT_ASSERT_EQUAL(ENODEV, errno);
        int ends[2];
        CPPUNIT_ASSERT_EQUAL(0, socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
        setenv("SHIM_SYSNET", std::to_string(ends[0]).c_str(), 1);
        int given = socket(TCPIP$C_AUXS, SOCK_STREAM, 0);
        CPPUNIT_ASSERT(given > 2 && given != ends[0]);
        char c = 0;
        CPPUNIT_ASSERT(write(given, "x", 1) == 1 && read(ends[1], &c, 1) == 1 && c == 'x');
        CPPUNIT_ASSERT_EQUAL(-1, socket(TCPIP$C_AUXS, SOCK_DGRAM, 0));
        int plain = socket(AF_INET, SOCK_STREAM, 0);
        CPPUNIT_ASSERT(plain >= 0);
        for (int fd : {given, plain, ends[0], ends[1]})
            close(fd);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ProcessTableTest);
