/*
**  job_reports_test - who hears of what: NOTIFY, RET, delays, copies (RFC 3461)
*/
#include "job.h"
#include "symbiont_fixture.h"

#include "VMS/recfile.h"

using namespace mail;

class JobReportsTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(JobReportsTest);
    CPPUNIT_TEST(test_wishes_about_success_and_failure);
    CPPUNIT_TEST(test_delay_is_reported_once);
    CPPUNIT_TEST(test_what_is_returned);
    CPPUNIT_TEST(test_postmaster_copies);
    CPPUNIT_TEST(test_double_bounce);
    CPPUNIT_TEST_SUITE_END();

    Connections connections_;

    std::string file_for(const char *sender, const char *recipient, unsigned notify,
                         ControlReturn returned = CONTROL_RETURN_UNSAID)
    {
        ControlEnvelope envelope;
        std::vector<ControlRecipient> one(1);
        std::string name, text = "Subject: s\r\n\r\nthe body\r\n";
        envelope.sender = sender;
        envelope.user = "TCPIP$SMTP";
        envelope.returned = returned;
        envelope.envelope_id = "ID-1";
        one[0].address = recipient;
        one[0].notify = notify;
        one[0].original = "rfc822;first@us.test";
        ControlWriter writer;
        CPPUNIT_ASSERT(writer.begin(envelope, one, "").is_done());
        CPPUNIT_ASSERT(writer.write(text.data(), text.size()).is_done());
        CPPUNIT_ASSERT(writer.commit(&name).is_done());
        return name;
    }
    void run(const std::string &file)
    {
        Job job(job_request(file), connections_, never_);
        CPPUNIT_ASSERT_MESSAGE(log_, job.run().ok());
    }
    /* The reports in the queue; other entries are the message itself. */
    std::vector<std::string> reports()
    {
        std::vector<std::string> texts;
        std::vector<QueueEntry> list = entries();
        for (size_t i = 0; i < list.size(); ++i) {
            std::string to, from, text = read_text(list[i].file, &to, &from);
            if (text.find("multipart/report") != std::string::npos)
                texts.push_back("to " + to + "\r\n" + text);
        }
        return texts;
    }
    static bool has(const std::string &text, const std::string &what)
    {
        return text.find(what) != std::string::npos;
    }

public:
    void tearDown()
    {
        connections_.forget_dead();
        SymbiontFixture::tearDown();
    }

    void test_wishes_about_success_and_failure()
    {
        struct {
            const char *recipient;
            unsigned notify;
            const char *action; /* "" : no report */
        } rows[] = {
            {"smith@us.test", 0, ""},
            {"smith@us.test", CONTROL_NOTIFY_SUCCESS, "delivered"},
            {"smith@us.test", CONTROL_NOTIFY_FAILURE, ""},
            {"smith@us.test", CONTROL_NOTIFY_NEVER, ""},
            {"gone@us.test", 0, "failed"},
            {"gone@us.test", CONTROL_NOTIFY_FAILURE | CONTROL_NOTIFY_DELAY, "failed"},
            {"gone@us.test", CONTROL_NOTIFY_SUCCESS, ""},
            {"gone@us.test", CONTROL_NOTIFY_NEVER, ""},
        };
        size_t before = 0;
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            std::string file = file_for("a@b.test", rows[i].recipient, rows[i].notify);
            run(file);
            CPPUNIT_ASSERT(!file_exists(file, ""));
            std::vector<std::string> all = reports();
            bool wanted = rows[i].action[0] != '\0';
            CPPUNIT_ASSERT_EQUAL_MESSAGE(log_, before + (wanted ? 1 : 0), all.size());
            before = all.size();
            if (!wanted)
                continue;
            CPPUNIT_ASSERT(has(all.back(), "\r\nAction: " + std::string(rows[i].action)));
            CPPUNIT_ASSERT(has(all.back(), "\r\nOriginal-Envelope-Id: ID-1\r\n"));
            CPPUNIT_ASSERT(has(all.back(), "\r\nOriginal-Recipient: rfc822;first@us.test\r\n"));
        }
        run(file_for("", "smith@us.test", CONTROL_NOTIFY_SUCCESS)); /* nobody to tell */
        CPPUNIT_ASSERT_EQUAL(before, reports().size());
    }

    void test_delay_is_reported_once()
    {
        set_port(1);
        set(P_DELAY_REPORT_TIME, "0 00:01:00");
        std::string file = file_for("a@b.test", "x@them.test", CONTROL_NOTIFY_DELAY);
        run(file);
        CPPUNIT_ASSERT_EQUAL(size_t(0), reports().size()); /* too early */
        ScratchRoot::move_clock(120);
        run(file);
        run(file);
        std::vector<std::string> all = reports();
        CPPUNIT_ASSERT_EQUAL(size_t(1), all.size());
        CPPUNIT_ASSERT(has(all[0], "\r\nAction: delayed\r\n"));
        CPPUNIT_ASSERT(has(all[0], "You need not send it again"));
        CPPUNIT_ASSERT(!has(all[0], "the body"));
    }

    void test_what_is_returned()
    {
        run(file_for("a@b.test", "gone@us.test", 0, CONTROL_RETURN_HEADERS));
        CPPUNIT_ASSERT(!has(reports()[0], "the body"));
        set(P_BOUNCE_TEXT, "1");
        run(file_for("a@b.test", "gone@us.test", 0, CONTROL_RETURN_UNSAID));
        CPPUNIT_ASSERT(!has(reports()[1], "the body"));
        run(file_for("a@b.test", "gone@us.test", 0, CONTROL_RETURN_FULL));
        CPPUNIT_ASSERT(has(reports()[2], "the body"));
        run(file_for("a@b.test", "smith@us.test", CONTROL_NOTIFY_SUCCESS, CONTROL_RETURN_FULL));
        CPPUNIT_ASSERT(!has(reports()[3], "the body"));
    }

    void test_postmaster_copies()
    {
        set(P_POSTMASTER_COPIES, "HEADERS");
        run(file_for("a@b.test", "gone@us.test", 0));
        std::vector<std::string> all = reports();
        CPPUNIT_ASSERT_EQUAL(size_t(2), all.size());
        CPPUNIT_ASSERT_EQUAL(size_t(0), all[0].find("to a@b.test\r\n"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), all[1].find("to TCPIP$SMTP@us.test\r\n"));
        CPPUNIT_ASSERT(has(all[0], "the body") && !has(all[1], "the body"));
        CPPUNIT_ASSERT(has(all[1], "Subject: Postmaster copy: Undeliverable Mail\r\n"));
        CPPUNIT_ASSERT(has(all[1], "Copy of a report to the sender, <a@b.test>"));
        run(file_for("a@b.test", "smith@us.test", CONTROL_NOTIFY_SUCCESS)); /* no copy of success */
        CPPUNIT_ASSERT_EQUAL(size_t(3), reports().size());
    }

    void test_double_bounce()
    {
        run(file_for("", "gone@us.test", 0));
        std::vector<std::string> all = reports();
        CPPUNIT_ASSERT_EQUAL(size_t(1), all.size());
        CPPUNIT_ASSERT_EQUAL(size_t(0), all[0].find("to TCPIP$SMTP@us.test\r\n"));
        CPPUNIT_ASSERT(has(all[0], "without return address"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JobReportsTest);
