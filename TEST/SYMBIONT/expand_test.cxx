/*
**  expand_test - lists and forwarding to SMTP addresses: who gets the message next
*/
#include "expand.h"
#include "job.h"
#include "symbiont_fixture.h"

#include "VMS/mailstore.h"
#include "VMS/recfile.h"

using namespace mail;

static LocalUser::Verdict users(const std::string &user, std::string *forward)
{
    struct Row {
        const char *user, *forward;
    };
    static const Row rows[] = {
        {"SMITH", ""},
        {"AWAY", "SMTP%\"away@far.test\""},
        {"BARE", "bare@far.test"},
        {"CHAIN", "AWAY"},
        {"NODE", "REMOTE::SMITH"},
        {"COLLEAGUE", "SMITH"},
        {"ROUND", "ABOUT"},
        {"ABOUT", "ROUND"},
        {"HERE", "SMTP%\"here@us.test\""},
        {"QUOTED", "SMTP%\"\xA2" "A::B\xA2@far.test\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
        if (user != rows[i].user)
            continue;
        *forward = rows[i].forward;
        return LocalUser::DELIVER;
    }
    return user == "TROUBLE" ? LocalUser::TROUBLE : LocalUser::UNKNOWN;
}

class ExpandTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(ExpandTest);
    CPPUNIT_TEST(test_where_mail_goes_on);
    CPPUNIT_TEST(test_forwarded_message_is_intact);
    CPPUNIT_TEST(test_list_members_get_it);
    CPPUNIT_TEST(test_empty_list_is_refused);
    CPPUNIT_TEST(test_loops_end_at_the_hop_count);
    CPPUNIT_TEST(test_what_was_sent_on_does_not_come_round);
    CPPUNIT_TEST(test_wishes_for_reports);
    CPPUNIT_TEST_SUITE_END();

    Connections connections_;

    void run(const std::string &file)
    {
        Job job(job_request(file), connections_, never_);
        CPPUNIT_ASSERT_MESSAGE(log_, job.run().ok());
    }
    void make_list(const char *name, const char *text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.append("SYS$SPECIFIC:[TCPIP$SMTP]" + std::string(name), "").ok());
        writer.write(text);
        writer.close();
    }

public:
    void setUp()
    {
        SymbiontFixture::setUp();
        alias_use(users);
    }
    void tearDown()
    {
        alias_use(0);
        SymbiontFixture::tearDown();
    }

    void test_where_mail_goes_on()
    {
        struct {
            const char *user, *address;
        } rows[] = {
            {"smith", ""},
            {"away", "away@far.test"},
            {"bare", "bare@far.test"},
            {"chain", "away@far.test"},
            {"node", ""},      /* MAIL's */
            {"colleague", ""}, /* MAIL's */
            {"here", "here@us.test"},
            {"quoted", "\"A::B\"@far.test"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            Onward onward;
            LocalUser user = alias_resolve(rows[i].user, *identity_);
            CPPUNIT_ASSERT(expand_find(user, *settings_, *identity_, &onward).is_done());
            std::string address = onward.recipients.empty() ? "" : onward.recipients[0];
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].address), address);
        }
        Onward onward;
        LocalUser user = alias_resolve("round", *identity_);
        CPPUNIT_ASSERT(expand_find(user, *settings_, *identity_, &onward).is_failed());
    }

    void test_forwarded_message_is_intact()
    {
        std::string text = "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                           "Content-Transfer-Encoding: quoted-printable\r\n\r\n=C3=A4 " +
                           std::string(700, 'x') + "\r\n";
        std::string to, from;
        run(control_file("a@b.test", "chain@us.test", text));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(size_t(1), list.size());
        std::string got = read_text(list[0].file, &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("away@far.test"), to);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.test"), from);
        CPPUNIT_ASSERT_EQUAL(size_t(0), got.find("Received: by us.test"));
        CPPUNIT_ASSERT(got.find("<chain@us.test>") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(text, got.substr(got.find("MIME-Version")));
    }

    void test_list_members_get_it()
    {
        make_list("TEAM.DIS", "! the team\na@far.test\n@MORE.DIS\nsmith@us.test\nno body\n"
                              "b@near.test\n");
        run(control_file("a@b.test", "team@us.test"));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(size_t(1), list.size());
        ControlFile file;
        CPPUNIT_ASSERT(file.open(list[0].file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(size_t(3), file.recipients().size());
        CPPUNIT_ASSERT_EQUAL(std::string("b@near.test"), file.recipients()[2].address);
        CPPUNIT_ASSERT(log_.find(" list to=team@us.test") != std::string::npos);
        /* whom the list does not reach its owner hears from the manager */
        CPPUNIT_ASSERT(log_.find("TEAM.DIS line=3 left_out=\"lists do not nest\"") !=
                       std::string::npos);
        CPPUNIT_ASSERT(log_.find("TEAM.DIS line=5 left_out=\"not an SMTP address\"") !=
                       std::string::npos);
    }

    void test_empty_list_is_refused()
    {
        make_list("NOBODY.DIS", "! nobody yet\n");
        std::string to, from;
        run(control_file("a@b.test", "nobody@us.test"));
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries().size());
        std::string report = read_text(entries()[0].file, &to, &from);
        CPPUNIT_ASSERT(report.find("the distribution list has no members") != std::string::npos);
    }

    static std::string newest_file()
    {
        std::vector<QueueEntry> list = entries();
        size_t newest = 0;
        CPPUNIT_ASSERT(!list.empty());
        for (size_t i = 1; i < list.size(); ++i)
            newest = list[i].entry > list[newest].entry ? i : newest;
        return list[newest].file;
    }
    /* It is a report to a@b.test about a loop. */
    void check_loop_is_reported()
    {
        std::string to, from, report = read_text(newest_file(), &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.test"), to);
        CPPUNIT_ASSERT(report.find("\r\nStatus: 5.4.6\r\n") != std::string::npos);
    }

    void test_loops_end_at_the_hop_count()
    {
        set(P_HOP_COUNT_MAXIMUM, "3");
        const std::string hops = "Received: x\r\nReceived: y\r\nReceived: z\r\n";
        run(control_file("a@b.test", "away@us.test", hops + "\r\nbody\r\n"));
        std::string to, from;
        read_text(newest_file(), &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("away@far.test"), to);
        run(control_file("a@b.test", "away@us.test", "Received: w\r\n" + hops + "\r\nbody\r\n"));
        check_loop_is_reported();
    }

    /* A list that contains itself, by whatever way, reaches its members once. */
    void test_what_was_sent_on_does_not_come_round()
    {
        make_list("ROUNDS.DIS", "others@us.test\nsmith@us.test\n");
        make_list("OTHERS.DIS", "ROUNDS@us.test\n");
        run(control_file("a@b.test", "rounds@us.test"));
        run(newest_file());
        std::string to, from;
        read_text(newest_file(), &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("ROUNDS@us.test"), to);
        run(newest_file());
        check_loop_is_reported();
        run(control_file("a@b.test", "here@us.test"));
        run(newest_file());
        check_loop_is_reported();
    }

    /* RFC 3461 5.2.7: one address takes the wishes over, a list does not promise delivery. */
    void test_wishes_for_reports()
    {
        make_list("TEAM.DIS", "a@far.test\n");
        ControlEnvelope envelope;
        std::vector<ControlRecipient> two(2);
        envelope.sender = "a@b.test";
        envelope.user = "TCPIP$SMTP";
        envelope.envelope_id = "QQ314159";
        two[0].address = "away@us.test";
        two[1].address = "team@us.test";
        two[0].notify = two[1].notify = CONTROL_NOTIFY_SUCCESS | CONTROL_NOTIFY_FAILURE;
        ControlWriter writer;
        std::string name;
        CPPUNIT_ASSERT(writer.begin(envelope, two, "").is_done());
        CPPUNIT_ASSERT(writer.write("\r\nx\r\n", 5).is_done());
        CPPUNIT_ASSERT(writer.commit(&name).is_done());
        run(name);
        ControlFile forwarded, listed;
        CPPUNIT_ASSERT(forwarded.open(entries()[0].file, false).is_done());
        CPPUNIT_ASSERT(listed.open(entries()[1].file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("QQ314159"), forwarded.envelope().envelope_id);
        CPPUNIT_ASSERT_EQUAL(std::string("rfc822;away@us.test"),
                             forwarded.recipients()[0].original);
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(CONTROL_NOTIFY_SUCCESS | CONTROL_NOTIFY_FAILURE),
                             forwarded.recipients()[0].notify);
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(CONTROL_NOTIFY_FAILURE),
                             listed.recipients()[0].notify);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ExpandTest);
