/*
**  outcome - the class of a result, from which replies, requeueing and alarms derive
*/
#include "MTA/outcome.h"

namespace mail {

void Outcome::set_reply(int code, const std::string &status, const std::string &sender_text)
{
    kind_ = code / 100 == 2 ? DONE : code / 100 == 4 ? LATER : FAILED;
    code_ = code;
    status_ = status;
    if (status_.empty())
        status_ = kind_ == DONE ? "2.0.0" : kind_ == LATER ? "4.0.0" : "5.0.0";
    sender_text_ = sender_text;
}

Outcome Outcome::reply(int code, const std::string &status, const std::string &sender_text,
                       const std::string &log_text)
{
    Outcome outcome;
    outcome.set_reply(code, status, sender_text);
    outcome.log_text_ = log_text;
    return outcome;
}

const char *outcome_name(Outcome::Kind kind)
{
    return kind == Outcome::DONE ? "DONE" : kind == Outcome::LATER ? "LATER" : "FAILED";
}

std::string outcome_one_line(const std::string &text, size_t limit)
{
    std::string line(text, 0, limit);
    for (size_t i = 0; i < line.size(); ++i)
        if (static_cast<unsigned char>(line[i]) < ' ' || line[i] == 0x7F)
            line[i] = ' ';
    return line;
}

} // namespace mail
