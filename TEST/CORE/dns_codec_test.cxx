/*
**  dns_codec_test - CORE/dns_codec.h: answers as servers give them, and as attackers do
*/
#include <cppunit/extensions/HelperMacros.h>

#include "CORE/dns_codec.h"

using namespace mail;

static std::string word(unsigned value)
{
    std::string text(1, static_cast<char>(value >> 8 & 0xFF));
    return text + static_cast<char>(value & 0xFF);
}

static std::string header(unsigned flags, unsigned questions, unsigned answers,
                          unsigned authorities)
{
    return word(0x1234) + word(flags) + word(questions) + word(answers) + word(authorities) +
           word(0);
}

/* "example.com" at offset 12, type MX, class IN: 29 bytes with the header. */
static std::string question()
{
    return std::string("\7EXAMPLE\3com\0", 13) + word(DNS_MX) + word(1);
}

static std::string record(const std::string &name, unsigned type, unsigned ttl,
                          const std::string &data)
{
    return name + word(type) + word(1) + word(0) + word(ttl) +
           word(static_cast<unsigned>(data.size())) + data;
}

static bool decode(const std::string &bytes, DnsMessage *message)
{
    return dns_decode(bytes.data(), bytes.size(), message);
}

static const std::string pointer("\xC0\x0C", 2); /* to example.com */
static const unsigned ANSWER = 0x8180;

class DnsCodecTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(DnsCodecTest);
    CPPUNIT_TEST(test_question_is_encoded);
    CPPUNIT_TEST(test_question_refuses_bad_names);
    CPPUNIT_TEST(test_mx_answer_with_compression);
    CPPUNIT_TEST(test_addresses_texts_and_aliases);
    CPPUNIT_TEST(test_negative_answer_has_soa_ttl);
    CPPUNIT_TEST(test_every_cut_is_refused);
    CPPUNIT_TEST(test_names_of_the_greatest_length);
    CPPUNIT_TEST(test_hostile_names_are_refused);
    CPPUNIT_TEST(test_truncated_flag);
    CPPUNIT_TEST_SUITE_END();

public:
    void test_question_is_encoded()
    {
        std::string bytes;
        CPPUNIT_ASSERT(dns_encode_question(0x1234, "Example.com.", DNS_MX, &bytes));
        CPPUNIT_ASSERT(bytes == header(0x0100, 1, 0, 0) + std::string("\7example\3com\0", 13) +
                                    word(DNS_MX) + word(1));
        DnsMessage message;
        CPPUNIT_ASSERT(decode(bytes, &message));
        CPPUNIT_ASSERT(!message.is_answer && message.id == 0x1234);
        CPPUNIT_ASSERT_EQUAL(std::string("example.com"), message.question);
    }
    void test_question_refuses_bad_names()
    {
        std::string bytes;
        CPPUNIT_ASSERT(!dns_encode_question(1, "", DNS_A, &bytes));
        CPPUNIT_ASSERT(!dns_encode_question(1, "a..b", DNS_A, &bytes));
        CPPUNIT_ASSERT(!dns_encode_question(1, ".a", DNS_A, &bytes));
        CPPUNIT_ASSERT(!dns_encode_question(1, std::string(64, 'a'), DNS_A, &bytes));
        CPPUNIT_ASSERT(dns_encode_question(1, std::string(63, 'a'), DNS_A, &bytes));
        std::string name;
        for (int i = 0; i < 127; ++i)
            name += "a.";
        CPPUNIT_ASSERT(dns_encode_question(1, name.substr(0, 253), DNS_A, &bytes));
        CPPUNIT_ASSERT(!dns_encode_question(1, name + "aa", DNS_A, &bytes));
    }
    void test_mx_answer_with_compression()
    {
        DnsMessage message;
        std::string bytes = header(ANSWER, 1, 2, 0) + question() +
                            record(pointer, DNS_MX, 300, word(10) + std::string("\2MX") + pointer) +
                            record(pointer, DNS_MX, 60, word(0) + std::string(1, '\0'));
        CPPUNIT_ASSERT(decode(bytes, &message));
        CPPUNIT_ASSERT(message.is_answer && message.answers.size() == 2);
        CPPUNIT_ASSERT_EQUAL(std::string("example.com"), message.answers[0].name);
        CPPUNIT_ASSERT_EQUAL(std::string("mx.example.com"), message.answers[0].data);
        CPPUNIT_ASSERT_EQUAL(10u, message.answers[0].preference);
        CPPUNIT_ASSERT_EQUAL(300u, static_cast<unsigned>(message.answers[0].ttl));
        CPPUNIT_ASSERT_EQUAL(std::string(""), message.answers[1].data); // null MX, RFC 7505
    }
    void test_addresses_texts_and_aliases()
    {
        DnsMessage message;
        std::string bytes = header(ANSWER, 1, 5, 0) + question() +
                            record(pointer, DNS_A, 1, std::string("\x0A\1\2\3", 4)) +
                            record(pointer, DNS_AAAA, 1, std::string(16, '\1')) +
                            record(pointer, DNS_TXT, 1, std::string("\2ab\0\1c", 6)) +
                            record(pointer, DNS_CNAME, 1, std::string("\1x\0", 3)) +
                            record(pointer, 99, 1, "whatever");
        CPPUNIT_ASSERT(decode(bytes, &message));
        CPPUNIT_ASSERT_EQUAL(size_t(4), message.answers[0].data.size());
        CPPUNIT_ASSERT_EQUAL(size_t(16), message.answers[1].data.size());
        CPPUNIT_ASSERT_EQUAL(std::string("abc"), message.answers[2].data);
        CPPUNIT_ASSERT_EQUAL(std::string("x"), message.answers[3].data);
        CPPUNIT_ASSERT_EQUAL(99u, message.answers[4].type);
        bytes = header(ANSWER, 1, 1, 0) + question() + record(pointer, DNS_A, 1, "12345");
        CPPUNIT_ASSERT(!decode(bytes, &message));
    }
    void test_negative_answer_has_soa_ttl()
    {
        DnsMessage message;
        std::string soa = pointer + pointer + std::string(16, '\0') + word(0) + word(120);
        CPPUNIT_ASSERT(decode(header(ANSWER | 3, 1, 0, 1) + question() +
                                  record(pointer, DNS_SOA, 600, soa),
                              &message));
        CPPUNIT_ASSERT_EQUAL(static_cast<unsigned>(DNS_NO_NAME), message.code);
        CPPUNIT_ASSERT(message.has_negative_ttl && message.negative_ttl == 120);
    }
    void test_every_cut_is_refused()
    {
        std::string bytes = header(ANSWER, 1, 1, 0) + question() +
                            record(pointer, DNS_MX, 300, word(10) + std::string("\2mx") + pointer);
        DnsMessage message;
        CPPUNIT_ASSERT(decode(bytes, &message));
        for (size_t size = 0; size < bytes.size(); ++size)
            CPPUNIT_ASSERT(!decode(bytes.substr(0, size), &message));
    }
    /* Three labels of 63, and what is left of 253 characters. */
    static std::string long_question(size_t last)
    {
        std::string name;
        for (int i = 0; i < 3; ++i)
            name += '\77' + std::string(63, 'a');
        name += static_cast<char>(last) + std::string(last, 'b') + '\0';
        return header(ANSWER, 1, 0, 0) + name + word(DNS_A) + word(1);
    }
    void test_names_of_the_greatest_length()
    {
        DnsMessage message;
        std::string bytes;
        CPPUNIT_ASSERT(decode(long_question(61), &message));
        CPPUNIT_ASSERT_EQUAL(DNS_NAME_MAX, message.question.size());
        CPPUNIT_ASSERT(dns_encode_question(1, message.question, DNS_A, &bytes));
        CPPUNIT_ASSERT(!decode(long_question(62), &message));
    }
    void test_hostile_names_are_refused()
    {
        DnsMessage message;
        static const struct {
            const char *name;
            size_t size;
        } table[] = { { "\xC0\x1D", 2 },    // to itself
                      { "\xC0\x50", 2 },    // forward
                      { "\1a\xC0\x1D", 4 }, // a loop
                      { "\x40" "a", 2 },    // reserved label type
                      { "\3a.b\0", 5 },     // a period inside a label
                      { "\3a\nb\0", 5 } };
        for (size_t i = 0; i < sizeof table / sizeof table[0]; ++i) {
            std::string name(table[i].name, table[i].size);
            CPPUNIT_ASSERT(!decode(header(ANSWER, 1, 1, 0) + question() +
                                       record(name, DNS_A, 1, std::string(4, '\1')),
                                   &message));
        }
        CPPUNIT_ASSERT(!decode(header(ANSWER, 1, DNS_RECORDS_MAX + 1, 0) + question(), &message));
        CPPUNIT_ASSERT(!decode(header(ANSWER, 2, 0, 0) + question() + question(), &message));
        std::string labels;
        for (int i = 0; i < 200; ++i)
            labels += "\1a";
        CPPUNIT_ASSERT(!decode(header(ANSWER, 1, 0, 0) + labels + std::string(1, '\0') +
                                   word(1) + word(1),
                               &message));
    }
    void test_truncated_flag()
    {
        DnsMessage message;
        CPPUNIT_ASSERT(decode(header(ANSWER | 0x200, 1, 9, 0) + question() + "cut", &message));
        CPPUNIT_ASSERT(message.truncated && message.answers.empty());
    }
};
CPPUNIT_TEST_SUITE_REGISTRATION(DnsCodecTest);
