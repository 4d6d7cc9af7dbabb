/*
**  control_file_test - files of messages on a scratch disk: streams, states, damage, names
*/
#include <algorithm>
#include <cppunit/extensions/HelperMacros.h>
#include <pthread.h>
#include <rmsdef.h>
#include <set>
#include "MTA/control_file.h"
#include "MTA/config_store.h"
#include "VMS/recfile.h"
#include "VMS/vmstime.h"
#include "scratch_system.h"

using namespace mail;

class ControlFileTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(ControlFileTest);
    CPPUNIT_TEST(test_small_and_large_messages_come_back);
    CPPUNIT_TEST(test_many_recipients_come_back);
    CPPUNIT_TEST(test_nothing_is_left_without_commit);
    CPPUNIT_TEST(test_state_of_one_recipient_changes);
    CPPUNIT_TEST(test_truncated_file_is_reported);
    CPPUNIT_TEST(test_damaged_text_is_reported_at_its_end);
    CPPUNIT_TEST(test_missing_file_fails);
    CPPUNIT_TEST(test_erase_removes_the_file);
    CPPUNIT_TEST(test_small_message_costs_few_calls);
    CPPUNIT_TEST(test_disk_full_is_452_and_leaves_nothing);
    CPPUNIT_TEST(test_names_are_unique_with_fifty_threads);
    CPPUNIT_TEST(test_name_has_the_documented_form);
    CPPUNIT_TEST_SUITE_END();

    ControlEnvelope envelope_;
    std::vector<ControlRecipient> recipients_;

    static std::string text_of(size_t size)
    {
        std::string text;
        text.reserve(size);
        for (size_t i = 0; text.size() < size; ++i)
            text += static_cast<char>(i % 251 == 0 ? 'x' : (i * 7 + i / 256) & 0xFF);
        return text;
    }
    std::string write(const std::string &text, size_t piece)
    {
        ControlWriter writer;
        std::string file;
        CPPUNIT_ASSERT(writer.begin(envelope_, recipients_, "").is_done());
        for (size_t at = 0; at < text.size(); at += piece)
            CPPUNIT_ASSERT(
                writer.write(text.data() + at, std::min(piece, text.size() - at)).is_done());
        CPPUNIT_ASSERT(writer.size() == text.size());
        CPPUNIT_ASSERT(writer.commit(&file).is_done());
        return file;
    }
    static Outcome read(ControlFile &file, size_t piece, std::string *text)
    {
        std::vector<char> buffer(piece);
        for (;;) {
            size_t got = 0;
            Outcome outcome = file.read_text(&buffer[0], piece, &got);
            if (!outcome.is_done() || got == 0)
                return outcome;
            text->append(&buffer[0], got);
        }
    }
    static size_t files_like(const char *pattern)
    {
        FileSearch search;
        std::string name;
        size_t count = 0;
        if (search.open(config_common_file(pattern), "").ok())
            while (search.next(&name).ok())
                ++count;
        return count;
    }

public:
    void setUp()
    {
        scratch_system();
        envelope_ = ControlEnvelope();
        envelope_.sender = "a@example.com";
        envelope_.user = "TCPIP$SMTP";
        recipients_.assign(3, ControlRecipient());
        for (size_t i = 0; i < recipients_.size(); ++i)
            recipients_[i].address = std::string(1, static_cast<char>('a' + i)) + "@example.org";
    }

    void test_small_and_large_messages_come_back()
    {
        static const size_t sizes[] = {0, 1, 511, 512, 513, 30000, 60000, 61441, 65024, 300001};
        static const size_t pieces[] = {1000, 40000, 1000000};
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i) {
            for (size_t k = 0; k < sizeof pieces / sizeof *pieces; ++k) {
                std::string text = text_of(sizes[i]), back;
                std::string name = write(text, pieces[k]);
                ControlFile file;
                CPPUNIT_ASSERT(file.open(name, false).is_done());
                CPPUNIT_ASSERT(file.text_size() == sizes[i]);
                CPPUNIT_ASSERT(read(file, pieces[2 - k] / 3, &back).is_done());
                CPPUNIT_ASSERT(text == back);
                file.rewind_text();
                back.clear();
                CPPUNIT_ASSERT(read(file, 4096, &back).is_done());
                CPPUNIT_ASSERT(text == back);
                CPPUNIT_ASSERT_EQUAL(std::string("a@example.com"), file.envelope().sender);
                CPPUNIT_ASSERT_EQUAL(size_t(3), file.recipients().size());
                CPPUNIT_ASSERT(file.erase().is_done());
            }
        }
    }

    void test_many_recipients_come_back()
    {
        recipients_.assign(2000, recipients_[0]);
        recipients_[1999].address = "last@example.org";
        ControlFile file;
        CPPUNIT_ASSERT(file.open(write("x\r\n", 10), true).is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("last@example.org"), file.recipients()[1999].address);
        ControlCell cell;
        cell.state = CONTROL_SENT;
        CPPUNIT_ASSERT(file.update(1999, cell, true).is_done());
        std::string name = file.file(), text;
        file.close();
        CPPUNIT_ASSERT(file.open(name, false).is_done());
        CPPUNIT_ASSERT_EQUAL(CONTROL_SENT, file.recipients()[1999].cell.state);
        CPPUNIT_ASSERT(read(file, 100, &text).is_done());
        CPPUNIT_ASSERT_EQUAL(std::string("x\r\n"), text);
        file.erase();
    }

    void test_nothing_is_left_without_commit()
    {
        {
            ControlWriter writer;
            std::string text = text_of(200000);
            CPPUNIT_ASSERT(writer.begin(envelope_, recipients_, "").is_done());
            CPPUNIT_ASSERT(writer.write(text.data(), text.size()).is_done());
        }
        CPPUNIT_ASSERT_EQUAL(size_t(0), files_like("*.TMP_*;*"));
        CPPUNIT_ASSERT_EQUAL(size_t(0), files_like("*.TCPIP_*;*"));
    }

    void test_state_of_one_recipient_changes()
    {
        std::string name = write("text\r\n", 100);
        ControlFile file;
        ControlCell cell;
        cell.state = CONTROL_FAILED;
        cell.attempts = 2;
        cell.code = 550;
        cell.text = "no";
        CPPUNIT_ASSERT(file.open(name, true).is_done());
        CPPUNIT_ASSERT(file.update(1, cell, true).is_done());
        CPPUNIT_ASSERT(file.update(3, cell, false).is_failed());
        file.close();
        CPPUNIT_ASSERT(file.open(name, false).is_done());
        CPPUNIT_ASSERT_EQUAL(CONTROL_UNSENT, file.recipients()[0].cell.state);
        CPPUNIT_ASSERT_EQUAL(CONTROL_FAILED, file.recipients()[1].cell.state);
        CPPUNIT_ASSERT_EQUAL(boost::uint16_t(550), file.recipients()[1].cell.code);
        CPPUNIT_ASSERT_EQUAL(CONTROL_UNSENT, file.recipients()[2].cell.state);
        file.erase();
    }

    void test_truncated_file_is_reported()
    {
        std::string whole, name = write(text_of(2000), 5000);
        CPPUNIT_ASSERT(file_read(name, "", 1000000, &whole).ok());
        file_erase(name);
        static const size_t sizes[] = {0, 5, 100, 512, 600, 1024, 1536, 1600, 3000};
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i) {
            CPPUNIT_ASSERT(sizes[i] < whole.size());
            BlockFile cut;
            CPPUNIT_ASSERT(cut.create(config_common_file("CUT.TCPIP_X"), "").ok());
            CPPUNIT_ASSERT(cut.write(whole.substr(0, sizes[i])).ok());
            std::string cut_name = cut.resultant();
            CPPUNIT_ASSERT(cut.close().ok());
            ControlFile file;
            CPPUNIT_ASSERT(file.open(cut_name, false).is_failed());
            CPPUNIT_ASSERT(file.verdict() != CONTROL_OK);
            file_erase(cut_name);
        }
    }

    void test_damaged_text_is_reported_at_its_end()
    {
        std::string name = write(text_of(100000), 5000), back;
        BlockFile raw;
        CPPUNIT_ASSERT(raw.open(name, "", true).ok());
        CPPUNIT_ASSERT(raw.write_at(70000, "!", 1).ok());
        CPPUNIT_ASSERT(raw.close().ok());
        ControlFile file;
        CPPUNIT_ASSERT(file.open(name, false).is_done());
        CPPUNIT_ASSERT(read(file, 4096, &back).is_failed());
        CPPUNIT_ASSERT_EQUAL(CONTROL_DAMAGED, file.verdict());
        file.erase();
    }

    void test_missing_file_fails()
    {
        ControlFile file;
        Outcome outcome = file.open(config_common_file("NONE.TCPIP_X"), false);
        CPPUNIT_ASSERT(outcome.is_failed());
        CPPUNIT_ASSERT(outcome.sender_text().empty());
    }

    void test_erase_removes_the_file()
    {
        ControlFile file;
        CPPUNIT_ASSERT(file.open(write("x", 1), true).is_done());
        std::string name = file.file();
        CPPUNIT_ASSERT(file.erase().is_done());
        CPPUNIT_ASSERT(!file_exists(name, ""));
        CPPUNIT_ASSERT_EQUAL(size_t(0), files_like("*.TCPIP_*;*"));
    }

    void test_small_message_costs_few_calls()
    {
        ControlFile first;
        CPPUNIT_ASSERT(first.open(write("x", 1), true).is_done() && first.erase().is_done());
        shim_clear_usage();
        std::string name = write(text_of(4000), 1000);
        static const char *const once[] = {"sys$create", "sys$write", "sys$flush"};
        for (size_t i = 0; i < sizeof once / sizeof *once; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(once[i], 1ull, shim_calls("*", once[i]));
        CPPUNIT_ASSERT_EQUAL(0ull, shim_calls("*", "sys$rename"));
        shim_clear_usage();
        ControlFile file;
        std::string text;
        CPPUNIT_ASSERT(file.open(name, true).is_done());
        CPPUNIT_ASSERT(read(file, 32768, &text).is_done());
        CPPUNIT_ASSERT_EQUAL(1ull, shim_calls("*", "sys$read"));
        ControlCell cell;
        cell.state = CONTROL_SENT;
        CPPUNIT_ASSERT(file.update(0, cell, false).is_done());
        CPPUNIT_ASSERT_EQUAL(1ull, shim_calls("*", "sys$write"));
        file.erase();
    }

    void test_disk_full_is_452_and_leaves_nothing()
    {
        static const char *const services[] = {"sys$create", "sys$write", "sys$flush",
                                               "sys$rename"};
        for (size_t i = 0; i < 2 * sizeof services / sizeof *services - 1; ++i) {
            ControlWriter writer;
            std::string text = text_of(i < 4 ? 200000 : 2000), name; /* no rename of small ones */
            CPPUNIT_ASSERT(writer.begin(envelope_, recipients_, "").is_done());
            shim_arm_fault("*", services[i % 4], 1, 0, RMS$_FUL);
            Outcome outcome = writer.write(text.data(), text.size());
            if (outcome.is_done())
                outcome = writer.commit(&name);
            CPPUNIT_ASSERT_EQUAL_MESSAGE(services[i % 4] + outcome.log_text(), 452, outcome.code());
            shim_clear_faults();
            writer.discard();
            CPPUNIT_ASSERT_EQUAL_MESSAGE(services[i % 4], size_t(0), files_like("*.T*_TESTND;*"));
        }
    }

    static void *take_names(void *list)
    {
        for (int i = 0; i < 200; ++i) {
            ControlEnvelope envelope;
            envelope.user = "TCPIP$SMTP";
            static_cast<std::vector<std::string> *>(list)->push_back(
                control_name_print(control_file_name(&envelope)));
        }
        return 0;
    }

    void test_names_are_unique_with_fifty_threads()
    {
        enum { THREADS = 50 };
        pthread_t threads[THREADS];
        std::vector<std::string> names[THREADS];
        std::set<std::string> all;
        for (int i = 0; i < THREADS; ++i)
            CPPUNIT_ASSERT_EQUAL(0, pthread_create(&threads[i], 0, take_names, &names[i]));
        for (int i = 0; i < THREADS; ++i) {
            pthread_join(threads[i], 0);
            for (size_t k = 0; k < names[i].size(); ++k)
                CPPUNIT_ASSERT(all.insert(names[i][k]).second);
        }
        CPPUNIT_ASSERT_EQUAL(size_t(THREADS * 200), all.size());
    }

    void test_name_has_the_documented_form()
    {
        ControlEnvelope envelope;
        envelope.user = "LONGUSERNAME";
        for (int i = 0; i < 100; ++i) {
            ControlName parsed, name = control_file_name(&envelope);
            std::string text = control_name_print(name);
            CPPUNIT_ASSERT(control_name_parse(text, &parsed));
            CPPUNIT_ASSERT(text.find('.') <= 39);
            CPPUNIT_ASSERT_EQUAL(name.stamp + "_" + name.pid, envelope.message_id);
        }
        CPPUNIT_ASSERT(envelope.created != 0);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(ControlFileTest);
