/*
**  getqui_test - search contexts of $GETQUI
**
**  spec/vms-api.md 2.2 and Appendix E 2, 5, 12, 15.
*/
#include "queue_system.h"

#include <quidef.h>
#include <smbdef.h>

#include <cppunit/extensions/HelperMacros.h>

class GetquiTest : public CppUnit::TestFixture {
    CPPUNIT_TEST_SUITE(GetquiTest);
    CPPUNIT_TEST(test_wildcard_queues_end_with_nomoreque);
    CPPUNIT_TEST(test_exact_name_probe);
    CPPUNIT_TEST(test_queue_items);
    CPPUNIT_TEST(test_jobs_need_queue_context);
    CPPUNIT_TEST(test_jobs_in_order_and_files);
    CPPUNIT_TEST(test_freeze_repeats_and_cancel_resets);
    CPPUNIT_TEST(test_entries_by_number_and_user);
    CPPUNIT_TEST(test_contexts_are_apart);
    CPPUNIT_TEST(test_unknown_item_is_refused);
    CPPUNIT_TEST_SUITE_END();

    QueueSystem *system_;

    unsigned next(unsigned short function, unsigned flags, const std::string &name,
                  unsigned short item, std::string *text, unsigned *context = nullptr)
    {
        JobList list;
        if (!name.empty())
            list.text(QUI$_SEARCH_NAME, name);
        list.number(QUI$_SEARCH_FLAGS, flags);
        void *block = list.output(item, 255);
        unsigned status = list.query(function, context);
        *text = list.output_text(block);
        return status;
    }
    unsigned hold(const std::string &name)
    {
        return system_->enter("QA", "ok", nullptr, [&](JobList &l) {
            l.flag(SJC$_HOLD).text(SJC$_JOB_NAME, name);
        });
    }

public:
    void setUp()
    {
        system_ = new QueueSystem;
        system_->start();
        for (const char *name : {"QC", "QA", "QB"})
            system_->make(name);
    }
    void tearDown()
    {
        JobList list;
        list.query(QUI$_CANCEL_OPERATION, nullptr);
        delete system_;
    }

    void test_wildcard_queues_end_with_nomoreque()
    {
        std::string text, all;
        unsigned status;
        while ((status = next(QUI$_DISPLAY_QUEUE, 0, "Q*", QUI$_QUEUE_NAME, &text)) & 1)
            all += text + " ";
        CPPUNIT_ASSERT_EQUAL(std::string("QA QB QC "), all);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOMOREQUE), status);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL),
                             next(QUI$_DISPLAY_QUEUE, 0, "Q*", QUI$_QUEUE_NAME, &text));
    }

    void test_exact_name_probe()
    {
        std::string text;
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL),
                             next(QUI$_DISPLAY_QUEUE, 0, "qb", QUI$_QUEUE_NAME, &text));
        CPPUNIT_ASSERT_EQUAL(std::string("QB"), text);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOSUCHQUE),
                             next(QUI$_DISPLAY_QUEUE, 0, "QX", QUI$_QUEUE_NAME, &text));
    }

    void test_queue_items()
    {
        CPPUNIT_ASSERT(system_->queue_becomes("QA", "idle"));
        JobList list;
        list.text(QUI$_SEARCH_NAME, "QA");
        unsigned *status = static_cast<unsigned *>(list.output(QUI$_QUEUE_STATUS, 4));
        void *processor = list.output(QUI$_PROCESSOR, 39);
        void *node = list.output(QUI$_SCSNODE_NAME, 6);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), list.query(QUI$_DISPLAY_QUEUE, nullptr));
        CPPUNIT_ASSERT_EQUAL(unsigned(QUI$M_QUEUE_IDLE | QUI$M_QUEUE_SERVER), *status);
        CPPUNIT_ASSERT_EQUAL(std::string("TEST_SMB"), list.output_text(processor));
        CPPUNIT_ASSERT_EQUAL(std::string("NODEA"), list.output_text(node));
    }

    void test_jobs_need_queue_context()
    {
        std::string text;
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOQUECTX), next(QUI$_DISPLAY_JOB, QUI$M_SEARCH_ALL_JOBS,
                                                           "", QUI$_JOB_NAME, &text));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOJOBCTX),
                             next(QUI$_DISPLAY_FILE, 0, "", QUI$_FILE_SPECIFICATION, &text));
    }

    void test_jobs_in_order_and_files()
    {
        for (const char *name : {"ONE", "TWO", "THREE"})
            hold(name);
        std::string text, all;
        next(QUI$_DISPLAY_QUEUE, QUI$M_SEARCH_WILDCARD, "QA", QUI$_QUEUE_NAME, &text);
        unsigned status;
        const unsigned all_jobs = QUI$M_SEARCH_ALL_JOBS;
        while ((status = next(QUI$_DISPLAY_JOB, all_jobs, "", QUI$_JOB_NAME, &text)) & 1) {
            all += text + " ";
            std::string spec;
            CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), next(QUI$_DISPLAY_FILE, 0, "",
                                                             QUI$_FILE_SPECIFICATION, &spec));
            CPPUNIT_ASSERT_EQUAL(std::string("SYS$SYSDEVICE:[SPOOL]OK.TXT;1"), spec);
            CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOMOREFILE), next(QUI$_DISPLAY_FILE, 0, "",
                                                                 QUI$_FILE_SPECIFICATION, &spec));
        }
        CPPUNIT_ASSERT_EQUAL(std::string("ONE TWO THREE "), all);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOMOREJOB), status);
    }

    void test_freeze_repeats_and_cancel_resets()
    {
        std::string text;
        const unsigned wild = QUI$M_SEARCH_WILDCARD, freeze = QUI$M_SEARCH_FREEZE_CONTEXT;
        next(QUI$_DISPLAY_QUEUE, wild, "*", QUI$_QUEUE_NAME, &text);
        CPPUNIT_ASSERT_EQUAL(std::string("QA"), text);
        next(QUI$_DISPLAY_QUEUE, wild | freeze, "*", QUI$_QUEUE_NAME, &text);
        CPPUNIT_ASSERT_EQUAL(std::string("QA"), text);
        next(QUI$_DISPLAY_QUEUE, wild, "*", QUI$_QUEUE_NAME, &text);
        CPPUNIT_ASSERT_EQUAL(std::string("QB"), text);
        JobList cancel;
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), cancel.query(QUI$_CANCEL_OPERATION, nullptr));
        next(QUI$_DISPLAY_QUEUE, wild, "*", QUI$_QUEUE_NAME, &text);
        CPPUNIT_ASSERT_EQUAL(std::string("QA"), text);
    }

    void test_entries_by_number_and_user()
    {
        unsigned entry = hold("ONE");
        hold("TWO");
        JobList list;
        list.number(QUI$_SEARCH_NUMBER, entry);
        unsigned *status = static_cast<unsigned *>(list.output(QUI$_JOB_STATUS, 4));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL), list.query(QUI$_DISPLAY_ENTRY, nullptr));
        CPPUNIT_ASSERT_EQUAL(unsigned(QUI$M_JOB_HOLDING), *status);
        JobList unknown;
        unknown.number(QUI$_SEARCH_NUMBER, entry + 1000);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOSUCHENT), unknown.query(QUI$_DISPLAY_ENTRY, nullptr));
        std::string text, all;
        unsigned end;
        const unsigned wild = QUI$M_SEARCH_WILDCARD;
        while ((end = next(QUI$_DISPLAY_ENTRY, wild, "", QUI$_JOB_NAME, &text)) & 1)
            all += text + " ";
        CPPUNIT_ASSERT_EQUAL(std::string("ONE TWO "), all);
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NOMOREENT), end);
    }

    void test_contexts_are_apart()
    {
        unsigned one = ~0u, two = ~0u;
        std::string text;
        next(QUI$_DISPLAY_QUEUE, 0, "*", QUI$_QUEUE_NAME, &text, &one);
        next(QUI$_DISPLAY_QUEUE, 0, "*", QUI$_QUEUE_NAME, &text, &one);
        CPPUNIT_ASSERT_EQUAL(std::string("QB"), text);
        next(QUI$_DISPLAY_QUEUE, 0, "*", QUI$_QUEUE_NAME, &text, &two);
        CPPUNIT_ASSERT_EQUAL(std::string("QA"), text);
        CPPUNIT_ASSERT(one != two);
        for (int i = 0; i < 600; ++i) { /* a context that was cancelled takes no place */
            unsigned each = ~0u;
            CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL),
                                 next(QUI$_DISPLAY_QUEUE, 0, "*", QUI$_QUEUE_NAME, &text, &each));
            JobList cancel;
            CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_NORMAL),
                                 cancel.query(QUI$_CANCEL_OPERATION, &each));
        }
    }

    void test_unknown_item_is_refused()
    {
        std::string text;
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_INVITMCOD),
                             next(QUI$_DISPLAY_QUEUE, 0, "QA", 5000, &text));
        CPPUNIT_ASSERT_EQUAL(unsigned(JBC$_INVFUNCOD), next(77, 0, "QA", QUI$_QUEUE_NAME, &text));
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(GetquiTest);
