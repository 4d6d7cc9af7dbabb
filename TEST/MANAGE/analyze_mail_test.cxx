/*
**  analyze_mail_test - entries and control files of every kind, alone and by thousands
*/
#include "analyze_mail.h"
#include "manage_fixture.h"

#include "VMS/mailstore.h"
#include "VMS/thread.h"

#include <stdio.h>

using namespace mail;

/* What a file of the big test is. */
enum Kind { PAIR, LOST, PAIR_DAMAGED, LOST_DAMAGED, BAD_CELL, SETTLED, KINDS };

class AnalyzeMailTest : public ManageFixture {
    CPPUNIT_TEST_SUITE(AnalyzeMailTest);
    CPPUNIT_TEST(test_time_of_a_name);
    CPPUNIT_TEST(test_frames);
    CPPUNIT_TEST(test_all_is_well);
    CPPUNIT_TEST(test_lost_file_is_submitted);
    CPPUNIT_TEST(test_entry_without_file);
    CPPUNIT_TEST(test_corrupt_files);
    CPPUNIT_TEST(test_foreign_files_stay);
    CPPUNIT_TEST(test_file_in_use_is_left_alone);
    CPPUNIT_TEST(test_held_messages);
    CPPUNIT_TEST(test_damaged_cells);
    CPPUNIT_TEST(test_settled_files);
    CPPUNIT_TEST(test_users_directories);
    CPPUNIT_TEST(test_ten_thousand_files);
    CPPUNIT_TEST_SUITE_END();

    AnalyzeCounts counts_;

    std::string analyze(bool repair, bool remove = false)
    {
        AnalyzeOptions options;
        options.repair.on = repair;
        options.remove.on = remove;
        counts_ = AnalyzeCounts();
        output_.clear();
        CPPUNIT_ASSERT_MESSAGE(output_, analyze_run(options, &counts_).ok());
        return output_;
    }
    void expect(boost::uint32_t pairs, boost::uint32_t lone, boost::uint32_t corrupt,
                boost::uint32_t submitted, boost::uint32_t files_deleted,
                boost::uint32_t entries_deleted)
    {
        CPPUNIT_ASSERT_EQUAL_MESSAGE("pairs", pairs, counts_.pairs);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("lone", lone, counts_.lone_files);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("corrupt", corrupt, counts_.corrupt);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("submitted", submitted, counts_.submitted);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("files deleted", files_deleted, counts_.files_deleted);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("entries deleted", entries_deleted, counts_.entries_deleted);
        CPPUNIT_ASSERT_EQUAL_MESSAGE("errors", boost::uint32_t(0), counts_.access_errors);
    }
    static size_t entries()
    {
        std::vector<QueueEntry> list;
        queue_entries("TCPIP$SMTP_NODE_00", &list);
        return list.size();
    }
    std::string host_path(const std::string &name) const
    {
        return root_->path() + "/SYS0/TCPIP$SMTP/" + name;
    }
    static std::string name_of(const std::string &spec)
    {
        return spec.substr(spec.rfind(']') + 1);
    }
    /* One byte of a file becomes another. */
    void damage(const std::string &spec, long offset) const
    {
        FILE *file = fopen(host_path(name_of(spec)).c_str(), "r+b");
        CPPUNIT_ASSERT(file);
        fseek(file, offset, SEEK_SET);
        int was = fgetc(file);
        fseek(file, offset, SEEK_SET);
        fputc(was ^ 1, file);
        fclose(file);
    }
    void write_host(const std::string &name, const std::string &bytes) const
    {
        FILE *file = fopen(host_path(name).c_str(), "wb");
        CPPUNIT_ASSERT(file);
        fwrite(bytes.data(), 1, bytes.size(), file);
        fclose(file);
    }

public:
    void test_time_of_a_name()
    {
        CPPUNIT_ASSERT_EQUAL(std::string("23-APR-1993 11:39:44.17"),
                             vmstime_text(analyze_name_time("93042311394417")));
        CPPUNIT_ASSERT_EQUAL(std::string("26-NOV-2026 19:14:05.01"),
                             vmstime_text(analyze_name_time("2611261914050102")));
        CPPUNIT_ASSERT(analyze_name_time("9304231139441") == 0);
        CPPUNIT_ASSERT(analyze_name_time("93132311394417") == 0);
        CPPUNIT_ASSERT(analyze_name_time("x3042311394417") == 0);
    }

    void test_frames()
    {
        AnalyzeOptions options;
        CPPUNIT_ASSERT(!options.repair.holds(5));
        options.repair.on = true;
        CPPUNIT_ASSERT(analyze_settle_frames(&options) && options.repair.holds(5));
        options.remove.on = true;
        CPPUNIT_ASSERT(!analyze_settle_frames(&options)); /* both for all files */
        options.remove.before = 100;
        CPPUNIT_ASSERT(analyze_settle_frames(&options));
        CPPUNIT_ASSERT(options.repair.holds(100) && !options.repair.holds(99));
        CPPUNIT_ASSERT(options.remove.holds(99) && !options.remove.holds(100));
        AnalyzeOptions other;
        other.repair.on = other.remove.on = true;
        other.repair.before = 100;
        CPPUNIT_ASSERT(analyze_settle_frames(&other) && other.remove.holds(100));
        other.remove.since = 50;
        CPPUNIT_ASSERT(!analyze_settle_frames(&other));
    }

    void test_all_is_well()
    {
        make_queues();
        enter(control_file("TCPIP$SMTP", "x"), "TCPIP$SMTP");
        enter(control_file("SYSTEM", "x"), "SYSTEM");
        std::string text = analyze(true);
        expect(2, 0, 0, 0, 0, 0);
        CPPUNIT_ASSERT_EQUAL(
            std::string("%TCPIP-I-ANA_RUNING, ANALYZE runs on node NODE\n"
                        "%TCPIP-I-ANA_COMPLE, ANALYZE completed on node NODE\n"
                        "%TCPIP-I-ANA_FEPAIR, found 2 file-queue entry pairs\n"
                        "%TCPIP-I-ANA_DELQEN, deleted 0 queue entries\n"
                        "%TCPIP-I-ANA_FILNOQ, found 0 files with no queue entries\n"
                        "%TCPIP-I-ANA_FILHLD, holding 0 files in directory\n"
                        "%TCPIP-I-ANA_FILDEL, deleted 0 files from the Postmaster directory\n"
                        "%TCPIP-I-ANA_SUBFIL, submitted 0 files to the generic queue\n"
                        "%TCPIP-I-ANA_FILACE, encountered 0 file access errors\n"
                        "%TCPIP-I-ANA_NONCFF, found 0 non-unknown files in Postmaster directory\n"
                        "%TCPIP-I-ANA_FILCOR, found 0 corrupted CF files in Postmaster "
                        "directory\n"),
            text);
    }

    void test_lost_file_is_submitted()
    {
        make_queues();
        std::string file = control_file("TCPIP$SMTP", "x");
        ASSERT_HAS(analyze(false), "%TCPIP-I-ANA_NOENTR, no queue entry found for file\n" + file);
        expect(0, 1, 0, 0, 0, 0);
        CPPUNIT_ASSERT_EQUAL(size_t(0), entries());
        analyze(true);
        expect(0, 1, 0, 1, 0, 0);
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries());
        analyze(true);
        expect(1, 0, 0, 0, 0, 0);
        std::string other = control_file("TCPIP$SMTP", "y");
        analyze(false, true);
        expect(1, 1, 0, 0, 1, 0);
        CPPUNIT_ASSERT(!file_exists(other, "") && file_exists(file, ""));
    }

    void test_entry_without_file()
    {
        make_queues();
        std::string file = control_file("TCPIP$SMTP", "x");
        enter(file, "TCPIP$SMTP");
        CPPUNIT_ASSERT(file_erase(file).ok());
        ASSERT_HAS(analyze(false), "%TCPIP-I-ANA_NOFILE, no control file found for queue entry ");
        expect(0, 0, 0, 0, 0, 0);
        CPPUNIT_ASSERT_EQUAL(size_t(1), entries());
        analyze(true);
        expect(0, 0, 0, 0, 0, 1);
        CPPUNIT_ASSERT_EQUAL(size_t(0), entries());
    }

    void test_corrupt_files()
    {
        make_queues();
        std::string paired = control_file("TCPIP$SMTP", "x"), lone = control_file("SYSTEM", "y");
        enter(paired, "TCPIP$SMTP");
        damage(paired, 700); /* in the fields */
        damage(lone, 3 * 512 + 5); /* in the text */
        write_host("26112619140501_TCPIP$SMTP_20000001.TCPIP_NODE;1", "");
        write_host("26112619140502_TCPIP$SMTP_20000001.TCPIP_NODE;1", std::string(2048, '\0'));
        std::string text = analyze(false);
        expect(0, 3, 4, 0, 0, 0);
        ASSERT_HAS(text, "%TCPIP-I-ANA_CORRUP, corrupted control file\n" + paired + ": damaged\n");
        ASSERT_HAS(text, lone + ": text damaged\nfrom <a@b.example> to <y>\n");
        analyze(true);
        expect(0, 3, 4, 0, 4, 1);
        CPPUNIT_ASSERT(!file_exists(paired, "") && !file_exists(lone, ""));
        analyze(true);
        expect(0, 0, 0, 0, 0, 0);
    }

    /* An older product's control file bears the same name: nobody here can tell what it holds. */
    void test_foreign_files_stay()
    {
        make_queues();
        write_host("93042311394417_DRAKE.UCX_DODO;1", "another format");
        write_host("TCPIP$SMTP_LOGFILE.LOG;1", "a log\n");
        analyze(true, false);
        expect(0, 0, 0, 0, 0, 0);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1), counts_.foreign);
        CPPUNIT_ASSERT(file_exists("SYS$SPECIFIC:[TCPIP$SMTP]93042311394417_DRAKE.UCX_DODO", ""));
        write_host("26112619140503_TCPIP$SMTP_20000001.TMP_NODE;1", "");
        analyze(true);
        expect(0, 1, 1, 0, 1, 0);
    }

    void test_file_in_use_is_left_alone()
    {
        make_queues();
        std::string file = control_file("TCPIP$SMTP", "x");
        ControlFile busy;
        CPPUNIT_ASSERT(busy.open(file, true).is_done());
        analyze(true);
        expect(0, 0, 0, 0, 0, 0); /* whoever has it will enter it */
        enter(file, "TCPIP$SMTP");
        analyze(true);
        expect(1, 0, 0, 0, 0, 0);
    }

    void test_held_messages()
    {
        make_queues();
        boost::uint32_t entry = enter(control_file("TCPIP$SMTP", "x"), "TCPIP$SMTP");
        QueueChange hold;
        hold.set_hold = hold.hold = true;
        CPPUNIT_ASSERT(queue_change_entry(entry, hold).ok());
        analyze(false);
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(1), counts_.held);
        ASSERT_HAS(analyze(true), "%TCPIP-I-ANA_HELDMS, message is on hold, queue entry ");
        CPPUNIT_ASSERT_EQUAL(boost::uint32_t(0), counts_.held);
        QueueEntry found;
        CPPUNIT_ASSERT(queue_find_entry(entry, &found).ok());
        CPPUNIT_ASSERT_EQUAL(int(ENTRY_PENDING), int(found.state));
        CPPUNIT_ASSERT(queue_change_entry(entry, hold).ok());
        analyze(false, true);
        expect(1, 0, 0, 0, 1, 1);
        CPPUNIT_ASSERT_EQUAL(size_t(0), entries());
    }

    void test_damaged_cells()
    {
        make_queues();
        std::string file = control_file("TCPIP$SMTP", "x");
        enter(file, "TCPIP$SMTP");
        damage(file, 2 * 512 + 10);
        ASSERT_LACKS(analyze(false), "BADIICGSIZE"); /* only a repair shows it */
        std::string text = analyze(true);
        ASSERT_HAS(text, "%TCPIP-E-ANA_SUP_BADIICGSIZE, Problem: Bad initial inode cell\n"
                         "group size: 0\n"
                         "Solution: Will be replaced by\n"
                         "default size: 1\n");
        expect(1, 0, 0, 0, 0, 0);
        ASSERT_LACKS(analyze(true), "BADIICGSIZE");
        ControlFile control;
        CPPUNIT_ASSERT(control.open(file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(int(CONTROL_UNSENT), int(control.recipients()[0].cell.state));
    }

    void test_settled_files()
    {
        make_queues();
        std::string file = control_file("TCPIP$SMTP", "x");
        {
            ControlFile control;
            ControlCell cell;
            cell.state = CONTROL_SENT;
            CPPUNIT_ASSERT(control.open(file, true).is_done());
            CPPUNIT_ASSERT(control.update(0, cell, true).is_done());
        }
        analyze(true); /* delivered, and only the erasing failed */
        expect(0, 1, 0, 0, 1, 0);
        CPPUNIT_ASSERT(!file_exists(file, ""));
    }

    void test_users_directories()
    {
        make_queues();
        root_->add_user("DRAKE", "secret");
        CPPUNIT_ASSERT(mailstore_set_forwarding("DRAKE", "").ok()); /* makes a profile */
        std::string file = control_file("DRAKE", "x", "SYS$SYSDEVICE:[DRAKE]");
        std::string other = control_file("TCPIP$SMTP", "x");
        analyze(true);
        expect(0, 2, 0, 2, 0, 0);
        AnalyzeOptions options;
        options.user = "DRAKE";
        counts_ = AnalyzeCounts();
        CPPUNIT_ASSERT(analyze_run(options, &counts_).ok());
        expect(1, 0, 0, 0, 0, 0);
    }

    /* ---- ten thousand ---- */

    static const char *kind_user(size_t i) { return i % 2 ? "TCPIP$SMTP" : "SYSTEM"; }
    static Kind kind_of(size_t i)
    {
        static const Kind pattern[] = {LOST,         LOST,         LOST,     PAIR_DAMAGED,
                                       PAIR_DAMAGED, LOST_DAMAGED, BAD_CELL, SETTLED};
        return i % 100 < 92 ? PAIR : pattern[i % 100 - 92];
    }
    /* Its bytes: written by hand, because ten thousand flushes take their time. */
    static std::string bytes_of(Kind kind, size_t i)
    {
        ControlEnvelope envelope;
        std::vector<ControlRecipient> list(1 + i % 3);
        envelope.sender = "a@b.example";
        envelope.user = kind_user(i);
        for (size_t r = 0; r < list.size(); ++r) {
            list[r].address = "user@x.example";
            if (kind == SETTLED)
                list[r].cell.state = CONTROL_SENT;
        }
        std::string blocks, text = "Subject: x\r\n\r\ntext\r\n";
        ControlLayout layout;
        ControlTextCheck check;
        CPPUNIT_ASSERT(control_encode(envelope, list, &blocks, &layout));
        check.add(text.data(), text.size());
        control_seal(&blocks[0], text.size(), check.value());
        if (kind == BAD_CELL)
            blocks[(layout.cell_block - 1) * 512 + 3] ^= 1;
        blocks += text;
        if (kind == PAIR_DAMAGED)
            blocks[blocks.size() - 3] ^= 1;
        if (kind == LOST_DAMAGED)
            blocks.resize(i % 700);
        return blocks;
    }
    static std::string errors_of(const std::string &text)
    {
        size_t at = text.find("-E-ENTRYERR");
        return at == std::string::npos ? text.substr(0, 200) : text.substr(at, 400);
    }
    static std::string big_name(size_t i)
    {
        char name[80];
        snprintf(name, sizeof name, "2611261914%04u_%s_20000001.TCPIP_NODE;1",
                 static_cast<unsigned>(i), kind_user(i));
        return name;
    }

    /* Entries are made by several threads, whose requests share the queue file's flushes. */
    struct Worker {
        size_t from, step, count;
        Thread thread;
        bool good;
    };
    static void enter_some(void *argument)
    {
        Worker *worker = static_cast<Worker *>(argument);
        for (size_t i = worker->from; i < worker->count; i += worker->step) {
            boost::uint32_t entry;
            Kind kind = kind_of(i);
            if (kind != LOST && kind != LOST_DAMAGED && kind != SETTLED &&
                !submit_entry("SYS$SPECIFIC:[TCPIP$SMTP]" + big_name(i), kind_user(i), "", 0,
                              &entry)
                     .is_done())
                worker->good = false;
        }
    }

    void test_ten_thousand_files()
    {
        const size_t count = 10000, workers = 16, orphans = 100;
        make_queues();
        for (size_t i = 0; i < count; ++i)
            write_host(big_name(i), bytes_of(kind_of(i), i));
        Worker worker[workers];
        for (size_t i = 0; i < workers; ++i) {
            worker[i].from = i;
            worker[i].step = workers;
            worker[i].count = count;
            worker[i].good = true;
            CPPUNIT_ASSERT(worker[i].thread.start(enter_some, &worker[i]).ok());
        }
        for (size_t i = 0; i < workers; ++i) {
            worker[i].thread.join();
            CPPUNIT_ASSERT(worker[i].good);
        }
        for (size_t i = 0; i < orphans; ++i) /* PAIRs lose their files */
            unlink(host_path(big_name(i * 100)).c_str());

        analyze(false);
        expect(9200, 500, 300, 0, 0, 0);
        CPPUNIT_ASSERT_EQUAL(size_t(9500), entries());
        std::string all = analyze(true);
        CPPUNIT_ASSERT_MESSAGE(errors_of(all), !has(all, "-E-ENTRYERR"));
        expect(9200, 500, 300, 300, 400, 200 + orphans);
        CPPUNIT_ASSERT_EQUAL(size_t(9500), entries());
        for (size_t i = 0; i < count; ++i) { /* nothing is lost */
            Kind kind = kind_of(i);
            if (i % 100 == 0)
                continue;
            bool there = access(host_path(big_name(i)).c_str(), F_OK) == 0;
            CPPUNIT_ASSERT_EQUAL_MESSAGE(big_name(i), kind == PAIR || kind == LOST ||
                                                          kind == BAD_CELL,
                                         there);
        }
        std::string text = analyze(true);
        expect(9500, 0, 0, 0, 0, 0);
        ASSERT_LACKS(text, "BADIICGSIZE");
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(AnalyzeMailTest);
