/*
**  pop_message_test - headers on top, at the bottom, or MAIL's: forms, sizes, what is no bottom
*/
#include "pop_fixture.h"

#include "MTA/outheaders.h"
#include "pop_headers.h"
#include "pop_message.h"

using namespace mail;

static const char separator[] = "================== RFC 822 Headers ==================\r\n";

class PopMessageTest : public PopFixture {
    CPPUNIT_TEST_SUITE(PopMessageTest);
    CPPUNIT_TEST(test_separator_is_that_of_delivery);
    CPPUNIT_TEST(test_what_a_text_has);
    CPPUNIT_TEST(test_size_is_the_composed_size);
    CPPUNIT_TEST(test_lifted_fields_do_not_repeat);
    CPPUNIT_TEST(test_own_headers_alone);
    CPPUNIT_TEST(test_text_without_headers_keeps_those_of_mail);
    CPPUNIT_TEST(test_separator_is_found_wherever_it_stands);
    CPPUNIT_TEST(test_bottom_may_stay_where_it_is);
    CPPUNIT_TEST(test_only_mail_from_smtp_is_looked_at);
    CPPUNIT_TEST_SUITE_END();

    static const std::string fields()
    {
        return "Return-Path: <x@y.test>\r\nReceived: from a\r\n\tby b; now\r\nfrom: X "
               "<x@y.test>\r\n"
               "Subject: long\r\n one\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n";
    }
    static const std::string more()
    {
        return "Return-Path: <x@y.test>\r\nReceived: from a\r\n\tby b; now\r\n"
               "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n";
    }
    MailItem item(const std::string &from = "SMTP%\"x@y.test\"") const
    {
        MailItem made;
        made.from = from;
        made.to = "SMITH";
        made.subject = "subject of MAIL";
        return made;
    }
    std::string composed(const MailItem &of, const std::string &text)
    {
        PopMessage message(of, "UID", *settings_, *identity_);
        PopTextFacts facts = pop_text_facts(text, 0);
        std::string out = message.headers() + text;
        message.compose(facts, &out);
        CPPUNIT_ASSERT_EQUAL(out.size(), static_cast<size_t>(message.size(facts)));
        CPPUNIT_ASSERT_EQUAL(message.is_plain(facts), out == message.headers() + text);
        return out;
    }
    std::string mail_headers(const MailItem &of) const
    {
        return pop_header_block(of, vms_address_parse(of.from), "UID", *settings_, *identity_,
                                header_zone());
    }

public:
    void test_separator_is_that_of_delivery()
    {
        CPPUNIT_ASSERT_EQUAL(std::string(separator), std::string(headers_bottom_separator));
    }

    void test_what_a_text_has()
    {
        const std::string s = separator, f = fields();
        struct Case {
            std::string text;
            bool on_top, at_bottom;
        } cases[] = {
            {"", false, false},
            {"\r\n", false, false},
            {"body\r\n", false, false},
            {"Subject: x\r\n\r\nbody\r\n", true, false},
            {"X: y", true, false},
            {": no name\r\n", false, false},
            {"two words: x\r\n", false, false},
            {"body\r\n" + s + f, false, true},
            {"body\r\n" + s + f + "\r\n", false, true},
            {s + f, false, true},
            {"body\r\n" + s, false, false},
            {"body\r\n" + s + "\r\n" + f, false, false},
            {"body\r\n" + s + " continuation first\r\n" + f, false, false},
            {"body\r\n" + s + f + "no field\r\n", false, false},
            {"body\r\n" + s + f + "\r\nmore body\r\n", false, false},
            {"body " + s + f, false, false},
            {"> " + s + f, false, false},
            {"body\r\n" + s + f.substr(0, f.size() - 2), false, false},
            {"quoted:\r\n" + s + f + "\r\nand on\r\n" + s + f, true, true},
        };
        for (size_t i = 0; i < sizeof cases / sizeof *cases; ++i) {
            PopTextFacts facts = pop_text_facts("head" + cases[i].text, 4);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(cases[i].text, cases[i].on_top, facts.on_top);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(cases[i].text, cases[i].at_bottom, facts.bottom != 0);
            CPPUNIT_ASSERT_EQUAL(cases[i].text.size(), static_cast<size_t>(facts.octets));
            if (facts.bottom) {
                CPPUNIT_ASSERT_EQUAL(f.size(), static_cast<size_t>(facts.fields));
                CPPUNIT_ASSERT_EQUAL(more().size(), static_cast<size_t>(facts.more));
            }
        }
    }

    void test_size_is_the_composed_size()
    {
        static const char *const options[] = {"BOTTOM", "TOP", "NONE"};
        const std::string texts[] = {"", "body\r\n", "A: b\r\n\r\nbody\r\n",
                                     "body\r\n" + std::string(separator) + fields(),
                                     std::string(separator) + fields() + "\r\n\r\n"};
        for (int k = 0; k < 24; ++k) {
            set(P_HEADERS, options[k % 3]);
            set(P_POP_IGNORE_MAIL11_HEADERS, k / 3 % 2 ? "1" : "0");
            set(P_POP_BOTTOM_HEADERS, k / 6 % 2 ? "ON" : "OFF");
            for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
                composed(item(k / 12 ? "NODE::JONES" : "SMTP%\"x@y.test\""), texts[i]);
        }
    }

    void test_lifted_fields_do_not_repeat()
    {
        CPPUNIT_ASSERT_EQUAL(mail_headers(item()) + more() + "\r\nbody\r\n",
                             composed(item(), "body\r\n" + std::string(separator) + fields()));
    }

    void test_own_headers_alone()
    {
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        set(P_HEADERS, "TOP");
        const std::string top = fields() + "\r\nbody\r\n";
        CPPUNIT_ASSERT_EQUAL(top, composed(item(), top));
        /* came before the manager said TOP_HEADERS */
        CPPUNIT_ASSERT_EQUAL(top, composed(item(), "body\r\n" + std::string(separator) + fields()));
    }

    void test_text_without_headers_keeps_those_of_mail()
    {
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        set(P_HEADERS, "TOP");
        CPPUNIT_ASSERT_EQUAL(mail_headers(item()) + "\r\nno header\r\n",
                             composed(item(), "no header\r\n"));
    }

    void test_separator_is_found_wherever_it_stands()
    {
        const std::string s = separator;
        for (size_t n = 0; n < 120; ++n) {
            const std::string signs = std::string(n, '=') + "\r\n";
            const std::string bodies[] = {std::string(n, 'x') + "\r\n", signs, "x\r\n" + signs};
            for (size_t i = 0; i < sizeof bodies / sizeof *bodies; ++i) {
                CPPUNIT_ASSERT_EQUAL(mail_headers(item()) + more() + "\r\n" + bodies[i],
                                     composed(item(), bodies[i] + s + fields()));
                /* not at the beginning of a line, not the whole line */
                const std::string others[] = {bodies[i] + std::string(n + 1, '=') + s + fields(),
                                              bodies[i] + "x" + s + fields(),
                                              bodies[i] + s.substr(1) + fields()};
                for (size_t k = 0; k < sizeof others / sizeof *others; ++k)
                    CPPUNIT_ASSERT_EQUAL(mail_headers(item()) + "\r\n" + others[k],
                                         composed(item(), others[k]));
            }
        }
    }

    void test_bottom_may_stay_where_it_is()
    {
        set(P_POP_BOTTOM_HEADERS, "OFF");
        const std::string text = "body\r\n" + std::string(separator) + fields();
        CPPUNIT_ASSERT_EQUAL(mail_headers(item()) + "\r\n" + text, composed(item(), text));
    }

    void test_only_mail_from_smtp_is_looked_at()
    {
        const std::string text = "body\r\n" + std::string(separator) + fields();
        MailItem decnet = item("NODE::JONES");
        CPPUNIT_ASSERT_EQUAL(mail_headers(decnet) + "\r\n" + text, composed(decnet, text));
        CPPUNIT_ASSERT(PopMessage(decnet, "UID", *settings_, *identity_).is_plain());
        CPPUNIT_ASSERT(!PopMessage(item(), "UID", *settings_, *identity_).is_plain());
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopMessageTest);
