/*
**  pipe - PIPE: pipelines, sequences, redirection, subshells
**
**    list      pipeline { ; | && | || | & pipeline }
**    pipeline  segment { "|" segment }
**    segment   ( list ) or a command, with < > >> 2> 2>> file
**  Segments of a pipeline of several, and subshells, are subprocesses; SYS$PIPE is the input of
**  one.  Other commands are executed here.  $STATUS is that of the command executed last.
**  DCL Dictionary PIPE.
*/
#include "dispatch.h"
#include "names.h"
#include "record_file.h"
#include "subprocess.h"
#include "terminal.h"

#include <climsgdef.h>
#include <fcntl.h>
#include <psldef.h>
#include <rms.h>
#include <cstring>
#include <unistd.h>

namespace shim {
namespace dcl {

namespace {

const size_t SEGMENTS_MAX = 64; /* CLI$_TOOMANYPIPCMD */

struct Redirection {
    int stream; /* 0, 1, 2 */
    bool append;
    std::string file;
};

struct List;
struct Segment {
    std::string command;
    std::unique_ptr<List> subshell;
    std::vector<Redirection> redirections;
};
typedef std::vector<Segment> Pipeline;
enum Join { ALWAYS, IF_SUCCESS, IF_FAILURE, BACKGROUND };
struct List {
    std::vector<Pipeline> pipelines;
    std::vector<Join> joins; /* behind each pipeline but the last; BACKGROUND behind the last too */
};

class PipeParser {
public:
    explicit PipeParser(const std::string &text) : text_(text), at_(0), segments_(0) {}
    List parse()
    {
        List list = read_list(false);
        if (at_ < text_.size())
            throw Failure(CLI$_WRGSUBSHSYN);
        return list;
    }

private:
    const std::string text_;
    size_t at_, segments_;

    bool here(const char *mark)
    {
        at_ = skip_blanks(text_, at_);
        return text_.compare(at_, strlen(mark), mark) == 0;
    }
    bool take(const char *mark)
    {
        if (!here(mark))
            return false;
        at_ += strlen(mark);
        return true;
    }

    List read_list(bool inner)
    {
        List list;
        for (;;) {
            list.pipelines.push_back(read_pipeline());
            if (take("&&"))
                list.joins.push_back(IF_SUCCESS);
            else if (take("||"))
                list.joins.push_back(IF_FAILURE);
            else if (take(";"))
                list.joins.push_back(ALWAYS);
            else if (take("&"))
                list.joins.push_back(BACKGROUND);
            else
                break;
            at_ = skip_blanks(text_, at_);
            bool over = at_ >= text_.size() || (inner && here(")"));
            if (over && (list.joins.back() == IF_SUCCESS || list.joins.back() == IF_FAILURE))
                throw Failure(CLI$_INVNULLCMD);
            if (over)
                break;
        }
        return list;
    }

    Pipeline read_pipeline()
    {
        Pipeline pipeline;
        do
            pipeline.push_back(read_segment());
        while (!here("||") && take("|"));
        return pipeline;
    }

    Segment read_segment()
    {
        if (++segments_ > SEGMENTS_MAX)
            throw Failure(CLI$_TOOMANYPIPCMD);
        Segment segment;
        if (take("(")) {
            segment.subshell.reset(new List(read_list(true)));
            if (!take(")"))
                throw Failure(CLI$_UNTERMSUBSH);
            while (redirection(&segment))
                ;
            return segment;
        }
        bool quoted = false;
        int depth = 0;
        for (; at_ < text_.size(); ++at_) {
            char c = text_[at_];
            quoted = quoted != (c == '"');
            if (!quoted && c == '(')
                ++depth;
            if (!quoted && depth == 0 && (c == '|' || c == ';' || c == ')'))
                break;
            if (!quoted && depth == 0 && c == '&' && ends_command())
                break;
            if (!quoted && c == ')')
                --depth;
            if (!quoted && depth == 0 && redirection(&segment)) {
                --at_;
                continue;
            }
            segment.command += c;
        }
        segment.command = trimmed(segment.command);
        if (segment.command.empty())
            throw Failure(segments_ == 1 ? CLI$_NULLPIPE : CLI$_INVNULLCMD);
        return segment;
    }

    /* && or & followed by a blank or the end; &symbol is a substitution. */
    bool ends_command() const
    {
        char next = at_ + 1 < text_.size() ? text_[at_ + 1] : ' ';
        return next == '&' || is_blank(next) || next == ';' || next == ')';
    }

    /* Past "< file" and its kin; they stand behind a blank. */
    bool redirection(Segment *segment)
    {
        size_t from = skip_blanks(text_, at_);
        bool apart = from > at_ || at_ == 0 || is_blank(text_[at_ - 1]) || text_[at_ - 1] == ')';
        Redirection found = {1, false, ""};
        size_t end = from;
        if (!apart || end >= text_.size())
            return false;
        if (text_[end] == '2' && end + 1 < text_.size() && text_[end + 1] == '>') {
            found.stream = 2;
            ++end;
        }
        if (text_[end] == '<')
            found.stream = 0;
        else if (text_[end] != '>')
            return false;
        ++end;
        if (found.stream && end < text_.size() && text_[end] == '>') {
            found.append = true;
            ++end;
        }
        end = skip_blanks(text_, end);
        while (end < text_.size() && !is_blank(text_[end]) &&
               !strchr("|;&)", text_[end]))
            found.file += text_[end++];
        if (found.file.empty())
            throw Failure(CLI$_INCREDSYN);
        for (const Redirection &other : segment->redirections)
            if (other.stream == found.stream)
                throw Failure(CLI$_DUPREDSYN);
        segment->redirections.push_back(found);
        at_ = end;
        return true;
    }
};

/* ---- redirection ---- */

std::shared_ptr<Output> append_output(const std::string &name)
{
    uint32_t status;
    std::string spec, path = existing_host_path(name, ".LIS", &status, &spec);
    int fd = path.empty() ? -1 : open(path.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
    return fd < 0 ? nullptr : std::make_shared<Output>(fd, device_of(fd), true);
}

std::shared_ptr<Output> open_target(Session &session, const Redirection &redirection)
{
    uint16_t file = find_permanent_file(redirection.file, PSL$C_USER);
    if (file)
        return file == PPF_ERROR ? session.error : session.output;
    std::shared_ptr<Output> made;
    if (redirection.append && (made = append_output(redirection.file)))
        return made;
    uint32_t status, stv;
    std::string spec;
    made = create_output(redirection.file, ".LIS", &status, &stv, &spec);
    if (!made)
        throw file_failure(SHARED_OPENOUT, spec, status, stv);
    return made;
}

/* Streams of a segment while it lives. */
class Streams {
public:
    Streams(Session &session, const Segment &segment)
        : session_(session), output_(session.output), error_(session.error), changed_(false)
    {
        for (const Redirection &each : segment.redirections)
            set(each);
    }
    ~Streams()
    {
        session_.output = output_;
        session_.error = error_;
        if (changed_)
            session_.input = std::move(input_);
    }
    Streams(const Streams &) = delete;
    Streams &operator=(const Streams &) = delete;

private:
    Session &session_;
    std::shared_ptr<Output> output_, error_;
    std::unique_ptr<Terminal> input_;
    bool changed_;

    void set(const Redirection &each)
    {
        if (each.stream == 1)
            session_.output = open_target(session_, each);
        else if (each.stream == 2)
            session_.error = open_target(session_, each);
        else
            set_input(each.file);
    }
    void set_input(const std::string &name)
    {
        uint32_t status;
        std::string spec, path = existing_host_path(name, "", &status, &spec);
        int fd = path.empty() ? -1 : open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            throw file_failure(SHARED_OPENIN, name, status, 0);
        input_ = std::move(session_.input);
        changed_ = true;
        session_.input.reset(new Terminal(fd, STDOUT_FILENO, true));
    }
};

/* ---- execution ---- */

void run_list(Session &session, const List &list);

void define_pipe(Session &session)
{
    create_name("LNM$PROCESS_TABLE", "SYS$PIPE", PSL$C_SUPER, 0,
                {NameValue{permanent_value(PPF_INPUT, device_of(session.input->in())), 0}});
}

void run_segment(Session &session, const Segment &segment)
{
    Streams streams(session, segment);
    if (segment.subshell)
        run_list(session, *segment.subshell);
    else
        session.execute_whole(segment.command);
}

std::unique_ptr<Subprocess> start_segment(Session &session, const Segment &segment, int input,
                                          int output)
{
    SubprocessOptions options;
    options.foreground = false;
    options.input = input;
    if (output >= 0)
        options.output = std::make_shared<Output>(dup(output), device_of(output), true);
    std::unique_ptr<Subprocess> child(new Subprocess(session, options, [&](Session &at) {
        if (input >= 0)
            define_pipe(at);
        run_segment(at, segment);
    }));
    child->go();
    return child;
}

void run_pipeline(Session &session, const Pipeline &pipeline)
{
    std::vector<std::unique_ptr<Subprocess>> children;
    int input = -1;
    for (size_t i = 0; i < pipeline.size(); ++i) {
        int ends[2] = {-1, -1};
        if (i + 1 < pipeline.size() && pipe2(ends, O_CLOEXEC) < 0)
            throw Failure(SS$_EXQUOTA);
        children.push_back(start_segment(session, pipeline[i], input, ends[1]));
        for (int fd : {input, ends[1]})
            if (fd >= 0)
                close(fd);
        input = ends[0];
    }
    uint32_t status = SS$_NORMAL;
    try {
        for (std::unique_ptr<Subprocess> &child : children)
            status = child->wait(session);
    } catch (const Failure &) {
        for (std::unique_ptr<Subprocess> &child : children)
            child->stop();
        throw;
    }
    session.set_status(status, true);
    session.forget_condition();
}

void run_list(Session &session, const List &list)
{
    for (size_t i = 0; i < list.pipelines.size(); ++i) {
        Join before = i ? list.joins[i - 1] : ALWAYS;
        if ((before == IF_SUCCESS && !(session.status() & 1)) ||
            (before == IF_FAILURE && (session.status() & 1)))
            continue;
        const Pipeline &pipeline = list.pipelines[i];
        if (i < list.joins.size() && list.joins[i] == BACKGROUND) {
            SubprocessOptions options;
            options.foreground = false;
            Subprocess child(session, options,
                             [&](Session &at) { run_pipeline(at, pipeline); });
            session.children.push_back(child.process());
        } else if (pipeline.size() > 1 || pipeline[0].subshell) {
            run_pipeline(session, pipeline);
        } else {
            run_segment(session, pipeline[0]);
        }
    }
}

void pipe_verb(Session &session, const cli::Parsed &command)
{
    List list = PipeParser(text_of(command, "COMMAND")).parse();
    bool checking = session.level().checking;
    session.level().checking = false; /* && and || look at $STATUS themselves */
    try {
        run_list(session, list);
    } catch (const Failure &) {
        session.level().checking = checking;
        throw;
    }
    session.level().checking = checking;
    session.set_status(session.status(), true);
}

const VerbRow rows[] = {
    {"PIPE", pipe_verb, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
