/*
**  type - TYPE
**
**  /PAGE works at a terminal: RETURN shows the next page, Q or Ctrl/Z ends the file.
*/
#include "file_list.h"
#include "names.h"
#include "record_file.h"
#include "terminal.h"

#include "CLI/command_values.h"

#include <deque>
#include <psldef.h>
#include <rms.h>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

const size_t PAGE_LINES = 22, TAIL_LINES = 23;

Failure type_failure(SharedMessage message, const std::string &spec, uint32_t sts, uint32_t stv)
{
    Failure failure = file_failure(message, spec, sts, stv, FACILITY_TYPE);
    if (message == SHARED_SEARCHFAIL)
        failure.set_severity(STS$K_WARNING);
    return failure;
}

class Typist {
public:
    Typist(Session &session, const cli::Parsed &command)
        : session_(session), outcome_(session), selection_(command),
          confirmation_(session, command),
          output_(output_of(session, command, "TYPE.LIS", FACILITY_TYPE)),
          header_(has(command, "HEADER")), tail_(0), page_(0), shown_(0)
    {
        if (has(command, "PAGE") && session.interactive && !session.terminal_name().empty())
            page_ = PAGE_LINES;
        int32_t lines = TAIL_LINES;
        if (has(command, "TAIL")) {
            cli::number_value(text_of(command, "TAIL"), &lines);
            tail_ = static_cast<size_t>(std::max(lines, 1));
        }
    }
    void run(const std::vector<std::string> &specs);

private:
    Session &session_;
    Outcome outcome_;
    Selection selection_;
    Confirmation confirmation_;
    std::shared_ptr<Output> output_;
    bool header_;
    size_t tail_, page_, shown_;

    void input();
    void file(const std::string &spec, bool wild);
    bool line(const std::string &text);
    bool wanted(const std::string &spec);
};

/* False: enough of this file. */
bool Typist::line(const std::string &text)
{
    output_->line(text);
    if (!page_ || ++shown_ < page_)
        return true;
    shown_ = 0;
    std::string answer;
    return session_.read_command_input("Press RETURN to continue ", &answer) &&
           upper(answer) != "Q";
}

void Typist::input()
{
    std::string record;
    while (session_.read_data("", &record))
        output_->line(record);
}

bool Typist::wanted(const std::string &spec)
{
    FileHeader header;
    if (selection_.excluded(spec))
        return false;
    if (selection_.by_header() && read_header(spec, &header) & 1 && !selection_.wants(header))
        return false;
    return confirmation_.asks("TYPE " + spec);
}

void Typist::file(const std::string &spec, bool wild)
{
    RecordFile file;
    uint32_t status = file.open_to_read(spec);
    if (!(status & 1))
        return outcome_.fail(type_failure(SHARED_OPENIN, file.spec(), status, file.stv()));
    if (wild || header_) {
        output_->line("");
        output_->line("");
        output_->line(file.spec());
        output_->line("");
    }
    std::string record;
    std::deque<std::string> last;
    while ((status = file.get(&record)) & 1) {
        if (tail_) {
            last.push_back(record);
            if (last.size() > tail_)
                last.pop_front();
        } else if (!line(record)) {
            return;
        }
    }
    for (const std::string &each : last)
        line(each);
    if (status != RMS$_EOF)
        outcome_.fail(type_failure(SHARED_READERR, file.spec(), status, file.stv()));
}

void Typist::run(const std::vector<std::string> &specs)
{
    if (specs.size() == 1) {
        uint16_t permanent = find_permanent_file(specs[0], PSL$C_USER);
        if (permanent == PPF_INPUT || permanent == PPF_COMMAND)
            return input();
    }
    FileList files(specs, ".LIS");
    std::string found;
    for (FileList::Answer answer; (answer = files.next(&found)) != FileList::END;) {
        if (answer == FileList::FAILED)
            outcome_.fail(
                type_failure(SHARED_SEARCHFAIL, files.expanded(), files.status(), files.stv()));
        else if (wanted(found))
            file(found, files.wild() || specs.size() > 1);
        if (confirmation_.quit())
            break;
    }
    outcome_.finish();
}

void type_verb(Session &session, const cli::Parsed &command)
{
    Typist(session, command).run(texts_of(command, "FILE"));
}

const VerbRow rows[] = {
    {"TYPE", type_verb, IMAGE},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
