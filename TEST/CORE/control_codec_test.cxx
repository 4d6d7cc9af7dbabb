/*
**  control_codec_test - control file blocks there and back, and every kind of damage
*/
#include <cppunit/extensions/HelperMacros.h>
#include <algorithm>
#include "CORE/control_codec.h"

using namespace mail;

class ControlCodecTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ControlCodecTest);
    CPPUNIT_TEST(test_values_come_back);
    CPPUNIT_TEST(test_every_flipped_byte_is_noticed);
    CPPUNIT_TEST(test_every_truncation_is_noticed);
    CPPUNIT_TEST(test_damaged_cell_reads_as_unsent);
    CPPUNIT_TEST(test_cell_in_the_wrong_place_is_damaged);
    CPPUNIT_TEST(test_unfinished_file_is_told);
    CPPUNIT_TEST(test_newer_version_is_told);
    CPPUNIT_TEST(test_writer_refuses_bad_values);
    CPPUNIT_TEST(test_text_check_is_the_same_for_every_split);
    CPPUNIT_TEST(test_check_is_crc_32);
    CPPUNIT_TEST(test_names);
    CPPUNIT_TEST_SUITE_END();

    ControlEnvelope envelope_;
    std::vector<ControlRecipient> recipients_;
    ControlLayout layout_;

    std::string encode()
    {
        std::string blocks;
        CPPUNIT_ASSERT(control_encode(envelope_, recipients_, &blocks, &layout_));
        control_seal(&blocks[0], 1234567890123u, 0x123456789ABCDEFu);
        return blocks;
    }

    static bool damaged_somewhere(const std::string &blocks)
    {
        ControlEnvelope e;
        std::vector<ControlRecipient> r;
        ControlLayout l;
        if (control_decode(blocks.data(), blocks.size(), &e, &r, &l) != CONTROL_OK)
            return true;
        for (size_t i = 0; i < r.size(); ++i)
            if (r[i].cell.damaged)
                return true;
        return false;
    }

public:
    void setUp()
    {
        envelope_.origin = CONTROL_INBOUND;
        envelope_.body = CONTROL_8BITMIME;
        envelope_.returned = CONTROL_RETURN_HEADERS;
        envelope_.envelope_id = "QQ314159";
        envelope_.sender = "a@example.com";
        envelope_.client_name = "client.example.com";
        envelope_.client_address = "10.1.2.3";
        envelope_.protocol = "ESMTP";
        envelope_.user = "TCPIP$SMTP";
        envelope_.message_id = "26112108304712_2020046C";
        envelope_.created = 1795249847u;
        recipients_.clear();
        for (int i = 0; i < 11; ++i) {
            ControlRecipient r;
            r.address = std::string("user") + static_cast<char>('a' + i) + "@example.org";
            if (i == 3)
                r.original = "rfc822;Original@example.org";
            if (i == 4)
                r.notify = CONTROL_NOTIFY_SUCCESS | CONTROL_NOTIFY_DELAY;
            if (i == 5)
                r.notify = CONTROL_NOTIFY_NEVER;
            recipients_.push_back(r);
        }
        recipients_[9].cell.state = CONTROL_FAILED;
        recipients_[9].cell.reported = true;
        recipients_[9].cell.attempts = 300;
        recipients_[9].cell.code = 550;
        recipients_[9].cell.status[0] = 5;
        recipients_[9].cell.status[1] = 1;
        recipients_[9].cell.status[2] = 1;
        recipients_[9].cell.attempted = 1795249900u;
        recipients_[9].cell.text = "no such user";
    }

    void test_values_come_back()
    {
        std::string blocks = encode();
        CPPUNIT_ASSERT_EQUAL(size_t((layout_.text_block - 1) * CONTROL_BLOCK), blocks.size());
        ControlEnvelope e;
        std::vector<ControlRecipient> r;
        ControlLayout l;
        CPPUNIT_ASSERT_EQUAL(CONTROL_OK, control_decode(blocks.data(), blocks.size(), &e, &r, &l));
        CPPUNIT_ASSERT_EQUAL(envelope_.sender, e.sender);
        CPPUNIT_ASSERT_EQUAL(envelope_.client_name, e.client_name);
        CPPUNIT_ASSERT_EQUAL(envelope_.client_address, e.client_address);
        CPPUNIT_ASSERT_EQUAL(envelope_.message_id, e.message_id);
        CPPUNIT_ASSERT_EQUAL(envelope_.created, e.created);
        CPPUNIT_ASSERT_EQUAL(CONTROL_8BITMIME, e.body);
        CPPUNIT_ASSERT_EQUAL(size_t(11), r.size());
        CPPUNIT_ASSERT_EQUAL(std::string("userk@example.org"), r[10].address);
        CPPUNIT_ASSERT_EQUAL(std::string("rfc822;Original@example.org"), r[3].original);
        CPPUNIT_ASSERT_EQUAL(CONTROL_RETURN_HEADERS, e.returned);
        CPPUNIT_ASSERT_EQUAL(std::string("QQ314159"), e.envelope_id);
        CPPUNIT_ASSERT_EQUAL(0u, r[3].notify);
        CPPUNIT_ASSERT_EQUAL(unsigned(CONTROL_NOTIFY_SUCCESS | CONTROL_NOTIFY_DELAY), r[4].notify);
        CPPUNIT_ASSERT_EQUAL(unsigned(CONTROL_NOTIFY_NEVER), r[5].notify);
        CPPUNIT_ASSERT_EQUAL(CONTROL_FAILED, r[9].cell.state);
        CPPUNIT_ASSERT(r[9].cell.reported);
        CPPUNIT_ASSERT_EQUAL(boost::uint16_t(300), r[9].cell.attempts);
        CPPUNIT_ASSERT_EQUAL(boost::uint16_t(550), r[9].cell.code);
        CPPUNIT_ASSERT_EQUAL(1, int(r[9].cell.status[2]));
        CPPUNIT_ASSERT_EQUAL(std::string("no such user"), r[9].cell.text);
        CPPUNIT_ASSERT_EQUAL(CONTROL_UNSENT, r[10].cell.state);
        CPPUNIT_ASSERT(l.text_bytes == 1234567890123u && l.text_check == 0x123456789ABCDEFu);
    }

    void test_every_flipped_byte_is_noticed()
    {
        std::string blocks = encode();
        CPPUNIT_ASSERT(!damaged_somewhere(blocks));
        for (size_t i = 0; i < blocks.size(); ++i) {
            static const char flips[] = {1, '\x80', '\xFF'};
            for (size_t k = 0; k < sizeof flips; ++k) {
                blocks[i] = static_cast<char>(blocks[i] ^ flips[k]);
                CPPUNIT_ASSERT(damaged_somewhere(blocks));
                blocks[i] = static_cast<char>(blocks[i] ^ flips[k]);
            }
        }
    }

    void test_every_truncation_is_noticed()
    {
        std::string blocks = encode();
        for (size_t size = 0; size < blocks.size(); ++size)
            CPPUNIT_ASSERT(damaged_somewhere(blocks.substr(0, size)));
    }

    void test_damaged_cell_reads_as_unsent()
    {
        recipients_[2].cell.state = CONTROL_SENT;
        std::string blocks = encode();
        boost::uint32_t block;
        size_t offset;
        control_cell_place(layout_, 2, &block, &offset);
        blocks[(block - 1) * CONTROL_BLOCK + offset + 5] ^= 4;
        ControlEnvelope e;
        std::vector<ControlRecipient> r;
        ControlLayout l;
        CPPUNIT_ASSERT_EQUAL(CONTROL_OK, control_decode(blocks.data(), blocks.size(), &e, &r, &l));
        CPPUNIT_ASSERT(r[2].cell.damaged && r[2].cell.state == CONTROL_UNSENT);
        CPPUNIT_ASSERT(!r[3].cell.damaged);
    }

    void test_cell_in_the_wrong_place_is_damaged()
    {
        ControlCell cell, back;
        cell.state = CONTROL_SENT;
        char bytes[CONTROL_CELL];
        control_encode_cell(cell, 7, bytes);
        control_decode_cell(bytes, 7, &back);
        CPPUNIT_ASSERT(!back.damaged && back.state == CONTROL_SENT);
        control_decode_cell(bytes, 8, &back);
        CPPUNIT_ASSERT(back.damaged && back.state == CONTROL_UNSENT);
    }

    void test_unfinished_file_is_told()
    {
        std::string blocks;
        CPPUNIT_ASSERT(control_encode(envelope_, recipients_, &blocks, &layout_));
        ControlEnvelope e;
        std::vector<ControlRecipient> r;
        ControlLayout l;
        CPPUNIT_ASSERT_EQUAL(CONTROL_UNFINISHED,
                             control_decode(blocks.data(), blocks.size(), &e, &r, &l));
        CPPUNIT_ASSERT_EQUAL(size_t(11), r.size());
    }

    void test_newer_version_is_told()
    {
        std::string blocks = encode();
        blocks[8] = 2;
        boost::uint32_t check = control_check(0, blocks.data(), CONTROL_BLOCK - 4);
        for (int i = 0; i < 4; ++i)
            blocks[CONTROL_BLOCK - 4 + i] = static_cast<char>(check >> (8 * i));
        ControlLayout l;
        CPPUNIT_ASSERT_EQUAL(CONTROL_NEWER, control_decode_head(blocks.data(), blocks.size(), &l));
        CPPUNIT_ASSERT_EQUAL(CONTROL_FOREIGN, control_decode_head("From: somebody", 14, &l));
        CPPUNIT_ASSERT_EQUAL(CONTROL_SHORT, control_decode_head("", 0, &l));
    }

    void test_writer_refuses_bad_values()
    {
        std::string blocks;
        std::vector<ControlRecipient> nobody;
        CPPUNIT_ASSERT(!control_encode(envelope_, nobody, &blocks, &layout_));
        envelope_.sender = "a\r\nRCPT@example.com";
        CPPUNIT_ASSERT(!control_encode(envelope_, recipients_, &blocks, &layout_));
        envelope_.sender = std::string(1025, 'a');
        CPPUNIT_ASSERT(!control_encode(envelope_, recipients_, &blocks, &layout_));
        envelope_.sender.clear();
        CPPUNIT_ASSERT(control_encode(envelope_, recipients_, &blocks, &layout_));
        recipients_[0].notify = CONTROL_NOTIFY_NEVER | CONTROL_NOTIFY_DELAY;
        CPPUNIT_ASSERT(!control_encode(envelope_, recipients_, &blocks, &layout_));
        recipients_[0].notify = 16;
        CPPUNIT_ASSERT(!control_encode(envelope_, recipients_, &blocks, &layout_));
        recipients_[0].notify = 0;
        recipients_[0].address.clear();
        CPPUNIT_ASSERT(!control_encode(envelope_, recipients_, &blocks, &layout_));
    }

    void test_text_check_is_the_same_for_every_split()
    {
        std::string text;
        for (int i = 0; i < 1001; ++i)
            text += static_cast<char>(i * 7 + i / 256);
        ControlTextCheck whole;
        whole.add(text.data(), text.size());
        static const size_t steps[] = {1, 2, 3, 5, 7, 64, 1000};
        for (size_t s = 0; s < sizeof steps / sizeof *steps; ++s) {
            ControlTextCheck part;
            for (size_t at = 0; at < text.size(); at += steps[s])
                part.add(text.data() + at, std::min(steps[s], text.size() - at));
            CPPUNIT_ASSERT(whole.value() == part.value());
        }
        for (size_t i = 0; i < text.size(); ++i) {
            ControlTextCheck other;
            text[i] ^= 1;
            other.add(text.data(), text.size());
            CPPUNIT_ASSERT(whole.value() != other.value());
            text[i] ^= 1;
        }
        std::swap(text[0], text[4]); /* the same words' bytes in another order */
        std::swap(text[1], text[5]);
        std::swap(text[2], text[6]);
        std::swap(text[3], text[7]);
        ControlTextCheck other;
        other.add(text.data(), text.size());
        CPPUNIT_ASSERT(whole.value() != other.value());
    }

    void test_check_is_crc_32()
    {
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(0xCBF43926u), control_check(0, "123456789", 9));
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(0xCBF43926u),
                             control_check(control_check(0, "1234", 4), "56789", 5));
        boost::crc_32_type peer;
        peer.process_bytes("VMS", 3);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(peer.checksum()), control_check(0, "VMS", 3));
    }

    void test_names()
    {
        struct Row {
            const char *file, *stamp, *user, *pid, *node;
        };
        static const Row table[] = {
            {"26112108304712_TCPIP$SMTP_2020046C.TCPIP_DODO", "26112108304712", "TCPIP$SMTP",
             "2020046C", "DODO"},
            {"DKA0:[SYS0.TCPIP$SMTP]26112108304712A1_MAIL$SERVER_00000201.TCPIP_X;1",
             "26112108304712A1", "MAIL$SERVER", "00000201", "X"},
            {"NEST3$:[DRAKE]93042311394417_DRAKE.UCX_DODO;1", "93042311394417", "DRAKE", "",
             "DODO"},
            {"26112108304712_A_B_2020046C.TCPIP_DODO", "26112108304712", "A_B", "2020046C", "DODO"},
        };
        for (size_t i = 0; i < sizeof table / sizeof *table; ++i) {
            ControlName n;
            CPPUNIT_ASSERT(control_name_parse(table[i].file, &n));
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].stamp), n.stamp);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].user), n.user);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].pid), n.pid);
            CPPUNIT_ASSERT_EQUAL(std::string(table[i].node), n.node);
        }
        static const char *const bad[] = {"LOGIN.COM", "TCPIP$SMTP_LOGFILE.LOG", "",
                                          "2611210830_A_2020046C.TCPIP_X",
                                          "26112108304712_A_2020046C.TMP_X",
                                          "26112108304712__2020046C.TCPIP_"};
        ControlName n;
        for (size_t i = 0; i < sizeof bad / sizeof *bad; ++i)
            CPPUNIT_ASSERT_MESSAGE(bad[i], !control_name_parse(bad[i], &n));
        n.stamp = "26112108304712";
        n.user = "TCPIP$SMTP";
        n.pid = "2020046C";
        n.node = "DODO";
        CPPUNIT_ASSERT_EQUAL(std::string(table[0].file), control_name_print(n));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ControlCodecTest);
