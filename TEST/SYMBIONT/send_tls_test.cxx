/*
**  send_tls_test - one client for a set of authorities
*/
#include "send_tls.h"

#include <cppunit/extensions/HelperMacros.h>

using namespace mail;

class SendTlsTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(SendTlsTest);
    CPPUNIT_TEST(test_verify_needs_authorities);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_verify_needs_authorities()
    {
        Settings settings;
        TlsClient *client = 0, *again = 0;
        CPPUNIT_ASSERT(tls_client_for(settings, TLS_VERIFY, &client).not_found());
        CPPUNIT_ASSERT(tls_client_for(settings, TLS_MAY, &client).ok() && client);
        CPPUNIT_ASSERT(tls_client_for(settings, TLS_ENCRYPT, &again).ok());
        CPPUNIT_ASSERT(client == again);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(SendTlsTest);
