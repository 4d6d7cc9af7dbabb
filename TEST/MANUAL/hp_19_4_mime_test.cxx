/*
**  hp_19_4_mime_test - HP TCP/IP Services Management, 19.4: what MIME mail needs to be decoded
**
**  The message is delivered as the symbiont delivers it, with the headers where OPTIONS.HEADERS
**  says.  MIME decodes when the first block of headers has the MIME fields and there is one block.
*/
#include "pop_fixture.h"

#include "CORE/header_fields.h"
#include "deliver_local.h"

using namespace mail;

class Hp194MimeTest : public PopFixture {
    CPPUNIT_TEST_SUITE(Hp194MimeTest);
    CPPUNIT_TEST(test_hp_19_4_guidelines_followed);
    CPPUNIT_TEST(test_hp_19_4_top_headers_alone_give_two_blocks);
    CPPUNIT_TEST(test_hp_19_4_ignore_mail11_headers_alone_is_not_obeyed);
    CPPUNIT_TEST(test_hp_19_4_headers_at_the_bottom_come_first);
    CPPUNIT_TEST(test_hp_19_4_headers_at_the_bottom_may_stay_there);
    CPPUNIT_TEST(test_hp_19_4_mail_with_a_decnet_from_is_not_smtp);
    CPPUNIT_TEST(test_hp_19_4_top_and_list_agree_with_the_message);
    CPPUNIT_TEST_SUITE_END();

    static const char *message()
    {
        return "Received: from a by b; Thu, 26 Nov 2026 10:00:00 +0000\r\n"
               "From: James Jones <james.jones@federation.gov>\r\n"
               "To: smith@acme.com\r\n"
               "Subject: two parts\r\n"
               "MIME-Version: 1.0\r\n"
               "Content-Type: multipart/mixed;\r\n boundary=\"b1\"\r\n"
               "\r\n"
               "--b1\r\nContent-Type: text/plain\r\n\r\none\r\n"
               "--b1\r\nContent-Type: text/html\r\n\r\n<p>two</p>\r\n--b1--\r\n";
    }
    void deliver_as_smtp(const char *from = "SMTP%\"james.jones@federation.gov\"")
    {
        LocalText text(settings_->number(P_HEADERS), "Return-Path: <james@federation.gov>\r\n");
        std::string out;
        text.feed(message(), strlen(message()), &out);
        text.finish(&out);
        deliver("SMITH", "two parts", out, from);
    }
    std::string fetched()
    {
        PopClient client(context_);
        client.login("smith", "sesame");
        std::string list = client.say("LIST 1\r\n"), text = client.say("RETR 1\r\n");
        text = text.substr(text.find("\r\n") + 2);
        text.resize(text.size() - 3); /* the final dot */
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(text.size()), atoi(list.c_str() + 6));
        return text;
    }
    /* Does the first block say what the text is, and is it the only one? */
    static bool decodes(const std::string &text)
    {
        HeaderFields first;
        size_t used = 0;
        std::string value;
        first.parse(text.data(), text.size(), &used);
        return first.value("Content-Type", &value) && has(value, "boundary=\"b1\"") &&
               first.value("MIME-Version", &value) && text.compare(used, 4, "--b1") == 0;
    }
    static unsigned count(const std::string &text, const std::string &name)
    {
        unsigned found = 0;
        for (size_t at = 0; (at = text.find("\r\n" + name + ":", at)) != std::string::npos; ++at)
            ++found;
        return found + (text.compare(0, name.size() + 1, name + ":") == 0);
    }

public:
    void test_hp_19_4_guidelines_followed()
    {
        set(P_HEADERS, "TOP");
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        deliver_as_smtp();
        std::string text = fetched();
        CPPUNIT_ASSERT(decodes(text));
        CPPUNIT_ASSERT_EQUAL("Return-Path: <james@federation.gov>\r\n" + std::string(message()),
                             text);
    }

    /* "If you see multiple blocks of headers and the MIME version header is not in the first" */
    void test_hp_19_4_top_headers_alone_give_two_blocks()
    {
        set(P_HEADERS, "TOP");
        deliver_as_smtp();
        CPPUNIT_ASSERT(!decodes(fetched()));
    }

    void test_hp_19_4_ignore_mail11_headers_alone_is_not_obeyed()
    {
        set(P_HEADERS, "NONE");
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        deliver_as_smtp();
        CPPUNIT_ASSERT(has(fetched(), "\r\nX-VMS-From: SMTP%"));
    }

    void test_hp_19_4_headers_at_the_bottom_come_first()
    {
        deliver_as_smtp(); /* OPTIONS.HEADERS is BOTTOM by default */
        std::string text = fetched();
        CPPUNIT_ASSERT(decodes(text));
        CPPUNIT_ASSERT(has(text, "\r\nX-VMS-From: SMTP%\"james.jones@federation.gov\"\r\n"));
        CPPUNIT_ASSERT(!has(text, "RFC 822 Headers"));
        static const char *const once[] = {"Date",     "From",         "To",          "Subject",
                                           "Received", "Content-Type", "Return-Path", "X-VMS-From"};
        std::string head = text.substr(0, text.find("\r\n\r\n") + 2);
        for (size_t i = 0; i < sizeof once / sizeof *once; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(once[i], 1U, count(head, once[i]));
    }

    void test_hp_19_4_headers_at_the_bottom_may_stay_there()
    {
        set(P_POP_BOTTOM_HEADERS, "OFF");
        deliver_as_smtp();
        std::string text = fetched();
        CPPUNIT_ASSERT(!decodes(text));
        CPPUNIT_ASSERT(has(text, "=== RFC 822 Headers ==="));
    }

    void test_hp_19_4_mail_with_a_decnet_from_is_not_smtp()
    {
        set(P_HEADERS, "TOP");
        set(P_POP_IGNORE_MAIL11_HEADERS, "1");
        deliver_as_smtp("NODE::JONES");
        CPPUNIT_ASSERT(!decodes(fetched()));
    }

    void test_hp_19_4_top_and_list_agree_with_the_message()
    {
        static const char *const where[] = {"BOTTOM", "TOP", "NONE"};
        for (int k = 0; k < 6; ++k) {
            tearDown();
            setUp();
            set(P_HEADERS, where[k % 3]);
            set(P_POP_IGNORE_MAIL11_HEADERS, k / 3 ? "1" : "0");
            deliver_as_smtp();
            PopClient client(context_);
            client.login("smith", "sesame");
            std::string whole = client.say("TOP 1 1000\r\n"), same = client.say("RETR 1\r\n");
            CPPUNIT_ASSERT_EQUAL(same.substr(same.find("\r\n")), whole.substr(whole.find("\r\n")));
            std::string head = client.say("TOP 1 0\r\n");
            size_t end = same.find("\r\n\r\n") + 4, begin = same.find("\r\n");
            CPPUNIT_ASSERT_EQUAL(same.substr(begin, end - begin) + ".\r\n",
                                 head.substr(head.find("\r\n")));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp194MimeTest);
