/*
**  tls_test - TLS below the engine, from the first byte
*/
#include "VMS/recfile.h"
#include "VMS/tls.h"

#include "service_fixture.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

static const char CERTIFICATE[] = "SYS$SYSDEVICE:[CERTS]SERVER.CRT";
static const char KEY[] = "SYS$SYSDEVICE:[CERTS]SERVER.KEY";

class TlsTest : public ServiceFixture {
    CPPUNIT_TEST_SUITE(TlsTest);
    CPPUNIT_TEST(test_session_runs_over_tls);
    CPPUNIT_TEST(test_peer_is_verified_by_name);
    CPPUNIT_TEST(test_large_answer_over_tls);
    CPPUNIT_TEST(test_clear_text_on_a_tls_port_ends);
    CPPUNIT_TEST(test_missing_or_bad_files_are_told);
    CPPUNIT_TEST_SUITE_END();

    TlsServer tls_;

    static void write_text(const char *spec, BIO *bio)
    {
        char *data = 0;
        size_t size = static_cast<size_t>(BIO_get_mem_data(bio, &data));
        std::string text(data, size);
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(spec, "").ok());
        for (size_t begin = 0, end; (end = text.find('\n', begin)) != std::string::npos;
             begin = end + 1)
            CPPUNIT_ASSERT(writer.write(text.substr(begin, end - begin)).ok());
        BIO_free(bio);
    }
    /* A self-signed certificate for "vms.test". */
    static void make_certificate()
    {
        EVP_PKEY *key = EVP_EC_gen("P-256");
        X509 *certificate = X509_new();
        X509_set_version(certificate, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
        X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
        X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
        X509_set_pubkey(certificate, key);
        X509_NAME *name = X509_get_subject_name(certificate);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char *>("vms.test"), -1, -1, 0);
        X509_set_issuer_name(certificate, name);
        X509_sign(certificate, key, EVP_sha256());
        BIO *text = BIO_new(BIO_s_mem());
        PEM_write_bio_X509(text, certificate);
        write_text(CERTIFICATE, text);
        text = BIO_new(BIO_s_mem());
        PEM_write_bio_PrivateKey(text, key, 0, 0, 0, 0, 0);
        write_text(KEY, text);
        X509_free(certificate);
        EVP_PKEY_free(key);
    }
    void start_tls()
    {
        root_->make_folder("/CERTS");
        make_certificate();
        Status status = tls_.load(CERTIFICATE, KEY);
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.ok());
        parameters_.tls = &tls_;
        start(true);
    }
    static std::string read_text(Transport *transport, int fd, size_t size)
    {
        std::string text;
        char buffer[16384];
        while (text.size() < size) {
            int count = transport->read(buffer, sizeof buffer);
            if (count > 0)
                text.append(buffer, static_cast<size_t>(count));
            else if (count != NET_AGAIN || net_wait_readable(fd, 10000) != 1)
                break;
        }
        return text;
    }

public:
    void test_session_runs_over_tls()
    {
        TlsClient client;
        Transport *line = 0;
        start_tls();
        CPPUNIT_ASSERT(client.load("").ok());
        int fd = dial();
        CPPUNIT_ASSERT(client.connect(fd, "vms.test", 5000, &line).ok());
        std::auto_ptr<Transport> transport(line);
        CPPUNIT_ASSERT_EQUAL(std::string("HELLO\r\n"), read_text(line, fd, 7));
        for (int i = 0; i < 5; ++i) {
            CPPUNIT_ASSERT_EQUAL(5, line->write("line\n", 5));
            CPPUNIT_ASSERT_EQUAL(std::string("line\n"), read_text(line, fd, 5));
            usleep(15000); /* it is parked between */
        }
        CPPUNIT_ASSERT_EQUAL(5, line->write("QUIT\n", 5));
        CPPUNIT_ASSERT_EQUAL(std::string("BYE\r\n"), read_text(line, fd, 100));
    }
    void test_peer_is_verified_by_name()
    {
        TlsClient client;
        Transport *line = 0;
        start_tls();
        CPPUNIT_ASSERT(client.load(CERTIFICATE).ok());
        CPPUNIT_ASSERT(client.connect(dial(), "vms.test", 5000, &line).ok());
        delete line;
        line = 0;
        CPPUNIT_ASSERT(!client.connect(dial(), "other.test", 5000, &line).ok());
        CPPUNIT_ASSERT(line == 0);
    }
    void test_large_answer_over_tls()
    {
        TlsClient client;
        Transport *line = 0;
        start_tls();
        CPPUNIT_ASSERT(client.load("").ok());
        int fd = dial();
        CPPUNIT_ASSERT(client.connect(fd, "vms.test", 5000, &line).ok());
        std::auto_ptr<Transport> transport(line);
        CPPUNIT_ASSERT_EQUAL(12, line->write("BIG 5000000\n", 12));
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(5000007), read_text(line, fd, 5000007).size());
    }
    void test_clear_text_on_a_tls_port_ends()
    {
        start_tls();
        int fd = dial();
        send(fd, "EHLO plain\r\n");
        CPPUNIT_ASSERT(receive_all(fd).find("HELLO") == std::string::npos);
        CPPUNIT_ASSERT(wait_sessions(0));
    }
    void test_missing_or_bad_files_are_told()
    {
        TlsServer server;
        root_->make_folder("/CERTS");
        CPPUNIT_ASSERT(server.load(CERTIFICATE, KEY).not_found());
        make_certificate();
        CPPUNIT_ASSERT(!server.load(KEY, CERTIFICATE).ok());
        CPPUNIT_ASSERT(!server.is_loaded());
        CPPUNIT_ASSERT(server.create(0) == 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(TlsTest);
