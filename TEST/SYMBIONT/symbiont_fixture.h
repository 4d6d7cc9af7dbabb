/*
**  symbiont_fixture - a scripted SMTP server, and a small system with queues
*/
#ifndef TEST_SYMBIONT_FIXTURE_H
#define TEST_SYMBIONT_FIXTURE_H

#include "scratch_root.h"
#include "test_places.h"
#include "job.h"
#include "smtp_client.h"

#include "MTA/aliases.h"
#include "MTA/control_file.h"
#include "MTA/identity.h"
#include "MTA/log.h"
#include "VMS/queue.h"
#include "VMS/thread.h"
#include "VMS/vmstime.h"

#include <cppunit/extensions/HelperMacros.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

namespace mail {

class NeverStop : public StopFlag {
public:
    NeverStop() : stop_(false) {}
    virtual bool stopped() const { return stop_; }
    bool stop_;
};

class FixedText : public TextSource {
public:
    explicit FixedText(const std::string &text) : text_(text), at_(0), fail_(false) {}
    virtual bool next(size_t most, std::string *data, bool *end, Outcome *trouble)
    {
        if (fail_) {
            *trouble = Outcome::later("cannot read");
            return false;
        }
        size_t n = text_.size() - at_ < most ? text_.size() - at_ : most;
        data->append(text_, at_, n);
        at_ += n;
        *end = n == 0;
        return true;
    }
    std::string text_;
    size_t at_;
    bool fail_;
};

/*
**  One connection.  The script: "R text" sends text and CRLF; "L" reads one line; "D" reads up to
**  the end of a message; "C" closes; what was read is kept.
*/
class Server {
public:
    /* more: the script of a second connection, or 0. port 0: any. */
    explicit Server(const char *const *script, const char *const *more_script = 0,
                    const char *host = "127.0.0.1", unsigned short port = 0)
        : script_(script), more_(more_script), fd_(-1)
    {
        NetAddress any;
        CPPUNIT_ASSERT(net_parse_address(host, &any));
        any.port = port;
        CPPUNIT_ASSERT(net_listen(any, 5, &listener_).ok());
        CPPUNIT_ASSERT(net_local(listener_, &address_).ok());
        CPPUNIT_ASSERT(thread_.start(routine, this).ok());
    }
    ~Server()
    {
        thread_.join();
        net_close(listener_);
    }
    void join() { thread_.join(); }
    const NetAddress &address() const { return address_; }
    std::string heard;

private:
    static void routine(void *argument) { static_cast<Server *>(argument)->run(); }
    bool more()
    {
        char buffer[4096];
        size_t got = 0;
        if (!net_read(fd_, buffer, sizeof buffer, 5000, &got).ok() || got == 0)
            return false;
        input_.append(buffer, got);
        return true;
    }
    bool take(const char *end)
    {
        size_t at;
        while ((at = input_.find(end)) == std::string::npos)
            if (!more())
                return false;
        heard.append(input_, 0, at + strlen(end));
        input_.erase(0, at + strlen(end));
        return true;
    }
    void run()
    {
        serve(script_);
        if (more_)
            serve(more_);
    }
    void serve(const char *const *script)
    {
        NetAddress peer;
        input_.clear();
        if (net_wait_readable(listener_, 5000) != 1 || !net_accept(listener_, &fd_, &peer).ok())
            return;
        for (const char *const *p = script; *p; ++p) {
            if ((*p)[0] == 'R') {
                std::string line = std::string(*p + 2) + "\r\n";
                net_write(fd_, line.data(), line.size(), 5000);
            } else if ((*p)[0] == 'L' && !take("\r\n")) {
                break;
            } else if ((*p)[0] == 'D' && !take("\r\n.\r\n")) {
                break;
            }
        }
        net_close(fd_);
    }
    const char *const *script_, *const *more_;
    int listener_, fd_;
    NetAddress address_;
    Thread thread_;
    std::string input_;
};

/*
**  Users SMITH and JONES, the job controller, the generic queue TCPIP$SMTP_NODE_00 with a stopped
**  execution queue: what is submitted stays pending, and a test runs the job itself.
*/
class SymbiontFixture : public CppUnit::TestFixture {
public:
    virtual void setUp()
    {
        setenv("SHIM_NODE", "NODE", 1);
        root_ = new ScratchRoot;
        root_->make_folder("/SYS0/TCPIP$SMTP");
        root_->add_user("SYSTEM", "manager");
        root_->add_user("SMITH", "sesame");
        root_->add_user("JONES", "abra");
        settings_.reset(new Settings);
        identity_.reset(new Identity);
        identity_->set_host("us.test", "", "NODE");
        config_use(settings_);
        identity_use(identity_);
        alias_forget();
        log_capture(&log_);
        start_controller();
    }
    virtual void tearDown()
    {
        log_capture(0);
        config_use(SettingsPtr());
        identity_use(IdentityPtr());
        kill(controller_, SIGKILL);
        waitpid(controller_, 0, 0);
        unsigned violations = shim_violations();
        delete root_;
        CPPUNIT_ASSERT_EQUAL(0U, violations);
    }

protected:
    void set(ParamId id, const char *value)
    {
        const char *reason = "";
        CPPUNIT_ASSERT_MESSAGE(value, settings_->set(id, value, ORIGIN_TEST, "", &reason));
    }
    void set_port(unsigned short port)
    {
        char text[10];
        snprintf(text, sizeof text, "%u", static_cast<unsigned>(port));
        set(P_SYMB_REMOTE_PORT, text);
    }
    /* What the job controller says of an entry for that control file. */
    static JobRequest job_request(const std::string &file)
    {
        JobRequest request;
        request.file = file;
        request.id = "entry-1";
        request.user = "TCPIP$SMTP";
        request.queue = "TCPIP$SMTP_NODE_00";
        return request;
    }
    /* A control file for these recipients, separated by commas; its full specification. */
    std::string control_file(const std::string &sender, const std::string &recipients,
                             const std::string &text = "Subject: s\r\n\r\nbody\r\n")
    {
        ControlEnvelope envelope;
        std::vector<ControlRecipient> list;
        envelope.sender = sender;
        envelope.user = "TCPIP$SMTP";
        for (size_t at = 0; at <= recipients.size();) {
            size_t end = recipients.find(',', at);
            end = end == std::string::npos ? recipients.size() : end;
            ControlRecipient one;
            one.address = recipients.substr(at, end - at);
            list.push_back(one);
            at = end + 1;
        }
        ControlWriter writer;
        std::string file;
        CPPUNIT_ASSERT(writer.begin(envelope, list, "").is_done());
        CPPUNIT_ASSERT(writer.write(text.data(), text.size()).is_done());
        CPPUNIT_ASSERT(writer.commit(&file).is_done());
        return file;
    }
    static std::vector<QueueEntry> entries()
    {
        std::vector<QueueEntry> list;
        queue_entries("TCPIP$SMTP_NODE_00", &list);
        return list;
    }
    /* The whole text of a control file, and its first recipient and sender. */
    static std::string read_text(const std::string &file, std::string *to, std::string *from)
    {
        ControlFile control;
        CPPUNIT_ASSERT(control.open(file, false).is_done());
        *to = control.recipients()[0].address;
        *from = control.envelope().sender;
        std::string text(1000000, ' ');
        size_t got = 0, all = 0;
        while (control.read_text(&text[all], text.size() - all, &got).is_done() && got != 0)
            all += got;
        text.resize(all);
        return text;
    }

    ScratchRoot *root_;
    boost::shared_ptr<Settings> settings_;
    boost::shared_ptr<Identity> identity_;
    std::string log_;
    NeverStop never_;

private:
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
        std::vector<std::string> targets(1, "TCPIP$SMTP_NODE_01");
        CPPUNIT_ASSERT(queue_create_server(targets[0], "TCPIP$SMTP_SYMBIONT", "NODE", false).ok());
        CPPUNIT_ASSERT(queue_create_generic("TCPIP$SMTP_NODE_00", targets, true).ok());
    }
    pid_t controller_;
};

} // namespace mail

#endif
