/*
**  deliver_domains_test - several domains of a message at a time
*/
#include "deliver_domains.h"
#include "symbiont_fixture.h"

#include "VMS/recfile.h"

using namespace mail;

class DeliverDomainsTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(DeliverDomainsTest);
    CPPUNIT_TEST(test_slow_domain_holds_up_no_other);
    CPPUNIT_TEST(test_many_domains_few_senders);
    CPPUNIT_TEST(test_busy_domain_is_not_tried);
    CPPUNIT_TEST(test_stopped_job_tries_none);
    CPPUNIT_TEST(test_damaged_text_goes_nowhere);
    CPPUNIT_TEST_SUITE_END();

    /* Remembers in which order the domains were done with. */
    class Told : public DomainListener {
    public:
        explicit Told(const ControlFile &file) : stop_at(0), stop(0), file_(file) {}
        virtual void delivered(const std::vector<size_t> &recipients,
                               const std::vector<Outcome> &outcomes)
        {
            CPPUNIT_ASSERT_EQUAL(recipients.size(), outcomes.size());
            for (size_t i = 0; i < recipients.size(); ++i) {
                order.push_back(file_.recipients()[recipients[i]].address);
                results.push_back(outcomes[i]);
            }
            if (stop && order.size() == stop_at)
                stop->stop_ = true;
        }
        std::vector<std::string> order;
        std::vector<Outcome> results;
        size_t stop_at;
        NeverStop *stop;

    private:
        const ControlFile &file_;
    };

    Connections connections_;

    static const char *const *one_message()
    {
        static const char *const lines[] = {"R 220 hi", "L", "R 250 them", "L", "R 250 ok",
                                            "L",        "R 250 ok", "L", "R 354 go", "D",
                                            "R 250 queued", "L", 0};
        return lines;
    }
    void deliver(ControlFile &file, Told *told)
    {
        RemoteJob job;
        job.settings = settings_;
        job.identity = identity_;
        job.connections = &connections_;
        job.stop = &never_;
        DomainRecipients domains;
        for (size_t i = 0; i < file.recipients().size(); ++i) {
            const std::string &address = file.recipients()[i].address;
            domains[address.substr(address.find('@') + 1)].push_back(i);
        }
        deliver_domains(job, file, domains, told);
    }
    void open(ControlFile *file, const std::string &recipients)
    {
        CPPUNIT_ASSERT(file->open(control_file("a@us.test", recipients), true).is_done());
    }

public:
    /* a.test, b.test and d1.test .. d20.test stand in the hosts file. */
    void setUp()
    {
        SymbiontFixture::setUp();
        FILE *f = fopen((root_->path() + "/VMS$COMMON/SYSEXE/TCPIP$HOSTS.TXT").c_str(), "w");
        CPPUNIT_ASSERT(f != 0);
        fputs("127.0.0.1 a.test\n127.0.0.2 b.test\n", f);
        for (int i = 1; i <= 20; ++i)
            fprintf(f, "127.0.1.%d d%d.test\n", i, i);
        fclose(f);
        set(P_NO_MX, "ON");
        ScratchRoot::move_clock(31); /* the file is looked at every half minute */
    }
    void tearDown()
    {
        never_.stop_ = false;
        connections_.close_all();
        connections_.forget_dead();
        SymbiontFixture::tearDown();
    }

    /* The first domain's server never greets; the job is stopped when the second has its mail. */
    void test_slow_domain_holds_up_no_other()
    {
        static const char *const silent[] = {"L", 0};
        Server slow(silent, 0, "127.0.0.1");
        Server quick(one_message(), 0, "127.0.0.2", slow.address().port);
        set_port(slow.address().port);
        ControlFile file;
        open(&file, "x@a.test,y@b.test");
        Told told(file);
        told.stop = &never_;
        told.stop_at = 1;
        deliver(file, &told);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), told.order.size());
        CPPUNIT_ASSERT_EQUAL(std::string("y@b.test"), told.order[0]);
        CPPUNIT_ASSERT(told.results[0].is_done() && told.results[1].is_later());
        CPPUNIT_ASSERT(quick.heard.find("\r\nbody\r\n.\r\n") != std::string::npos);
    }

    void test_many_domains_few_senders()
    {
        static const char *const senders[] = {"1", "3", "64"};
        set_port(1); /* nobody listens */
        for (size_t s = 0; s < 3; ++s) {
            set(P_SYMB_SENDERS, senders[s]);
            std::string recipients;
            for (int i = 1; i <= 20; ++i)
                recipients += (i > 1 ? ",x@d" : "x@d") + text_of(i) + ".test";
            ControlFile file;
            open(&file, recipients);
            Told told(file);
            deliver(file, &told);
            CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(20), told.order.size());
            for (size_t i = 0; i < told.results.size(); ++i)
                CPPUNIT_ASSERT(told.results[i].is_later() && told.results[i].was_tried());
            connections_.forget_dead();
        }
    }

    void test_busy_domain_is_not_tried()
    {
        set(P_SYMB_CONNECTIONS_PER_HOST, "1");
        set(P_SYMB_BUSY_WAIT, "0 00:00:00.00");
        set_port(1);
        Claim taken(connections_, "@a.test", *settings_, never_);
        ControlFile file;
        open(&file, "x@a.test,y@b.test");
        Told told(file);
        deliver(file, &told);
        for (size_t i = 0; i < 2; ++i)
            CPPUNIT_ASSERT_EQUAL(told.order[i][0] == 'y', told.results[i].was_tried());
    }

    void test_stopped_job_tries_none()
    {
        never_.stop_ = true;
        ControlFile file;
        open(&file, "x@a.test,y@b.test");
        Told told(file);
        deliver(file, &told);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(2), told.results.size());
        CPPUNIT_ASSERT(!told.results[0].was_tried() && !told.results[1].was_tried());
    }

    void test_damaged_text_goes_nowhere()
    {
        Server one(one_message(), 0, "127.0.0.1");
        Server two(one_message(), 0, "127.0.0.2", one.address().port);
        set_port(one.address().port);
        std::string name = control_file("a@us.test", "x@a.test,y@b.test");
        {
            BlockFile block;
            CPPUNIT_ASSERT(block.open(name, "", true).ok());
            CPPUNIT_ASSERT(block.write_at(block.size() - 4, "?", 1).ok());
        }
        ControlFile file;
        CPPUNIT_ASSERT(file.open(name, true).is_done());
        Told told(file);
        deliver(file, &told);
        connections_.close_all();
        one.join();
        two.join();
        CPPUNIT_ASSERT(told.results[0].is_failed() && told.results[1].is_failed());
        CPPUNIT_ASSERT_EQUAL(CONTROL_DAMAGED, file.verdict());
        CPPUNIT_ASSERT(one.heard.find("\r\n.\r\n") == std::string::npos);
        CPPUNIT_ASSERT(two.heard.find("\r\n.\r\n") == std::string::npos);
    }

    static std::string text_of(int number)
    {
        char text[12];
        snprintf(text, sizeof text, "%d", number);
        return text;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DeliverDomainsTest);
