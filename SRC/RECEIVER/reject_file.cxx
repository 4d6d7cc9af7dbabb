/*
**  reject_file - files of rules through RMS
*/
#include "reject_file.h"

#include "CORE/text.h"
#include "MTA/log.h"
#include "VMS/logical.h"
#include "VMS/recfile.h"

namespace mail {

enum { REJECT_FILE_MAX = 4194304 };

class FileReader : public RejectReader {
public:
    FileReader() : missing_(false) {}
    virtual bool read(const std::string &file, std::string *full, std::string *text)
    {
        Status status = file_parse(file, "", full);
        *full = full->substr(0, full->find(';')); /* the highest version, whichever that is */
        if (status.ok())
            status = file_read_text(file, "", REJECT_FILE_MAX, "\n", text);
        missing_ = status.not_found();
        if (!status.ok())
            *text = status.text();
        return status.ok();
    }
    bool last_was_missing() const { return missing_; }

private:
    bool missing_;
};

void reject_tell(const Settings &settings, RejectInfo bit, const std::string &id,
                 const std::string &text)
{
    LogLine(LOG_INFO, id, "reject_rules").add("said", text);
    if (settings.number(P_REJECT_INFO) & bit)
        log_operator("reject rules: " + text);
}

/* What there is to say about freshly read rules, a line each. */
static std::string report(const RejectRules &rules)
{
    std::string out;
    for (size_t i = 0; i < rules.problems.size(); ++i) {
        const RejectProblem &p = rules.problems[i];
        if (p.place.line != 0)
            out += p.place.file + ", line " + text_from_number(p.place.line) + ": ";
        out += p.text + "\n";
    }
    if (!rules.files.empty())
        out += text_from_number(rules.rules.size()) + " rules, " +
               text_from_number(rules.header_rules.size()) + " header rules from " +
               rules.files[0] + "\n";
    return out;
}

static RejectRulesPtr read_rules(const Settings &settings)
{
    boost::shared_ptr<RejectRules> rules(new RejectRules);
    FileReader reader;
    const std::string &file = settings.text(P_REJECT_FILE);
    bool wanted = settings.origin(P_REJECT_FILE) != ORIGIN_DEFAULT;
    bool read = reject_parse(file, reader, rules.get());
    if (!read && !wanted &&
        (reader.last_was_missing() || !logical_defined(file.substr(0, file.find(':')))))
        rules->problems.clear(); /* nobody has asked for one */
    return rules;
}

static void tell_lines(const Settings &settings, const std::string &text)
{
    for (size_t from = 0; from < text.size();) {
        size_t to = text.find('\n', from);
        reject_tell(settings, REJECT_INFO_PARSING, "", text.substr(from, to - from));
        from = to + 1;
    }
}

RejectRulesPtr RejectKeeper::get(const SettingsPtr &settings)
{
    mutex_.lock();
    bool fresh = rules_ && settings_ == settings && vmstime_now() < next_look_;
    if (fresh || (looking_ && rules_)) {
        RejectRulesPtr answer = rules_;
        mutex_.unlock();
        return answer;
    }
    looking_ = true;
    mutex_.unlock();
    RejectRulesPtr rules = read_rules(*settings);
    std::string text = report(*rules);
    mutex_.lock();
    bool tell = text != told_;
    rules_ = rules;
    settings_ = settings;
    told_ = text;
    looking_ = false;
    next_look_ = vmstime_after(settings->seconds(P_CONFIG_CHECK_TIME));
    mutex_.unlock();
    if (tell)
        tell_lines(*settings, text);
    return rules;
}

} // namespace mail
