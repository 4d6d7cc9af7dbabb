/*
**  smtp_client - one connection to a remote SMTP server and the transactions over it
**
**  RFC 5321 (client), RFC 2920 (pipelining), RFC 1870 (SIZE), RFC 6152 (8BITMIME); HP 18.1.1,
**  time-outs of SET CONFIGURATION SMTP /SEND_TIMEOUT.  Synchronous: the caller's thread waits, in
**  slices, so that a stopped job ends soon.  One thread at a time.
*/
#ifndef MAIL_SYMBIONT_SMTP_CLIENT_H
#define MAIL_SYMBIONT_SMTP_CLIENT_H

#include "CORE/dot_codec.h"
#include "CORE/smtp_reply.h"
#include "MTA/config.h"
#include "MTA/outcome.h"
#include "VMS/net.h"

#include <string>
#include <vector>

namespace mail {

/* Asked between waits: true when the job has to stop. */
class StopFlag {
public:
    virtual ~StopFlag() {}
    virtual bool stopped() const = 0;
};

/* Gives the message's text in pieces. */
class TextSource {
public:
    virtual ~TextSource() {}
    /* Appends up to most bytes to *data; false and *trouble when the text cannot be read. */
    virtual bool next(size_t most, std::string *data, bool *end, Outcome *trouble) = 0;
};

struct SmtpTransaction {
    std::string sender;                  /* mailbox; "" is <> */
    std::vector<std::string> recipients; /* mailboxes */
    boost::uint64_t size;                /* bytes of the text */
    bool eight_bit;                      /* body is declared 8BITMIME */
    bool clear_eighth_bit;               /* option NOEIGHT_BIT */
    SmtpTransaction() : size(0), eight_bit(false), clear_eighth_bit(false) {}
};

class SmtpClient {
public:
    /* id: of the job, for the log.  settings outlive the client. */
    SmtpClient(const SettingsPtr &settings, const std::string &own_name);
    ~SmtpClient();

    /*
    **  Connects and says hello.  LATER: not reached, or not willing now: try the next host.
    **  FAILED: the server refuses all mail (5xx greeting): try the next host too, the caller keeps
    **  the last word.
    */
    Outcome connect(const NetAddress &address, const std::string &host, const StopFlag &stop);

    /*
    **  One message.  (*results)[i] is for recipients[i].  False: the connection broke before an
    **  answer for all was known; those without one are LATER and may be tried at another host.
    */
    bool send(const SmtpTransaction &transaction, TextSource &text, const StopFlag &stop,
              std::vector<Outcome> *results);

    /* Fit for another transaction. */
    bool usable() const { return fd_ >= 0 && !broken_; }
    boost::uint32_t messages() const { return messages_; }
    const std::string &host() const { return host_; }
    /* RSET the peer's state before a kept connection is used again?  No: each MAIL begins anew. */
    void quit();

private:
    SmtpClient(const SmtpClient &);
    SmtpClient &operator=(const SmtpClient &);

    Status reach(const NetAddress &address, boost::uint32_t seconds, const StopFlag &stop);
    Outcome hello(const StopFlag &stop);
    void read_extensions(const SmtpReply &reply);
    bool write(const std::string &data, boost::uint32_t seconds, const StopFlag &stop);
    bool read_reply(boost::uint32_t seconds, const StopFlag &stop, SmtpReply *reply);
    Outcome from_reply(const SmtpReply &reply, const std::string &command) const;
    Outcome lost(const char *phase) const;
    bool envelope(const SmtpTransaction &t, const StopFlag &stop, std::vector<Outcome> *results,
                  size_t *accepted, bool *data_open);
    bool send_text(const SmtpTransaction &t, TextSource &text, const StopFlag &stop,
                   Outcome *outcome);
    std::string mail_command(const SmtpTransaction &t) const;
    void trace(const char *direction, const std::string &line) const;

    SettingsPtr settings_;
    std::string own_name_, host_, input_, failure_;
    int fd_;
    bool broken_, pipelining_, size_, eight_bit_mime_;
    boost::uint64_t size_limit_;
    boost::uint32_t messages_;
};

} // namespace mail

#endif
