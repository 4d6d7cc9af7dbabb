/*
**  opcom_server_test - $SNDOPR, OPERATOR.LOG, $BRKTHRU (spec 7.4)
*/
#include "system_support.h"

#include <brkdef.h>
#include <brkmsgdef.h>
#include <efndef.h>
#include <opcdef.h>
#include <prvdef.h>

#include <cppunit/extensions/HelperMacros.h>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <thread>

class OpcomServerTest : public CppUnit::TestFixture
{
    CPPUNIT_TEST_SUITE(OpcomServerTest);
    CPPUNIT_TEST(test_request_has_opcoms_layout);
    CPPUNIT_TEST(test_arguments_table);
    CPPUNIT_TEST(test_reply_request_has_no_operator);
    CPPUNIT_TEST(test_controls_do_not_reach_the_log);
    CPPUNIT_TEST(test_messages_of_threads_do_not_mix);
    CPPUNIT_TEST(test_violation_is_told_the_operator);
    CPPUNIT_TEST(test_broadcast_reaches_terminals_of_the_user);
    CPPUNIT_TEST(test_broadcast_arguments_table);
    CPPUNIT_TEST_SUITE_END();

    std::unique_ptr<ShimRoot> root_;

    std::string file(const std::string &name) const
    {
        std::ifstream in((root_->path() + "/" + name).c_str());
        return std::string(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    }
    std::string log() const { return file("VMS$COMMON/SYSMGR/OPERATOR.LOG;1"); }

    static int send(unsigned type, unsigned target, const std::string &text,
                    unsigned short chan = 0)
    {
        unsigned head[2] = {type | target << 8, 5};
        LowText message(std::string(reinterpret_cast<char *>(head), 8) + text);
        return sys$sndopr(message, chan);
    }
    static int broadcast(const char *user, unsigned type, unsigned reqid, struct brkiosb *iosb,
                         unsigned timout = 5)
    {
        LowText text(std::string("New mail")), to((std::string(user)));
        return sys$brkthruw(EFN$C_ENF, text, to, type, reinterpret_cast<struct _iosb *>(iosb), 32,
                            0, reqid, timout, 0, 0);
    }

public:
    void tearDown() { root_.reset(); }
    void setUp() { root_.reset(new ShimRoot); }
    void test_request_has_opcoms_layout()
    {
        CPPUNIT_ASSERT_EQUAL(1, send(OPC$_RQ_RQST, OPC$M_NM_NTWORK, "TCPIP-I-TEST, hello"));
        std::string text = log();
        CPPUNIT_ASSERT_EQUAL(std::string("%%%%%%%%%%%  OPCOM  "), text.substr(0, 20));
        CPPUNIT_ASSERT_EQUAL(std::string("  %%%%%%%%%%%\nMessage from user SYSTEM on ") +
                                 shim::node_name() + "\nTCPIP-I-TEST, hello\n\n",
                             text.substr(43));
    }
    void test_arguments_table()
    {
        static const struct {
            unsigned type, target;
            size_t size;
            int status;
        } table[] = {
            {OPC$_RQ_RQST, OPC$M_NM_CENTRL, 128, SS$_NORMAL},
            {OPC$_RQ_RQST, OPC$M_NM_CENTRL, 129, SS$_BADPARAM},
            {OPC$_RQ_RQST, OPC$M_NM_OPER12, 0, SS$_NORMAL},
            {OPC$_RQ_RQST, 0, 5, SS$_BADPARAM},
            {99, OPC$M_NM_CENTRL, 5, SS$_BADPARAM},
            {OPC$_RQ_REPLY, OPC$M_NM_CENTRL, 5, SS$_UNSUPPORTED},
        };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
            CPPUNIT_ASSERT_EQUAL(table[i].status, send(table[i].type, table[i].target,
                                                       std::string(table[i].size, 'x')));
        LowText small(std::string("\3\1\0\0\0", 5));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), sys$sndopr(small, 0));
    }
    void test_reply_request_has_no_operator()
    {
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(OPC$_NOPERATOR),
                             send(OPC$_RQ_RQST, OPC$M_NM_CENTRL, "mount a tape", 7));
        CPPUNIT_ASSERT(log().find("Request 5, from user SYSTEM") != std::string::npos);
    }
    void test_controls_do_not_reach_the_log()
    {
        send(OPC$_RQ_RQST, OPC$M_NM_CENTRL, std::string("a\r\nb\x1b[2J\rc\0d", 12));
        CPPUNIT_ASSERT(log().find("a\nb.[2J.c.d\n") != std::string::npos);
    }
    void test_messages_of_threads_do_not_mix()
    {
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; t++)
            threads.emplace_back([t] {
                for (int i = 0; i < 25; i++)
                    shim::operator_message("SYSTEM", std::string(500, static_cast<char>('a' + t)));
            });
        for (std::thread &thread : threads)
            thread.join();
        std::string text = log();
        size_t records = 0;
        for (size_t at = text.find("OPCOM"); at != std::string::npos;
             at = text.find("OPCOM", at + 1))
            records++;
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(100), records);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(100) * text.find("\n\n") + 200, text.size());
    }
    void test_violation_is_told_the_operator()
    {
        shim::violation("context %d used after its end", 7);
        CPPUNIT_ASSERT(log().find("SHIM: context 7 used after its end") != std::string::npos);
    }
    void test_broadcast_reaches_terminals_of_the_user()
    {
        std::string terminal = root_->path() + "/terminal";
        fclose(fopen(terminal.c_str(), "w"));
        std::ofstream(shim::store_path("terminals").c_str())
            << "SMITH TTA1: " << terminal << "\nJONES TTA2: /nonexistent/x\n";
        struct brkiosb iosb;
        CPPUNIT_ASSERT_EQUAL(1, broadcast("SMITH", BRK$C_USERNAME, BRK$C_MAIL, &iosb));
        CPPUNIT_ASSERT_EQUAL(1, static_cast<int>(iosb.brkiosb$w_success));
        CPPUNIT_ASSERT_EQUAL(1, static_cast<int>(iosb.brkiosb$w_status));
        CPPUNIT_ASSERT_EQUAL(std::string("\r\nNew mail\r\n"), file("terminal"));
        CPPUNIT_ASSERT(file(".shim/broadcast.log").find("class=2 to=SMITH: New mail\n") !=
                       std::string::npos);
        CPPUNIT_ASSERT_EQUAL(1, broadcast("", BRK$C_ALLUSERS, BRK$C_SHUTDOWN, &iosb));
        CPPUNIT_ASSERT_EQUAL(1, static_cast<int>(iosb.brkiosb$w_timeout));
        CPPUNIT_ASSERT_EQUAL(1, broadcast("NOBODY", BRK$C_USERNAME, BRK$C_MAIL, &iosb));
        CPPUNIT_ASSERT_EQUAL(0, static_cast<int>(iosb.brkiosb$w_success));
    }
    void test_broadcast_arguments_table()
    {
        struct brkiosb iosb;
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM), broadcast("X", 9, BRK$C_MAIL, &iosb));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM),
                             broadcast("X", BRK$C_USERNAME, 20, &iosb));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_BADPARAM),
                             broadcast("X", BRK$C_USERNAME, BRK$C_MAIL, &iosb, 2));
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_NOSUCHDEV),
                             broadcast("TTA9:", BRK$C_DEVICE, BRK$C_MAIL, &iosb));
        shim::Identity identity = shim::self();
        identity.current = 0;
        shim::assume_identity(&identity);
        int other = broadcast("SMITH", BRK$C_USERNAME, BRK$C_MAIL, &iosb);
        int own = broadcast(identity.user.c_str(), BRK$C_USERNAME, BRK$C_MAIL, &iosb);
        shim::assume_identity(0);
        CPPUNIT_ASSERT_EQUAL(static_cast<int>(SS$_NOOPER), other);
        CPPUNIT_ASSERT_EQUAL(1, own);
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(OpcomServerTest);
