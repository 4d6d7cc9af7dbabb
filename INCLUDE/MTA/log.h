/*
**  log - one event, one line: "2026-11-21 08:30:47.12 id event key=value key=value"
**
**  Values are escaped here, once, so nothing that a client sends can begin a new line or look like
**  another key (DESIGN 10).  Each line is written whole and flushed.  Levels come from the logical
**  names of spec 2.1 and 8.1.
*/
#ifndef MTA_LOG_H
#define MTA_LOG_H

#include <string>
#include "boostset.h"

namespace mail {

enum LogLevel {
    LOG_ASKED = -1, /* asked for by a setting of its own (TCPIP$POP_TRACE): at every level */
    LOG_ERROR,   /* something needs a person */
    LOG_WARNING, /* something was put off or refused for a reason of ours */
    LOG_INFO,    /* a message or a session changed its state */
    LOG_TRACE,   /* protocol lines */
    LOG_DEBUG    /* everything */
};

/* A secret: prints as "***" wherever it goes; its bytes are wiped when it dies. */
class Secret {
public:
    Secret() {}
    explicit Secret(const std::string &text) : text_(text) {}
    Secret(const Secret &other) : text_(other.text_) {}
    Secret &operator=(const Secret &other);
    ~Secret() { wipe(); }
    /* For the one call that needs it. */
    const std::string &reveal() const { return text_; }
    bool empty() const { return text_.empty(); }
    void wipe();

private:
    std::string text_;
};

/*
**  Builds and writes a line:  LogLine(LOG_INFO, id, "rcpt").add("to", address).add("size", n);
**  The line is written by the destructor.  When the level is off nothing is built.
*/
class LogLine : private boost::noncopyable {
public:
    /* id: session or entry, "" for none; event: one word; file and line: of the source, see below.
     */
    LogLine(LogLevel level, const std::string &id, const char *event, const char *file = 0,
            int line = 0);
    ~LogLine();
    LogLine &add(const char *key, const std::string &value);
    LogLine &add(const char *key, const char *value);
    LogLine &add(const char *key, const Secret &value);
    LogLine &add(const char *key, boost::int32_t value);
    LogLine &add(const char *key, boost::uint32_t value);
    LogLine &add(const char *key, boost::uint64_t value);

private:
    bool on_;
    LogLevel level_;
    const char *file_;
    int place_;
    std::string line_;
};

/*
**  LogLine(level, id, event) tells where it stands, for log_number_lines(); a macro does not expand
**  inside itself, so this is the constructor.
*/
#define LogLine(level, id, event) LogLine(level, id, event, __FILE__, __LINE__)

bool log_on(LogLevel level);
LogLevel log_level();
/* Everything up to this level is written; LOG_INFO at first.  Any thread. */
void log_set_level(LogLevel level);

/*
**  Where lines go: "" is SYS$OUTPUT, at first; else lines are appended to that file, which is
**  created when needed.  False when the file cannot be opened: that is tried again every ten
**  seconds; meanwhile, and while it cannot be written, lines are kept up to 64 KB, never put
**  elsewhere.
*/
bool log_open(const std::string &file);
/*
**  Keeps lines for the file that log_open() will name.  A symbiont begins with it: it must never
**  write to SYS$OUTPUT (spec/vms-api.md 1), and what the file is called is itself a setting that
**  may have to be complained of.
*/
void log_hold();
/* Each line ends with "at=module:line", the place in the source that wrote it (spec 2.1). */
void log_number_lines(bool on);
/* Also to the operator (class network) for LOG_ERROR and above. */
void log_to_operator(bool on);
/* A message of its own to the operator (OPCOM_TEXT_MAX bytes), where log_to_operator(true) was
   said.  The log is the caller's business. */
void log_operator(const std::string &text);
/* Keeps only the last blocks*512 bytes until log_close() writes them (spec 2.1); 0 ends that. */
void log_snapshot(boost::uint32_t blocks);
void log_close();

/* Tests: lines are appended to *text instead; 0 ends it. */
void log_capture(std::string *text);

/* The escaped form of a value: printable ASCII stays, every other byte is \xHH; in quotation marks
   when it is empty or holds a blank, '"', '\\' or '='. */
std::string log_escape(const std::string &value);

/* Protocol trace form of HP's logs: CRLF prints as \d\a (spec 2.1). */
std::string log_trace_form(const std::string &line);

} // namespace mail
#endif
