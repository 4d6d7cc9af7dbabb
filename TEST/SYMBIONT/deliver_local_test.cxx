/*
**  deliver_local_test - where headers stand in MAIL's text (spec 6.7), what MAIL's answers mean
*/
#include "deliver_local.h"

#include <cppunit/extensions/HelperMacros.h>
#include <string.h>

using namespace mail;

class DeliverLocalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DeliverLocalTest);
    CPPUNIT_TEST(test_placements_in_every_split);
    CPPUNIT_TEST(test_message_without_empty_line);
    CPPUNIT_TEST(test_message_without_body);
    CPPUNIT_TEST(test_forged_return_path_goes);
    CPPUNIT_TEST(test_long_header_loses_nothing);
    CPPUNIT_TEST(test_answers_of_mail);
    CPPUNIT_TEST(test_jacket_of_local_mail);
    CPPUNIT_TEST_SUITE_END();

    static std::string text(boost::uint32_t placement, const std::string &message, size_t piece)
    {
        LocalText local(placement, "Return-Path: <a@b.c>\r\n");
        std::string out;
        for (size_t at = 0; at < message.size(); at += piece)
            local.feed(message.data() + at,
                       message.size() - at < piece ? message.size() - at : piece, &out);
        local.finish(&out);
        return out;
    }

public:
    void test_placements_in_every_split()
    {
        const std::string message = "From: x@y.z\r\nSubject: s\r\n\r\nbody\r\n\r\nmore\r\n";
        const std::string headers = "Return-Path: <a@b.c>\r\nFrom: x@y.z\r\nSubject: s\r\n";
        const std::string body = "body\r\n\r\nmore\r\n";
        for (size_t piece = 1; piece <= message.size(); ++piece) {
            CPPUNIT_ASSERT_EQUAL(headers + "\r\n" + body, text(1, message, piece));
            CPPUNIT_ASSERT_EQUAL(body + headers_bottom_separator + headers,
                                 text(0, message, piece));
            CPPUNIT_ASSERT_EQUAL(body, text(2, message, piece));
        }
    }

    /* Where a field should stand there is text: it is the body's, wherever headers go. */
    void test_message_without_empty_line()
    {
        const std::string body = "hello world\r\n\r\nmore\r\n";
        const std::string headers = "Return-Path: <a@b.c>\r\nReceived: x\r\n";
        const std::string message = "Received: x\r\n" + body;
        for (size_t piece = 1; piece <= message.size(); ++piece) {
            CPPUNIT_ASSERT_EQUAL(headers + "\r\n" + body, text(1, message, piece));
            CPPUNIT_ASSERT_EQUAL(body + headers_bottom_separator + headers,
                                 text(0, message, piece));
            CPPUNIT_ASSERT_EQUAL(body, text(2, message, piece));
        }
    }

    void test_message_without_body()
    {
        const std::string message = "From: x@y.z\r\n\r\n";
        CPPUNIT_ASSERT_EQUAL(std::string("Return-Path: <a@b.c>\r\nFrom: x@y.z\r\n\r\n"),
                             text(1, message, 4));
        CPPUNIT_ASSERT_EQUAL(std::string(""), text(2, message, 4));
        CPPUNIT_ASSERT(text(0, message, 4).find("From: x@y.z\r\n") != std::string::npos);
    }

    void test_forged_return_path_goes()
    {
        const std::string message = "Return-Path: <forged@x.y>\r\nReturn-Pathology: stays\r\n"
                                    "RETURN-path :\r\n <folded@x.y>\r\nSubject: s\r\n\r\n"
                                    "Return-Path: in the body\r\n";
        for (size_t piece = 1; piece <= message.size(); ++piece)
            CPPUNIT_ASSERT_EQUAL(std::string("Return-Path: <a@b.c>\r\nReturn-Pathology: stays\r\n"
                                             "Subject: s\r\n\r\nReturn-Path: in the body\r\n"),
                                 text(1, message, piece));
    }

    void test_long_header_loses_nothing()
    {
        static const size_t pieces[] = {999, 65536, 400000};
        std::string message = "From: x@y.z\r\n";
        while (message.size() < HEADER_BLOCK_LIMIT + 5000)
            message += "X-Filler: " + std::string(500, 'f') + "\r\n";
        message += "\r\nbody\r\n";
        for (size_t i = 0; i < sizeof pieces / sizeof *pieces; ++i) {
            CPPUNIT_ASSERT("Return-Path: <a@b.c>\r\n" + message == text(1, message, pieces[i]));
            std::string bottom = text(0, message, pieces[i]);
            size_t at = bottom.find(headers_bottom_separator);
            CPPUNIT_ASSERT(at != std::string::npos);
            std::string kept = bottom.substr(at + strlen(headers_bottom_separator));
            std::string whole = kept.substr(strlen("Return-Path: <a@b.c>\r\n")) +
                                bottom.substr(0, at);
            CPPUNIT_ASSERT(message == whole);
            CPPUNIT_ASSERT_EQUAL(std::string("body\r\n"), text(2, message, pieces[i]));
        }
    }

    void test_answers_of_mail()
    {
        MailAddressee a;
        a.address = "SMITH";
        a.delivered = true;
        CPPUNIT_ASSERT(local_outcome(a).is_done());
        a.delivered = false;
        a.status = Status::failed();
        CPPUNIT_ASSERT(local_outcome(a).is_failed());
        a.retry = true;
        CPPUNIT_ASSERT(local_outcome(a).is_later());
    }

    void test_jacket_of_local_mail()
    {
        Settings settings;
        CPPUNIT_ASSERT(settings.set(P_HEADERS, "TOP", ORIGIN_TEST, "", 0));
        CPPUNIT_ASSERT_EQUAL(1U, header_placement(settings, CONTROL_INBOUND));
        CPPUNIT_ASSERT_EQUAL(1U, header_placement(settings, CONTROL_SFF));
        CPPUNIT_ASSERT_EQUAL(2U, header_placement(settings, CONTROL_LOCAL));
        CPPUNIT_ASSERT(settings.set(P_JACKET_LOCAL, "1", ORIGIN_TEST, "", 0));
        CPPUNIT_ASSERT_EQUAL(1U, header_placement(settings, CONTROL_LOCAL));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(DeliverLocalTest);
