/*
**  control_file - the file of one message through block I/O
**
**  A small message is written whole and sealed under its final name: one create, one write, one
**  flush. A crash in between leaves a file that its checksums give away, as it would leave a
**  temporary one. Larger ones stream under a temporary name; their first block is written twice,
**  when size and check are known, and after the flush they are renamed.
*/
#include "MTA/control_file.h"

#include <stdio.h>
#include <string.h>
#include <pthread.h>
#include "MTA/config_store.h"
#include "MTA/log.h"
#include "VMS/process.h"
#include "VMS/recfile.h"
#include "VMS/vmstime.h"

namespace mail {

enum {
    SMALL_TEXT = 60 * 1024,  /* kept in memory until commit */
    FIRST_READ = 32 * 1024,  /* head and text of most messages in one read */
    USER_MAX = 12,
    UNIQUE_MAX = 36 * 36 - 1,
    UNITS_PER_HUNDREDTH = 100000
};

/* ---- names ---- */

static pthread_mutex_t name_mutex = PTHREAD_MUTEX_INITIALIZER;
static VmsTime last_hundredth = 0; /* of the last name, in hundredths of a second */
static int last_unique = 0;

/* Never the same twice in this process, also when the clock is set back. */
static std::string next_stamp()
{
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    VmsTime now = vmstime_now() / UNITS_PER_HUNDREDTH;
    pthread_mutex_lock(&name_mutex);
    if (now > last_hundredth) {
        last_hundredth = now;
        last_unique = 0;
    } else if (++last_unique > UNIQUE_MAX) {
        ++last_hundredth;
        last_unique = 0;
    }
    VmsTime time = last_hundredth * UNITS_PER_HUNDREDTH;
    int unique = last_unique;
    pthread_mutex_unlock(&name_mutex);
    std::string stamp = vmstime_stamp_of(time);
    if (unique != 0) {
        stamp += digits[unique / 36];
        stamp += digits[unique % 36];
    }
    return stamp;
}

ControlName control_file_name(ControlEnvelope *envelope)
{
    char pid[9];
    snprintf(pid, sizeof pid, "%08X", static_cast<unsigned>(process_pid()));
    if (envelope->user.empty())
        envelope->user = process_user();
    ControlName name;
    name.stamp = next_stamp();
    name.user = envelope->user.substr(0, USER_MAX);
    name.pid = pid;
    name.node = process_node();
    envelope->message_id = name.stamp + "_" + name.pid;
    envelope->created = static_cast<boost::uint64_t>(vmstime_unix_now());
    return name;
}

/* What a failed file operation means to the sender of the message. */
static Outcome trouble(const char *what, const Status &status)
{
    std::string log_text = std::string(what) + ": " + status.text();
    if (status.disk_full())
        return Outcome::reply(452, "4.3.1", "Insufficient system storage", log_text);
    return Outcome::reply(451, "4.3.0", "Local error in processing", log_text);
}

/* ---- writing ---- */

struct ControlWriter::State {
    bool active, on_disk;
    ControlEnvelope envelope;
    std::string directory, name;
    std::string pending;   /* until on_disk: all blocks and the text so far; then the first block */
    boost::uint64_t text_bytes;
    ControlTextCheck check;
    BlockFile file;
    State() : active(false), on_disk(false), text_bytes(0) {}

    Outcome spill(const std::string &file_name);
    Outcome finish_large(const std::string &final_name);
    /* With its version: no other is there, and nobody has to look. */
    std::string place(const std::string &file_name) const
    {
        std::string numbered = file_name + ";1";
        return directory.empty() ? config_common_file(numbered) : directory + numbered;
    }
};

static std::string temporary_name(const std::string &name)
{
    size_t point = name.rfind(".TCPIP_");
    return name.substr(0, point) + ".TMP_" + name.substr(point + 7);
}

/* Creates the file and gives it everything that waits in memory. */
Outcome ControlWriter::State::spill(const std::string &file_name)
{
    Status status = file.create(place(file_name), "", static_cast<boost::uint32_t>(pending.size()));
    if (status.ok())
        status = file.write(pending);
    on_disk = true;
    pending.resize(CONTROL_BLOCK);
    return status.ok() ? Outcome::done() : trouble("control file", status);
}

ControlWriter::ControlWriter() : state_(new State) {}

ControlWriter::~ControlWriter()
{
    discard();
}

Outcome ControlWriter::begin(const ControlEnvelope &envelope,
                             const std::vector<ControlRecipient> &recipients,
                             const std::string &directory)
{
    discard();
    state_->envelope = envelope;
    state_->directory = directory;
    ControlName name = control_file_name(&state_->envelope);
    if (name.user.empty() || name.node.empty())
        return Outcome::later("the names of this process's user and node are not known now");
    state_->name = control_name_print(name);
    ControlLayout layout;
    if (!control_encode(state_->envelope, recipients, &state_->pending, &layout))
        return Outcome::reply(554, "5.6.0", "Message cannot be stored", "envelope not encodable");
    state_->active = true;
    return Outcome::done();
}

Outcome ControlWriter::write(const char *data, size_t size)
{
    State &s = *state_;
    if (!s.active)
        return Outcome::failed("control file is not open");
    s.check.add(data, size);
    s.text_bytes += size;
    if (!s.on_disk) {
        s.pending.append(data, size);
        return s.pending.size() <= SMALL_TEXT ? Outcome::done() : s.spill(temporary_name(s.name));
    }
    Status status = s.file.write(data, size);
    return status.ok() ? Outcome::done() : trouble("control file", status);
}

/* A file with a temporary name: flushed, closed, given its final one. */
Outcome ControlWriter::State::finish_large(const std::string &final_name)
{
    std::string written = file.resultant();
    Status status = file.flush();
    if (status.ok())
        status = file.close();
    if (!status.ok())
        return trouble("control file", status);
    active = false; /* nothing for discard() from here on */
    status = file_rename(written, final_name);
    if (!status.ok()) {
        file_erase(written);
        return trouble("control file rename", status);
    }
    return Outcome::done();
}

Outcome ControlWriter::begin_commit(std::string *file)
{
    State &s = *state_;
    if (!s.active)
        return Outcome::failed("control file is not open");
    bool large = s.on_disk;
    Status status;
    control_seal(&s.pending[0], s.text_bytes, s.check.value());
    if (large) {
        status = s.file.write_at(0, s.pending.data(), CONTROL_BLOCK);
        if (!status.ok())
            return trouble("control file", status);
    } else {
        Outcome outcome = s.spill(s.name);
        if (!outcome.is_done())
            return outcome;
    }
    std::string written = s.file.resultant();
    *file = written.substr(0, written.find_last_of(":]>") + 1) + s.name + ";1";
    if (large)
        return s.finish_large(*file);
    status = s.file.start_flush();
    return status.ok() ? Outcome::done() : trouble("control file", status);
}

Outcome ControlWriter::end_commit()
{
    State &s = *state_;
    if (!s.active)
        return Outcome::done(); /* a large one is through */
    Status status = s.file.wait_flush();
    if (!status.ok()) {
        discard();
        return trouble("control file", status);
    }
    s.active = false;
    status = s.file.close(); /* what is flushed stays, whatever is said now */
    if (!status.ok())
        LogLine(LOG_WARNING, "", "close").add("status", status.text());
    return Outcome::done();
}

Outcome ControlWriter::commit(std::string *file)
{
    Outcome outcome = begin_commit(file);
    return outcome.is_done() ? end_commit() : outcome;
}

void ControlWriter::discard()
{
    if (state_->active && state_->on_disk)
        state_->file.abandon();
    if (state_->active || state_->text_bytes != 0)
        state_.reset(new State);
}

boost::uint64_t ControlWriter::size() const
{
    return state_->text_bytes;
}

const ControlEnvelope &ControlWriter::envelope() const
{
    return state_->envelope;
}

/* ---- reading ---- */

struct ControlFile::State {
    std::string name;
    BlockFile file;
    ControlVerdict verdict;
    ControlEnvelope envelope;
    std::vector<ControlRecipient> recipients;
    ControlLayout layout;
    std::string blocks;     /* everything before the text; cells are changed here, then written */
    std::string ahead;      /* text that came with the first read */
    boost::uint64_t at;     /* next byte of the text */
    ControlTextCheck check; /* of the bytes before `at` */
    bool locked;            /* somebody else had the file open */
    pthread_mutex_t lock;   /* of file and verdict: texts may be read by several threads */
    State() : verdict(CONTROL_SHORT), at(0), locked(false) { pthread_mutex_init(&lock, 0); }
    ~State() { pthread_mutex_destroy(&lock); }

    Status load();
    Outcome read(boost::uint64_t *from, ControlTextCheck *sum, char *data, size_t size,
                 size_t *got);
    boost::uint64_t text_offset() const
    {
        return static_cast<boost::uint64_t>(layout.text_block - 1) * CONTROL_BLOCK;
    }
};

/* Reads and checks everything before the text; verdict tells what came out. */
Status ControlFile::State::load()
{
    Status status = file.read_at(0, FIRST_READ, &blocks);
    if (!status.ok())
        return status.end_of_file() ? Status() : status;
    ControlLayout head;
    verdict = control_decode_head(blocks.data(), blocks.size(), &head);
    if (verdict != CONTROL_OK && verdict != CONTROL_UNFINISHED)
        return Status();
    boost::uint64_t before_text = static_cast<boost::uint64_t>(head.text_block - 1) * CONTROL_BLOCK;
    if (file.size() < before_text) {
        verdict = CONTROL_DAMAGED;
        return Status();
    }
    while (blocks.size() < before_text) {
        status = file.read_at(static_cast<boost::uint32_t>(blocks.size()),
                              static_cast<size_t>(before_text) - blocks.size(), &blocks);
        if (!status.ok())
            return status;
    }
    verdict = control_decode(blocks.data(), blocks.size(), &envelope, &recipients, &layout);
    if (verdict == CONTROL_OK && file.size() != before_text + layout.text_bytes)
        verdict = CONTROL_DAMAGED;
    if (verdict == CONTROL_OK) {
        ahead.assign(blocks, static_cast<size_t>(before_text), std::string::npos);
        blocks.resize(static_cast<size_t>(before_text));
    }
    return Status();
}

ControlFile::ControlFile() : state_(new State) {}

ControlFile::~ControlFile() {}

Outcome ControlFile::open(const std::string &file, bool for_update)
{
    close();
    state_->name = file;
    Status status = state_->file.open(file, "", for_update);
    if (status.ok()) {
        state_->name = state_->file.resultant();
        status = state_->load();
    }
    state_->locked = status.locked();
    if (!status.ok())
        return status.not_found() ? Outcome::failed(file + ": " + status.text())
                                  : Outcome::later(file + ": " + status.text());
    if (state_->verdict == CONTROL_OK)
        return Outcome::done();
    state_->file.close();
    return Outcome::failed(file + ": " + control_verdict_name(state_->verdict));
}

bool ControlFile::is_locked() const
{
    return state_->locked;
}

void ControlFile::close()
{
    state_.reset(new State);
}

ControlVerdict ControlFile::verdict() const
{
    pthread_mutex_lock(&state_->lock);
    ControlVerdict verdict = state_->verdict;
    pthread_mutex_unlock(&state_->lock);
    return verdict;
}

const std::string &ControlFile::file() const
{
    return state_->name;
}

const ControlEnvelope &ControlFile::envelope() const
{
    return state_->envelope;
}

const std::vector<ControlRecipient> &ControlFile::recipients() const
{
    return state_->recipients;
}

boost::uint64_t ControlFile::text_size() const
{
    return state_->layout.text_bytes;
}

/* The next bytes of the text behind *from; *sum has those before it. */
Outcome ControlFile::State::read(boost::uint64_t *from, ControlTextCheck *sum, char *data,
                                 size_t size, size_t *got)
{
    *got = 0;
    if (*from < ahead.size()) {
        size_t begin = static_cast<size_t>(*from);
        *got = ahead.size() - begin < size ? ahead.size() - begin : size;
        memcpy(data, ahead.data() + begin, *got);
    } else if (*from < layout.text_bytes) {
        std::string piece;
        boost::uint32_t offset = static_cast<boost::uint32_t>(text_offset() + *from);
        pthread_mutex_lock(&lock);
        Status status = file.read_at(offset, size, &piece);
        pthread_mutex_unlock(&lock);
        if (!status.ok())
            return Outcome::later(name + ": " + status.text());
        *got = piece.size();
        memcpy(data, piece.data(), piece.size());
    } else if (sum->value() != layout.text_check) {
        pthread_mutex_lock(&lock);
        verdict = CONTROL_DAMAGED;
        pthread_mutex_unlock(&lock);
        return Outcome::reply(554, "5.3.0", "The message was damaged while it was stored here. "
                              "Please send it again.", name + ": text is damaged");
    }
    sum->add(data, *got);
    *from += *got;
    return Outcome::done();
}

Outcome ControlFile::read_text(char *data, size_t size, size_t *got)
{
    return state_->read(&state_->at, &state_->check, data, size, got);
}

void ControlFile::rewind_text()
{
    state_->at = 0;
    state_->check = ControlTextCheck();
}

Outcome ControlTextReader::read(char *data, size_t size, size_t *got)
{
    return file_.state_->read(&at_, &check_, data, size, got);
}

void ControlTextReader::rewind()
{
    at_ = 0;
    check_ = ControlTextCheck();
}

Outcome ControlFile::update(size_t index, const ControlCell &cell, bool flush_now)
{
    State &s = *state_;
    boost::uint32_t block;
    size_t offset;
    if (!s.file.is_open() || index >= s.recipients.size())
        return Outcome::failed("control file is not open for this recipient");
    control_cell_place(s.layout, index, &block, &offset);
    size_t at = static_cast<size_t>(block - 1) * CONTROL_BLOCK;
    control_encode_cell(cell, index, &s.blocks[at + offset]);
    s.recipients[index].cell = cell;
    pthread_mutex_lock(&s.lock);
    Status status = s.file.write_at(static_cast<boost::uint32_t>(at), &s.blocks[at], CONTROL_BLOCK);
    pthread_mutex_unlock(&s.lock);
    if (!status.ok())
        return trouble("control file update", status);
    return flush_now ? flush() : Outcome::done();
}

Outcome ControlFile::flush()
{
    pthread_mutex_lock(&state_->lock);
    Status status = state_->file.flush();
    pthread_mutex_unlock(&state_->lock);
    return status.ok() ? Outcome::done() : trouble("control file flush", status);
}

Outcome ControlFile::erase()
{
    std::string name = state_->name;
    Status status = state_->file.is_open() ? state_->file.erase() : file_erase(name);
    close();
    if (status.ok() || status.not_found())
        return Outcome::done();
    return trouble("control file delete", status);
}

} // namespace mail
