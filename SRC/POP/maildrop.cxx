/*
**  maildrop - numbering, sizes, texts and the update of one user's mail
**
**  A session knows dates, flags and sizes of all messages; MAIL's lines are fetched when a message
**  is asked for.
*/
#include "maildrop.h"

#include "CORE/text.h"
#include "MTA/log.h"

#include <list>
#include <map>

namespace mail {

namespace {


} // namespace

/* ---- which drops have MAIL contexts ---- */

/* Order of locks: a drop's own use_, then this mutex; another drop's use_ is only tried. */
class OpenDrops {
public:
    /* Room for one more, and drop is the last one used; nobody gives way while it is busy. */
    static void enter(Maildrop *drop)
    {
        OpenDrops &all = instance();
        MutexGuard guard(all.mutex_);
        if (!all.drops_.empty() && all.drops_.front() == drop)
            return;
        all.drops_.remove(drop);
        std::list<Maildrop *>::iterator i = all.drops_.end();
        while (all.drops_.size() >= POP_OPEN_DROPS_MAX && i != all.drops_.begin()) {
            Maildrop *idle = *--i;
            if (!idle->use_.try_lock())
                continue;
            idle->sleep();
            idle->use_.unlock();
            i = all.drops_.erase(i);
        }
        all.drops_.push_front(drop);
    }
    static void leave(Maildrop *drop)
    {
        OpenDrops &all = instance();
        MutexGuard guard(all.mutex_);
        all.drops_.remove(drop);
    }

private:
    static OpenDrops &instance();
    Mutex mutex_;
    std::list<Maildrop *> drops_; /* used last, first */
};

static pthread_once_t open_drops_once = PTHREAD_ONCE_INIT;
static OpenDrops *open_drops;

static void make_open_drops()
{
    open_drops = new OpenDrops;
}

OpenDrops &OpenDrops::instance()
{
    pthread_once(&open_drops_once, make_open_drops);
    return *open_drops;
}

std::string maildrop_directory(const Account &account)
{
    MailProfile profile;
    if (mailstore_profile(account.user, &profile).ok() && !profile.directory.empty())
        return profile.directory;
    return account.device + account.directory;
}

Maildrop::Maildrop()
    : has_file_(false), last_text_(0), in_order_(0), ahead_of_(0), ahead_at_(0), last_accessed_(0),
      learned_(0)
{
}

Maildrop::~Maildrop()
{
    close();
}

Maildrop::Opened Maildrop::open(const Account &account, const SettingsPtr &settings,
                                const IdentityPtr &identity, std::string *why)
{
    close();
    settings_ = settings;
    identity_ = identity;
    user_ = account.user;
    Status status = lock_.acquire("TCPIP$POP_" + user_, false, false);
    if (status.locked())
        return IN_USE;
    if (status.ok()) {
        MutexGuard using_now(use_);
        status = gather(maildrop_directory(account), why);
    }
    if (status.ok())
        return OPENED;
    if (why->empty())
        *why = status.text();
    close();
    return TROUBLE;
}

/* The messages of the folder that is shown; none when there is no mail file or folder yet. */
Status Maildrop::gather(const std::string &directory, std::string *why)
{
    OpenDrops::enter(this);
    Status status = file_.open(directory);
    has_file_ = status.ok();
    if (status.not_found()) {
        OpenDrops::leave(this);
        return Status();
    }
    if (!status.ok()) {
        OpenDrops::leave(this);
        *why = directory + ": " + status.text();
        return status;
    }
    status = take_folder();
    if (!status.ok())
        return status;
    boost::uint32_t most = settings_->number(P_POP_MESSAGE_MAXIMUM);
    status = folder_.list(1, most != 0 ? most : ~0U, &items_);
    if (!status.ok())
        return status;
    states_.resize(items_.size());
    use_known_sizes();
    return Status();
}

void Maildrop::use_known_sizes()
{
    directory_ = file_.directory();
    KnownSizes sizes;
    SizeCache::take(directory_, settings_, identity_, &sizes);
    if (sizes.empty() && items_.size() >= POP_SIZE_FILE_LEAST)
        size_file_read(size_file(), &sizes, items_.size());
    for (size_t i = 0; i < items_.size(); ++i) {
        const KnownSize *known = SizeCache::find(sizes, items_[i].date);
        if (!known || withheld(i))
            continue;
        states_[i].known = true;
        states_[i].facts = known->facts;
        states_[i].octets = known->octets;
        states_[i].fixed = known->fixed;
    }
}

SizeFile Maildrop::size_file() const
{
    SizeFile file;
    file.place = settings_->text(P_POP_SIZE_FILES);
    file.user = user_;
    file.directory = directory_;
    file.print = pop_size_print(*settings_, *identity_);
    return file;
}

/* FAST_SCAN's estimates are no sizes. */
void Maildrop::keep_known_sizes()
{
    KnownSizes sizes;
    for (size_t i = 0; i < states_.size(); ++i) {
        if (!states_[i].known || states_[i].deleted)
            continue;
        KnownSize one(items_[i].date);
        one.facts = states_[i].facts;
        one.octets = settings_->flag(P_POP_FAST_SCAN) ? 0 : states_[i].octets;
        one.fixed = one.octets != 0 && states_[i].fixed;
        sizes.push_back(one);
    }
    SizeCache::sort(&sizes);
    if (learned_ >= POP_SIZE_FILE_LEAST && !settings_->text(P_POP_SIZE_FILES).empty()) {
        Status status = size_file_write(size_file(), sizes);
        if (!status.ok())
            LogLine(LOG_DEBUG, user_, "sizes").add("not_kept", status.text());
    }
    learned_ = 0;
    SizeCache::give(directory_, settings_, identity_, &sizes);
}

/* Gives the contexts back; what the client sees stays.  REQUIRES: use_, of an open drop. */
void Maildrop::sleep()
{
    folder_.close();
    file_.close();
}

/* The contexts again, when another drop needed them meanwhile.  REQUIRES: use_. */
Status Maildrop::wake()
{
    if (!has_file_)
        return Status();
    OpenDrops::enter(this);
    if (file_.is_open())
        return Status();
    std::string directory = file_.directory();
    boost::uint32_t count = 0;
    std::vector<MailBrief> items;
    Status status = file_.open(directory);
    if (status.ok())
        status = folder_.select(&file_, folder_name_, &count);
    if (status.ok())
        status = folder_.list(&items);
    if (status.ok())
        renumber(items);
    else
        sleep();
    return status;
}

/* MAIL's numbers of a new selection; 0: the message is gone. */
void Maildrop::renumber(const std::vector<MailBrief> &items)
{
    std::map<VmsTime, boost::uint32_t> ids;
    for (size_t i = 0; i < items.size(); ++i)
        ids[items[i].date] = items[i].id;
    for (size_t i = 0; i < items_.size(); ++i) {
        std::map<VmsTime, boost::uint32_t>::const_iterator found = ids.find(items_[i].date);
        items_[i].id = found == ids.end() ? 0 : found->second;
    }
    described_.clear();
}

/* NEWMAIL, or MAIL after everything new was moved there (USE_MAIL_FOLDER). */
Status Maildrop::take_folder()
{
    boost::uint32_t count = 0;
    folder_name_ = MAILDROP_NEWMAIL;
    Status status = folder_.select(&file_, folder_name_, &count);
    if (!status.ok() || !settings_->flag(P_POP_USE_MAIL_FOLDER))
        return status;
    std::vector<MailBrief> items;
    if (count != 0)
        status = folder_.list(&items);
    for (size_t i = 0; status.ok() && i < items.size(); ++i)
        status = folder_.move(items[i].id, MAILDROP_MAIL);
    folder_.close();
    if (!status.ok())
        return status;
    if (!items.empty())
        recount_new();
    folder_name_ = MAILDROP_MAIL;
    return folder_.select(&file_, folder_name_, &count);
}

/* The user name and the arrival date (HP 19.1.2), down to the clock's last unit: MAIL has no two
   messages of the same date in one file. */
std::string Maildrop::uid(size_t n) const
{
    std::string text;
    append_uid(n, &text);
    return text;
}

void Maildrop::append_uid(size_t n, std::string *text) const
{
    VmsTimeFields f;
    const VmsTime date = items_[n].date;
    text->append(user_).append(1, '_');
    if (!vmstime_fields(date, &f)) {
        text->append(1, '0');
        return;
    }
    const int parts[] = {f.year, f.month, f.day, f.hour, f.minute, f.second};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; ++i)
        text_append_number(static_cast<boost::uint64_t>(parts[i]), i == 0 ? 4 : 2, text);
    text_append_number(date % VMSTIME_UNITS_PER_SECOND, 7, text);
}

/*
**  MAIL's lines of a message; who reads one after the other gets several with one call.
**  REQUIRES: use_.
*/
Status Maildrop::describe(size_t n, const MailItem **item)
{
    Status status = wake();
    if (status.ok() && items_[n].id == 0)
        status = Status::no_such_file(); /* gone when the file was opened again */
    if (!status.ok())
        return status;
    const boost::uint32_t id = items_[n].id;
    bool in_order = n == 0 || (!described_.empty() && described_.back().id + 1 == id);
    for (size_t i = 0; i < described_.size(); ++i)
        if (described_[i].id == id) {
            *item = &described_[i];
            return status;
        }
    described_.clear();
    zone_ = header_zone();
    status = folder_.list(id, in_order ? POP_DESCRIBED_AHEAD : 1, &described_);
    if (status.ok() && (described_.empty() || described_[0].id != id))
        status = Status::no_such_file();
    if (status.ok())
        *item = &described_[0];
    return status;
}

/* Appends the stored text, which is no foreign one's.  REQUIRES: use_; described. */
Status Maildrop::read(size_t n, std::string *text)
{
    size_t head = text->size();
    Status status = folder_.read(items_[n], false, POP_MESSAGE_BYTES_MAX, text);
    if (!status.ok())
        return status;
    pop_mend_line_ends(text, head);
    State &state = states_[n];
    if (state.known && state.facts.octets == text->size() - head)
        return status; /* MAIL never changes a text */
    state.facts = pop_text_facts(*text, head);
    learned_ += state.known ? 0 : 1;
    state.known = true;
    return status;
}

/* REQUIRES: use_; described. */
Status Maildrop::facts(size_t n, PopTextFacts *facts)
{
    Status status;
    if (withheld(n)) {
        facts->octets = static_cast<boost::uint32_t>(pop_withheld_text(items_[n]).size());
    } else if (settings_->flag(P_POP_FAST_SCAN)) {
        facts->octets = estimate(n);
    } else {
        if (!states_[n].known) {
            scratch_.clear();
            status = read(n, &scratch_);
            if (scratch_.capacity() > POP_SCRATCH_KEPT)
                std::string().swap(scratch_);
        }
        *facts = states_[n].facts;
    }
    return status;
}

/* One message that somebody has removed, or that cannot be read, stops no STAT and no LIST. */
Status Maildrop::measure(size_t n)
{
    MutexGuard using_now(use_);
    const MailItem *item = 0;
    PopTextFacts known;
    Status status = describe(n, &item);
    if (!status.ok() && !MailFolder::is_gone(status))
        return status;
    if (status.ok())
        status = facts(n, &known);
    if (!status.ok()) {
        LogLine(LOG_WARNING, user_, "size").add("message", uid(n)).add("status", status.text());
        states_[n].octets = estimate(n) + 1; /* 0 would be no answer */
        return Status();
    }
    const PopMessage made(*item, uid(n), *settings_, *identity_, zone_);
    states_[n].octets = made.size(known);
    states_[n].fixed = made.is_from_smtp();
    return status;
}

Status Maildrop::size(size_t n, boost::uint32_t *octets)
{
    if (states_[n].octets == 0) {
        Status status = measure(n);
        if (!status.ok())
            return status;
    }
    *octets = states_[n].octets;
    return Status();
}

/* REQUIRES: use_. */
Status Maildrop::compose(size_t n, std::string *out)
{
    const MailItem *item = 0;
    Status status = describe(n, &item);
    if (!status.ok())
        return status;
    PopMessage made(*item, uid(n), *settings_, *identity_, zone_);
    *out = made.headers();
    if (withheld(n)) {
        *out += pop_withheld_text(items_[n]);
        return status;
    }
    if (states_[n].known && states_[n].facts.octets <= POP_MESSAGE_BYTES_MAX)
        out->reserve(out->size() + states_[n].facts.octets + 2);
    status = read(n, out);
    if (status.ok())
        made.compose(states_[n].facts, out);
    return status;
}

bool Maildrop::take_ahead(size_t n, std::string *out)
{
    bool good = ahead_of_ == n + 1 &&
                vmstime_now() - ahead_at_ < POP_AHEAD_SECONDS * VMSTIME_UNITS_PER_SECOND;
    if (good)
        out->swap(ahead_);
    ahead_of_ = 0;
    return good;
}

Status Maildrop::text(size_t n, std::string *out)
{
    MutexGuard using_now(use_);
    in_order_ = last_text_ == n ? in_order_ + 1 : 0;
    last_text_ = n + 1;
    return take_ahead(n, out) ? Status() : compose(n, out);
}

void Maildrop::read_ahead()
{
    const size_t n = last_text_; /* the one behind it, from 0 */
    if (in_order_ == 0 || ahead_of_ == n + 1 || n >= states_.size())
        return;
    const State &state = states_[n];
    boost::uint32_t octets = state.known ? state.facts.octets : estimate(n);
    if (state.deleted || octets > POP_AHEAD_MOST || withheld(n))
        return;
    MutexGuard using_now(use_);
    ahead_.clear();
    ahead_of_ = 0;
    if (!file_.is_open() || !compose(n, &ahead_).ok())
        return; /* asleep: another drop needs the contexts more */
    ahead_of_ = n + 1;
    ahead_at_ = vmstime_now();
}

/* Only as much of the text as is asked for, when it is sent as it is; *done: it was. */
Status Maildrop::plain_top(size_t n, boost::uint32_t lines, std::string *out, bool *done)
{
    MutexGuard using_now(use_);
    const MailItem *item = 0;
    Status status = describe(n, &item);
    if (!status.ok())
        return status;
    PopMessage made(*item, uid(n), *settings_, *identity_, zone_);
    *done = !withheld(n) &&
            (made.is_plain() || (states_[n].known && made.is_plain(states_[n].facts)));
    if (!*done)
        return status;
    *out = made.headers();
    size_t head = out->size();
    status = folder_.read_top(items_[n], lines, out);
    pop_mend_line_ends(out, head);
    return status;
}

/* Reads no more than is asked for, unless headers may stand at the bottom. */
Status Maildrop::top(size_t n, boost::uint32_t lines, std::string *out)
{
    bool done = false;
    Status status = plain_top(n, lines, out, &done);
    if (done || !status.ok())
        return status;
    status = text(n, out);
    if (status.ok())
        pop_cut_to_top(out, lines);
    return status;
}

void Maildrop::note_access(size_t n)
{
    if (n + 1 > last_accessed_)
        last_accessed_ = n + 1;
}

void Maildrop::mark_read(size_t n)
{
    states_[n].read = true;
    note_access(n);
}

void Maildrop::mark_deleted(size_t n)
{
    states_[n].deleted = true;
    note_access(n);
}

void Maildrop::reset()
{
    for (size_t i = 0; i < states_.size(); ++i)
        states_[i].deleted = false;
    last_accessed_ = 0;
}

Status Maildrop::totals(size_t *messages, boost::uint64_t *octets)
{
    *messages = 0;
    *octets = 0;
    for (size_t i = 0; i < states_.size(); ++i) {
        if (states_[i].deleted)
            continue;
        boost::uint32_t one = 0;
        Status status = size(i, &one);
        if (!status.ok())
            return status;
        ++*messages;
        *octets += one;
    }
    return Status();
}

void Maildrop::close()
{
    if (has_file_) {
        OpenDrops::leave(this); /* from here on nobody puts it to sleep */
        keep_known_sizes();
    }
    folder_.close();
    file_.close();
    has_file_ = false;
    std::vector<MailBrief>().swap(items_);
    std::vector<State>().swap(states_);
    std::vector<MailItem>().swap(described_);
    std::string().swap(scratch_);
    std::string().swap(ahead_);
    last_text_ = in_order_ = ahead_of_ = 0;
    last_accessed_ = 0;
    lock_.release();
}

} // namespace mail
