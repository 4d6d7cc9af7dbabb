/*
**  server_tls_test - a server's certificate and key by its parameters; what the log says of them
*/
#include <cppunit/extensions/HelperMacros.h>
#include "MTA/log.h"
#include "MTA/server_tls.h"
#include "tls_files.h"

#include <boost/scoped_ptr.hpp>

using namespace mail;

class ServerTlsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ServerTlsTest);
    CPPUNIT_TEST(test_names_come_from_the_parameters);
    CPPUNIT_TEST(test_missing_files_mean_no_tls);
    CPPUNIT_TEST(test_loaded_files_are_told);
    CPPUNIT_TEST_SUITE_END();

    boost::scoped_ptr<ScratchRoot> root_; /* made when the test begins */
    Settings settings_;
    std::string log_;

    bool load(TlsServer *tls)
    {
        return server_tls_load(settings_, P_SMTP_CERT_FILE, P_SMTP_KEY_FILE, "x", tls);
    }
    bool logged(const char *text) const { return log_.find(text) != std::string::npos; }

public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        log_capture(&log_);
    }
    void tearDown()
    {
        log_capture(0);
        root_.reset();
    }

    void test_names_come_from_the_parameters()
    {
        settings_.set(P_SMTP_KEY_FILE, "SMTP", ORIGIN_TEST, "", 0);
        TlsFiles files = server_tls_files(settings_, P_SMTP_CERT_FILE, P_SMTP_KEY_FILE);
        CPPUNIT_ASSERT_EQUAL(std::string("SSL$CERTS:SERVER.CRT"), files.certificate_defaults);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP"), files.key);
        CPPUNIT_ASSERT_EQUAL(std::string("SSL$KEY:SERVER.KEY"), files.key_defaults);
    }

    void test_missing_files_mean_no_tls()
    {
        TlsServer tls;
        CPPUNIT_ASSERT(!load(&tls) && !tls.is_loaded());
        CPPUNIT_ASSERT_MESSAGE(log_, logged("x tls state=\"not available, serving in clear"));
        CPPUNIT_ASSERT_MESSAGE(log_, logged("SERVER.CRT"));
    }

    void test_loaded_files_are_told()
    {
        make_tls_files(root_.get(), "SYS$SYSDEVICE:[CERTS]SERVER");
        settings_.set(P_SMTP_CERT_FILE, "SYS$SYSDEVICE:[CERTS]", ORIGIN_TEST, "", 0);
        settings_.set(P_SMTP_KEY_FILE, "SYS$SYSDEVICE:[CERTS]", ORIGIN_TEST, "", 0);
        TlsServer tls;
        CPPUNIT_ASSERT(load(&tls) && tls.is_loaded());
        CPPUNIT_ASSERT_MESSAGE(log_, logged("x tls certificate=SYS$SYSDEVICE:[CERTS]SERVER.CRT"));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ServerTlsTest);
