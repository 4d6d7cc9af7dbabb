/*
**  capture_sink - a MessageSink that keeps what it is given, and local users without a SYSUAF
**
**  For unit tests and fuzz targets alike, so there is no CppUnit in it.
*/
#ifndef TEST_CAPTURE_SINK_H
#define TEST_CAPTURE_SINK_H

#include <string>
#include <vector>
#include "MTA/aliases.h"
#include "MTA/submit.h"

/* What reached a sink. */
struct CapturedMessage {
    mail::ControlEnvelope envelope;
    std::vector<mail::ControlRecipient> recipients;
    std::string text;
};

/* The behaviour of all sinks of a test, and what they got. */
struct Capture {
    std::vector<CapturedMessage> messages; /* finished ones */
    int alive;                             /* sinks that exist now */
    mail::Outcome begin, write, finish;
    Capture() : alive(0) {}
};

class CaptureSink : public mail::MessageSink {
public:
    explicit CaptureSink(Capture *capture) : capture_(capture) { ++capture_->alive; }
    virtual ~CaptureSink() { --capture_->alive; }
    virtual mail::Outcome begin(const mail::ControlEnvelope &envelope,
                                const std::vector<mail::ControlRecipient> &recipients)
    {
        message_.envelope = envelope;
        message_.envelope.message_id = "26112108304712_2020046C";
        message_.envelope.created = 1795249847;
        message_.recipients = recipients;
        return capture_->begin;
    }
    virtual mail::Outcome write(const char *data, size_t size)
    {
        message_.text.append(data, size);
        return capture_->write;
    }
    virtual mail::Outcome finish(mail::SubmitReceipt *receipt)
    {
        if (capture_->finish.is_done()) {
            capture_->messages.push_back(message_);
            receipt->message_id = message_.envelope.message_id;
            receipt->entry = 7;
        }
        return capture_->finish;
    }
    virtual const mail::ControlEnvelope &envelope() const { return message_.envelope; }
    virtual void abandon() { message_.text.clear(); }

private:
    Capture *capture_;
    CapturedMessage message_;
};

static inline mail::LocalUser::Verdict fixture_users(const std::string &user, std::string *forward)
{
    if (user == "SMITH" || user == "JONES" || user == "SYSTEM" || user == "A$B")
        return mail::LocalUser::DELIVER;
    if (user == "FRED") {
        *forward = "SMITH";
        return mail::LocalUser::DELIVER;
    }
    if (user == "NOMAIL")
        return mail::LocalUser::REFUSED;
    if (user == "BUSY")
        return mail::LocalUser::TROUBLE;
    return mail::LocalUser::UNKNOWN;
}

#endif
