/*
**  hp_ug_mail_test - HP TCP/IP Services User's Guide 5 and its HELP: mail that MAIL sends by SMTP
**  (spec 2.4, 6.5, 6.6)
*/
#include "../SYMBIONT/symbiont_fixture.h"
#include "outgoing.h"

#include "VMS/process.h"

using namespace mail;

class HpUgMailTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(HpUgMailTest);
    CPPUNIT_TEST(test_hp_ug_5_3_outbound_alias);
    CPPUNIT_TEST(test_hp_ug_5_headers_in_order);
    CPPUNIT_TEST(test_hp_ug_5_nobody_gets_it_twice);
    CPPUNIT_TEST(test_hp_ug_5_message_id_is_the_files);
    CPPUNIT_TEST(test_hp_ug_5_substitute_domain);
    CPPUNIT_TEST(test_hp_ug_5_plain_text_gets_no_mime);
    CPPUNIT_TEST(test_hp_ug_5_cent_signs);
    CPPUNIT_TEST(test_hp_ug_5_addresses);
    CPPUNIT_TEST_SUITE_END();

    /* Sends one line of text; what was queued. */
    std::string send(const std::string &from, const std::string &to_line,
                     const std::string &cc_line, const char *const *recipients,
                     const std::string &line = "hello")
    {
        Outgoing message(settings_, identity_);
        message.set_sender(from);
        for (; *recipients; ++recipients)
            CPPUNIT_ASSERT_MESSAGE(*recipients, message.add_recipient(*recipients).is_done());
        message.set_to(to_line);
        message.set_cc(cc_line);
        message.set_subject("a subject");
        message.add_record(line.data(), line.size());
        Outcome outcome = message.submit();
        CPPUNIT_ASSERT_MESSAGE(outcome.log_text(), outcome.is_done());
        std::string to, sender;
        return read_text(entries().back().file, &to, &sender);
    }
    std::string send_one(const std::string &from, const std::string &line = "hello")
    {
        static const char *const recipients[] = {"a@x.example", 0};
        return send(from, "SMTP%\"a@x.example\"", "", recipients, line);
    }
    static std::string field(const std::string &text, const char *name)
    {
        size_t at = text.find("\r\n" + std::string(name) + ": ");
        if (at == std::string::npos)
            return "none";
        at += strlen(name) + 4;
        return text.substr(at, text.find("\r\n", at) - at);
    }

public:
    void test_hp_ug_5_3_outbound_alias()
    {
        static const char personal[] = "SMITH \"Bill L. Smith Phone: 123-456-8000\"";
        struct {
            const char *domain, *alias, *from, *header;
        } rows[] = {
            {"", "bill.smith@xxx.com", "SMITH", "bill.smith@xxx.com"},
            {"", "bill.smith@xxx.com", personal,
             "bill.smith@xxx.com (Bill L. Smith Phone: 123-456-8000)"},
            /* not appended: a part in parentheses, or no @domain */
            {"", "bill.smith@xxx.com (text)", personal, "bill.smith@xxx.com (text)"},
            {"x.com", "bill.smith", personal, "bill.smith@x.com"},
            {"", "bill.smith", personal, "bill.smith@us.test"},
            {"", "bill smith", "SMITH", "bill.smith@us.test"},
            /* the form that is not allowed does not count */
            {"", "\"personal name\" <user@host>", "SMITH", "smith@us.test"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            set(P_SUBSTITUTE_DOMAIN, rows[i].domain);
            set(P_SMTP_FROM, rows[i].alias);
            identity_->apply(*settings_);
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].header),
                                 field(send_one(rows[i].from), "From"));
        }
        set(P_PROHIBIT_USER_HEADERS, "1");
        set(P_SMTP_FROM, "bill.smith@xxx.com");
        CPPUNIT_ASSERT_EQUAL(std::string("smith@us.test"), field(send_one("SMITH"), "From"));
    }

    /* The sample of spec 6.6: order, X-VMS lines as typed, local users left out of To: and Cc:. */
    void test_hp_ug_5_headers_in_order()
    {
        static const char *const recipients[] = {"a@x.example", "list@y.example", "b@z.example",
                                                 "dev@w.example", 0};
        static const char *const names[] = {"Date", "Message-Id", "From", "To", "Cc", "X-VMS-To",
                                            "X-VMS-Cc", "Subject"};
        std::string text =
            "\r\n" + send("USR \"Full Name\"", "SMTP%\"a@x.example\" SMTP%\"list@y.example\"",
                          "SMTP%\"b@z.example\", DEV, USR", recipients);
        std::string head = text.substr(0, text.find("\r\n\r\n") + 2);
        size_t at = 0;
        for (size_t i = 0; i < sizeof names / sizeof *names; ++i) {
            size_t next = head.find("\r\n" + std::string(names[i]) + ": ", at);
            CPPUNIT_ASSERT_MESSAGE(names[i] + head, next == at);
            at = head.find("\r\n", next + 2);
            while (at + 2 < head.size() && head[at + 2] == ' ') /* folded */
                at = head.find("\r\n", at + 2);
        }
        CPPUNIT_ASSERT_EQUAL(head.size() - 2, at);
        CPPUNIT_ASSERT_EQUAL(std::string("\"Full Name\" <usr@us.test>"), field(text, "From"));
        CPPUNIT_ASSERT_EQUAL(std::string("b@z.example, dev@w.example"), field(text, "Cc"));
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"b@z.example\", DEV, USR"),
                             field(text, "X-VMS-Cc"));
        CPPUNIT_ASSERT_EQUAL(std::string("a subject"), field(text, "Subject"));
    }

    /* A list and CC may name somebody again. */
    void test_hp_ug_5_nobody_gets_it_twice()
    {
        static const char *const recipients[] = {"a@x.example", "A@X.Example", "b@x.example", 0};
        send("SMITH", "STAFF", "SMTP%\"A@X.Example\"", recipients);
        ControlFile file;
        CPPUNIT_ASSERT(file.open(entries().back().file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(size_t(2), file.recipients().size());
    }

    /* "Message-Id: yymmddhhmmsscc, PID in 8 hex digits, equal to the control file's name" */
    void test_hp_ug_5_message_id_is_the_files()
    {
        std::string id = field(send_one("SMITH"), "Message-Id"), file = entries().back().file;
        size_t under = id.find('_');
        CPPUNIT_ASSERT(under >= 15 && id.size() > under + 9);
        CPPUNIT_ASSERT_EQUAL(std::string("@us.test>"), id.substr(under + 9));
        std::string stamp = id.substr(1, under - 1), pid = id.substr(under + 1, 8);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, stamp.find_first_not_of("0123456789"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, pid.find_first_not_of("0123456789ABCDEF"));
        CPPUNIT_ASSERT_MESSAGE(file, file.find(stamp + "_" + process_user() + "_" + pid +
                                               ".TCPIP_NODE") != std::string::npos);
    }

    void test_hp_ug_5_substitute_domain()
    {
        set(P_SUBSTITUTE_DOMAIN, "x.com");
        identity_->apply(*settings_);
        std::string text = send_one("SMITH");
        CPPUNIT_ASSERT_EQUAL(std::string("smith@x.com"), field(text, "From"));
        CPPUNIT_ASSERT(field(text, "Message-Id").find("@x.com>") != std::string::npos);
    }

    void test_hp_ug_5_plain_text_gets_no_mime()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("none"), field(send_one("SMITH"), "MIME-Version"));
        CPPUNIT_ASSERT_EQUAL(std::string("1.0"),
                             field(send_one("SMITH", "Gr\xFC\xDF" "e"), "MIME-Version"));
    }

    /* M83-046: what MAIL shows is what a reply goes to. */
    void test_hp_ug_5_cent_signs()
    {
        static const char *const recipients[] = {
            "\xA2" "ABCMTS::MRGATE::\\\xA2" "ABCDEF::VIVALDI\\\xA2\xA2@xyz.org", 0};
        send("SMITH", "SMTP%\"" + std::string(recipients[0]) + "\"", "", recipients);
        ControlFile file;
        CPPUNIT_ASSERT(file.open(entries().back().file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("\"ABCMTS::MRGATE::\\\"ABCDEF::VIVALDI\\\"\"@xyz.org"),
                             file.recipients()[0].address);
    }

    /* "Host may be an IP address. Local user: no @host. UUCP bang addresses" */
    void test_hp_ug_5_addresses()
    {
        struct {
            const char *typed, *mailbox;
        } rows[] = {
            {"user@host.test", "user@host.test"},
            {"user@[10.1.2.3]", "user@[10.1.2.3]"},
            {"smith", "smith@us.test"},
            {"site!user", "site!user@us.test"},
        };
        for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i) {
            std::string mailbox;
            CPPUNIT_ASSERT(outgoing_address(rows[i].typed, *identity_, &mailbox).is_done());
            CPPUNIT_ASSERT_EQUAL(std::string(rows[i].mailbox), mailbox);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(HpUgMailTest);
