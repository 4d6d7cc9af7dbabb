/*
**  record_journal_test - records survive their process until they are finished and retired
*/
#include "shim_root.h"

#include "record_journal.h"

#include <cppunit/extensions/HelperMacros.h>

#include <chrono>
#include <cstdio>
#include <signal.h>
#include <sys/wait.h>
#include <thread>

using std::string;
using shim::JournalEntry;
using shim::JournalTicket;
using shim::RecordJournal;

namespace {

std::vector<string> applied;
uint32_t answer;

uint32_t apply(const std::vector<JournalEntry> &entries, uint32_t *records)
{
    for (const JournalEntry &entry : entries)
        applied.push_back(entry.body);
    *records += static_cast<uint32_t>(entries.size());
    return answer;
}

const shim::JournalKind lasting = {"testjrn", 4096, 0, apply};
const shim::JournalKind brief = {"testjrn", 1 << 20, 20, apply};

bool put(RecordJournal &journal, const string &body, bool finish = true)
{
    JournalTicket ticket;
    bool good = (journal.write(body, &ticket) & 1) && (journal.flush(ticket) & 1);
    if (good && finish)
        journal.finished(ticket);
    return good;
}

} // namespace

class RecordJournalTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(RecordJournalTest);
    CPPUNIT_TEST(test_records_of_a_dead_process_are_applied_once);
    CPPUNIT_TEST(test_record_in_two_parts_reads_as_one);
    CPPUNIT_TEST(test_failed_recovery_keeps_the_records);
    CPPUNIT_TEST(test_damaged_record_ends_the_journal);
    CPPUNIT_TEST(test_processes_have_slots_of_their_own);
    CPPUNIT_TEST(test_idle_half_is_emptied);
    CPPUNIT_TEST(test_unfinished_half_is_kept);
    CPPUNIT_TEST(test_reader_refuses_cut_bodies);
    CPPUNIT_TEST_SUITE_END();

public:
    std::unique_ptr<ShimRoot> root;

    void setUp()
    {
        root.reset(new ShimRoot);
        applied.clear();
        answer = 1;
    }
    void tearDown() { root.reset(); }

    void test_records_of_a_dead_process_are_applied_once()
    {
        in_child(lasting, [](RecordJournal &j) {
            return put(j, "one") && put(j, "two") && put(j, "", false) && put(j, string(3000, 'x'));
        });
        CPPUNIT_ASSERT_EQUAL(4u, recover(lasting));
        CPPUNIT_ASSERT(applied == (std::vector<string>{"one", "two", "", string(3000, 'x')}));
        CPPUNIT_ASSERT_EQUAL(0u, recover(lasting));
    }
    void test_record_in_two_parts_reads_as_one()
    {
        const string body = "twenty-one bytes text";
        in_child(lasting, [&body](RecordJournal &j) {
            bool good = true;
            for (size_t at = 0; at <= body.size(); ++at) {
                JournalTicket ticket;
                good = good && (j.write(body.substr(0, at), body.substr(at), &ticket) & 1) &&
                       (j.flush(ticket) & 1);
            }
            return good;
        });
        CPPUNIT_ASSERT_EQUAL(22u, recover(lasting));
        CPPUNIT_ASSERT(applied == std::vector<string>(22, body));
    }
    void test_failed_recovery_keeps_the_records()
    {
        in_child(lasting, [](RecordJournal &j) { return put(j, "one"); });
        answer = 44;
        uint32_t records = 0;
        RecordJournal other(lasting);
        CPPUNIT_ASSERT_EQUAL(44u, other.recover(&records));
        CPPUNIT_ASSERT_EQUAL(44u, other.open());
        answer = 1;
        applied.clear();
        CPPUNIT_ASSERT_EQUAL(1u, recover(lasting));
    }
    void test_damaged_record_ends_the_journal()
    {
        in_child(lasting, [](RecordJournal &j) {
            return put(j, "one") && put(j, "two") && put(j, "three");
        });
        FILE *file = fopen((root->path() + "/.shim/testjrn/000.A").c_str(), "r+");
        CPPUNIT_ASSERT(file);
        fseek(file, 32 + 3 + 32 + 1, SEEK_SET); /* a head is 32 bytes: inside "two" */
        fputc('?', file);
        fclose(file);
        CPPUNIT_ASSERT_EQUAL(1u, recover(lasting));
    }
    void test_processes_have_slots_of_their_own()
    {
        RecordJournal mine(lasting);
        CPPUNIT_ASSERT_EQUAL(1u, mine.open());
        CPPUNIT_ASSERT(put(mine, "mine"));
        in_child(lasting, [](RecordJournal &j) { return j.slot() == 1 && put(j, "of the child"); });
        CPPUNIT_ASSERT_EQUAL(1u, recover(lasting));
        CPPUNIT_ASSERT_EQUAL(string("of the child"), applied[0]);
        mine.close();
        CPPUNIT_ASSERT_EQUAL(0u, recover(lasting));
    }
    void test_idle_half_is_emptied()
    {
        RecordJournal journal(brief);
        CPPUNIT_ASSERT_EQUAL(1u, journal.open());
        CPPUNIT_ASSERT(put(journal, "one"));
        CPPUNIT_ASSERT(empties());
        CPPUNIT_ASSERT(put(journal, "two")); /* in the other half */
        CPPUNIT_ASSERT(empties());
        journal.close();
    }
    void test_unfinished_half_is_kept()
    {
        in_child(brief, [](RecordJournal &j) {
            JournalTicket open;
            bool good = (j.write("open", &open) & 1) && (j.flush(open) & 1);
            std::this_thread::sleep_for(std::chrono::milliseconds(100)); /* five times its age */
            return good && put(j, "later");
        });
        CPPUNIT_ASSERT(recover(brief) >= 1);
        CPPUNIT_ASSERT_EQUAL(string("open"), applied[0]);
    }
    void test_reader_refuses_cut_bodies()
    {
        string body;
        shim::journal_put(&body, uint64_t(7));
        shim::journal_put(&body, string("seven"));
        for (size_t size = 0; size <= body.size(); ++size) {
            string cut = body.substr(0, size);
            shim::JournalReader in(cut);
            uint64_t number = in.number();
            string text = in.text();
            CPPUNIT_ASSERT_EQUAL(size == body.size(), in.good());
            if (in.good())
                CPPUNIT_ASSERT(number == 7 && text == "seven");
        }
    }

private:
    template <class Work> static void in_child(const shim::JournalKind &kind, Work work)
    {
        pid_t child = fork();
        if (child == 0) {
            RecordJournal *journal = new RecordJournal(kind);
            bool good = (journal->open() & 1) && work(*journal);
            if (!good)
                _exit(1);
            kill(getpid(), SIGKILL);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CPPUNIT_ASSERT(WIFSIGNALED(status));
    }
    static uint32_t recover(const shim::JournalKind &kind)
    {
        uint32_t records = 0;
        RecordJournal journal(kind);
        CPPUNIT_ASSERT_EQUAL(1u, journal.recover(&records));
        return records;
    }
    bool empties() const
    {
        for (int tries = 0; tries < 1000; ++tries) {
            bool all = true;
            for (const char *half : {"000.A", "000.B"}) {
                char head[32] = "";
                FILE *file = fopen((root->path() + "/.shim/testjrn/" + half).c_str(), "r");
                if (file && fread(head, 1, sizeof head, file) > 0)
                    all = all && string(head, sizeof head) == string(sizeof head, '\0');
                if (file)
                    fclose(file);
            }
            if (all)
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(RecordJournalTest);
