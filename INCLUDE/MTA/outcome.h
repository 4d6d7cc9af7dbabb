/*
**  outcome - how a piece of mail work ended: DONE, LATER or FAILED
**
**  Everything above VMS answers with an Outcome.  The SMTP reply class, "requeue or bounce" and the
**  severity of the operator message all derive from it, so they cannot disagree.  DESIGN 4.
*/
#ifndef MTA_OUTCOME_H
#define MTA_OUTCOME_H

#include <string>
#include "boostset.h"

namespace mail {

/*
**  A value: copy freely.  Texts are one line each without line ends; whoever takes text from the
**  network cleans it first (outcome_one_line).
*/
class Outcome {
public:
    enum Kind {
        DONE,  /* the work is done and durable */
        LATER, /* nothing is wrong for good: try again (SMTP 4xx, requeue) */
        FAILED /* no later attempt can help (SMTP 5xx, bounce) */
    };

    /* What a sender who asked to hear of success is told (RFC 3464 2.3.3). */
    enum Report {
        PASSED_ON, /* nothing: the next host reports */
        DELIVERED,
        RELAYED,   /* to a host that sends no reports */
        EXPANDED   /* to the members of a list */
    };

    Outcome() : kind_(DONE), tried_(true), report_(PASSED_ON), code_(250), status_("2.0.0") {}

    /* log_text: for the log and OPCOM, may hold file names and status texts. */
    static Outcome done() { return Outcome(); }
    static Outcome later(const std::string &log_text)
    {
        return Outcome(LATER, 451, "4.3.0", log_text);
    }
    /* LATER, and nobody was asked: not an attempt, only a reason to come back soon. */
    static Outcome not_tried(const std::string &log_text)
    {
        Outcome outcome(LATER, 451, "4.4.5", log_text);
        outcome.tried_ = false;
        return outcome;
    }
    static Outcome failed(const std::string &log_text)
    {
        return Outcome(FAILED, 554, "5.3.0", log_text);
    }
    /*
    **  The class digit of code decides the kind: 2 DONE, 4 LATER, everything else FAILED.
    **  status is the enhanced status code ("5.1.1"); an empty one becomes x.0.0.
    */
    static Outcome reply(int code, const std::string &status, const std::string &sender_text,
                         const std::string &log_text);

    Kind kind() const { return kind_; }
    bool is_done() const { return kind_ == DONE; }
    bool is_later() const { return kind_ == LATER; }
    bool is_failed() const { return kind_ == FAILED; }
    bool was_tried() const { return tried_; }

    /* SMTP reply code, 200-599, and enhanced status code "c.s.d" (RFC 3463) of the same class. */
    int code() const { return code_; }
    const std::string &status() const { return status_; }
    /* For the log; may be empty. */
    const std::string &log_text() const { return log_text_; }
    /* For the sender of the message or the SMTP client: no file names, no status texts. */
    const std::string &sender_text() const { return sender_text_; }
    /* The system that said so ("mx.example.com"); empty when it was this one.  RFC 3464 2.3.5. */
    const std::string &remote() const { return remote_; }

    Report report() const { return report_; }
    void set_report(Report report) { report_ = report; }
    void set_reply(int code, const std::string &status, const std::string &sender_text);
    void set_remote(const std::string &host) { remote_ = host; }

private:
    Outcome(Kind kind, int code, const char *status, const std::string &log_text)
        : kind_(kind), tried_(true), report_(PASSED_ON), code_(code), status_(status),
          log_text_(log_text)
    {
    }

    Kind kind_;
    bool tried_;
    Report report_;
    int code_;
    std::string status_, log_text_, sender_text_, remote_;
};

/* "DONE", "LATER", "FAILED" */
const char *outcome_name(Outcome::Kind kind);

/* Line ends and controls become blanks, at most limit bytes are kept. */
std::string outcome_one_line(const std::string &text, size_t limit);

} // namespace mail
#endif
