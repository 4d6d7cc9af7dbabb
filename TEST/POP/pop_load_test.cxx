/*
**  pop_load_test - a hundred sessions at once over sockets while mail arrives (run under TSan too)
*/
#include "pop_fixture.h"

#include "VMS/net.h"
#include "pop_server.h"

#include <pthread.h>

using namespace mail;

namespace {

const size_t SESSIONS = 100, CLIENTS = 8, MESSAGES = 5, DELETED = 2, LATER = 3;
const boost::uint32_t PATIENCE = 120000; /* milliseconds */

std::string user_name(size_t n)
{
    std::string name = "USER00";
    name[4] = static_cast<char>('0' + n / 10);
    name[5] = static_cast<char>('0' + n % 10);
    return name;
}

/* One message for all of them. */
bool deliver_to_all(const std::string &text)
{
    MailSender sender;
    bool good = sender.begin().ok() && sender.set_from("SMTP%\"a@b.test\"").ok() &&
                sender.set_to("everybody").ok() && sender.set_subject("load").ok();
    for (size_t i = 0; i < SESSIONS; ++i)
        sender.add_address(user_name(i));
    good = good && sender.add_text(text.data(), text.size()).ok() && sender.send().ok();
    return sender.end().ok() && good;
}

/* A client's side of one connection; what went wrong is kept, threads do not assert. */
class Talk {
public:
    Talk() : fd_(-1) {}
    ~Talk() { net_close(fd_); }
    bool dial(const NetAddress &address)
    {
        return net_connect(address, 0, PATIENCE, &fd_).ok() && line().compare(0, 3, "+OK") == 0;
    }
    /* The answer's first line; with list all lines to the period are in *list. */
    std::string say(const std::string &command, std::string *list = 0)
    {
        std::string text = command + "\r\n";
        if (!net_write(fd_, text.data(), text.size(), PATIENCE).ok())
            return "";
        std::string first = line();
        for (std::string next; list && first.compare(0, 3, "+OK") == 0;) {
            next = line();
            if (next.empty() || next == ".\r\n")
                break;
            *list += next[0] == '.' ? next.substr(1) : next;
        }
        return first;
    }
    void check(bool good, const std::string &what)
    {
        if (!good && trouble.empty())
            trouble = what;
    }
    std::string trouble;

private:
    std::string line()
    {
        size_t end;
        while ((end = read_.find("\r\n")) == std::string::npos) {
            char buffer[8192];
            size_t count = 0;
            if (!net_read(fd_, buffer, sizeof buffer, PATIENCE, &count).ok() || count == 0)
                return "";
            read_.append(buffer, count);
        }
        std::string found(read_, 0, end + 2);
        read_.erase(0, end + 2);
        return found;
    }
    int fd_;
    std::string read_;
};

void log_in(Talk &talk, size_t n)
{
    talk.say("USER " + user_name(n));
    talk.check(talk.say("PASS sesame") == "+OK Username/password combination ok\r\n", "login");
}

void read_and_delete(Talk &talk, size_t)
{
    std::string sizes, stats, uids;
    talk.check(talk.say("STAT").compare(0, 6, "+OK 5 ") == 0, "STAT");
    talk.check(talk.say("LIST", &sizes).compare(0, 3, "+OK") == 0, "LIST");
    talk.check(talk.say("UIDL", &uids).compare(0, 3, "+OK") == 0, "UIDL");
    size_t at = 0;
    for (size_t i = 1; i <= MESSAGES; ++i) {
        std::string number(1, static_cast<char>('0' + i)), text;
        talk.say("RETR " + number, &text);
        size_t end = sizes.find("\r\n", at);
        talk.check(text.size() == static_cast<size_t>(atoi(sizes.c_str() + at + 2)), "size");
        at = end + 2;
        talk.check(text.find("\r\nmessage " + number + "\r\n") != std::string::npos, "text");
    }
    talk.say("XTND STATS", &stats);
    talk.check(stats.find("Current Users        :\r\n") != std::string::npos, "STATS");
    talk.say("DELE 1");
    talk.say("DELE 2");
    talk.check(talk.say("QUIT").compare(0, 3, "+OK") == 0, "QUIT");
}

/* A thread with every CLIENTS-th connection. */
struct Client {
    Talk *talks;
    size_t first;
    void (*work)(Talk &talk, size_t n);
    pthread_t thread;
};

extern "C" {
static void *load_client(void *argument)
{
    Client &client = *static_cast<Client *>(argument);
    for (size_t n = client.first; n < SESSIONS; n += CLIENTS)
        client.work(client.talks[n], n);
    return 0;
}
static void *load_deliveries(void *argument)
{
    for (size_t i = 0; i < LATER; ++i)
        if (!deliver_to_all("later\r\n"))
            *static_cast<bool *>(argument) = false;
    return 0;
}
}

} // namespace

class PopLoadTest : public PopFixture {
    CPPUNIT_TEST_SUITE(PopLoadTest);
    CPPUNIT_TEST(test_hundred_sessions_at_once);
    CPPUNIT_TEST_SUITE_END();

    void start(PopServer &server, Service &service)
    {
        int fd = -1;
        CPPUNIT_ASSERT(net_parse_address("127.0.0.1", &address_));
        CPPUNIT_ASSERT(net_listen(address_, 1024, &fd).ok() && net_local(fd, &address_).ok());
        server.attach(&service);
        ServiceParameters parameters = server.parameters();
        parameters.listeners.push_back(ServiceListener(fd));
        CPPUNIT_ASSERT(service.start(parameters).ok());
    }
    void together(Talk *talks, void (*work)(Talk &talk, size_t n))
    {
        Client clients[CLIENTS];
        for (size_t i = 0; i < CLIENTS; ++i) {
            clients[i].talks = talks;
            clients[i].first = i;
            clients[i].work = work;
            CPPUNIT_ASSERT_EQUAL(0,
                                 pthread_create(&clients[i].thread, 0, load_client, &clients[i]));
        }
        for (size_t i = 0; i < CLIENTS; ++i)
            pthread_join(clients[i].thread, 0);
        for (size_t i = 0; i < SESSIONS; ++i)
            CPPUNIT_ASSERT_EQUAL_MESSAGE(user_name(i), std::string(), talks[i].trouble);
    }
    NetAddress address_;

public:
    void test_hundred_sessions_at_once()
    {
        log_set_level(LOG_INFO);
        for (size_t i = 0; i < SESSIONS; ++i)
            root_->add_user(user_name(i), "sesame");
        for (size_t i = 1; i <= MESSAGES; ++i) {
            std::string text = "message ";
            text += static_cast<char>('0' + i);
            CPPUNIT_ASSERT(deliver_to_all(text + "\r\n"));
        }
        PopServer server;
        Service service;
        start(server, service);
        {
            Talk talks[SESSIONS];
            for (size_t i = 0; i < SESSIONS; ++i)
                CPPUNIT_ASSERT(talks[i].dial(address_));
            together(talks, log_in);
            CPPUNIT_ASSERT_EQUAL(SESSIONS, static_cast<size_t>(server.counts().sessions));
            pthread_t deliveries;
            bool delivered = true;
            CPPUNIT_ASSERT_EQUAL(0, pthread_create(&deliveries, 0, load_deliveries, &delivered));
            together(talks, read_and_delete);
            pthread_join(deliveries, 0);
            CPPUNIT_ASSERT(delivered);
        }
        service.stop();
        service.wait();
        service.finish(60);
        for (size_t i = 0; i < SESSIONS; ++i) {
            CPPUNIT_ASSERT_EQUAL(MESSAGES - DELETED,
                                 static_cast<size_t>(folder_count(user_name(i), "MAIL")));
            CPPUNIT_ASSERT_EQUAL(LATER,
                                 static_cast<size_t>(folder_count(user_name(i), "NEWMAIL")));
            CPPUNIT_ASSERT_EQUAL(LATER, static_cast<size_t>(new_messages(user_name(i))));
        }
    }
};

CPPUNIT_TEST_SUITE_REGISTRATION(PopLoadTest);
