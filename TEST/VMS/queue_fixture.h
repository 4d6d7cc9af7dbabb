/*
**  queue_fixture - a job controller in a scratch VMSROOT, two server queues and a generic one, all
**  stopped, so that entries stay where they are
*/
#ifndef TEST_QUEUE_FIXTURE_H
#define TEST_QUEUE_FIXTURE_H

#include "VMS/queue.h"
#include "VMS/recfile.h"

#include "scratch_root.h"
#include "test_places.h"

#include <cppunit/extensions/HelperMacros.h>
#include <memory>
#include <signal.h>
#include <sys/wait.h>

using namespace mail;

class QueueFixture : public CppUnit::TestFixture {
public:
    void setUp()
    {
        root_.reset(new ScratchRoot);
        root_->make_folder("/WORK");
        controller_ = fork();
        if (controller_ == 0) {
            execl((test_bin() + "/job_control").c_str(), "job_control", static_cast<char *>(0));
            _exit(127);
        }
        Status status;
        for (int i = 0; i < 1000; ++i) {
            status = queue_create_server("ONE", "TCPIP$SMTP_SYMBIONT", "", false);
            if (status.ok())
                break;
            usleep(5000);
        }
        CPPUNIT_ASSERT_MESSAGE(status.text(), status.ok());
        std::vector<std::string> targets(1, "ONE");
        CPPUNIT_ASSERT(queue_create_server("TWO", "TCPIP$SMTP_SYMBIONT", "", false).ok());
        targets.push_back("TWO");
        CPPUNIT_ASSERT(queue_create_generic("BOTH", targets, false).ok());
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create("SYS$SYSDEVICE:[WORK]JOB.DAT", "").ok());
        CPPUNIT_ASSERT(writer.write("job").ok());
    }
    void tearDown()
    {
        kill(controller_, SIGTERM);
        waitpid(controller_, 0, 0);
        root_.reset();
    }

protected:
    static QueueJob job(const std::string &queue)
    {
        QueueJob job;
        job.queue = queue;
        job.file = "SYS$SYSDEVICE:[WORK]JOB.DAT;1";
        job.name = "MESSAGE";
        return job;
    }
    std::auto_ptr<ScratchRoot> root_;
    pid_t controller_;
};

#endif
