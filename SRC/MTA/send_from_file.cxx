/*
**  send_from_file - file, envelope, control file, queue
*/
#include "MTA/send_from_file.h"

#include <errno.h>
#include "CORE/sff_syntax.h"
#include "CORE/text.h"
#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"
#include "VMS/account.h"
#include "VMS/mailstore.h"
#include "VMS/process.h"
#include "VMS/recfile.h"

namespace mail {

/* One run; says what it does. */
class SffRun {
public:
    SffRun(const std::string &file, SffLog *log, int level)
        : file_(file), log_(log), level_(level), eight_bit_(false)
    {
    }
    Status run(SubmitReceipt *receipt);

private:
    void say(int level, const std::string &text)
    {
        if (level <= level_)
            log_->line(text);
    }
    Status fail(const Status &status, const std::string &text)
    {
        say(0, text);
        return status;
    }
    Status read_file();
    std::string at_line(const char *why) const;
    Status submit(SubmitReceipt *receipt);
    std::string file_;
    SffLog *log_;
    int level_;
    SffReader reader_;
    std::string text_;
    bool eight_bit_;
};

static bool privileged()
{
    static const Privilege any[] = {PRIVILEGE_BYPASS, PRIVILEGE_SYSPRV, PRIVILEGE_OPER};
    for (size_t i = 0; i < sizeof any / sizeof *any; ++i)
        if (PrivilegeGuard(any[i]).status().ok())
            return true;
    return false;
}

std::string user_mail_directory(const std::string &user)
{
    MailProfile profile;
    Account account;
    if (mailstore_profile(user, &profile).ok() && !profile.directory.empty())
        return profile.directory;
    return account_lookup(user, &account).ok() ? account.device + account.directory
                                               : std::string();
}

/* What no host would take, or would be lost; 0 when the line is text. */
static const char *bad_text(const RecordReader &file, const std::string &line)
{
    if (file.cut())
        return "the line is too long";
    return line.find('\0') != std::string::npos ? "NUL characters are no text" : 0;
}

std::string SffRun::at_line(const char *why) const
{
    return "line " + text_from_number(static_cast<boost::uint64_t>(reader_.line())) + ": " + why;
}

/* Envelope and text; the file is read with the rights of the user alone. */
Status SffRun::read_file()
{
    RecordReader file;
    std::string line;
    Status status = file.open(file_, ".TXT");
    if (!status.ok())
        return fail(status, "cannot open " + file_ + ": " + status.text());
    say(1, "reading " + file.resultant());
    while ((status = file.next(&line)).ok()) {
        bool text = reader_.in_text();
        if (!reader_.feed(line))
            return fail(Status::bad_parameter(), file.resultant() + ", " + reader_.error());
        if (!text)
            continue;
        const char *why = bad_text(file, line);
        if (why)
            return fail(Status::bad_parameter(), file.resultant() + ", " + at_line(why));
        if (!line.empty() && line[line.size() - 1] == '\r')
            line.resize(line.size() - 1);
        eight_bit_ = eight_bit_ || !text_is_ascii(line);
        text_ += line + "\r\n";
    }
    if (!status.end_of_file())
        return fail(status, "cannot read " + file_ + ": " + status.text());
    if (!reader_.finish())
        return fail(Status::bad_parameter(), file.resultant() + ", " + reader_.error());
    return Status();
}

Status SffRun::submit(SubmitReceipt *receipt)
{
    ControlEnvelope envelope;
    std::vector<ControlRecipient> to(reader_.recipients().size());
    envelope.origin = CONTROL_SFF;
    envelope.sender = reader_.sender();
    envelope.body = eight_bit_ ? CONTROL_8BITMIME : CONTROL_7BIT;
    envelope.user = process_user();
    envelope.protocol = "local";
    say(1, "from <" + envelope.sender + ">");
    for (size_t i = 0; i < to.size(); ++i) {
        to[i].address = reader_.recipients()[i];
        say(1, "to <" + to[i].address + ">");
    }
    Submission submission;
    submission.set_directory(user_mail_directory(envelope.user));
    Outcome outcome = submission.begin(envelope, to);
    if (outcome.is_done()) {
        std::string trace = received_header(submission.envelope(), *identity_current(), "");
        outcome = submission.write(trace.data(), trace.size());
    }
    if (outcome.is_done())
        outcome = submission.write(text_.data(), text_.size());
    if (outcome.is_done())
        outcome = submission.finish(receipt);
    if (!outcome.is_done()) {
        submission.abandon();
        return fail(Status::failed(), "the message cannot be queued: " + outcome.log_text());
    }
    say(1, "queued as entry " + text_from_number(static_cast<boost::uint64_t>(receipt->entry)) +
               ", " + receipt->file);
    return Status();
}

Status SffRun::run(SubmitReceipt *receipt)
{
    SettingsPtr settings = config_current();
    if (settings->flag(P_SFF_REQUIRES_PRIV) && !privileged())
        return fail(Status::from_errno(EPERM),
                    "Send From File needs BYPASS, SYSPRV or OPER on this system");
    Status status = read_file();
    return status.ok() ? submit(receipt) : status;
}

Status send_from_file(const std::string &file, SffLog *log, int log_level, SubmitReceipt *receipt)
{
    SffRun run(file, log, log_level);
    return run.run(receipt);
}

} // namespace mail
