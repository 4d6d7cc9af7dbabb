/*
**  analyze_command - the qualifiers of ANALYZE MAIL (spec 3.8)
*/
#include "CORE/text.h"
#include "VMS/cli.h"
#include "VMS/process.h"
#include "analyze_mail.h"
#include "manage_commands.h"
#include "manage_output.h"

namespace mail {

/* "/REPAIR", "/DELETE=BEFORE=time", "/DELETE=SINCE": without a time BEFORE is now, SINCE is all. */
static Status frame_of(const std::string &qualifier, TimeFrame *frame)
{
    std::string text;
    frame->on = cli_given(qualifier);
    if (!frame->on)
        return Status();
    if (cli_given(qualifier + ".BEFORE")) {
        if (!cli_value(qualifier + ".BEFORE", &text))
            frame->before = vmstime_now();
        else if (!vmstime_parse(text, &frame->before))
            return tell(TCPIPMGT__IVTIME, text_one_line(text, 80));
    }
    if (cli_given(qualifier + ".SINCE") && cli_value(qualifier + ".SINCE", &text) &&
        !vmstime_parse(text, &frame->since))
        return tell(TCPIPMGT__IVTIME, text_one_line(text, 80));
    return Status();
}

static Status options_of_command(AnalyzeOptions *options)
{
    std::string text;
    if (cli_value("USER", &text))
        options->user = text_uppered_mcs(text);
    if (!has_system_privilege()) {
        if (options->user.empty() || !text_equal(options->user, process_user()))
            return require_system_privilege();
    }
    options->confirm = cli_presence("CONFIRM") == CLI_IS_PRESENT;
    if (cli_value("HOLD", &text) && !vmstime_parse(text, &options->hold))
        return tell(TCPIPMGT__IVTIME, text_one_line(text, 80));
    options->lost_only = cli_given("REPAIR") && cli_given("REPAIR.LOST");
    Status status = frame_of("REPAIR", &options->repair);
    if (status.ok())
        status = frame_of("DELETE", &options->remove);
    if (status.ok() && !analyze_settle_frames(options))
        status = tell(TCPIPMGT__TIMEFRAME);
    return status;
}

Status analyze_mail()
{
    AnalyzeOptions options;
    AnalyzeCounts counts;
    Status status = options_of_command(&options);
    if (!status.ok())
        return status;
    std::string file;
    if (cli_given("LOG")) {
        cli_value("LOG", &file);
        status = output_log(file.empty() ? "TCPIP$SMTP_ANALYZE.LOG" : file);
        if (!status.ok()) {
            Status told = tell(TCPIPMGT__OPENOUT, file);
            tell_cause(status);
            return told;
        }
    }
    status = analyze_run(options, &counts);
    output_log("");
    return status;
}

} // namespace mail
