/*
**  log - builds event lines, escapes them once, writes each of them whole
**
**  Sinks: SYS$OUTPUT (the receiver's TCPIP$SMTP_RECV_RUN.LOG), a file (the symbiont's), a snapshot
**  ring in memory (spec 2.1), a string of a test.  One lock; a line is written with one call.
*/
#include "MTA/log.h"

#include <stdio.h>
#include <string.h>
#include <pthread.h>
#include "CORE/text.h"
#include "VMS/opcom.h"
#include "VMS/recfile.h"
#include "VMS/vmstime.h"

#undef LogLine /* this file defines the class itself */

namespace mail {

enum { SNAPSHOT_BLOCK = 512, FLUSH_SECONDS = 1, REOPEN_SECONDS = 10, HELD_MAX = 65536 };

/* Made at the first use and never deleted: threads may log until the very end. */
struct LogSink {
    std::string file;          /* "" is SYS$OUTPUT */
    RecordWriter writer;
    bool holding;              /* lines wait for a file */
    std::string held;          /* lines with '\n'; the oldest go when it is full */
    VmsTime flushed, next_open;
    std::string *capture;
    bool to_operator;
    std::string ring;          /* the last bytes; `oldest` is where the next byte goes */
    size_t ring_size, oldest;
    bool numbered;             /* lines tell their place in the source */
    LogSink()
        : holding(false), flushed(0), next_open(0), capture(0), to_operator(false), ring_size(0),
          oldest(0), numbered(false)
    {
    }
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static LogSink *the_sink = 0;
static pthread_mutex_t level_mutex = PTHREAD_MUTEX_INITIALIZER; /* not held while writing */
static int the_level = LOG_INFO;

class SinkGuard {
public:
    SinkGuard() { pthread_mutex_lock(&mutex); }
    ~SinkGuard() { pthread_mutex_unlock(&mutex); }
    LogSink &sink()
    {
        if (!the_sink)
            the_sink = new LogSink;
        return *the_sink;
    }
};

/* ---- writing; the lock is held ---- */

static void hold_line(LogSink &sink, const std::string &line)
{
    sink.held.append(line).append("\n");
    while (sink.held.size() > HELD_MAX)
        sink.held.erase(0, sink.held.find('\n') + 1);
}

/* False: the file is closed, and what it did not take is held. */
static bool write_file(LogSink &sink, const std::string &line)
{
    if (sink.writer.write(line).ok())
        return true;
    sink.writer.close();
    sink.next_open = vmstime_after(REOPEN_SECONDS);
    hold_line(sink, line);
    return false;
}

/* Opens the file when it is time, and gives it what was held. */
static bool open_file(LogSink &sink)
{
    if (sink.writer.is_open())
        return true;
    if (sink.file.empty() || vmstime_now() < sink.next_open)
        return false;
    if (!sink.writer.append(sink.file, ".LOG").ok()) {
        sink.next_open = vmstime_after(REOPEN_SECONDS);
        return false;
    }
    std::string waiting;
    waiting.swap(sink.held);
    bool good = true;
    for (size_t from = 0; from < waiting.size();) {
        size_t to = waiting.find('\n', from);
        std::string line = waiting.substr(from, to - from);
        if (good)
            good = write_file(sink, line);
        else
            hold_line(sink, line);
        from = to + 1;
    }
    return good;
}

static void write_through(LogSink &sink, const std::string &line, bool now)
{
    if (sink.holding || !sink.file.empty()) {
        if (!open_file(sink)) {
            hold_line(sink, line);
            return;
        }
        if (!write_file(sink, line))
            return;
        VmsTime time = vmstime_now();
        if (now || time - sink.flushed >= FLUSH_SECONDS * VMSTIME_UNITS_PER_SECOND) {
            sink.writer.flush();
            sink.flushed = time;
        }
        return;
    }
    std::string whole = line + "\n";
    fwrite(whole.data(), 1, whole.size(), stdout);
    fflush(stdout);
}

static void write_ring(LogSink &sink, const std::string &line)
{
    std::string whole = line + "\n";
    if (whole.size() > sink.ring_size)
        whole.erase(0, whole.size() - sink.ring_size);
    for (size_t i = 0; i < whole.size(); ++i) {
        if (sink.ring.size() < sink.ring_size)
            sink.ring += whole[i];
        else
            sink.ring[sink.oldest] = whole[i];
        sink.oldest = (sink.oldest + 1) % sink.ring_size;
    }
}

/* Writes the ring line by line, the oldest first; its first line is a part of one. */
static void empty_ring(LogSink &sink)
{
    size_t turn = sink.ring.size() < sink.ring_size ? 0 : sink.oldest;
    std::string text = sink.ring.substr(turn) + sink.ring.substr(0, turn);
    sink.ring.clear();
    sink.oldest = 0;
    size_t from = 0;
    while (from < text.size()) {
        size_t to = text.find('\n', from);
        if (to == std::string::npos)
            to = text.size();
        write_through(sink, text.substr(from, to - from), false);
        from = to + 1;
    }
}

/* " at=smtp_client:123"; of a VMS specification the name alone, in lower case. */
static std::string place_text(const char *file, int line)
{
    std::string name = file ? file : "-";
    size_t from = name.find_last_of("/]>:");
    name.erase(0, from == std::string::npos ? 0 : from + 1);
    name.resize(name.find('.') == std::string::npos ? name.size() : name.find('.'));
    char number[16];
    snprintf(number, sizeof number, ":%d", line);
    return " at=" + text_lowered(name) + number;
}

static void write_line(LogLevel level, const std::string &text, const char *file, int place)
{
    SinkGuard guard;
    LogSink &sink = guard.sink();
    std::string line = sink.numbered ? text + place_text(file, place) : text;
    if (sink.capture)
        sink.capture->append(line).append("\n");
    else if (sink.ring_size != 0 && level != LOG_ERROR)
        write_ring(sink, line);
    else
        write_through(sink, line, level <= LOG_WARNING);
    if (sink.to_operator && level == LOG_ERROR)
        operator_send(text, OPERATOR_NETWORK);
}

/* ---- the line ---- */

bool log_on(LogLevel level)
{
    pthread_mutex_lock(&level_mutex);
    bool on = level <= the_level;
    pthread_mutex_unlock(&level_mutex);
    return on;
}

LogLevel log_level()
{
    pthread_mutex_lock(&level_mutex);
    int level = the_level;
    pthread_mutex_unlock(&level_mutex);
    return static_cast<LogLevel>(level);
}

void log_set_level(LogLevel level)
{
    pthread_mutex_lock(&level_mutex);
    the_level = level;
    pthread_mutex_unlock(&level_mutex);
}

static std::string time_text()
{
    VmsTimeFields f;
    char text[40] = "";
    if (vmstime_fields(vmstime_now(), &f))
        snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d.%02d", f.year, f.month, f.day,
                 f.hour, f.minute, f.second, f.hundredth);
    return text;
}

LogLine::LogLine(LogLevel level, const std::string &id, const char *event, const char *file,
                 int line)
    : on_(log_on(level)), level_(level), file_(file), place_(line)
{
    static const char letters[] = "TEWITD"; /* from LOG_ASKED on */
    if (!on_)
        return;
    line_.reserve(200);
    line_ = time_text();
    line_ += ' ';
    line_ += letters[level + 1];
    line_ += ' ';
    line_ += id.empty() ? std::string("-") : log_escape(id);
    line_ += ' ';
    line_ += event;
}

LogLine::~LogLine()
{
    if (on_)
        write_line(level_, line_, file_, place_);
}

LogLine &LogLine::add(const char *key, const std::string &value)
{
    if (on_) {
        line_ += ' ';
        line_ += key;
        line_ += '=';
        line_ += log_escape(value);
    }
    return *this;
}

LogLine &LogLine::add(const char *key, const char *value)
{
    return on_ ? add(key, std::string(value)) : *this;
}

LogLine &LogLine::add(const char *key, const Secret &)
{
    return add(key, "***");
}

LogLine &LogLine::add(const char *key, boost::int32_t value)
{
    if (!on_)
        return *this;
    char text[16];
    snprintf(text, sizeof text, "%d", static_cast<int>(value));
    return add(key, text);
}

LogLine &LogLine::add(const char *key, boost::uint32_t value)
{
    return add(key, static_cast<boost::uint64_t>(value));
}

LogLine &LogLine::add(const char *key, boost::uint64_t value)
{
    if (!on_)
        return *this;
    char text[24];
    size_t at = sizeof text - 1;
    text[at] = '\0';
    do {
        text[--at] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return add(key, text + at);
}

/* ---- sinks ---- */

bool log_open(const std::string &file)
{
    SinkGuard guard;
    LogSink &sink = guard.sink();
    if (file == sink.file && (file.empty() || sink.writer.is_open()))
        return true;
    sink.writer.close();
    sink.file = file;
    sink.next_open = 0;
    sink.holding = false;
    return file.empty() || open_file(sink);
}

void log_hold()
{
    SinkGuard guard;
    guard.sink().holding = true;
}

void log_to_operator(bool on)
{
    SinkGuard guard;
    guard.sink().to_operator = on;
}

void log_number_lines(bool on)
{
    SinkGuard guard;
    guard.sink().numbered = on;
}

void log_operator(const std::string &text)
{
    bool tell;
    {
        SinkGuard guard;
        tell = guard.sink().to_operator;
    }
    if (tell)
        operator_send(text, OPERATOR_NETWORK);
}

void log_snapshot(boost::uint32_t blocks)
{
    SinkGuard guard;
    LogSink &sink = guard.sink();
    empty_ring(sink);
    sink.ring_size = static_cast<size_t>(blocks) * SNAPSHOT_BLOCK;
}

void log_close()
{
    SinkGuard guard;
    LogSink &sink = guard.sink();
    empty_ring(sink);
    sink.next_open = 0;
    if (!sink.held.empty())
        open_file(sink); /* a last chance for what had to wait */
    if (sink.writer.is_open()) {
        sink.writer.flush();
        sink.writer.close();
    }
    sink.file.clear();
    sink.held.clear();
    sink.holding = false;
}

void log_capture(std::string *text)
{
    SinkGuard guard;
    guard.sink().capture = text;
}

/* ---- text ---- */

static void append_hex(unsigned char byte, std::string *out)
{
    static const char digits[] = "0123456789ABCDEF";
    *out += digits[byte >> 4];
    *out += digits[byte & 15];
}

std::string log_escape(const std::string &value)
{
    bool quote = value.empty();
    std::string out;
    out.reserve(value.size() + 2);
    for (size_t i = 0; i < value.size(); ++i) {
        unsigned char c = static_cast<unsigned char>(value[i]);
        if (c < ' ' || c >= 0x7F) {
            out += "\\x";
            append_hex(c, &out);
            continue;
        }
        quote = quote || c == ' ' || c == '"' || c == '\\' || c == '=';
        if (c == '"' || c == '\\')
            out += '\\';
        out += value[i];
    }
    return quote ? '"' + out + '"' : out;
}

std::string log_trace_form(const std::string &line)
{
    static const char digits[] = "0123456789abcdef";
    std::string out;
    for (size_t i = 0; i < line.size(); ++i) {
        unsigned char c = static_cast<unsigned char>(line[i]);
        if (c >= ' ' && c < 0x7F) {
            out += line[i];
            continue;
        }
        out += '\\';
        if (c >= 16)
            out += digits[c >> 4];
        out += digits[c & 15];
    }
    return out;
}

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        text_ = other.text_;
    }
    return *this;
}

void Secret::wipe()
{
    volatile char *p = text_.empty() ? 0 : &text_[0];
    for (size_t i = 0; i < text_.size(); ++i)
        p[i] = 0;
    text_.clear();
}

} // namespace mail
