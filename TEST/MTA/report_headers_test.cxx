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
        report.recipients[0].failed = false;
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
};

CPPUNIT_TEST_SUITE_REGISTRATION(ReportHeadersTest);
