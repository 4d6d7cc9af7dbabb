/*
**  tls_files - a self-signed certificate and its key, as a manager would put them on the disk
*/
#ifndef TEST_TLS_FILES_H
#define TEST_TLS_FILES_H

#include "VMS/recfile.h"
#include "file_guard.h"
#include "scratch_root.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

inline void write_pem(const std::string &spec, BIO *bio)
{
    char *data = 0;
    size_t size = static_cast<size_t>(BIO_get_mem_data(bio, &data));
    std::string text(data, size);
    mail::RecordWriter writer;
    CPPUNIT_ASSERT(writer.create(spec, "").ok());
    for (size_t begin = 0, end; (end = text.find('\n', begin)) != std::string::npos;
         begin = end + 1)
        CPPUNIT_ASSERT(writer.write(text.substr(begin, end - begin)).ok());
    CPPUNIT_ASSERT(writer.close().ok());
    BIO_free(bio);
}

inline X509 *self_signed(EVP_PKEY *key)
{
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
    return certificate;
}

/*
**  name + ".CRT" and name + ".KEY" for the host vms.test; the folder [CERTS] is made.  The key is
**  for its owner alone; with a password it is encrypted.
*/
inline void make_tls_files(ScratchRoot *root, const std::string &name, const char *password = 0)
{
    root->make_folder("/CERTS");
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = self_signed(key);
    BIO *text = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(text, certificate);
    write_pem(name + ".CRT", text);
    text = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(text, key, password ? EVP_aes_128_cbc() : 0, 0, 0, 0,
                             const_cast<char *>(password));
    write_pem(name + ".KEY", text);
    set_file_guard(name + ".KEY", 0xff00);
    X509_free(certificate);
    EVP_PKEY_free(key);
}

#endif
