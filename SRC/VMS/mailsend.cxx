/*
**  mailsend - MAIL$SEND_xxx
**
**  MAIL reports each addressee through the SUCCESS and ERROR entries while MAIL$SEND_MESSAGE
**  runs; the sender concerned is known by the lock of callable MAIL, which one thread holds.
**  What to retry: disk quota, lost links, files that cannot be opened now; all else is final
**  (spec/vms-api.md 3.5).
*/
#include "VMS/mailsend.h"

#include <chfdef.h>
#include <descrip.h>
#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>
#include <ssdef.h>
#include <starlet.h>
#include <stsdef.h>

#include "itemlist.h"
#include "mail_call.h"

namespace mail {

static const size_t RECORD_BATCH = 256; /* records under one lock */
static const size_t VECTOR_MAX = 64;

MailTurn::MailTurn() : entry_(new MailEntry) {}

MailTurn::~MailTurn()
{
    delete entry_;
}

MailSender::MailSender()
    : context_(0), begun_(false), record_limit_(MAILSEND_RECORD_MAX), accepted_(0)
{
}

MailSender::~MailSender()
{
    if (begun_)
        abort();
    end();
}

Status MailSender::begin()
{
    if (context_)
        return Status::bad_parameter();
    LowScratch scratch;
    ItemList<4> in(scratch);
    in.flag(MAIL$_SEND_NO_DEFAULT_TRANSPORT);
    in.flag(MAIL$_SEND_NO_PERS_NAME);
    in.flag(MAIL$_SEND_NO_SIGFILE);
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    Status status = mail_call(mail$send_begin, &context_, in.list(), 0);
    begun_ = status.ok();
    if (!begun_)
        context_ = 0;
    return status;
}

Status MailSender::attribute(boost::uint32_t code, const std::string &line)
{
    if (!begun_)
        return Status::bad_parameter();
    LowScratch scratch;
    ItemList<2> in(scratch);
    in.in(static_cast<int>(code), line.substr(0, MAILSEND_LINE_MAX));
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    return mail_call(mail$send_add_attribute, &context_, in.list(), 0);
}

Status MailSender::set_from(const std::string &line)
{
    return attribute(MAIL$_SEND_FROM_LINE, line);
}

Status MailSender::set_to(const std::string &line)
{
    return attribute(MAIL$_SEND_TO_LINE, line);
}

Status MailSender::set_cc(const std::string &line)
{
    return attribute(MAIL$_SEND_CC_LINE, line);
}

Status MailSender::set_subject(const std::string &line)
{
    return attribute(MAIL$_SEND_SUBJECT, line);
}

Status MailSender::add_address(const std::string &address, bool cc)
{
    if (!begun_)
        return Status::bad_parameter();
    MailAddressee addressee;
    addressee.address = address;
    if (address.empty() || address.size() > MAILSEND_ADDRESS_MAX) {
        addressee.status = Status(MAIL$_NAMTOOBIG);
    } else {
        LowScratch scratch;
        ItemList<3> in(scratch);
        in.in(MAIL$_SEND_USERNAME, address);
        in.in_word(MAIL$_SEND_USERNAME_TYPE, cc ? MAIL$_CC : MAIL$_TO);
        in.flag(MAIL$_NOSIGNAL);
        MailEntry entry;
        addressee.status = mail_call(mail$send_add_address, &context_, in.list(), 0);
    }
    if (addressee.status.ok()) {
        ++accepted_;
    } else {
        addressee.refused =
            (addressee.status.sts() & STS$M_FAC_NO) >> 16 == MAIL$_FACILITY;
        addressee.text = addressee.status.text();
        addressee.retry = addressee.status.retryable();
    }
    addressees_.push_back(addressee);
    return addressee.status;
}

/* ---- text ---- */

/* What a batch of records needs: one item list, one low buffer.  Plain: handlers unwind here. */
struct RecordBatch {
    unsigned int context;
    ILE3 *record, *nothing;
    size_t limit;          /* bytes of a record */
    const char *at, *end;  /* lines; behind the last one taken when it is done */
    bool whole;            /* the rest is one line without its end */
};

/* A line longer than the limit goes on in the next record. */
static unsigned int put_line(RecordBatch *batch, const char *data, size_t size)
{
    unsigned int sts;
    do {
        size_t part = size < batch->limit ? size : batch->limit;
        memcpy(batch->record->ile3$ps_bufaddr, data, part);
        batch->record->ile3$w_length = static_cast<unsigned short>(part);
        sts = mail$send_add_bodypart(&batch->context, batch->record, batch->nothing);
        data += part;
        size -= part;
    } while ((sts & 1) && size > 0);
    return sts;
}

extern "C" {
static unsigned int mail_put_lines(void *argument)
{
    RecordBatch *batch = static_cast<RecordBatch *>(argument);
    unsigned int sts = SS$_NORMAL;
    if (batch->whole)
        return put_line(batch, batch->at, static_cast<size_t>(batch->end - batch->at));
    for (size_t i = 0; i < RECORD_BATCH && (sts & 1); ++i) {
        size_t left = static_cast<size_t>(batch->end - batch->at);
        const char *lf = static_cast<const char *>(left ? memchr(batch->at, '\n', left) : 0);
        if (!lf)
            break;
        size_t size = static_cast<size_t>(lf - batch->at);
        if (size > 0 && lf[-1] == '\r')
            --size;
        sts = put_line(batch, batch->at, size);
        batch->at = lf + 1;
    }
    return sts;
}
}

/* Gives lines to MAIL, RECORD_BATCH of them under one lock and one handler. */
class RecordWriterLoop {
public:
    RecordWriterLoop(LowScratch &scratch, size_t limit, boost::uint32_t *context)
        : context_(context)
    {
        std::string blank(limit, ' ');
        ItemList<2> in(scratch);
        ItemList<1> none(scratch);
        in.in(MAIL$_SEND_RECORD, blank);
        in.flag(MAIL$_NOSIGNAL);
        batch_.record = in.list();
        batch_.nothing = none.list();
        batch_.limit = limit;
    }
    Status put(const char *data, size_t size)
    {
        batch_.whole = true;
        batch_.at = data;
        batch_.end = data + size;
        return run();
    }
    /* All complete lines; *used: their bytes. */
    Status put_lines(const char *data, size_t size, size_t *used)
    {
        Status status;
        const char *before;
        batch_.whole = false;
        batch_.at = data;
        batch_.end = data + size;
        do {
            before = batch_.at;
            status = run();
        } while (status.ok() && batch_.at != before && batch_.at != batch_.end);
        *used = static_cast<size_t>(batch_.at - data);
        return status;
    }

private:
    Status run()
    {
        if (!batch_.record || !batch_.nothing)
            return Status::no_memory();
        MailEntry entry;
        batch_.context = *context_;
        Status status = mail_guarded(mail_put_lines, &batch_);
        *context_ = batch_.context;
        return status;
    }
    boost::uint32_t *context_;
    RecordBatch batch_;
};

Status MailSender::put_record(const char *data, size_t size)
{
    LowScratch scratch;
    RecordWriterLoop loop(scratch, record_limit_, &context_);
    return loop.put(data, size);
}

Status MailSender::add_record(const std::string &line)
{
    return begun_ ? put_record(line.data(), line.size()) : Status::bad_parameter();
}

/* Ends the line that the text before left open; *used: bytes of it that are here. */
Status MailSender::end_open_line(const char *data, size_t size, size_t *used)
{
    const char *lf = static_cast<const char *>(size ? memchr(data, '\n', size) : 0);
    *used = lf ? static_cast<size_t>(lf - data) + 1 : size;
    text_rest_.append(data, lf ? *used - 1 : size);
    if (!lf)
        return Status();
    size_t length = text_rest_.size();
    if (length > 0 && text_rest_[length - 1] == '\r')
        --length;
    Status status = put_record(text_rest_.data(), length);
    text_rest_.clear();
    return status;
}

Status MailSender::add_text(const char *data, size_t size)
{
    if (!begun_)
        return Status::bad_parameter();
    Status status;
    size_t used = 0;
    if (!text_rest_.empty())
        status = end_open_line(data, size, &used);
    if (!status.ok() || used == size)
        return status;
    LowScratch scratch;
    RecordWriterLoop loop(scratch, record_limit_, &context_);
    data += used;
    size -= used;
    status = loop.put_lines(data, size, &used);
    if (status.ok())
        text_rest_.append(data + used, size - used);
    return status;
}

Status MailSender::add_file(const std::string &spec)
{
    if (!begun_)
        return Status::bad_parameter();
    LowScratch scratch;
    ItemList<2> in(scratch);
    in.in(MAIL$_SEND_FILENAME, spec);
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    return mail_call(mail$send_add_bodypart, &context_, in.list(), 0);
}

/* ---- results ---- */

/* The first condition of a signal, and the last of its chain as secondary status. */
static Status signal_status(const struct chf$signal_array *signal)
{
    const unsigned int *vector = &signal->chf$l_sig_args;
    unsigned int count = vector[0] >= 2 ? vector[0] - 2 : vector[0]; /* PC and PSL */
    boost::uint32_t first = count ? vector[1] : SS$_ABORT, last = 0;
    for (unsigned int i = 1; i <= count;) {
        boost::uint32_t condition = vector[i];
        unsigned int facility = condition >> 16 & 0xfff;
        if (i > 1)
            last = condition;
        if (facility == 0)
            i += 1;
        else if (facility == 1)
            i += 2; /* RMS: the STV follows */
        else
            i += 2 + (i < count ? vector[i + 1] & 0xff : 0);
        if (facility == 1 && i - 1 <= count && vector[i - 1])
            last = vector[i - 1];
    }
    return Status(first, last);
}

extern "C" {
static int mail_collect_line(void *line, unsigned long long text)
{
    try {
        const struct dsc$descriptor_s *d = static_cast<const struct dsc$descriptor_s *>(line);
        std::string *all = reinterpret_cast<std::string *>(static_cast<size_t>(text));
        if (!all->empty())
            all->append("; ");
        all->append(d->dsc$a_pointer, d->dsc$w_length);
    } catch (...) {
        return 0;
    }
    return 0; /* an even value: nothing goes to SYS$OUTPUT */
}
}

/* What $PUTMSG would have printed. */
static std::string signal_text(const struct chf$signal_array *signal)
{
    const unsigned int *vector = &signal->chf$l_sig_args;
    unsigned int copy[VECTOR_MAX];
    unsigned int count = vector[0] >= 2 ? vector[0] - 2 : vector[0];
    if (count >= VECTOR_MAX)
        count = VECTOR_MAX - 1;
    copy[0] = count;
    for (unsigned int i = 1; i <= count; ++i)
        copy[i] = vector[i];
    std::string text;
    sys$putmsg(copy, mail_collect_line, 0,
               static_cast<unsigned long long>(reinterpret_cast<size_t>(&text)));
    return text;
}

/* Set while MAIL$SEND_MESSAGE runs, under the lock. */
static MailSender *current_sender;

static int note(struct dsc$descriptor_s *user, struct chf$signal_array *signal, bool success)
{
    try {
        std::string name;
        if (user)
            name.assign(user->dsc$a_pointer, user->dsc$w_length);
        Status status;
        std::string text;
        if (signal && !success) {
            status = signal_status(signal);
            text = signal_text(signal);
        }
        if (!success && status.ok())
            status = Status(MAIL$_SENDERR);
        current_sender->note_result(name, status, text);
    } catch (...) {
        return SS$_ABORT;
    }
    return SS$_CONTINUE;
}

extern "C" {
static int mail_send_success(struct dsc$descriptor_s *user, struct chf$signal_array *signal,
                             unsigned int)
{
    return note(user, signal, true);
}
static int mail_send_error(struct dsc$descriptor_s *user, struct chf$signal_array *signal,
                           unsigned int)
{
    return note(user, signal, false);
}
}

static bool same_text(const std::string &a, const std::string &b)
{
    if (a.size() != b.size())
        return false;
    for (size_t i = 0; i < a.size(); ++i) {
        char x = a[i], y = b[i];
        if (x >= 'a' && x <= 'z')
            x = static_cast<char>(x - 'a' + 'A');
        if (y >= 'a' && y <= 'z')
            y = static_cast<char>(y - 'a' + 'A');
        if (x != y)
            return false;
    }
    return true;
}

/*
**  The name may come back as given, without its leading '_', or forwarded to something else: then
**  it belongs to the first addressee that has no result yet.
*/
void MailSender::note_result(const std::string &user, const Status &status, const std::string &text)
{
    MailAddressee *found = 0, *open = 0;
    for (size_t i = 0; i < addressees_.size() && !found; ++i) {
        MailAddressee &one = addressees_[i];
        if (!one.status.ok() || one.delivered)
            continue;
        bool bare = one.address.size() > 1 && one.address[0] == '_';
        if (same_text(one.address, user) || (bare && same_text(one.address.substr(1), user)))
            found = &one;
        else if (!open)
            open = &one;
    }
    if (!found)
        found = open;
    if (!found)
        return;
    found->status = status;
    found->delivered = status.ok();
    found->retry = status.retryable();
    found->text = text.empty() && !status.ok() ? status.text() : text;
}

Status MailSender::send()
{
    if (!begun_)
        return Status::bad_parameter();
    if (!text_rest_.empty()) {
        Status rest = put_record(text_rest_.data(), text_rest_.size());
        text_rest_.clear();
        if (!rest.ok())
            return rest;
    }
    LowScratch scratch;
    ItemList<4> in(scratch);
    in.in_routine(MAIL$_SEND_SUCCESS_ENTRY, mail_send_success);
    in.in_routine(MAIL$_SEND_ERROR_ENTRY, mail_send_error);
    in.in_long(MAIL$_SEND_USER_DATA, 0);
    in.flag(MAIL$_NOSIGNAL);
    Status status;
    {
        MailEntry entry;
        current_sender = this;
        status = mail_call(mail$send_message, &context_, in.list(), 0);
        current_sender = 0;
    }
    begun_ = false;
    for (size_t i = 0; i < addressees_.size(); ++i) {
        MailAddressee &one = addressees_[i];
        if (!one.status.ok() || one.delivered)
            continue;
        one.status = status;
        one.delivered = status.ok();
        one.retry = status.retryable();
        if (!status.ok())
            one.text = status.text();
    }
    return status;
}

void MailSender::abort()
{
    if (!begun_)
        return;
    MailEntry entry;
    mail_call_plain(mail$send_abort, &context_);
    begun_ = false;
}

Status MailSender::end()
{
    if (!context_)
        return Status();
    MailEntry entry;
    Status status = mail_call_plain(mail$send_end, &context_);
    context_ = 0;
    return status;
}

} // namespace mail
