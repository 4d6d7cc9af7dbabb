/*
**  ivp_command_test - the command line of TCPIP$MAIL_IVP, and its run against servers of our own
*/
#include "ivp_command.h"

#include "VMS/recfile.h"
#include "VMS/thread.h"
#include "scratch_root.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

namespace {

/* Says its lines, one for each line that it gets, in as many sessions as there are scripts. */
class Server {
public:
    Server() : listener_(-1)
    {
        NetAddress address;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address));
        CPPUNIT_ASSERT(net_listen(address, 5, &listener_).ok());
        CPPUNIT_ASSERT(net_local(listener_, &address_).ok());
    }
    ~Server()
    {
        thread_.join();
        net_close(listener_);
    }
    void script(const std::string &lines) { scripts_.push_back(lines); }
    void start() { CPPUNIT_ASSERT(thread_.start(run, this).ok()); }
    const NetAddress &address() const { return address_; }

private:
    static void run(void *server)
    {
        Server *self = static_cast<Server *>(server);
        for (size_t i = 0; i < self->scripts_.size(); ++i)
            self->session(self->scripts_[i]);
    }
    void session(const std::string &lines)
    {
        NetAddress peer;
        int fd = -1;
        if (net_wait_readable(listener_, 60000) != 1 || !net_accept(listener_, &fd, &peer).ok())
            return;
        char buffer[512];
        size_t count = 1;
        for (size_t at = 0; at < lines.size() && count;) {
            size_t end = lines.find('|', at);
            std::string answer = lines.substr(at, end - at);
            at = end == std::string::npos ? lines.size() : end + 1;
            if (!net_write(fd, answer.data(), answer.size(), 60000).ok() ||
                !net_read(fd, buffer, sizeof buffer, 60000, &count).ok())
                break;
        }
        net_close(fd);
    }
    int listener_;
    NetAddress address_;
    std::vector<std::string> scripts_;
    Thread thread_;
};

#define LOGIN "+OK ready\r\n|-ERR\r\n|+OK\r\n|+OK\r\n|"
#define HEADER "+OK 1 9\r\n|+OK\r\nSubject: token\r\n\r\n"
#define ENDS ".\r\n|+OK\r\n|+OK\r\n"

} // namespace

class IvpCommandTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(IvpCommandTest);
    CPPUNIT_TEST(test_command_lines);
    CPPUNIT_TEST(test_where_cleartext_is_refused);
    CPPUNIT_TEST(test_runs);
    CPPUNIT_TEST(test_arrives_later);
    CPPUNIT_TEST(test_no_server_no_file);
    CPPUNIT_TEST_SUITE_END();

    ScratchRoot root_;

    IvpCommand command(const NetAddress &server)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create("SYS$SYSDEVICE:[000000]SENT.TXT", "").ok());
        CPPUNIT_ASSERT(writer.write("one").ok() && writer.write(".two").ok());
        CPPUNIT_ASSERT(writer.close().ok());
        IvpCommand made;
        made.server = server;
        made.user = "TCPIP$IVP";
        made.password = "secret";
        made.subject = "token";
        made.file = "SYS$SYSDEVICE:[000000]SENT.TXT";
        return made;
    }

public:
    void test_command_lines()
    {
        struct {
            const char *words[8];
            bool good;
        } rows[] = {
            {{"127.0.0.1", "110", "U", "p", "s", "f", "60", 0}, true},
            {{"::1", "65535", "U", "p", "s", "f", "0", 0}, true},
            {{"127.0.0.1", "110", "U", "p", "s", "f", 0}, false},
            {{"127.0.0.1", "110", "U", "p", "s", "f", "60", "more"}, false},
            {{"localhost", "110", "U", "p", "s", "f", "60", 0}, false},
            {{"127.0.0.1", "0", "U", "p", "s", "f", "60", 0}, false},
            {{"127.0.0.1", "65536", "U", "p", "s", "f", "60", 0}, false},
            {{"127.0.0.1", "110", "U", "p", "s", "f", "3601", 0}, false},
            {{"127.0.0.1", "110", "", "p", "s", "f", "60", 0}, false},
            {{"127.0.0.1", "110", "U", "p\r\nDELE 1", "s", "f", "60", 0}, false},
            {{0}, false},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            std::vector<std::string> words;
            for (size_t w = 0; w < 8 && rows[i].words[w]; ++w)
                words.push_back(rows[i].words[w]);
            IvpCommand made;
            CPPUNIT_ASSERT_EQUAL(rows[i].good, ivp_parse(words, &made));
            if (!rows[i].good)
                continue;
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].words[0]), net_text(made.server));
            CPPUNIT_ASSERT_EQUAL(std::string("U"), made.user);
            CPPUNIT_ASSERT_EQUAL(std::string("p"), made.password);
            CPPUNIT_ASSERT_EQUAL(std::string("s"), made.subject);
            CPPUNIT_ASSERT_EQUAL(std::string("f"), made.file);
        }
    }

    void test_where_cleartext_is_refused()
    {
        Settings settings;
        IvpCommand made;
        made.server.port = 110;
        ivp_apply(settings, &made);
        CPPUNIT_ASSERT(!made.tls && made.server.port == 110);
        CPPUNIT_ASSERT(settings.set(P_POP_DISABLE_CLEARTEXT, "1", ORIGIN_TEST, "", 0));
        ivp_apply(settings, &made);
        CPPUNIT_ASSERT(made.tls && made.server.port == 995);
    }

    void test_runs()
    {
        struct {
            const char *server, *problem;
        } rows[] = {
            {LOGIN HEADER "one\r\n..two\r\n" ENDS, ""},
            {LOGIN HEADER "one\r\n" ENDS,
             "%TCPIP-E-IVPDIFFERS, the message that POP brought differs: it has 1 lines, "
             "sent were 2"},
            {LOGIN "+OK 0 0\r\n|+OK\r\n",
             "%TCPIP-E-IVPWAIT, the message has not arrived within 0 seconds"},
            {"+OK\r\n|-ERR\r\n|+OK\r\n|-ERR wrong\r\n",
             "%TCPIP-E-IVPREFUSED, the POP server refused PASS: -ERR wrong"},
            {"+OK\r\n|-ERR\r\n|+OK\r\n", "%TCPIP-E-IVPCUT, waiting for the answer to PASS: "},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            Server server;
            server.script(rows[i].server);
            server.start();
            std::string problem;
            bool good = ivp_run(command(server.address()), &problem);
            std::string wanted = rows[i].problem;
            size_t compared = wanted.empty() ? problem.size() : wanted.size();
            CPPUNIT_ASSERT_EQUAL(wanted, problem.substr(0, compared));
            CPPUNIT_ASSERT_EQUAL(wanted.empty(), good);
        }
    }

    void test_arrives_later()
    {
        Server server;
        server.script(LOGIN "+OK 0 0\r\n|+OK\r\n");
        server.script(LOGIN HEADER "one\r\n..two\r\n" ENDS);
        server.start();
        IvpCommand wanted = command(server.address());
        wanted.seconds = 60;
        std::string problem;
        bool good = ivp_run(wanted, &problem);
        CPPUNIT_ASSERT_EQUAL(std::string(""), problem);
        CPPUNIT_ASSERT(good);
    }

    void test_no_server_no_file()
    {
        NetAddress address;
        std::string problem;
        {
            Server closed; /* nobody listens at its port any more when it is gone */
            address = closed.address();
        }
        CPPUNIT_ASSERT(!ivp_run(command(address), &problem));
        std::string start = "%TCPIP-E-IVPCONNECT, no connection to the POP server at " +
                            net_endpoint_text(address) + ": ";
        CPPUNIT_ASSERT_EQUAL(start, problem.substr(0, start.size()));
        IvpCommand lost = command(address);
        lost.file = "SYS$SYSDEVICE:[000000]NOTHING.TXT";
        problem.clear();
        CPPUNIT_ASSERT(!ivp_run(lost, &problem));
        CPPUNIT_ASSERT_EQUAL(std::string("%TCPIP-E-IVPFILE, cannot read what was sent, "),
                             problem.substr(0, 45));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(IvpCommandTest);
