/*
**  hp_18_5_symbiont_test - HP TCP/IP Services Management, 18.5 (spec 2.1, 2.2): logical names that
**  only a run of the symbiont obeys; OPTIONS of SET CONFIGURATION SMTP about headers (spec 6.7)
*/
#include "../SYMBIONT/symbiont_fixture.h"
#include "deliver_remote.h"
#include "job.h"
#include "symbiont.h"

#include "VMS/mailstore.h"

using namespace mail;

class Hp185SymbiontTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(Hp185SymbiontTest);
    CPPUNIT_TEST(test_hp_18_5_log_level_2);
    CPPUNIT_TEST(test_hp_18_5_log_level_3);
    CPPUNIT_TEST(test_hp_18_5_nosey);
    CPPUNIT_TEST(test_hp_18_5_symb_trace);
    CPPUNIT_TEST(test_hp_18_5_mts_allin1);
    CPPUNIT_TEST(test_hp_18_2_headers_bottom_top_none);
    CPPUNIT_TEST_SUITE_END();

    Connections connections_;

    void run(const std::string &file)
    {
        log_.clear();
        Job job(job_request(file), connections_, never_);
        CPPUNIT_ASSERT_MESSAGE(log_, job.run().ok());
    }
    /* To the host of set_port. */
    void send(const std::string &recipient)
    {
        ControlFile file;
        CPPUNIT_ASSERT(file.open(control_file("a@us.test", recipient), true).is_done());
        RouteHost host;
        host.name = "127.0.0.1";
        host.is_address = true;
        Route route;
        route.kind = Route::REMOTE;
        route.domain = "them.test";
        route.hosts.push_back(host);
        RemoteJob job;
        job.settings = settings_;
        job.identity = identity_;
        job.connections = &connections_;
        job.stop = &never_;
        std::vector<Outcome> outcomes;
        deliver_remote(job, file, route, std::vector<size_t>(1, 0), &outcomes);
        CPPUNIT_ASSERT_MESSAGE(log_, outcomes[0].is_done());
    }
    size_t logged(const std::string &what) const { return log_.find(what); }

    static LocalUser::Verdict users(const std::string &user, std::string *forward)
    {
        if (user == "SMITH")
            *forward = "MTS::MRGATE::\"BERLIN::SMITH\""; /* to MAIL he is a user like others */
        return user == "SMITH" || user == "JONES" ? LocalUser::DELIVER : LocalUser::UNKNOWN;
    }
    /* From: and text of the newest message. */
    static std::string newest(const std::string &user, std::string *text)
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0;
        std::vector<MailItem> items;
        CPPUNIT_ASSERT(file.open("SYS$SYSDEVICE:[" + user + "]").ok());
        CPPUNIT_ASSERT(folder.select(&file, "NEWMAIL", &count).ok());
        CPPUNIT_ASSERT(folder.list(&items).ok() && !items.empty());
        CPPUNIT_ASSERT(folder.read(items.back(), false, 100000, text).ok());
        return items.back().from;
    }

public:
    void tearDown()
    {
        alias_use(0);
        log_set_level(LOG_INFO);
        connections_.close_all();
        SymbiontFixture::tearDown();
    }

    /*
    **  "a Next Open File line naming each control file before it is processed; all mail headers and
    **  recipients after the control file has been processed"
    */
    void test_hp_18_5_log_level_2()
    {
        static const char text[] = "From: x@y.test\r\nSubject: s\r\n\r\nbody\r\n";
        run(control_file("a@b.test", "smith@us.test,jones@us.test", text));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, logged("Next Open File"));
        set(P_SMTP_LOG_LEVEL, "2");
        std::string file = control_file("a@b.test", "smith@us.test,jones@us.test", text);
        run(file);
        size_t open = logged("Next Open File file=" + file), done = logged("result=DONE");
        size_t from = logged("header name=From value=x@y.test");
        CPPUNIT_ASSERT_MESSAGE(log_, open < done && done < from && from != std::string::npos);
        CPPUNIT_ASSERT(logged("recipient to=jones@us.test state=SENT") > from);
        CPPUNIT_ASSERT(logged("recipient to=jones@us.test state=SENT") != std::string::npos);
    }

    /* "adds symbiont initialisation and per-control-file activity" */
    void test_hp_18_5_log_level_3()
    {
        set(P_SMTP_LOG_LEVEL, "3");
        log_set_level(symbiont_log_level(*settings_));
        std::string file = control_file("a@b.test", "smith@us.test,x@no.test");
        run(file); /* without a name server other hosts are not found now */
        CPPUNIT_ASSERT_MESSAGE(log_, logged(" mail users=1 first=SMITH") != std::string::npos);
        CPPUNIT_ASSERT(logged(" route ") != std::string::npos);
        file = control_file("a@b.test", "smith@us.test");
        run(file);
        CPPUNIT_ASSERT(logged(" erased file=" + file) != std::string::npos);
        set(P_SMTP_LOG_LEVEL, "2");
        log_set_level(symbiont_log_level(*settings_));
        run(control_file("a@b.test", "smith@us.test"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, logged(" mail users="));
    }

    /* "prints the real Subject header; otherwise the log shows SUBJECT:<omitted>" */
    void test_hp_18_5_nosey()
    {
        set(P_SMTP_LOG_LEVEL, "2");
        run(control_file("a@b.test", "smith@us.test", "Subject: private\r\n\r\nx\r\n"));
        CPPUNIT_ASSERT(logged(" SUBJECT:<omitted>\n") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(std::string::npos, logged("private"));
        set(P_SMTP_NOSEY, "1");
        run(control_file("a@b.test", "smith@us.test", "Subject: private\r\n\r\nx\r\n"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, logged("<omitted>"));
        CPPUNIT_ASSERT(logged("header name=Subject value=private") != std::string::npos);
    }

    /* "logs every protocol message; CRLF prints as \d\a" */
    void test_hp_18_5_symb_trace()
    {
        static const char *const script[] = {"R 220 hi", "L", "R 250 them", "L", "R 250 ok", "L",
                                             "R 250 ok", "L", "R 354 go", "D", "R 250 taken", "L",
                                             "R 221 bye", 0};
        Server server(script);
        set_port(server.address().port);
        set(P_SMTP_SYMB_TRACE, "1");
        send("x@them.test");
        connections_.close_all();
        server.join();
        static const char *const said[] = {"220 hi", "EHLO us.test\\\\d\\\\a",
                                           "RCPT TO:<x@them.test>", "250 taken", "QUIT"};
        for (size_t i = 0; i < sizeof said / sizeof *said; ++i)
            CPPUNIT_ASSERT_MESSAGE(said[i] + log_, logged(said[i]) != std::string::npos);
    }

    /* "when relaying SMTP to Message Router, put TCPIP$SMTP in From:" */
    void test_hp_18_5_mts_allin1()
    {
        std::string text;
        const std::string message = "From: x@y.test\r\nSubject: s\r\n\r\nbody\r\n";
        alias_use(users);
        run(control_file("a@b.test", "smith@us.test,jones@us.test", message));
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"x@y.test\""), newest("SMITH", &text));
        set(P_MTS_ALLIN1, "1");
        run(control_file("a@b.test", "smith@us.test,jones@us.test", message));
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP"), newest("SMITH", &text));
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"x@y.test\""), newest("JONES", &text));
    }

    /* Spec 6.7: headers at the bottom (HEADERS), top (TOP_HEADERS) or dropped (NOHEADERS). */
    void test_hp_18_2_headers_bottom_top_none()
    {
        static const char *const choices[] = {"BOTTOM", "TOP", "NONE"};
        for (size_t i = 0; i < 3; ++i) {
            std::string text;
            set(P_HEADERS, choices[i]);
            run(control_file("a@b.test", "smith@us.test", "X-Mark: head\r\n\r\nbody\r\n"));
            newest("SMITH", &text);
            size_t head = text.find("X-Mark: head"), body = text.find("body");
            CPPUNIT_ASSERT(body != std::string::npos);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(choices[i], i == 2, head == std::string::npos);
            if (i != 2)
                CPPUNIT_ASSERT_EQUAL_MESSAGE(choices[i], i == 1, head < body);
            CPPUNIT_ASSERT_EQUAL(
                i == 0, text.find("================== RFC 822 Headers ==================") !=
                            std::string::npos);
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(Hp185SymbiontTest);
