/*
**  dns_server - a name server of one test: UDP and TCP on a free loopback port
*/
#ifndef TEST_DNS_SERVER_H
#define TEST_DNS_SERVER_H

#include "CORE/dns_codec.h"
#include "VMS/net.h"
#include "VMS/thread.h"

#include <arpa/inet.h>
#include <cppunit/extensions/HelperMacros.h>
#include <map>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

class DnsServer {
public:
    enum Mode { ANSWER, SILENT, FAIL, TRUNCATE, FORGE_FIRST };

    DnsServer() : mode_(ANSWER), asked_(0), asked_tcp_(0), udp_(-1), tcp_(-1)
    {
        struct sockaddr_in in;
        socklen_t size = sizeof in;
        memset(&in, 0, sizeof in);
        in.sin_family = AF_INET;
        in.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        udp_ = socket(AF_INET, SOCK_DGRAM, 0);
        bind(udp_, reinterpret_cast<struct sockaddr *>(&in), sizeof in);
        getsockname(udp_, reinterpret_cast<struct sockaddr *>(&in), &size);
        mail::net_parse_address("127.0.0.1", &address_);
        address_.port = ntohs(in.sin_port);
        mail::net_listen(address_, 5, &tcp_);
        mail::net_socket_pair(&wake_reader_, &wake_writer_);
        thread_.start(run_entry, this);
    }
    ~DnsServer()
    {
        mail::net_write_some(wake_writer_, "w", 1);
        thread_.join();
        close(udp_);
        mail::net_close(tcp_);
        mail::net_close(wake_reader_);
        mail::net_close(wake_writer_);
    }
    const mail::NetAddress &address() const { return address_; }
    void set_mode(Mode mode)
    {
        mail::MutexGuard guard(mutex_);
        mode_ = mode;
    }
    unsigned asked()
    {
        mail::MutexGuard guard(mutex_);
        return asked_;
    }
    unsigned asked_tcp()
    {
        mail::MutexGuard guard(mutex_);
        return asked_tcp_;
    }
    /* One record; data as it goes on the wire. */
    void add(const std::string &name, unsigned type, boost::uint32_t ttl, const std::string &data)
    {
        mail::MutexGuard guard(mutex_);
        std::string record = wire_name(name) + word(type) + word(1) + word(ttl >> 16) +
                             word(ttl & 0xffff) + word(static_cast<unsigned>(data.size())) + data;
        answers_[name][type].push_back(record);
    }
    static std::string word(unsigned value)
    {
        std::string text;
        text += static_cast<char>(value >> 8 & 255);
        text += static_cast<char>(value & 255);
        return text;
    }
    static std::string wire_name(const std::string &name)
    {
        std::string question;
        mail::dns_encode_question(0, name, 1, &question);
        return question.substr(12, question.size() - 16);
    }

private:
    typedef std::map<unsigned, std::vector<std::string> > ByType;

    static void run_entry(void *self) { static_cast<DnsServer *>(self)->run(); }
    void run()
    {
        for (;;) {
            struct pollfd polls[3];
            memset(polls, 0, sizeof polls);
            polls[0].fd = wake_reader_;
            polls[1].fd = udp_;
            polls[2].fd = tcp_;
            polls[0].events = polls[1].events = polls[2].events = POLLIN;
            poll(polls, 3, -1);
            if (polls[0].revents)
                return;
            if (polls[1].revents)
                serve_udp();
            if (polls[2].revents)
                serve_tcp();
        }
    }
    void serve_udp()
    {
        char buffer[1500];
        struct sockaddr_in from;
        socklen_t size = sizeof from;
        ssize_t count = recvfrom(udp_, buffer, sizeof buffer, 0,
                                 reinterpret_cast<struct sockaddr *>(&from), &size);
        if (count <= 0)
            return;
        mail::MutexGuard guard(mutex_);
        ++asked_;
        if (mode_ == SILENT)
            return;
        std::string answer = answer_to(std::string(buffer, static_cast<size_t>(count)), false);
        if (mode_ == FORGE_FIRST) {
            std::string forged = answer;
            forged[0] = static_cast<char>(forged[0] + 1);
            sendto(udp_, forged.data(), forged.size(), 0,
                   reinterpret_cast<struct sockaddr *>(&from), size);
        }
        sendto(udp_, answer.data(), answer.size(), 0, reinterpret_cast<struct sockaddr *>(&from),
               size);
    }
    void serve_tcp()
    {
        int fd = -1;
        mail::NetAddress peer;
        char buffer[1500];
        size_t count = 0;
        if (!mail::net_accept(tcp_, &fd, &peer).ok())
            return;
        mail::MutexGuard guard(mutex_);
        ++asked_tcp_;
        if (mail::net_read(fd, buffer, sizeof buffer, 2000, &count).ok() && count > 2) {
            std::string answer = answer_to(std::string(buffer + 2, count - 2), true);
            std::string framed = word(static_cast<unsigned>(answer.size())) + answer;
            mail::net_write(fd, framed.data(), framed.size(), 2000);
        }
        mail::net_close(fd);
    }
    std::string answer_to(const std::string &question, bool tcp)
    {
        mail::DnsMessage message;
        mail::dns_decode(question.data(), question.size(), &message);
        const ByType &types = answers_[message.question];
        std::string records;
        unsigned count = 0;
        for (ByType::const_iterator i = types.begin(); i != types.end(); ++i) {
            if (i->first != message.question_type && i->first != mail::DNS_CNAME)
                continue;
            for (size_t n = 0; n < i->second.size(); ++n, ++count)
                records += i->second[n];
        }
        unsigned code = mode_ == FAIL ? 2 : types.empty() ? 3 : 0;
        unsigned flags = 0x8180 | code;
        if (mode_ == TRUNCATE && !tcp) {
            flags |= 0x0200;
            records.clear();
        }
        return word(message.id) + word(flags) + word(1) + word(records.empty() ? 0 : count) +
               word(0) + word(0) + question.substr(12) + records;
    }

    mail::Mutex mutex_;
    Mode mode_;
    unsigned asked_, asked_tcp_;
    std::map<std::string, ByType> answers_;
    mail::NetAddress address_;
    int udp_, tcp_, wake_reader_, wake_writer_;
    mail::Thread thread_;
};

#endif
