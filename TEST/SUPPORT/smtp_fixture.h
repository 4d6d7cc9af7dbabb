/*
**  smtp_fixture - an SmtpSession with captured messages and local users of the test's choice
*/
#ifndef TEST_SMTP_FIXTURE_H
#define TEST_SMTP_FIXTURE_H

#include <cppunit/extensions/HelperMacros.h>
#include <map>
#include <string.h>
#include <string>
#include "CORE/text.h"
#include "MTA/log.h"
#include "capture_sink.h"
#include "scratch_system.h"
#include "smtp_session.h"

/* What the DNS of a test says; without a word in it there is no DNS. */
class StandInDns : public mail::SpamLookups {
public:
    /* "A host", "MX domain", "PTR address" -> answers; "!" is no answer */
    std::map<std::string, std::vector<std::string> > records;
    int asked;
    StandInDns() : asked(0) {}
    void add(const std::string &question, const std::string &answer)
    {
        records[question].push_back(answer);
    }
    virtual bool available() { return !records.empty(); }
    virtual Answer addresses(const std::string &host, boost::uint64_t,
                             std::vector<mail::IpAddress> *found)
    {
        return numbers("A " + host, found);
    }
    virtual Answer name(const mail::IpAddress &address, boost::uint64_t, std::string *found)
    {
        std::vector<std::string> texts;
        Answer answer = ask("PTR " + mail::ip_address_print(address), &texts);
        if (answer == FOUND)
            *found = texts[0];
        return answer;
    }
    virtual Answer gateways(const std::string &domain, boost::uint64_t,
                            std::vector<std::string> *found)
    {
        return ask("MX " + domain, found);
    }
    virtual Answer listed(const std::string &name, boost::uint64_t,
                          std::vector<mail::IpAddress> *found)
    {
        return numbers("A " + name, found);
    }

private:
    Answer ask(const std::string &question, std::vector<std::string> *texts)
    {
        ++asked;
        texts->clear();
        if (records.empty())
            return TROUBLE;
        size_t blank = question.find(' ');
        std::map<std::string, std::vector<std::string> >::const_iterator at = records.find(
            question.substr(0, blank) + mail::text_lowered(question.substr(blank)));
        if (at == records.end())
            return NOTHING;
        if (at->second[0] == "!")
            return TROUBLE;
        *texts = at->second;
        return FOUND;
    }
    Answer numbers(const std::string &question, std::vector<mail::IpAddress> *found)
    {
        std::vector<std::string> texts;
        Answer answer = ask(question, &texts);
        found->clear();
        for (size_t i = 0; i < texts.size(); ++i) {
            mail::IpAddress address;
            CPPUNIT_ASSERT(mail::ip_address_parse(texts[i], &address));
            found->push_back(address);
        }
        return answer;
    }
};

class SmtpFixture : public CppUnit::TestFixture, public mail::SinkMaker {
public:
    Capture capture;
    std::string log;
    boost::scoped_ptr<mail::SmtpSession> session;
    std::string unread; /* bytes that the engine would hold */
    StandInDns dns;
    mail::RejectRulesPtr reject;
    mail::SmtpPort port;

    void setUp()
    {
        scratch_system();
        capture = Capture();
        dns = StandInDns();
        reject.reset(new mail::RejectRules);
        port = mail::SmtpPort();
        log.clear();
        mail::log_capture(&log);
        mail::alias_use(fixture_users);
        settings_.reset(new mail::Settings);
        identity_.reset(new mail::Identity);
        identity_->set_host("condor.hawk.example", "", "CONDOR");
        use_settings();
    }
    void tearDown()
    {
        session.reset();
        mail::log_capture(0);
        mail::log_set_level(mail::LOG_INFO);
        mail::alias_use(0);
        mail::config_use(mail::SettingsPtr());
    }
    virtual mail::MessageSink *make() { return new CaptureSink(&capture); }

    /* Before open(). */
    void set(mail::ParamId id, const char *text)
    {
        CPPUNIT_ASSERT(settings_->set(id, text, mail::ORIGIN_TEST, "", 0));
        use_settings();
    }
    mail::Identity &identity() { return *identity_; }

    /* A new connection; returns the greeting. */
    std::string open(const char *client = "10.1.2.3")
    {
        mail::SmtpEnvironment environment;
        identity_->apply(*settings_);
        environment.rules.settings = settings_;
        environment.rules.identity = identity_;
        environment.rules.clients.reset(new mail::ClientLists(*settings_, dns, 0));
        environment.rules.relay.reset(new mail::RelayPolicy(*settings_));
        environment.rules.reject = reject;
        environment.rules.lookups = &dns;
        environment.port = port;
        environment.sinks = this;
        environment.client_address = client;
        environment.id = "R1";
        session.reset(new mail::SmtpSession(environment));
        unread.clear();
        mail::Output out;
        session->start(&out);
        return out.text();
    }

    /* Sends bytes in pieces as the engine would; returns all replies. */
    std::string talk(const std::string &bytes, size_t piece = 1000000)
    {
        std::string replies;
        for (size_t at = 0; at < bytes.size() && !session->wants_close(); at += piece) {
            unread += bytes.substr(at, piece);
            while (!session->wants_close() && !unread.empty() &&
                   session->ready(unread.data(), unread.size())) {
                mail::Output out;
                size_t used = session->step(unread.data(), unread.size(), &out);
                CPPUNIT_ASSERT(used <= unread.size());
                CPPUNIT_ASSERT(used != 0 || out.size() != 0);
                unread.erase(0, used);
                replies += out.text();
            }
        }
        return replies;
    }
    /* One command line, CRLF added. */
    std::string line(const std::string &command) { return talk(command + "\r\n"); }
    /* EHLO, MAIL and RCPT of a good message. */
    void begin_mail()
    {
        line("EHLO client.example");
        line("MAIL FROM:<a@example.com>");
        CPPUNIT_ASSERT_EQUAL(std::string("250"),
                             line("RCPT TO:<smith@condor.hawk.example>").substr(0, 3));
    }
    /* The codes of all final reply lines: "250 354 250" */
    static std::string codes(const std::string &replies)
    {
        std::string out;
        for (size_t from = 0; from < replies.size();) {
            size_t to = replies.find("\r\n", from);
            CPPUNIT_ASSERT(to != std::string::npos && to - from >= 4 && to - from <= 510);
            if (replies[from + 3] == ' ')
                out += (out.empty() ? "" : " ") + replies.substr(from, 3);
            from = to + 2;
        }
        return out;
    }
    /* The message without our Received: field. */
    static std::string without_trace(const std::string &text)
    {
        CPPUNIT_ASSERT_EQUAL(std::string("Received: "), text.substr(0, 10));
        size_t at = 0;
        do
            at = text.find("\r\n", at) + 2;
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t'));
        return text.substr(at);
    }

private:
    void use_settings() { mail::config_use(settings_); }
    boost::shared_ptr<mail::Settings> settings_;
    boost::shared_ptr<mail::Identity> identity_;
};

#endif
