/*  pop_session: a connection of the POP server that has logged in to a mailbox, in every split
**
**  The mailbox is made again whenever a session changed it; its messages get new dates then, so
**  the answers of two splits are compared only where nobody says QUIT.
*/
#include "CORE/text.h"
#include "MTA/log.h"
#include "VMS/mailsend.h"
#include "pop_session.h"
#include "scratch_root.h"
#include "session_feed.h"

#include <string.h>

using namespace mail;

static const char *const texts[] = {"one\r\n", ".\r\n..\r\n\r\nthree dots\r\n", "",
                                    "Subject: own\r\n\r\nbody\r\n"};

static void deliver(const char *text)
{
    MailSender sender;
    FUZZ_ASSERT(sender.begin().ok());
    FUZZ_ASSERT(sender.set_from("SMTP%\"a@b.test\"").ok());
    FUZZ_ASSERT(sender.set_to("SMITH").ok() && sender.set_subject("fuzz").ok());
    FUZZ_ASSERT(sender.add_address("SMITH").ok());
    FUZZ_ASSERT(sender.add_text(text, strlen(text)).ok() && sender.send().ok());
    FUZZ_ASSERT(sender.addressees()[0].delivered && sender.end().ok());
}

/* NEWMAIL holds the texts again; MAIL holds nothing. */
static void make_mailbox()
{
    static const char *const folders[] = {"NEWMAIL", "MAIL"};
    MailFile file;
    if (file.open("SYS$SYSDEVICE:[SMITH]").ok()) {
        for (size_t i = 0; i < 2; ++i) {
            MailFolder folder;
            boost::uint32_t count = 0;
            folder.select(&file, folders[i], &count);
            for (boost::uint32_t id = 1; id <= count; ++id)
                folder.remove(id);
        }
        file.purge(false, 0);
        file.close();
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; ++i)
        deliver(texts[i]);
}

static PopContext &context()
{
    static ScratchRoot root; /* removed at the end */
    static PopContext shared;
    if (!shared.version.empty())
        return shared;
    root.add_user("SYSTEM", "manager");
    root.add_user("SMITH", "sesame");
    boost::shared_ptr<Settings> settings(new Settings);
    FUZZ_ASSERT(settings->set(P_POP_TRACE, "1", ORIGIN_TEST, "", 0));
    boost::shared_ptr<Identity> identity(new Identity);
    identity->set_host("ucxsys.acme.com", "acme.com", "UCXSYS");
    config_use(settings);
    identity_use(identity);
    log_set_level(LOG_DEBUG);
    shared.version = "V9.9";
    shared.up_since = "1999-04-04 06:42:17";
    make_mailbox();
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
        session_feed(&session, "USER smith\r\nPASS sesame\r\n", true);
        FUZZ_ASSERT(session.state() == POP_TRANSACTION_STATE);
        answers = session_feed(&session, bytes, whole);
        session.on_disconnect(DISCONNECT_PEER);
    }
    log_capture(0);
    check_log(log);
    return answers;
}

/* Does the answer go on behind its first line? */
static bool is_list(const std::string &line)
{
    static const char *const ends[] = {" octets)", " octets", " messages", " follows", " follow"};
    if (line.compare(0, 4, "+OK ") != 0 || line.compare(0, 12, "+OK mailbox ") == 0)
        return false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; ++i)
        if (text_ends(line, ends[i]))
            return true;
    return false;
}

/* Each line is an answer or belongs to one, which a period ends; "octets" says how many. */
static void check_answers(const std::string &answers)
{
    bool list = false;
    size_t octets = 0, told = 0;
    for (size_t at = 0; at < answers.size();) {
        size_t end = answers.find("\r\n", at);
        FUZZ_ASSERT(end != std::string::npos);
        std::string line(answers, at, end - at);
        at = end + 2;
        if (list && line != ".") {
            octets += line.size() + 2 - (line[0] == '.' ? 1 : 0);
            continue;
        }
        if (list) {
            FUZZ_ASSERT(told == 0 || told == octets);
            list = false;
            continue;
        }
        FUZZ_ASSERT(line.compare(0, 4, "+OK ") == 0 || line.compare(0, 5, "-ERR ") == 0);
        list = is_list(line);
        octets = 0;
        told = text_ends(line, " octets") ? static_cast<size_t>(atoi(line.c_str() + 4)) : 0;
    }
    FUZZ_ASSERT(!list);
}

FUZZ(text)
{
    bool quits = text_lowered(text).find("quit") != std::string::npos;
    std::string answers = run(text, quits || text.size() % 2 == 0);
    check_answers(answers);
    if (quits)
        make_mailbox();
    else if (text_lowered(text).find("stats") == std::string::npos) /* it tells the time */
        FUZZ_ASSERT(answers == run(text, text.size() % 2 != 0));
}
