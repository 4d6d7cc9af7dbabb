/*
**  smtp_message - from decoded text to the sink
*/
#include "smtp_message.h"

#include "CORE/header_fields.h"
#include "CORE/text.h"
#include "MTA/control_file.h"

namespace mail {

SmtpMessage::SmtpMessage(MessageSink *sink, const DotOptions &options)
    : decoder(options), chunks(options), sink_(sink), holds_(false), completes_(false),
      begun_(false), header_put_(false)
{
}

Outcome SmtpMessage::begin(const ControlEnvelope &envelope,
                           const std::vector<ControlRecipient> &recipients,
                           const IdentityPtr &identity)
{
    identity_ = identity;
    envelope_ = envelope;
    if (!sink_) {
        control_file_name(&envelope_); /* the client is to notice nothing */
        return Outcome::done();
    }
    Outcome outcome = sink_->begin(envelope, recipients);
    if (!outcome.is_done())
        return outcome;
    envelope_ = sink_->envelope();
    std::string received = received_header(envelope_, *identity,
                                           recipients.size() == 1 ? recipients[0].address
                                                                  : std::string());
    return sink_->write(received.data(), received.size());
}

void SmtpMessage::put(const char *data, size_t size)
{
    if (sink_ && size != 0 && trouble_.is_done())
        trouble_ = sink_->write(data, size);
}

void SmtpMessage::add(const char *data, size_t size)
{
    if (size == 0)
        return;
    /* a first line that begins with a blank would continue our own Received: field */
    bool continues = !begun_ && text_is_blank(data[0]);
    begun_ = true;
    scan_.feed(data, size);
    if (continues) {
        if (holds_)
            put_header();
        put("\r\n", 2);
    }
    if (!holds_) {
        if (header_ && !continues)
            header_->feed(data, size);
        put(data, size);
        return;
    }
    size_t used = 0;
    if (!header_put_) {
        used = header_->feed(data, size);
        if (header_->complete())
            put_header();
    }
    if (header_put_)
        put(data + used, size - used);
}

/* The header as it came, and before it what it lacks. */
void SmtpMessage::put_header()
{
    const std::string &text = header_->text(), &stray = header_->stray();
    header_put_ = true;
    if (completes_) {
        std::string lines = missing_headers(*header_, envelope_, *identity_);
        put(lines.data(), lines.size());
        /* a text without any header must not become one */
        if (text.empty() && !stray.empty())
            put("\r\n", 2);
    }
    put(text.data(), text.size());
    put(stray.data(), stray.size());
}

void SmtpMessage::end()
{
    scan_.finish();
    if (holds_ && !header_put_)
        put_header();
}

Outcome SmtpMessage::finish(SubmitReceipt *receipt)
{
    if (!sink_) {
        receipt->message_id = envelope_.message_id;
        return Outcome::done();
    }
    trouble_ = sink_->finish(receipt);
    return trouble_;
}

} // namespace mail
