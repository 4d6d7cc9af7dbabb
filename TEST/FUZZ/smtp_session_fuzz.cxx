/*  smtp_session: a whole connection of the receiver, in every split
**
**  The first byte chooses how far the conversation has come.  Nothing that follows may crash it,
**  make it a relay, forge a line of the log, a reply or a part of our Received: field.
*/
#include "CORE/text.h"
#include "MTA/log.h"
#include "MTA/outheaders.h"
#include "capture_sink.h"
#include "scratch_system.h"
#include "session_feed.h"
#include "smtp_session.h"

using namespace mail;

static const char *const preludes[] = {
    "",
    "EHLO x\r\n",
    "HELO x\r\n",
    "EHLO x\r\nMAIL FROM:<a@example.com>\r\n",
    "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<smith@condor.hawk.example>\r\n",
    "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<smith@condor.hawk.example>\r\nDATA\r\n",
    "EHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<smith@condor.hawk.example>\r\nBDAT 5\r\nX: y\n",
    "EHLO x\r\nAUTH LOGIN\r\n"};

class Makes : public SinkMaker {
public:
    Capture capture;
    virtual MessageSink *make() { return new CaptureSink(&capture); }
};

static SmtpEnvironment &environment()
{
    static SmtpEnvironment env;
    if (env.rules.settings)
        return env;
    scratch_system();
    boost::shared_ptr<Settings> settings(new Settings);
    FUZZ_ASSERT(settings->set(P_SMTP_RECV_TRACE, "1", ORIGIN_TEST, "", 0));
    FUZZ_ASSERT(settings->set(P_RECV_ERRORS, "1000", ORIGIN_TEST, "", 0));
    boost::shared_ptr<Identity> identity(new Identity);
    identity->set_host("condor.hawk.example", "", "CONDOR");
    identity->apply(*settings);
    alias_use(fixture_users);
    log_set_level(LOG_DEBUG);
    config_use(settings);
    boost::shared_ptr<RejectRules> rules(new RejectRules);
    rules->header_rules.resize(1);
    rules->header_rules[0].name = "Subject";
    rules->header_rules[0].pattern = "*offer*";
    env.rules.settings = settings;
    env.rules.identity = identity;
    env.rules.clients.reset(new ClientLists(*settings, spam_lookups(), 0));
    env.rules.relay.reset(new RelayPolicy(*settings));
    env.rules.reject = rules;
    env.rules.lookups = &spam_lookups();
    env.port.secured = env.port.login = true;
    env.client_address = "10.1.2.3";
    env.id = "R1";
    return env;
}

/* Our field is the first; it ends with the date that we wrote. */
static void check_message(const CapturedMessage &message, const Identity &identity)
{
    const std::string &text = message.text;
    std::string date = header_date(message.envelope.created), unfolded;
    FUZZ_ASSERT(text.compare(0, 15, "Received: from ") == 0);
    for (size_t i = 0; i < text.size(); ++i) {
        if (text.compare(i, 2, "\r\n") == 0) {
            if (i + 2 == text.size() || !text_is_blank(text[i + 2]))
                break;
            i += 2;
        }
        FUZZ_ASSERT((text[i] >= ' ' && text[i] < 127) || text[i] == '\t');
        unfolded += text_is_blank(text[i]) ? ' ' : text[i];
    }
    FUZZ_ASSERT(text_ends(unfolded, ("; " + date).c_str()));
    FUZZ_ASSERT(unfolded.find(date) == unfolded.size() - date.size());
    for (size_t i = 0; i < message.recipients.size(); ++i) {
        const std::string &to = message.recipients[i].address;
        size_t at = to.rfind('@');
        FUZZ_ASSERT(at == std::string::npos || identity.is_local(to.substr(at + 1)));
    }
}

static std::string run(const std::string &bytes, bool whole, Makes *makes)
{
    SmtpEnvironment env = environment();
    env.sinks = makes;
    std::string log, answers;
    log_capture(&log);
    {
        SmtpSession session(env);
        Output out;
        session.start(&out);
        answers = session_feed(&session, bytes, whole);
        session.on_disconnect(DISCONNECT_PEER);
    }
    log_capture(0);
    check_log(log);
    check_lines(answers, 512);
    FUZZ_ASSERT(makes->capture.alive == 0);
    return answers;
}

FUZZ(text)
{
    if (text.empty())
        return;
    size_t choice = static_cast<unsigned char>(text[0]) % (sizeof preludes / sizeof *preludes);
    std::string bytes = preludes[choice] + text.substr(1);
    Makes whole, split;
    FUZZ_ASSERT(run(bytes, true, &whole) == run(bytes, false, &split));
    FUZZ_ASSERT(whole.capture.messages.size() == split.capture.messages.size());
    for (size_t i = 0; i < whole.capture.messages.size(); ++i) {
        check_message(whole.capture.messages[i], *environment().rules.identity);
        FUZZ_ASSERT(whole.capture.messages[i].text == split.capture.messages[i].text);
        FUZZ_ASSERT(whole.capture.messages[i].envelope.sender ==
                    split.capture.messages[i].envelope.sender);
    }
}
