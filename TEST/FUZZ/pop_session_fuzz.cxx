/*  pop_session: a connection of the POP server before anybody has logged in, in every split
**
**  The system has no users, so every name is refused; with SECURE all refusals read the same,
**  also when the intrusion database has come to know the client.
*/
#include "MTA/log.h"
#include "pop_session.h"
#include "scratch_system.h"
#include "session_feed.h"

using namespace mail;

static PopContext &context()
{
    static PopContext shared;
    static bool made = false;
    if (made)
        return shared;
    made = true;
    scratch_system();
    boost::shared_ptr<Settings> settings(new Settings);
    FUZZ_ASSERT(settings->set(P_POP_SECURITY, "SECURE", ORIGIN_TEST, "", 0));
    FUZZ_ASSERT(settings->set(P_POP_TRACE, "1", ORIGIN_TEST, "", 0));
    boost::shared_ptr<Identity> identity(new Identity);
    identity->set_host("ucxsys.acme.com", "acme.com", "UCXSYS");
    config_use(settings);
    identity_use(identity);
    log_set_level(LOG_DEBUG);
    shared.version = "V9.9";
    shared.up_since = "1999-04-04 06:42:17";
    return shared;
}

static std::string run(const std::string &bytes, bool whole)
{
    std::string log, answers;
    PopContext &shared = context();
    log_capture(&log);
    {
        PopSession session(shared, 1, "192.0.2.1");
        Output out;
        session.start(&out);
        answers = session_feed(&session, bytes, whole);
        FUZZ_ASSERT(session.state() != POP_TRANSACTION_STATE);
        session.on_disconnect(DISCONNECT_PEER);
    }
    log_capture(0);
    check_log(log);
    check_lines(answers, 512);
    return answers;
}

/* Each line is an answer, or belongs to the list of CAPA or AUTH, which a period ends. */
static void check_answers(const std::string &answers)
{
    bool list = false;
    for (size_t at = 0; at < answers.size();) {
        size_t end = answers.find("\r\n", at);
        std::string line(answers, at, end - at);
        if (list)
            list = line != ".";
        else
            FUZZ_ASSERT(line.compare(0, 4, "+OK ") == 0 || line.compare(0, 5, "-ERR ") == 0);
        list = list || line == "+OK capability list follows" || line == "+OK mechanisms follow";
        at = end + 2;
    }
    FUZZ_ASSERT(!list);
}

FUZZ(text)
{
    std::string answers = run(text, true);
    check_answers(answers);
    FUZZ_ASSERT(answers == run(text, false));
}
