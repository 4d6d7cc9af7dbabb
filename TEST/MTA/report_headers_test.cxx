/*
**  report_headers_test - delivery reports: RFC 3464 fields, one MIME frame, no forged lines
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/outheaders.h"
#include "scratch_system.h"

using namespace mail;

class ReportHeadersTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ReportHeadersTest);
    CPPUNIT_TEST(test_report_is_rfc_3464);
    CPPUNIT_TEST(test_report_cannot_be_forged);
    CPPUNIT_TEST(test_actions);
    CPPUNIT_TEST(test_words_for_a_person);
    CPPUNIT_TEST(test_eight_bit_reasons_are_safe);
    CPPUNIT_TEST(test_postmaster_is_told_why_he_gets_it);
    CPPUNIT_TEST_SUITE_END();

    Identity identity_;

    /* Number of lines that begin with text. */
    static int lines_with(const std::string &all, const char *text)
    {
        int n = all.compare(0, std::string(text).size(), text) == 0;
        for (size_t at = all.find("\r\n" + std::string(text)); at != std::string::npos;
             at = all.find("\r\n" + std::string(text), at + 1))
            ++n;
        return n;
    }

    static Report about(ReportAction action, const char *status, const char *diagnostic)
    {
        Report report;
        ReportRecipient r;
        report.action = action;
        report.from = "TCPIP$SMTP@condor.eagle.org";
        report.to = "a@example.com";
        report.message_id = "m";
        r.address = "b@example.org";
        r.status = status;
        r.code = (status[0] - '0') * 100 + 50;
        r.diagnostic = diagnostic;
        report.recipients.push_back(r);
        return report;
    }

public:
    void setUp()
    {
        scratch_system();
        identity_ = Identity();
        identity_.set_host("condor.eagle.org", "", "CONDOR");
    }

    void test_report_is_rfc_3464()
    {
        Report report;
        report.from = "TCPIP$SMTP@condor.eagle.org";
        report.to = "a@example.com";
        report.message_id = "26112108304712_2020046C";
        report.now = report.arrived = 1795249847;
        ReportRecipient r;
        r.address = "b@example.org";
        r.code = 550;
        r.status = "5.1.1";
        r.diagnostic = "5.1.1 no such user";
        r.remote = "mx.example.org";
        report.recipients.push_back(r);
        std::string before, after;
        report_frame(report, identity_, &before, &after);
        static const char *const lines[] = {
            "To: a@example.com", "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
            "Subject: Undeliverable Mail", "Reporting-MTA: dns; condor.eagle.org",
            "Final-Recipient: rfc822; b@example.org", "Action: failed", "Status: 5.1.1",
            "Remote-MTA: dns; mx.example.org", "Diagnostic-Code: smtp; 550 5.1.1 no such user",
            "Content-Type: text/rfc822-headers", "Content-Type: message/delivery-status"};
        for (size_t i = 0; i < sizeof lines / sizeof *lines; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(lines[i], 1, lines_with(before, lines[i]));
        std::string boundary = "--=_26112108304712_2020046C_report";
        CPPUNIT_ASSERT_EQUAL(3, lines_with(before, boundary.c_str()));
        CPPUNIT_ASSERT_EQUAL("\r\n" + boundary + "--\r\n", after);
        CPPUNIT_ASSERT(before.find("boundary=\"=_26112108304712_2020046C_report\"") !=
                       std::string::npos);
        report.action = REPORT_DELAYED;
        report.recipients[0].status = "5.0.0";
        report_frame(report, identity_, &before, &after);
        CPPUNIT_ASSERT_EQUAL(1, lines_with(before, "Action: delayed"));
        CPPUNIT_ASSERT_EQUAL(1, lines_with(before, "Status: 4.0.0"));
    }

    void test_report_cannot_be_forged()
    {
        Report report;
        report.from = "p@condor.eagle.org";
        report.to = "a@example.com";
        report.message_id = "m";
        ReportRecipient r;
        r.address = "b@example.org\r\nEvil: 1";
        r.code = 550;
        r.diagnostic = "no\r\n\r\n--=_m_report\r\nEvil: 2";
        r.remote = "x\r\nEvil: 3";
        report.recipients.push_back(r);
        std::string before, after;
        report_frame(report, identity_, &before, &after);
        CPPUNIT_ASSERT_EQUAL(0, lines_with(before, "Evil"));
        CPPUNIT_ASSERT_EQUAL(3, lines_with(before, "--=_m_report"));
    }

    void test_actions()
    {
        struct {
            ReportAction action;
            const char *subject, *word, *status;
        } rows[] = {
            {REPORT_FAILED, "Undeliverable Mail", "failed", "5.0.0"},
            {REPORT_DELAYED, "Delayed Mail", "delayed", "4.0.0"},
            {REPORT_DELIVERED, "Delivered Mail", "delivered", "2.1.5"},
            {REPORT_RELAYED, "Relayed Mail", "relayed", "2.1.5"},
            {REPORT_EXPANDED, "Relayed Mail", "expanded", "2.1.5"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            std::string before, after;
            report_frame(about(rows[i].action, "2.1.5", ""), identity_, &before, &after);
            CPPUNIT_ASSERT_EQUAL(1, lines_with(before, ("Subject: " + std::string(
                                                           rows[i].subject)).c_str()));
            CPPUNIT_ASSERT_EQUAL(1, lines_with(before, ("Action: " + std::string(
                                                           rows[i].word)).c_str()));
            CPPUNIT_ASSERT_EQUAL(1, lines_with(before, ("Status: " + std::string(
                                                           rows[i].status)).c_str()));
        }
    }

    void test_words_for_a_person()
    {
        struct {
            const char *status, *words;
        } rows[] = {
            {"5.1.1", "There is no user of that name."},
            {"5.1.10", "This domain accepts no mail at all."},
            {"5.1.8", "Something is wrong with this address."},
            {"5.2.2", "The mailbox is full."},
            {"5.4.7", "we gave up"},
            {"5.7.26", "reasons of security or policy"},
            {"5.9.9", "The reason is given below"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            std::string before, after;
            report_frame(about(REPORT_FAILED, rows[i].status, "550 no"), identity_, &before,
                         &after);
            CPPUNIT_ASSERT_MESSAGE(rows[i].status + before,
                                   before.find(rows[i].words) != std::string::npos);
            CPPUNIT_ASSERT(before.find("Reason: 550 no") != std::string::npos);
        }
    }

    void test_eight_bit_reasons_are_safe()
    {
        std::string before, after;
        report_frame(about(REPORT_FAILED, "5.1.1", "550 Empf\xE4nger unbekannt"), identity_,
                     &before, &after);
        for (size_t i = 0; i < before.size(); ++i)
            CPPUNIT_ASSERT(static_cast<unsigned char>(before[i]) < 0x80);
        CPPUNIT_ASSERT(before.find("Empf=C3=A4nger unbekannt") != std::string::npos);
        CPPUNIT_ASSERT(before.find("Diagnostic-Code: smtp; 550 Empf?nger unbekannt") !=
                       std::string::npos);
        report_frame(about(REPORT_FAILED, "5.1.1", "550 Empf\xC3\xA4nger"), identity_, &before,
                     &after);
        CPPUNIT_ASSERT(before.find("Empf=C3=A4nger") != std::string::npos);
        Report report = about(REPORT_FAILED, "5.1.1", "no");
        report.eight_bit = true;
        report_frame(report, identity_, &before, &after);
        CPPUNIT_ASSERT_EQUAL(2, lines_with(before, "Content-Transfer-Encoding: 8bit"));
    }

    void test_postmaster_is_told_why_he_gets_it()
    {
        std::string before, after;
        Report report = about(REPORT_FAILED, "5.1.1", "no");
        report.null_sender = true;
        report_frame(report, identity_, &before, &after);
        CPPUNIT_ASSERT_EQUAL(
            1,
            lines_with(before, "Subject: Postmaster: Undeliverable Mail without return address"));
        CPPUNIT_ASSERT(before.find("there is nobody\r\nelse to be told") != std::string::npos);
        CPPUNIT_ASSERT(before.find("Your message") == std::string::npos); /* not the postmaster's */
        report.null_sender = false;
        report.copy = true;
        report_frame(report, identity_, &before, &after);
        CPPUNIT_ASSERT_EQUAL(1, lines_with(before, "Subject: Postmaster copy: Undeliverable Mail"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReportHeadersTest);
