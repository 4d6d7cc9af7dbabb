/*
**  mail_load - the benchmark's own load driver: SMTP sender, SMTP sink, POP reader
**
**  One thread, epoll, so that it takes little of the two cores that it shares with what it
**  measures.
**
**    mail_load smtp PORT SESSIONS MESSAGES SIZE USERS RECIPIENTS many|one DOMAIN
**        prints: accepted <n> seconds <s> errors <n>
**    mail_load sink PORT
**        prints "ready"; at end of standard input: recipients <n> first_ms <since ready> span_ms
**        <first..last>
**    mail_load pop PORT USER PASSWORD open|retr|pipe|dele
**        prints: messages <n> octets <n> ms <time>
*/
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <map>
#include <string>
#include <vector>

namespace {

double now()
{
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

[[noreturn]] void die(const char *what)
{
    fprintf(stderr, "mail_load: %s: %s\n", what, strerror(errno));
    exit(1);
}

sockaddr_in loopback(int port)
{
    sockaddr_in a = {};
    a.sin_family = AF_INET;
    a.sin_port = htons(uint16_t(port));
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

int connect_to(int port, bool blocking)
{
    sockaddr_in a = loopback(port);
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    if (fd < 0 || connect(fd, reinterpret_cast<sockaddr *>(&a), sizeof a) != 0)
        die("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (!blocking)
        fcntl(fd, F_SETFL, O_NONBLOCK);
    return fd;
}

/* ---- SMTP sender ---- */

struct Sender {
    int fd, step, left;   /* replies still wanted in this step; messages left on this connection */
    std::string in, out;
    int recipients_left;
};

struct SmtpRun {
    int port, sessions, messages, size, users, recipients;
    bool one;
    std::string domain, text;
    int started, accepted, errors, next_user;
    int epoll;
    std::map<int, Sender> open;

    std::string recipient()
    {
        char name[80];
        snprintf(name, sizeof name, "RCPT TO:<u%03d@%s>\r\n", next_user++ % users, domain.c_str());
        return name;
    }
    void say(Sender &s, const std::string &text)
    {
        s.out += text;
        flush(s);
    }
    void flush(Sender &s)
    {
        while (!s.out.empty()) {
            ssize_t n = send(s.fd, s.out.data(), s.out.size(), MSG_NOSIGNAL);
            if (n < 0)
                break;
            s.out.erase(0, size_t(n));
        }
        epoll_event e = {};
        e.events = EPOLLIN | (s.out.empty() ? 0u : unsigned(EPOLLOUT));
        e.data.fd = s.fd;
        epoll_ctl(epoll, EPOLL_CTL_MOD, s.fd, &e);
    }
    void begin()
    {
        Sender s;
        s.fd = connect_to(port, false);
        s.step = 0;
        s.left = one ? 1 : messages;
        s.recipients_left = 0;
        epoll_event e = {};
        e.events = EPOLLIN;
        e.data.fd = s.fd;
        epoll_ctl(epoll, EPOLL_CTL_ADD, s.fd, &e);
        open[s.fd] = s;
    }
    void end(int fd)
    {
        close(fd);
        open.erase(fd);
        if (one && started < messages)
            begin();
    }
    /* One complete reply has come. */
    void reply(Sender &s, int code)
    {
        if (code >= 400)
            ++errors;
        switch (s.step) {
        case 0:
            say(s, "EHLO bench.test\r\n");
            s.step = 1;
            break;
        case 1:
        case 5:
            if (s.step == 5 && code == 250)
                ++accepted;
            if (started < messages && s.left-- > 0) {
                ++started;
                s.recipients_left = recipients;
                say(s, "MAIL FROM:<sender@bench.test>\r\n");
                s.step = 2;
            } else {
                say(s, "QUIT\r\n");
                s.step = 6;
            }
            break;
        case 2:
            if (s.recipients_left-- > 0) {
                say(s, recipient());
            } else {
                say(s, "DATA\r\n");
                s.step = 4;
            }
            break;
        case 4:
            say(s, text);
            s.step = 5;
            break;
        default:
            s.step = 7;
        }
    }
    void readable(int fd)
    {
        Sender &s = open[fd];
        char buffer[8192];
        ssize_t n = recv(fd, buffer, sizeof buffer, 0);
        if (n <= 0) {
            if (s.step < 6)
                ++errors;
            end(fd);
            return;
        }
        s.in.append(buffer, size_t(n));
        size_t eol;
        while ((eol = s.in.find('\n')) != std::string::npos) {
            std::string line = s.in.substr(0, eol);
            s.in.erase(0, eol + 1);
            if (line.size() > 3 && line[3] != '-')
                reply(s, atoi(line.c_str()));
        }
        if (s.step == 7)
            end(fd);
    }
    int run()
    {
        text = "From: sender@bench.test\r\nTo: list@bench.test\r\nSubject: load\r\nDate: Mon, 16 "
               "Nov 2026 09:12:40 +0100\r\n\r\n";
        while (int(text.size()) < size)
            text +=
                "The quick brown fox jumps over the lazy dog, again and again, line by line.\r\n";
        text += ".\r\n";
        epoll = epoll_create1(0);
        double t0 = now();
        for (int i = 0; i < sessions && i < messages; ++i)
            begin();
        epoll_event events[64];
        while (!open.empty() && now() - t0 < 300) {
            int n = epoll_wait(epoll, events, 64, 1000);
            for (int i = 0; i < n; ++i) {
                int fd = events[i].data.fd;
                if (!open.count(fd))
                    continue;
                if (events[i].events & EPOLLOUT)
                    flush(open[fd]);
                if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                    readable(fd);
            }
        }
        printf("accepted %d seconds %.6f errors %d\n", accepted, now() - t0, errors);
        return 0;
    }
};

/* ---- SMTP sink: takes everything, keeps nothing ---- */

struct Sink {
    struct Session {
        std::string in;
        bool data;
    };
    int listener, epoll;
    std::map<int, Session> open;
    long recipients, pending;
    double ready, first, last;

    void watch(int fd)
    {
        epoll_event e = {};
        e.events = EPOLLIN;
        e.data.fd = fd;
        epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &e);
    }
    void answer(int fd, const std::string &text)
    {
        if (!text.empty())
            (void)!send(fd, text.data(), text.size(), MSG_NOSIGNAL);
    }
    void take()
    {
        int one = 1, c = accept4(listener, 0, 0, SOCK_NONBLOCK);
        if (c < 0)
            return;
        setsockopt(c, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        watch(c);
        open[c].data = false;
        answer(c, "220 sink\r\n");
    }
    std::string command(Session &s, const std::string &verb)
    {
        if (verb == "EHLO")
            return "250-sink\r\n250-PIPELINING\r\n250-SIZE\r\n250 8BITMIME\r\n";
        if (verb == "DATA") {
            s.data = true;
            s.in.insert(0, "\r\n");
            return "354 go\r\n";
        }
        if (verb == "QUIT")
            return "221 bye\r\n";
        if (verb == "RCPT")
            ++pending;
        return "250 ok\r\n";
    }
    std::string message_end(Session &s)
    {
        s.data = false;
        last = now();
        if (!recipients)
            first = last;
        recipients += pending;
        pending = 0;
        return "250 ok\r\n";
    }
    /* Replies to all that is complete; of a message only what its end may begin with is kept. */
    std::string step(Session &s)
    {
        std::string out;
        for (;;) {
            size_t end = s.data ? s.in.find("\r\n.\r\n") : s.in.find("\r\n");
            if (end == std::string::npos) {
                if (s.data && s.in.size() > 8)
                    s.in.erase(0, s.in.size() - 8);
                return out;
            }
            std::string verb = s.in.substr(0, 4);
            s.in.erase(0, end + (s.data ? 5 : 2));
            out += s.data ? message_end(s) : command(s, verb);
        }
    }
    void readable(int fd)
    {
        char buffer[65536];
        ssize_t got = recv(fd, buffer, sizeof buffer, 0);
        if (got <= 0) {
            close(fd);
            open.erase(fd);
            return;
        }
        Session &s = open[fd];
        s.in.append(buffer, size_t(got));
        answer(fd, step(s));
    }
    /* Until standard input ends. */
    void serve()
    {
        epoll_event events[64];
        for (;;) {
            int n = epoll_wait(epoll, events, 64, -1);
            for (int i = 0; i < n; ++i) {
                char c;
                int fd = events[i].data.fd;
                if (fd == listener)
                    take();
                else if (fd != 0)
                    readable(fd);
                else if (read(0, &c, 1) <= 0)
                    return;
            }
        }
    }
};

int run_sink(int port)
{
    Sink sink;
    int one = 1;
    sink.listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    sockaddr_in a = loopback(port);
    setsockopt(sink.listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(sink.listener, reinterpret_cast<sockaddr *>(&a), sizeof a) != 0 ||
        listen(sink.listener, 512) != 0)
        die("listen");
    sink.epoll = epoll_create1(0);
    sink.watch(sink.listener);
    sink.watch(0);
    sink.recipients = sink.pending = 0;
    sink.ready = now();
    sink.first = sink.last = 0;
    puts("ready");
    fflush(stdout);
    sink.serve();
    printf("recipients %ld first_ms %.1f span_ms %.1f\n", sink.recipients,
           (sink.first - sink.ready) * 1000, (sink.last - sink.first) * 1000);
    return 0;
}

/* ---- POP reader ---- */

struct Pop {
    int fd;
    std::string in;
    size_t at;
    void fill()
    {
        char buffer[65536];
        if (at > 1 << 20) {
            in.erase(0, at);
            at = 0;
        }
        ssize_t n = recv(fd, buffer, sizeof buffer, 0);
        if (n <= 0)
            die("POP connection");
        in.append(buffer, size_t(n));
    }
    std::string line()
    {
        size_t end;
        while ((end = in.find('\n', at)) == std::string::npos)
            fill();
        std::string text = in.substr(at, end - at);
        at = end + 1;
        return text;
    }
    void say(const std::string &text)
    {
        if (send(fd, text.data(), text.size(), MSG_NOSIGNAL) != ssize_t(text.size()))
            die("POP send");
    }
    std::string ok()
    {
        std::string l = line();
        if (l.compare(0, 3, "+OK") != 0) {
            fprintf(stderr, "mail_load: POP said %s\n", l.c_str());
            exit(1);
        }
        return l;
    }
    size_t body()
    {
        size_t octets = 0;
        for (;;) {
            size_t end;
            while ((end = in.find("\r\n", at)) == std::string::npos)
                fill();
            if (end - at == 1 && in[at] == '.') {
                at = end + 2;
                return octets;
            }
            octets += end + 2 - at;
            at = end + 2;
        }
    }
};

int run_pop(int port, const std::string &user, const std::string &password, const std::string &mode)
{
    Pop p = {connect_to(port, true), "", 0};
    p.ok();
    double t0 = now();
    p.say("USER " + user + "\r\n");
    p.ok();
    p.say("PASS " + password + "\r\n");
    p.ok();
    p.say("STAT\r\n");
    int count = atoi(p.ok().c_str() + 4);
    size_t octets = 0;
    if (mode == "open") {
        p.say("LIST\r\n");
        p.ok();
        p.body();
        p.say("UIDL\r\n");
        p.ok();
        p.body();
        printf("messages %d octets 0 ms %.3f\n", count, (now() - t0) * 1000);
        p.say("QUIT\r\n");
        p.ok();
        return 0;
    }
    t0 = now();
    char command[40];
    if (mode == "pipe") {
        std::string all;
        for (int n = 1; n <= count; ++n) {
            snprintf(command, sizeof command, "RETR %d\r\n", n);
            all += command;
        }
        size_t sent = 0;
        fcntl(p.fd, F_SETFL, 0);
        for (int n = 1; n <= count; ++n) {
            if (sent < all.size()) {
                size_t part = std::min<size_t>(all.size() - sent, 4096);
                ssize_t k = send(p.fd, all.data() + sent, part, MSG_NOSIGNAL | MSG_DONTWAIT);
                sent += k > 0 ? size_t(k) : 0;
            }
            p.ok();
            octets += p.body();
        }
    } else {
        for (int n = 1; n <= count; ++n) {
            snprintf(command, sizeof command, "%s %d\r\n", mode == "dele" ? "DELE" : "RETR", n);
            p.say(command);
            p.ok();
            if (mode != "dele")
                octets += p.body();
        }
    }
    if (mode == "dele") {
        p.say("QUIT\r\n");
        p.ok();
    }
    /* without QUIT what was read stays where it was, for the next run */
    printf("messages %d octets %zu ms %.3f\n", count, octets, (now() - t0) * 1000);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    std::string mode = argc > 1 ? argv[1] : "";
    if (mode == "smtp" && argc == 10) {
        SmtpRun r = {};
        r.port = atoi(argv[2]);
        r.sessions = atoi(argv[3]);
        r.messages = atoi(argv[4]);
        r.size = atoi(argv[5]);
        r.users = atoi(argv[6]);
        r.recipients = atoi(argv[7]);
        r.one = strcmp(argv[8], "one") == 0;
        r.domain = argv[9];
        return r.run();
    }
    if (mode == "sink" && argc == 3)
        return run_sink(atoi(argv[2]));
    if (mode == "pop" && argc == 6)
        return run_pop(atoi(argv[2]), argv[3], argv[4], argv[5]);
    fprintf(stderr, "usage: see the head of mail_load.cxx\n");
    return 2;
}
