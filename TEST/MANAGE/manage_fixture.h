/*
**  manage_fixture - the utility in a scratch VMSROOT: commands in, what the user would see out
*/
#ifndef TEST_MANAGE_FIXTURE_H
#define TEST_MANAGE_FIXTURE_H

#include "manage_output.h"
#include "manage_session.h"
#include "scratch_root.h"
#include "test_places.h"

#include "MTA/aliases.h"
#include "MTA/config.h"
#include "MTA/config_store.h"
#include "MTA/control_file.h"
#include "MTA/identity.h"
#include "MTA/log.h"
#include "MTA/submit.h"
#include "VMS/logical.h"
#include "VMS/queue.h"
#include "VMS/recfile.h"
#include "VMS/resolver.h"

#include <cppunit/extensions/HelperMacros.h>
#include <signal.h>
#include <sys/wait.h>

#include <gen64def.h>
#include <starlet.h>

namespace mail {

/* What the user answers to questions, in order; then the end of the input. */
class ScriptedUser {
public:
    static std::vector<std::string> &answers()
    {
        static std::vector<std::string> list;
        return list;
    }
    static std::string &prompts()
    {
        static std::string text;
        return text;
    }
    static bool answer(const std::string &prompt, std::string *line)
    {
        prompts() += prompt + "|";
        if (answers().empty())
            return false;
        *line = answers().front();
        answers().erase(answers().begin());
        return true;
    }
};

class ManageFixture : public CppUnit::TestFixture {
public:
    void setUp()
    {
        setenv("SHIM_NODE", "NODE", 1);
        root_ = new ScratchRoot;
        controller_ = -1;
        root_->make_folder("/SYS0");
        root_->make_folder("/SYS0/TCPIP$SMTP");
        define("TCPIP$INET_HOST", "condor.hawk.example");
        resolver_clear_cache();
        config_use(config_read());
        identity_use(IdentityPtr());
        alias_forget();
        output_.clear();
        user_answers().clear();
        user_prompts().clear();
        output_capture(&output_);
        ask_use(ScriptedUser::answer);
        log_capture(&log_);
    }
    void tearDown()
    {
        set_privileges(true);
        output_capture(0);
        ask_use(0);
        log_capture(0);
        config_use(SettingsPtr());
        deassign("TCPIP$INET_HOST");
        if (controller_ > 0) {
            kill(controller_, SIGKILL); /* nobody needs what it would still write */
            waitpid(controller_, 0, 0);
        }
        delete root_;
        unsetenv("SHIM_NODE");
    }

protected:
    /* The lines of one command. */
    std::string run(const std::string &command)
    {
        output_.clear();
        status_ = manage_command(command);
        return output_;
    }
    static std::vector<std::string> &user_answers() { return ScriptedUser::answers(); }
    static std::string &user_prompts() { return ScriptedUser::prompts(); }
    /* SET PROCESS/PRIVILEGES=ALL or NOALL */
    static void set_privileges(bool all)
    {
        GENERIC_64 mask;
        mask.gen64$q_quadword = ~0ULL;
        shim_set_privileges(~0ULL);
        sys$setprv(all ? 1 : 0, &mask, 1, 0);
        if (!all)
            shim_set_privileges(0);
    }
    /* Settings as they are now, for what goes through config_current(). */
    void reread()
    {
        config_use(config_read());
        identity_use(IdentityPtr());
    }
    static void define(const std::string &name, const std::string &value)
    {
        CPPUNIT_ASSERT(logical_define(name, std::vector<std::string>(1, value), LOGICAL_PROCESS,
                                      LOGICAL_SUPERVISOR)
                           .ok());
    }
    static void deassign(const std::string &name)
    {
        logical_deassign(name, LOGICAL_PROCESS, LOGICAL_SUPERVISOR);
    }
    static void write_text(const std::string &spec, const std::string &text)
    {
        RecordWriter writer;
        CPPUNIT_ASSERT(writer.create(spec, "").ok());
        for (size_t from = 0; from < text.size();) {
            size_t to = text.find('\n', from);
            CPPUNIT_ASSERT(writer.write(text.substr(from, to - from)).ok());
            from = to == std::string::npos ? text.size() : to + 1;
        }
        CPPUNIT_ASSERT(writer.close().ok());
    }
    void start_controller()
    {
        controller_ = fork();
        if (controller_ == 0) {
            setenv("SHIM_PRCNAM", "JOB_CONTROL", 1);
            execl((test_bin() + "/job_control").c_str(), "job_control", static_cast<char *>(0));
            _exit(127);
        }
        std::string ready = root_->path() + "/.shim/job_control.pid";
        for (int i = 0; i < 1000 && access(ready.c_str(), F_OK) != 0; ++i)
            usleep(10000);
    }
    /* The generic queue and one execution queue, which does not run: entries stay. */
    void make_queues()
    {
        start_controller();
        std::vector<std::string> targets(1, "TCPIP$SMTP_NODE_01");
        CPPUNIT_ASSERT(queue_create_server(targets[0], "TCPIP$SMTP_SYMBIONT", "NODE", false).ok());
        CPPUNIT_ASSERT(queue_create_generic("TCPIP$SMTP_NODE_00", targets, false).ok());
    }
    /* A control file; directory "" is TCPIP$SMTP_COMMON. */
    static std::string control_file(const std::string &user, const std::string &recipient,
                                    const std::string &directory = "")
    {
        ControlEnvelope envelope;
        envelope.sender = "a@b.example";
        envelope.user = user;
        std::vector<ControlRecipient> list(1);
        list[0].address = recipient;
        ControlWriter writer;
        std::string file;
        static const char text[] = "Subject: x\r\n\r\ntext\r\n";
        CPPUNIT_ASSERT(writer.begin(envelope, list, directory).is_done());
        CPPUNIT_ASSERT(writer.write(text, sizeof text - 1).is_done());
        CPPUNIT_ASSERT(writer.commit(&file).is_done());
        return file;
    }
    static boost::uint32_t enter(const std::string &file, const std::string &user,
                                 boost::uint64_t after = 0)
    {
        boost::uint32_t entry = 0;
        Outcome outcome = submit_entry(file, user, "", after, &entry);
        CPPUNIT_ASSERT_MESSAGE(outcome.log_text(), outcome.is_done());
        return entry;
    }
    static bool has(const std::string &text, const std::string &part)
    {
        return text.find(part) != std::string::npos;
    }

    ScratchRoot *root_;
    pid_t controller_;
    std::string output_, log_;
    Status status_;
};

} // namespace mail

/* The text may be a command that is run: once. */
#define ASSERT_HAS(text, part)                                                                     \
    do {                                                                                           \
        std::string assert_text = text;                                                            \
        CPPUNIT_ASSERT_MESSAGE(assert_text, has(assert_text, part));                               \
    } while (false)
#define ASSERT_LACKS(text, part)                                                                   \
    do {                                                                                           \
        std::string assert_text = text;                                                            \
        CPPUNIT_ASSERT_MESSAGE(assert_text, !has(assert_text, part));                              \
    } while (false)

#endif
