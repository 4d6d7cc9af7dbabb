/*
**  job_test - the run of an entry: delivered, put off, failed, damaged, gone (INTERNALS.TXT 2)
*/
#include "job.h"
#include "symbiont_fixture.h"

#include "VMS/mailstore.h"
#include "VMS/recfile.h"
#include "VMS/thread.h"

#include <ssdef.h>

using namespace mail;

class JobTest : public SymbiontFixture {
    CPPUNIT_TEST_SUITE(JobTest);
    CPPUNIT_TEST(test_all_sent_removes_the_file);
    CPPUNIT_TEST(test_forwarding_to_nobody_is_reported_at_once);
    CPPUNIT_TEST(test_unknown_user_is_reported_once);
    CPPUNIT_TEST(test_unreachable_host_is_tried_again_after_the_interval);
    CPPUNIT_TEST(test_second_run_goes_on_where_the_first_stopped);
    CPPUNIT_TEST(test_gives_up_after_the_maximum);
    CPPUNIT_TEST(test_file_that_is_gone_completes);
    CPPUNIT_TEST(test_damaged_file_is_kept);
    CPPUNIT_TEST(test_file_in_use_is_tried_later);
    CPPUNIT_TEST(test_file_that_is_being_closed_is_waited_for);
    CPPUNIT_TEST(test_lost_mail_keeps_its_file);
    CPPUNIT_TEST(test_report_that_had_to_wait_tells_the_reason);
    CPPUNIT_TEST(test_lost_mail_does_not_hide_a_waiting_report);
    CPPUNIT_TEST(test_stopped_job_changes_nothing);
    CPPUNIT_TEST(test_busy_destination_costs_no_attempt);
    CPPUNIT_TEST(test_busy_destination_never_gives_up);
    CPPUNIT_TEST(test_next_try_goes_where_it_can_be_entered);
    CPPUNIT_TEST(test_next_try_is_entered_when_the_trouble_is_over);
    CPPUNIT_TEST(test_unentered_job_goes_on_until_it_is_stopped);
    CPPUNIT_TEST(test_damaged_text_is_kept_and_reported_not_delivered);
    CPPUNIT_TEST(test_damage_found_by_a_report_is_not_sent);
    CPPUNIT_TEST(test_message_router_gets_a_short_sender);
    CPPUNIT_TEST(test_log_level_2_shows_files_headers_and_recipients);
    CPPUNIT_TEST_SUITE_END();

    Connections connections_;
    std::string executor_;

    Status run(const std::string &file)
    {
        JobRequest request = job_request(file);
        request.executor = executor_;
        Job job(request, connections_, never_);
        return job.run();
    }
    static bool status_is(const std::string &report, const std::string &status)
    {
        return report.find("\r\nStatus: " + status + "\r\n") != std::string::npos;
    }
    static bool exists(const std::string &file) { return file_exists(file, ""); }
    static boost::uint32_t newmail(const std::string &user)
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0;
        if (file.open("SYS$SYSDEVICE:[" + user + "]").ok())
            folder.select(&file, "NEWMAIL", &count);
        return count;
    }
    /* No name server is configured: every other host is out of reach for now. */
    void unreachable() { set_port(1); }

public:
    void tearDown()
    {
        connections_.forget_dead();
        SymbiontFixture::tearDown();
    }

    void test_all_sent_removes_the_file()
    {
        std::string file = control_file("a@b.test", "smith@us.test,Jones@us.test");
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(!exists(file));
        CPPUNIT_ASSERT(entries().empty());
        CPPUNIT_ASSERT_EQUAL(1U, newmail("SMITH"));
        CPPUNIT_ASSERT_EQUAL(1U, newmail("JONES"));
    }

    /* What MAIL does not take as address is known at once; no days of attempts. */
    void test_forwarding_to_nobody_is_reported_at_once()
    {
        CPPUNIT_ASSERT(mailstore_set_forwarding("JONES", "NOSUCHUSR").ok());
        alias_forget();
        std::string file = control_file("a@b.test", "jones@us.test"), to, from;
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(!exists(file));
        std::string report = read_text(entries()[0].file, &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.test"), to);
        CPPUNIT_ASSERT(status_is(report, "5.2.0"));
        CPPUNIT_ASSERT_EQUAL(std::string::npos, report.find("NOSUCHUSR")); /* told to the log */
        CPPUNIT_ASSERT(log_.find("forwarded to NOSUCHUSR: %MAIL-E-NOSUCHUSR, no such user") !=
                       std::string::npos);
        /* a node that cannot be reached now may be reached later */
        CPPUNIT_ASSERT(mailstore_set_forwarding("JONES", "FAR::JONES").ok());
        alias_forget();
        file = control_file("a@b.test", "jones@us.test");
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(exists(file));
        CPPUNIT_ASSERT(log_.find("result=LATER status=4.3.0 reason=\"JONES: %MAIL-E-LOGLINK") !=
                       std::string::npos);
    }

    void test_unknown_user_is_reported_once()
    {
        std::string file = control_file("a@b.test", "smith@us.test,nobody@us.test,noone@us.test"),
                    to, from;
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(!exists(file));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        std::string text = read_text(list[0].file, &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.test"), to);
        CPPUNIT_ASSERT(text.find("nobody@us.test") != std::string::npos);
        CPPUNIT_ASSERT(text.find("noone@us.test") != std::string::npos);
        CPPUNIT_ASSERT(text.find("Final-Recipient: rfc822; smith@us.test") == std::string::npos);
    }

    void test_unreachable_host_is_tried_again_after_the_interval()
    {
        unreachable();
        std::string file = control_file("a@b.test", "x@them.test");
        VmsTime before = vmstime_now();
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT_MESSAGE(log_, exists(file));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        CPPUNIT_ASSERT_EQUAL(ENTRY_TIMED, list[0].state);
        boost::uint64_t seconds = (list[0].after - before) / VMSTIME_UNITS_PER_SECOND;
        CPPUNIT_ASSERT(seconds >= 1798 && seconds <= 1830);
        ControlFile control;
        CPPUNIT_ASSERT(control.open(file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(CONTROL_UNSENT, control.recipients()[0].cell.state);
        CPPUNIT_ASSERT_EQUAL(1U, static_cast<unsigned>(control.recipients()[0].cell.attempts));
    }

    void test_second_run_goes_on_where_the_first_stopped()
    {
        unreachable();
        std::string file = control_file("a@b.test", "smith@us.test,x@them.test");
        CPPUNIT_ASSERT(run(file).ok());
        ScratchRoot::move_clock(3600);
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT_EQUAL(1U, newmail("SMITH")); /* not a second copy */
        ControlFile control;
        CPPUNIT_ASSERT(control.open(file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(CONTROL_SENT, control.recipients()[0].cell.state);
        CPPUNIT_ASSERT_EQUAL(2U, static_cast<unsigned>(control.recipients()[1].cell.attempts));
    }

    void test_gives_up_after_the_maximum()
    {
        unreachable();
        std::string file = control_file("a@b.test", "x@them.test"), to, from;
        ScratchRoot::move_clock(3 * 86400 + 10);
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(!exists(file));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        CPPUNIT_ASSERT(status_is(read_text(list[0].file, &to, &from), "5.4.7"));
    }

    void test_file_that_is_gone_completes()
    {
        CPPUNIT_ASSERT(
            run("SYS$SPECIFIC:[TCPIP$SMTP]26010100000000_TCPIP$SMTP_20200001.TCPIP_NODE;1").ok());
        CPPUNIT_ASSERT(entries().empty());
    }

    void test_damaged_file_is_kept()
    {
        std::string file = control_file("a@b.test", "smith@us.test");
        {
            BlockFile block;
            CPPUNIT_ASSERT(block.open(file, "", true).ok());
            CPPUNIT_ASSERT(block.write_at(20, "\xFF\xFF\xFF\xFF", 4).ok());
            CPPUNIT_ASSERT(block.close().ok());
        }
        CPPUNIT_ASSERT(!run(file).ok());
        CPPUNIT_ASSERT(exists(file));
        CPPUNIT_ASSERT(log_.find("damaged") != std::string::npos);
        CPPUNIT_ASSERT_EQUAL(0U, newmail("SMITH"));
    }

    void test_file_in_use_is_tried_later()
    {
        std::string file = control_file("a@b.test", "smith@us.test");
        ControlFile other;
        CPPUNIT_ASSERT(other.open(file, true).is_done());
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT_EQUAL_MESSAGE(log_, static_cast<size_t>(1), entries().size());
        CPPUNIT_ASSERT_EQUAL(0U, newmail("SMITH"));
    }

    static void close_soon(void *file)
    {
        thread_sleep(30);
        static_cast<BlockFile *>(file)->close();
    }

    void test_file_that_is_being_closed_is_waited_for()
    {
        std::string file = control_file("a@b.test", "smith@us.test");
        BlockFile holder;
        Thread closer;
        CPPUNIT_ASSERT(holder.open(file, "", true).ok());
        CPPUNIT_ASSERT(closer.start(close_soon, &holder).ok());
        CPPUNIT_ASSERT(run(file).ok());
        closer.join();
        CPPUNIT_ASSERT(!exists(file));
        CPPUNIT_ASSERT_EQUAL(1U, newmail("SMITH"));
        CPPUNIT_ASSERT(entries().empty());
    }

    void test_lost_mail_keeps_its_file()
    {
        alias_use(nobody_at_all);
        std::string file = control_file("", "postmaster@us.test");
        CPPUNIT_ASSERT(run(file).ok());
        alias_use(0);
        CPPUNIT_ASSERT(exists(file));
        CPPUNIT_ASSERT(entries().empty());
        CPPUNIT_ASSERT(log_.find("lost_mail") != std::string::npos);
    }

    void test_report_that_had_to_wait_tells_the_reason()
    {
        std::string file = control_file("a@b.test", "x@them.test"), to, from;
        {
            ControlFile control;
            ControlCell cell;
            CPPUNIT_ASSERT(control.open(file, true).is_done());
            cell.state = CONTROL_FAILED;
            cell.attempts = 1;
            cell.code = 550;
            cell.status[0] = 5;
            cell.text = "550 who is that";
            CPPUNIT_ASSERT(control.update(0, cell, true).is_done());
        }
        CPPUNIT_ASSERT(run(file).ok());
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        std::string text = read_text(list[0].file, &to, &from);
        CPPUNIT_ASSERT_MESSAGE(text, text.find("550 who is that") != std::string::npos);
    }

    void test_lost_mail_does_not_hide_a_waiting_report()
    {
        std::string file = control_file("", "postmaster@us.test,x@us.test");
        CPPUNIT_ASSERT(queue_stop("TCPIP$SMTP_NODE_00", true).ok());
        CPPUNIT_ASSERT(queue_delete("TCPIP$SMTP_NODE_00").ok()); /* no report can be entered */
        alias_use(nobody_at_all);
        executor_ = "TCPIP$SMTP_NODE_01";
        Status status = run(file);
        alias_use(0);
        CPPUNIT_ASSERT(exists(file) && status.ok());
        std::vector<QueueEntry> list; /* the report is still to be written */
        queue_entries(executor_, &list);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
    }

    void test_stopped_job_changes_nothing()
    {
        std::string file = control_file("a@b.test", "smith@us.test");
        never_.stop_ = true;
        CPPUNIT_ASSERT(!run(file).ok());
        CPPUNIT_ASSERT(exists(file));
        CPPUNIT_ASSERT_EQUAL(0U, newmail("SMITH"));
    }

    void test_busy_destination_costs_no_attempt()
    {
        unreachable();
        set(P_SYMB_CONNECTIONS_PER_HOST, "1");
        set(P_SYMB_BUSY_WAIT, "0 00:00:00.00");
        std::string file = control_file("a@b.test", "smith@us.test,x@them.test");
        Claim taken(connections_, "@them.test", *settings_, never_);
        VmsTime before = vmstime_now();
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT_EQUAL(1U, newmail("SMITH"));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        boost::uint64_t seconds = (list[0].after - before) / VMSTIME_UNITS_PER_SECOND;
        CPPUNIT_ASSERT(seconds >= 58 && seconds <= 90);
        ControlFile control;
        CPPUNIT_ASSERT(control.open(file, false).is_done());
        CPPUNIT_ASSERT_EQUAL(CONTROL_UNSENT, control.recipients()[1].cell.state);
        CPPUNIT_ASSERT_EQUAL(0U, static_cast<unsigned>(control.recipients()[1].cell.attempts));
    }

    void test_busy_destination_never_gives_up()
    {
        set(P_SYMB_CONNECTIONS_PER_HOST, "1");
        set(P_SYMB_BUSY_WAIT, "0 00:00:00.00");
        std::string file = control_file("a@b.test", "x@them.test");
        Claim taken(connections_, "@them.test", *settings_, never_);
        ScratchRoot::move_clock(4 * 86400);
        CPPUNIT_ASSERT(run(file).ok());
        CPPUNIT_ASSERT(exists(file));
        CPPUNIT_ASSERT_EQUAL(file, entries()[0].file);
    }

    /* The generic queue is gone: the one that runs the job takes the next try. */
    void test_next_try_goes_where_it_can_be_entered()
    {
        unreachable();
        executor_ = "TCPIP$SMTP_NODE_01";
        std::string file = control_file("a@b.test", "x@them.test");
        CPPUNIT_ASSERT(queue_stop("TCPIP$SMTP_NODE_00", true).ok());
        CPPUNIT_ASSERT(queue_delete("TCPIP$SMTP_NODE_00").ok());
        CPPUNIT_ASSERT(run(file).ok());
        std::vector<QueueEntry> list;
        queue_entries(executor_, &list);
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        CPPUNIT_ASSERT_EQUAL(file, list[0].file);
        CPPUNIT_ASSERT(log_.find(" E entry-1 not_entered ") != std::string::npos);
    }

    void test_next_try_is_entered_when_the_trouble_is_over()
    {
        unreachable();
        std::string file = control_file("a@b.test", "x@them.test");
        shim_arm_fault("*", "sys$sndjbcw", 1, 1, SS$_INSFMEM);
        CPPUNIT_ASSERT(run(file).ok());
        shim_clear_faults();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), entries().size());
    }

    class StopAfter : public StopFlag {
    public:
        explicit StopAfter(const std::string &log) : log_(log) {}
        /* as soon as the job has found that it cannot be entered */
        virtual bool stopped() const { return log_.find("not_entered") != std::string::npos; }

    private:
        const std::string &log_;
    };

    void test_unentered_job_goes_on_until_it_is_stopped()
    {
        unreachable();
        StopAfter stop(log_);
        JobRequest request;
        request.file = control_file("a@b.test", "x@them.test");
        request.id = "entry-1";
        request.queue = request.executor = "NO_SUCH_QUEUE";
        Job job(request, connections_, stop);
        CPPUNIT_ASSERT(!job.run().ok()); /* the job controller puts its entry back */
        CPPUNIT_ASSERT(exists(request.file));
    }

    static void damage_text(const std::string &file)
    {
        BlockFile block;
        CPPUNIT_ASSERT(block.open(file, "", true).ok());
        CPPUNIT_ASSERT(block.write_at(block.size() - 4, "?", 1).ok());
        CPPUNIT_ASSERT(block.close().ok());
    }

    void test_damaged_text_is_kept_and_reported_not_delivered()
    {
        std::string file = control_file("a@b.test", "smith@us.test"), to, from;
        damage_text(file);
        CPPUNIT_ASSERT(!run(file).ok()); /* the queue shows it */
        CPPUNIT_ASSERT(exists(file));
        CPPUNIT_ASSERT_EQUAL(0U, newmail("SMITH"));
        CPPUNIT_ASSERT(log_.find(" E entry-1 damaged ") != std::string::npos);
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        std::string text = read_text(list[0].file, &to, &from);
        CPPUNIT_ASSERT_EQUAL(std::string("a@b.test"), to);
        CPPUNIT_ASSERT_MESSAGE(text, text.find("Please send it again") != std::string::npos);
        CPPUNIT_ASSERT(text.find("Subject: s\r\n") != std::string::npos);
        CPPUNIT_ASSERT(text.find("\r\nbo") == std::string::npos); /* not a half of it */
    }

    void test_damage_found_by_a_report_is_not_sent()
    {
        std::string file = control_file("a@b.test", "nobody@us.test"), to, from;
        damage_text(file);
        CPPUNIT_ASSERT(!run(file).ok());
        CPPUNIT_ASSERT(exists(file));
        std::vector<QueueEntry> list = entries();
        CPPUNIT_ASSERT_EQUAL(static_cast<size_t>(1), list.size());
        std::string text = read_text(list[0].file, &to, &from);
        CPPUNIT_ASSERT(status_is(text, "5.1.1"));
        CPPUNIT_ASSERT(text.find("\r\nbo") == std::string::npos);
    }

    static LocalUser::Verdict nobody_at_all(const std::string &, std::string *)
    {
        return LocalUser::UNKNOWN;
    }

    static LocalUser::Verdict router_user(const std::string &user, std::string *forward)
    {
        if (user == "SMITH")
            *forward = "mrgate::\"A1::SMITH\"";
        return LocalUser::DELIVER;
    }
    static std::string sender_of_last(const std::string &user)
    {
        MailFile file;
        MailFolder folder;
        boost::uint32_t count = 0;
        std::vector<MailItem> items;
        if (file.open("SYS$SYSDEVICE:[" + user + "]").ok() &&
            folder.select(&file, "NEWMAIL", &count).ok())
            folder.list(&items);
        return items.empty() ? "nothing has come" : items.back().from;
    }

    /* TCPIP$SMTP_MTS_ALLIN1 (spec 2.2): only for who forwards there. */
    void test_message_router_gets_a_short_sender()
    {
        alias_use(router_user);
        CPPUNIT_ASSERT(run(control_file("a@b.test", "smith@us.test")).ok());
        std::string without = sender_of_last("SMITH");
        set(P_MTS_ALLIN1, "1");
        CPPUNIT_ASSERT(run(control_file("a@b.test", "smith@us.test,jones@us.test")).ok());
        alias_use(0);
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"a@b.test\""), without);
        CPPUNIT_ASSERT_EQUAL(std::string("TCPIP$SMTP"), sender_of_last("SMITH"));
        CPPUNIT_ASSERT_EQUAL(std::string("SMTP%\"a@b.test\""), sender_of_last("JONES"));
    }

    void test_log_level_2_shows_files_headers_and_recipients()
    {
        run(control_file("a@b.test", "smith@us.test", "Subject: private\r\n\r\nx\r\n"));
        CPPUNIT_ASSERT(log_.find("Next Open File") == std::string::npos);
        CPPUNIT_ASSERT(log_.find(" header ") == std::string::npos);
        set(P_SMTP_LOG_LEVEL, "2");
        run(control_file("a@b.test", "smith@us.test", "Subject: private\r\n\r\nx\r\n"));
        CPPUNIT_ASSERT(log_.find("Next Open File file=") != std::string::npos);
        CPPUNIT_ASSERT(log_.find("SUBJECT:<omitted>") != std::string::npos);
        CPPUNIT_ASSERT(log_.find("recipient to=smith@us.test state=SENT") != std::string::npos);
        set(P_SMTP_NOSEY, "1");
        run(control_file("a@b.test", "smith@us.test", "Subject: private\r\n\r\nx\r\n"));
        CPPUNIT_ASSERT(log_.find("header name=Subject value=private") != std::string::npos);
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(JobTest);
