/*
**  sff - options and log of SMTP_SFF
*/
#include "sff.h"

#include "CORE/text.h"
#include "MTA/log.h"
#include "MTA/send_from_file.h"
#include "VMS/recfile.h"

#include <stdio.h>

namespace mail {

const char sff_usage[] =
    "Usage: SMTP_SFF infile_name [-log logfile_name] [-loglevel log_level]\n"
    "       infile_name  - text file: MAIL FROM:<...>, RCPT TO:<...>, DATA, the message\n"
    "       logfile_name - file for messages, default is SYS$OUTPUT\n"
    "       log_level    - 1: tell every step, 0: tell errors only, default is 0\n";

namespace {

class CommandLog : public SffLog {
public:
    bool open(const std::string &file)
    {
        return file.empty() || writer_.append(file, ".LOG").ok();
    }
    virtual void line(const std::string &text)
    {
        if (writer_.is_open())
            writer_.write(text);
        else
            fputs((text + "\n").c_str(), stdout);
    }

private:
    RecordWriter writer_;
};

} // namespace

bool sff_parse(const std::vector<std::string> &words, SffCommand *command)
{
    for (size_t i = 0; i < words.size(); ++i) {
        bool log = text_equal(words[i], "-log") || text_equal(words[i], "-logfile");
        bool level = text_equal(words[i], "-loglevel");
        if (!log && !level) {
            if (!command->file.empty() || words[i].empty() || words[i][0] == '-')
                return false;
            command->file = words[i];
            continue;
        }
        if (++i == words.size())
            return false;
        boost::uint32_t number = 0;
        if (log)
            command->log = words[i];
        else if (!text_number(words[i], 0, 1, &number))
            return false;
        else
            command->level = static_cast<int>(number);
    }
    return !command->file.empty();
}

bool sff_run(const SffCommand &command)
{
    CommandLog log;
    SubmitReceipt receipt;
    log_hold(); /* what SFF has to say it says in its own log */
    if (!log.open(command.log)) {
        fprintf(stderr, "SMTP_SFF: cannot open log file %s\n", command.log.c_str());
        return false;
    }
    return send_from_file(command.file, &log, command.level, &receipt).ok();
}

} // namespace mail
