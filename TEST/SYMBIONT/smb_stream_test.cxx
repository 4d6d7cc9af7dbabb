/*
**  smb_stream_test - the symbiont under the real job controller: streams, tasks, stops
**
**  The image TCPIP$SMTP_SYMBIONT.EXE is started by the job controller of a scratch system.
*/
#include "symbiont_fixture.h"

#include "VMS/logical.h"
#include "VMS/mailstore.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

using namespace mail;

class SmbStreamTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(SmbStreamTest);
    CPPUNIT_TEST(test_jobs_of_several_queues_are_done);
    CPPUNIT_TEST(test_deleted_entry_stops_its_task);
    CPPUNIT_TEST(test_slow_destination_holds_up_nobody);
    CPPUNIT_TEST(test_sixteen_streams_work_at_once);
    CPPUNIT_TEST(test_reset_stream_puts_the_entry_back);
    CPPUNIT_TEST(test_slow_destination_never_has_all_streams);
    CPPUNIT_TEST(test_stopping_a_busy_stream_holds_up_nobody);
    CPPUNIT_TEST_SUITE_END();

    /* Installs the image and starts `count` queues of it. */
    void start_queues(int count)
    {
        std::string image = root_->path() + "/VMS$COMMON/SYSEXE/TCPIP$SMTP_SYMBIONT.EXE;1";
        CPPUNIT_ASSERT_EQUAL(0, symlink((test_bin() + "/TCPIP$SMTP_SYMBIONT.EXE").c_str(),
                                         image.c_str()));
        std::vector<std::string> targets;
        for (int i = 1; i <= count; ++i) {
            char name[32];
            snprintf(name, sizeof name, "TEST_QUEUE_%02d", i);
            targets.push_back(name);
            CPPUNIT_ASSERT(queue_create_server(name, "TCPIP$SMTP_SYMBIONT", "NODE", true).ok());
        }
        CPPUNIT_ASSERT(queue_create_generic("TEST_GENERIC", targets, true).ok());
    }
    boost::uint32_t submit(const std::string &file)
    {
        QueueJob job;
        boost::uint32_t entry = 0;
        job.queue = "TEST_GENERIC";
        job.file = file;
        CPPUNIT_ASSERT(queue_submit(job, &entry, 0).ok());
        return entry;
    }
    static boost::uint32_t newmail(const std::string &user)
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0;
        if (file.open("SYS$SYSDEVICE:[" + user + "]").ok())
            folder.select(&file, "NEWMAIL", &count);
        return count;
    }
    static bool wait_for_mail(const std::string &user, boost::uint32_t count)
    {
        for (int i = 0; i < 2000; ++i) {
            if (newmail(user) == count)
                return true;
            usleep(10000);
        }
        return false;
    }
    void define(const std::string &name, const std::string &value)
    {
        CPPUNIT_ASSERT(logical_define(name, std::vector<std::string>(1, value), LOGICAL_SYSTEM,
                                      LOGICAL_EXECUTIVE)
                           .ok());
    }

public:
    void setUp()
    {
        SymbiontFixture::setUp();
        define("TCPIP$INET_HOST", "us");
        define("TCPIP$INET_DOMAIN", "test");
    }
    void tearDown()
    {
        std::vector<QueueInfo> queues;
        queue_list("TEST_QUEUE*", &queues);
        for (size_t i = 0; i < queues.size(); ++i)
            queue_stop(queues[i].name, true);
        for (int i = 0; i < 500; ++i) {
            bool all = true;
            queues.clear();
            queue_list("TEST_QUEUE*", &queues);
            for (size_t q = 0; q < queues.size(); ++q)
                all = all && queues[q].stopped;
            if (all)
                break;
            usleep(10000);
        }
        SymbiontFixture::tearDown();
    }

    void test_jobs_of_several_queues_are_done()
    {
        start_queues(4);
        for (int i = 0; i < 8; ++i)
            submit(control_file("a@b.test", "smith@us.test"));
        CPPUNIT_ASSERT(wait_for_mail("SMITH", 8));
        QueueInfo info;
        for (int i = 0; i < 500 && queue_find("TEST_GENERIC", &info).ok() &&
                        info.pending + info.executing != 0;
             ++i)
            usleep(10000);
        CPPUNIT_ASSERT_EQUAL(0U, static_cast<unsigned>(info.pending + info.executing));
    }

    void test_deleted_entry_stops_its_task()
    {
        static const char *const silent[] = {"L", 0}; /* never greets */
        Server server(silent, 0, "127.0.0.2");
        char port[10];
        snprintf(port, sizeof port, "%u", static_cast<unsigned>(server.address().port));
        define("TCPIP$SMTP_SYMB_REMOTE_PORT", port);
        hosts("127.0.0.2 slow.test\n");
        start_queues(1);
        std::string file = control_file("a@b.test", "x@slow.test");
        boost::uint32_t entry = submit(file);
        QueueEntry found;
        for (int i = 0; i < 1000; ++i) {
            if (queue_find_entry(entry, &found).ok() && found.state == ENTRY_EXECUTING)
                break;
            usleep(10000);
        }
        CPPUNIT_ASSERT_EQUAL(ENTRY_EXECUTING, found.state);
        usleep(300000); /* into the wait for the greeting */
        CPPUNIT_ASSERT(queue_delete_entry(entry).ok());
        bool gone = false;
        for (int i = 0; i < 1000 && !gone; ++i) {
            gone = queue_find_entry(entry, &found).not_found();
            usleep(10000);
        }
        CPPUNIT_ASSERT(gone);
        submit(control_file("a@b.test", "jones@us.test")); /* the stream goes on */
        CPPUNIT_ASSERT(wait_for_mail("JONES", 1));
    }

    void test_slow_destination_holds_up_nobody()
    {
        static const char *const silent[] = {"L", 0};
        Server server(silent, 0, "127.0.0.2");
        char port[10];
        snprintf(port, sizeof port, "%u", static_cast<unsigned>(server.address().port));
        define("TCPIP$SMTP_SYMB_REMOTE_PORT", port);
        hosts("127.0.0.2 slow.test\n");
        start_queues(2);
        boost::uint32_t slow = submit(control_file("a@b.test", "x@slow.test"));
        usleep(300000);
        for (int i = 0; i < 5; ++i)
            submit(control_file("a@b.test", "smith@us.test"));
        CPPUNIT_ASSERT(wait_for_mail("SMITH", 5));
        QueueEntry found;
        CPPUNIT_ASSERT(queue_find_entry(slow, &found).ok());
        CPPUNIT_ASSERT_EQUAL(ENTRY_EXECUTING, found.state);
        queue_delete_entry(slow);
    }

    /* Fifteen wait for a silent server, the sixteenth delivers. */
    void test_sixteen_streams_work_at_once()
    {
        static const char *const silent[] = {"L", 0};
        Server server(silent, 0, "127.0.0.2");
        slow_host(server);
        define("TCPIP$SMTP_SYMB_CONNECTIONS_PER_HOST", "15");
        start_queues(16);
        std::vector<boost::uint32_t> slow;
        for (int i = 0; i < 15; ++i)
            slow.push_back(submit(control_file("a@b.test", "x@slow.test")));
        for (size_t i = 0; i < slow.size(); ++i)
            CPPUNIT_ASSERT(wait_for_state(slow[i], ENTRY_EXECUTING));
        submit(control_file("a@b.test", "smith@us.test"));
        CPPUNIT_ASSERT(wait_for_mail("SMITH", 1));
        QueueEntry found;
        for (size_t i = 0; i < slow.size(); ++i) {
            CPPUNIT_ASSERT(queue_find_entry(slow[i], &found).ok());
            CPPUNIT_ASSERT_EQUAL(ENTRY_EXECUTING, found.state);
        }
    }

    void test_reset_stream_puts_the_entry_back()
    {
        static const char *const silent[] = {"L", 0};
        Server server(silent, 0, "127.0.0.2");
        slow_host(server);
        start_queues(1);
        std::string file = control_file("a@b.test", "x@slow.test");
        boost::uint32_t entry = submit(file);
        CPPUNIT_ASSERT(wait_for_state(entry, ENTRY_EXECUTING));
        CPPUNIT_ASSERT(queue_stop("TEST_QUEUE_01", true).ok());
        CPPUNIT_ASSERT(wait_for_state(entry, ENTRY_PENDING));
        ControlFile control;
        CPPUNIT_ASSERT(control.open(file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(CONTROL_UNSENT, control.recipients()[0].cell.state);
    }

    /* Two streams, ten messages for a silent server: one stream is left for the others. */
    void test_slow_destination_never_has_all_streams()
    {
        static const char *const silent[] = {"L", 0};
        Server server(silent, 0, "127.0.0.2");
        slow_host(server);
        define("TCPIP$SMTP_SYMB_BUSY_WAIT", "0 00:00:00.00");
        start_queues(2);
        std::vector<boost::uint32_t> slow;
        for (int i = 0; i < 10; ++i)
            slow.push_back(submit(control_file("a@b.test", "x@slow.test")));
        submit(control_file("a@b.test", "smith@us.test"));
        CPPUNIT_ASSERT(wait_for_mail("SMITH", 1));
        int executing = 0, gone = 0;
        for (size_t i = 0; i < slow.size(); ++i) {
            QueueEntry found;
            if (!queue_find_entry(slow[i], &found).ok())
                ++gone; /* entered again for later */
            else if (found.state == ENTRY_EXECUTING)
                ++executing;
        }
        CPPUNIT_ASSERT_EQUAL(1, executing);
        CPPUNIT_ASSERT_EQUAL(9, gone);
    }

    /*
    **  A stream that waits for a dead name server does not end at once; START and mail of the other
    **  go on meanwhile.
    */
    void test_stopping_a_busy_stream_holds_up_nobody()
    {
        int silent = socket(AF_INET, SOCK_DGRAM, 0);
        struct sockaddr_in address;
        socklen_t size = sizeof address;
        memset(&address, 0, sizeof address);
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        sockaddr *plain = reinterpret_cast<struct sockaddr *>(&address);
        CPPUNIT_ASSERT_EQUAL(0, bind(silent, plain, size));
        CPPUNIT_ASSERT_EQUAL(0, getsockname(silent, plain, &size));
        char server[40];
        snprintf(server, sizeof server, "127.0.0.1:%u",
                 static_cast<unsigned>(ntohs(address.sin_port)));
        define("TCPIP$BIND_SERVER001", server);
        define("TCPIP$BIND_SERVER002", server); /* each is waited for: half a minute in all */
        define("TCPIP$BIND_SERVER003", server);
        start_queues(2);
        submit(control_file("a@b.test", "x@slow.test"));
        char question[512];
        CPPUNIT_ASSERT(recv(silent, question, sizeof question, 0) > 0); /* it waits for DNS */
        QueueInfo one;
        CPPUNIT_ASSERT(queue_find("TEST_QUEUE_01", &one).ok());
        std::string busy = one.executing != 0 ? "TEST_QUEUE_01" : "TEST_QUEUE_02";
        CPPUNIT_ASSERT(queue_stop(busy, true).ok());
        submit(control_file("a@b.test", "smith@us.test"));
        CPPUNIT_ASSERT(wait_for_mail("SMITH", 1));
        CPPUNIT_ASSERT(queue_find(busy, &one).ok());
        CPPUNIT_ASSERT(!one.stopped); /* the mail came while it was still stopping */
        net_close(silent);
    }

    void slow_host(const Server &server)
    {
        char port[10];
        snprintf(port, sizeof port, "%u", static_cast<unsigned>(server.address().port));
        define("TCPIP$SMTP_SYMB_REMOTE_PORT", port);
        hosts("127.0.0.2 slow.test\n");
    }
    static bool wait_for_state(boost::uint32_t entry, QueueEntryState state)
    {
        for (int i = 0; i < 1000; ++i) {
            QueueEntry found;
            if (queue_find_entry(entry, &found).ok() && found.state == state)
                return true;
            usleep(10000);
        }
        return false;
    }

    /* Names are looked up in the hosts file alone: MX look-ups are switched off. */
    void hosts(const std::string &lines)
    {
        FILE *f = fopen((root_->path() + "/VMS$COMMON/SYSEXE/TCPIP$HOSTS.TXT").c_str(), "w");
        CPPUNIT_ASSERT(f != 0);
        fputs(lines.c_str(), f);
        fclose(f);
        define("TCPIP$SMTP_NO_MX", "1");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SmbStreamTest);
