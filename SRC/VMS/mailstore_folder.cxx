/*
**  mailstore_folder - MAIL$MESSAGE_xxx: selections and messages
**
**  Item lists are built once per loop and used for every message or record.  Long loops give the
**  lock back every LOCK_BATCH calls, so that one large mailbox does not stop all other sessions.
*/
#include "VMS/mailstore.h"

#include <mail$routines.h>
#include <maildef.h>
#include <mailmsgdef.h>

#include "itemlist.h"
#include "mail_call.h"

namespace mail {

static const int LOCK_BATCH = 64;
static const size_t HEADER_MAX = 998;
static const size_t RECORD_MAX = 6000; /* what a scratch area has room for; MAIL's limit is lower */
static const size_t LINE_END = 2;
static const size_t EXTERNAL_MAX = 64;

Status MailFolder::select(MailFile *file, const std::string &folder, boost::uint32_t *count)
{
    close();
    *count = 0;
    if (!file->is_open())
        return Status(MAIL$_NOFILEOPEN);
    LowScratch scratch;
    ItemList<2> begin(scratch);
    begin.in_long(MAIL$_MESSAGE_FILE_CTX, file->context_);
    begin.flag(MAIL$_NOSIGNAL);
    ItemList<2> in(scratch);
    in.in(MAIL$_MESSAGE_FOLDER, folder.substr(0, MAILSTORE_FOLDER_MAX));
    in.flag(MAIL$_NOSIGNAL);
    ItemList<1> out(scratch);
    int selected = out.out(MAIL$_MESSAGE_SELECTED, 4);
    MailEntry entry;
    Status status = mail_call(mail$message_begin, &context_, begin.list(), 0);
    if (!status.ok()) {
        context_ = 0;
        return status;
    }
    file_ = file;
    status = mail_call(mail$message_select, &context_, in.list(), out.list());
    if (status.ok())
        count_ = *count = out.number(selected);
    /* no such folder: nobody has put a message into it yet */
    bool none = status.sts() == MAIL$_NOTEXIST || status.sts() == MAIL$_NOMSGS;
    return none ? Status() : status;
}

void MailFolder::close()
{
    if (!context_)
        return;
    MailEntry entry;
    mail_call_plain(mail$message_end, &context_);
    context_ = 0;
    count_ = 0;
}

/* The output items of one message's description. */
class InfoItems {
public:
    InfoItems(LowScratch &scratch, bool all) : items(scratch), all_(all)
    {
        id_ = items.out(MAIL$_MESSAGE_CURRENT_ID, 4);
        size_ = items.out(MAIL$_MESSAGE_SIZE, 4);
        flags_ = items.out(MAIL$_MESSAGE_RETURN_FLAGS, 2);
        date_ = items.out(MAIL$_MESSAGE_BINARY_DATE, 8);
        if (!all_)
            return;
        external_ = items.out(MAIL$_MESSAGE_EXTID, EXTERNAL_MAX);
        from_ = items.out(MAIL$_MESSAGE_FROM, HEADER_MAX);
        to_ = items.out(MAIL$_MESSAGE_TO, HEADER_MAX);
        cc_ = items.out(MAIL$_MESSAGE_CC, HEADER_MAX);
        subject_ = items.out(MAIL$_MESSAGE_SUBJECT, HEADER_MAX);
    }
    void store(MailBrief *item) const
    {
        item->id = items.number(id_);
        item->records = items.number(size_);
        item->flags = items.number(flags_);
        item->date = items.quad(date_);
    }
    void store(MailItem *item) const
    {
        store(static_cast<MailBrief *>(item));
        if (!all_)
            return;
        item->external.assign(items.data(external_), items.length(external_));
        item->from.assign(items.data(from_), items.length(from_));
        item->to.assign(items.data(to_), items.length(to_));
        item->cc.assign(items.data(cc_), items.length(cc_));
        item->subject.assign(items.data(subject_), items.length(subject_));
    }
    ItemList<9> items;

private:
    bool all_;
    int id_, size_, flags_, date_, external_, from_, to_, cc_, subject_;
};

bool MailFolder::is_gone(const Status &status)
{
    return status.not_found() || status.sts() == MAIL$_DELMSG || status.sts() == MAIL$_NOMOREMSG;
}

static bool wants_all(const std::vector<MailBrief> *)
{
    return false;
}

static bool wants_all(const std::vector<MailItem> *)
{
    return true;
}

/* Describes messages in turn, a batch of calls under one condition handler. */
template <class Item> class ListLoop {
public:
    ListLoop(LowScratch &scratch, boost::uint32_t first, boost::uint32_t last,
             std::vector<Item> *items)
        : out_(scratch, wants_all(items)), in_(scratch), id_(first), last_(last), context_(0),
          in_list_(0), out_list_(0), items_(items)
    {
        in_.in_long(MAIL$_MESSAGE_ID, id_);
        in_.flag(MAIL$_NOSIGNAL);
    }
    bool wants_more() const { return id_ <= last_; }
    /* At most LOCK_BATCH messages. */
    Status batch(boost::uint32_t *context)
    {
        context_ = *context;
        in_list_ = in_.list();
        out_list_ = out_.items.list();
        if (!in_list_ || !out_list_)
            return Status::no_memory();
        Status status = mail_guarded(run, this);
        *context = context_;
        if (MailFolder::is_gone(status))
            return Status();
        return status;
    }

private:
    /* A signal is about the message that id_ has already left behind. */
    static unsigned int run(void *argument)
    {
        ListLoop &loop = *static_cast<ListLoop *>(argument);
        unsigned int sts = 1;
        for (int i = 0; i < LOCK_BATCH && loop.id_ <= loop.last_ && (sts & 1); ++i) {
            memcpy(loop.in_list_->ile3$ps_bufaddr, &loop.id_, sizeof loop.id_);
            ++loop.id_;
            loop.out_.items.clear_results();
            sts = mail$message_info(&loop.context_, loop.in_list_, loop.out_list_);
            if (sts & 1)
                loop.take();
        }
        return sts;
    }
    void take()
    {
        items_->push_back(Item());
        out_.store(&items_->back());
    }
    InfoItems out_;
    ItemList<2> in_;
    boost::uint32_t id_, last_;
    unsigned int context_;
    ILE3 *in_list_, *out_list_;
    std::vector<Item> *items_;
};

/* Ids first to last, which exist. */
template <class Item>
static Status list_range(boost::uint32_t first, boost::uint32_t last, boost::uint32_t *context,
                         std::vector<Item> *items)
{
    LowScratch scratch;
    ListLoop<Item> loop(scratch, first, last, items);
    items->reserve(items->size() + (last - first + 1));
    Status status;
    while (status.ok() && loop.wants_more()) {
        MailEntry entry;
        status = loop.batch(context);
    }
    return status;
}

boost::uint32_t MailFolder::last_of(boost::uint32_t first, boost::uint32_t most) const
{
    return most > count_ - first + 1 ? count_ : first + most - 1;
}

Status MailFolder::list(boost::uint32_t first, boost::uint32_t most, std::vector<MailItem> *items)
{
    if (first == 0 || first > count_ || most == 0)
        return Status();
    return list_range(first, last_of(first, most), &context_, items);
}

Status MailFolder::list(boost::uint32_t first, boost::uint32_t most, std::vector<MailBrief> *items)
{
    if (first == 0 || first > count_ || most == 0)
        return Status();
    return list_range(first, last_of(first, most), &context_, items);
}

Status MailFolder::item(boost::uint32_t id, MailItem *found)
{
    LowScratch scratch;
    InfoItems out(scratch, true);
    ItemList<2> in(scratch);
    in.in_long(MAIL$_MESSAGE_ID, id);
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    Status status = mail_call(mail$message_info, &context_, in.list(), out.items.list());
    if (status.ok())
        out.store(found);
    return status;
}

/* ---- texts ---- */

/*
**  Takes up one message and reads its records in turn, a batch of calls under one condition
**  handler.
*/
class RecordLoop {
public:
    RecordLoop(LowScratch &scratch, boost::uint32_t id, bool header_lines, boost::uint32_t lines,
               size_t most, std::string *text)
        : position_(scratch), nothing_(scratch), in_(scratch), out_(scratch),
          header_lines_(header_lines), too_big_(false), positioned_(false), lines_(lines),
          most_(most), text_(text), context_(0), in_list_(0), out_list_(0)
    {
        position_.in_long(MAIL$_MESSAGE_ID, id);
        position_.flag(MAIL$_NOSIGNAL);
        in_.flag(MAIL$_MESSAGE_CONTINUE);
        in_.flag(MAIL$_NOSIGNAL);
        line_ = static_cast<char *>(scratch.take(RECORD_MAX + LINE_END));
        record_ = out_.out_at(MAIL$_MESSAGE_RECORD, line_, RECORD_MAX);
        type_ = out_.out(MAIL$_MESSAGE_RECORD_TYPE, 2);
    }
    /* At most LOCK_BATCH records. */
    Status batch(boost::uint32_t *context)
    {
        context_ = *context;
        in_list_ = in_.list();
        out_list_ = out_.list();
        if (!in_list_ || !out_list_ || !position_.list() || !nothing_.list())
            return Status::no_memory();
        Status status = mail_guarded(run, this);
        *context = context_;
        return too_big_ ? Status::too_big() : status;
    }
    bool wants_more() const { return lines_ > 0; }

private:
    static unsigned int run(void *argument)
    {
        RecordLoop &loop = *static_cast<RecordLoop *>(argument);
        unsigned int sts = 1;
        if (!loop.positioned_)
            sts = mail$message_get(&loop.context_, loop.position_.list(), loop.nothing_.list());
        loop.positioned_ = true;
        for (int i = 0; i < LOCK_BATCH && loop.lines_ > 0 && (sts & 1) && !loop.too_big_; ++i) {
            loop.out_.clear_results();
            sts = mail$message_get(&loop.context_, loop.in_list_, loop.out_list_);
            if (sts & 1)
                loop.take();
        }
        return sts;
    }
    void take()
    {
        bool is_text = out_.number(type_) == MAIL$_MESSAGE_TEXT;
        if (!header_lines_ && !is_text)
            return;
        size_t length = out_.length(record_);
        too_big_ = length + LINE_END > most_;
        if (too_big_)
            return;
        most_ -= length + LINE_END;
        lines_ -= is_text ? 1 : 0;
        memcpy(line_ + length, "\r\n", LINE_END);
        text_->append(line_, length + LINE_END);
    }
    ItemList<2> position_;
    ItemList<1> nothing_;
    ItemList<2> in_;
    ItemList<2> out_;
    bool header_lines_, too_big_, positioned_;
    boost::uint32_t lines_;
    size_t most_;
    std::string *text_;
    unsigned int context_;
    ILE3 *in_list_, *out_list_;
    int record_, type_;
    char *line_; /* the record, and room for the end of the line */
};

Status MailFolder::read_records(const MailBrief &item, bool header_lines, boost::uint32_t lines,
                                size_t most, std::string *text)
{
    if (is_foreign(item))
        return Status(MAIL$_FORMSG);
    LowScratch scratch;
    RecordLoop records(scratch, item.id, header_lines, lines, most, text);
    Status status;
    while (status.ok() && records.wants_more()) {
        MailEntry entry;
        status = records.batch(&context_);
    }
    return status.sts() == MAIL$_NOMOREREC ? Status() : status;
}

Status MailFolder::read(const MailBrief &item, bool header_lines, size_t most, std::string *text)
{
    return read_records(item, header_lines, 0xffffffffu, most, text);
}

Status MailFolder::read_top(const MailBrief &item, boost::uint32_t lines, std::string *text)
{
    return read_records(item, false, lines, 0x7fffffff, text);
}

/* ---- changes ---- */

Status MailFolder::move(boost::uint32_t id, const std::string &folder)
{
    LowScratch scratch;
    ItemList<4> in(scratch);
    in.in_long(MAIL$_MESSAGE_ID, id);
    in.in(MAIL$_MESSAGE_FOLDER, folder.substr(0, MAILSTORE_FOLDER_MAX));
    in.flag(MAIL$_MESSAGE_DELETE);
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    return mail_call(mail$message_copy, &context_, in.list(), 0);
}

Status MailFolder::remove(boost::uint32_t id)
{
    LowScratch scratch;
    ItemList<2> in(scratch);
    in.in_long(MAIL$_MESSAGE_ID, id);
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    return mail_call(mail$message_delete, &context_, in.list(), 0);
}

Status MailFolder::set_flags(boost::uint32_t id, bool replied, bool marked)
{
    LowScratch scratch;
    ItemList<3> in(scratch);
    in.in_long(MAIL$_MESSAGE_ID, id);
    in.in_word(MAIL$_MESSAGE_FLAGS, static_cast<unsigned short>((replied ? MAIL$M_REPLIED : 0) |
                                                                (marked ? MAIL$M_MARKED : 0)));
    in.flag(MAIL$_NOSIGNAL);
    MailEntry entry;
    return mail_call(mail$message_modify, &context_, in.list(), 0);
}

} // namespace mail
