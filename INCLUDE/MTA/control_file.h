/*
**  control_file - writes, reads and updates the file of one message
**
**  Files lie in TCPIP$SMTP_COMMON (spec 6.2).  Large messages are written under a temporary name
**  with type TMP_node, flushed once, renamed; small ones are written whole and sealed at once, so a
**  crash leaves at most a file that its checksums expose.  Text streams through in both directions;
**  no large message is ever in memory as a whole.
*/
#ifndef MTA_CONTROL_FILE_H
#define MTA_CONTROL_FILE_H

#include <string>
#include <vector>
#include "CORE/control_codec.h"
#include "MTA/outcome.h"
#include "boostset.h"

namespace mail {

/*
**  Takes a name that no other thread of this node gets, and fills envelope->created, message_id and
**  user (from the process when empty).  Any thread.
*/
ControlName control_file_name(ControlEnvelope *envelope);

/*
**  One file being written; used by one thread at a time.  Destroyed before commit: nothing is left.
*/
class ControlWriter : private boost::noncopyable {
public:
    ControlWriter();
    ~ControlWriter();

    /*
    **  Fixes envelope and recipients.  directory: "" for TCPIP$SMTP_COMMON.  LATER when the disk is
    **  full (reply 452) or the file cannot be made.  Small messages touch the disk only at commit.
    */
    Outcome begin(const ControlEnvelope &envelope, const std::vector<ControlRecipient> &recipients,
                  const std::string &directory);
    /* Message bytes, CRLF lines, in pieces of any size.  LATER: disk full; then only discard(). */
    Outcome write(const char *data, size_t size);
    /* Durable under its final name when DONE; *file is the full specification. */
    Outcome commit(std::string *file);
    /*
    **  The same in two steps.  After the first the file is complete under its name and the flush is
    **  under way; nobody else can open it before the second, unless it was too large for that.
    **  The second failed: the file is gone.
    */
    Outcome begin_commit(std::string *file);
    Outcome end_commit();
    void discard();

    boost::uint64_t size() const; /* of the text so far */
    const ControlEnvelope &envelope() const; /* with name and time filled in */

private:
    struct State;
    boost::scoped_ptr<State> state_;
};

/*
**  One file being read or delivered; used by one thread at a time, except for its text: each
**  ControlTextReader may be in a thread of its own while another thread updates cells.
*/
class ControlFile : private boost::noncopyable {
public:
    ControlFile();
    ~ControlFile();

    /*
    **  LATER: locked or device trouble.  FAILED: not there, or damaged (verdict() tells).
    **  for_update: cells may be written; nobody else can open it for update meanwhile.
    */
    Outcome open(const std::string &file, bool for_update);
    /* The last open() was LATER because somebody else has the file open. */
    bool is_locked() const;
    void close();

    ControlVerdict verdict() const;
    const std::string &file() const;
    const ControlEnvelope &envelope() const;
    const std::vector<ControlRecipient> &recipients() const;
    boost::uint64_t text_size() const;

    /*
    **  Next bytes of the text, at most size; *got 0 at the end.  The checksum is compared when the
    **  text was read from its start to its end: FAILED then if it is wrong.
    */
    Outcome read_text(char *data, size_t size, size_t *got);
    void rewind_text();

    /*
    **  One block write.  flush: durable when it returns (else with the next flushed one or close).
    */
    Outcome update(size_t index, const ControlCell &cell, bool flush);
    Outcome flush();

    /* Closes and deletes the file: only after everything that it asks for is committed. */
    Outcome erase();

private:
    friend class ControlTextReader;
    struct State;
    boost::scoped_ptr<State> state_;
};

/* The text once more, from its start, with a place of its own; the file stays open meanwhile. */
class ControlTextReader : private boost::noncopyable {
public:
    explicit ControlTextReader(ControlFile &file) : file_(file), at_(0) {}
    /* As ControlFile::read_text. */
    Outcome read(char *data, size_t size, size_t *got);
    void rewind();

private:
    ControlFile &file_;
    boost::uint64_t at_;
    ControlTextCheck check_;
};

} // namespace mail
#endif
