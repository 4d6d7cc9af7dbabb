/*
**  antispam - the checks of the receiver, in order: one table for both products' rules
**
**  HP 18.6 (spec 4.2 - 4.6), TW Rejecting Mail (spec/tcpware.md 3).  A row is a check at one stage
**  of a session; the first that does not pass decides.  What the client is told depends on
**  Security, SECURE or FRIENDLY, and on the texts of the site.  A refusal that closes the
**  connection is a spam event: operator and accounting hear of it as SPAM-Action says.
*/
#ifndef RECEIVER_ANTISPAM_H
#define RECEIVER_ANTISPAM_H

#include <string>
#include "CORE/header_fields.h"
#include "CORE/smtp_path.h"
#include "CORE/smtp_reply.h"
#include "MTA/config.h"
#include "MTA/identity.h"
#include "client_lists.h"
#include "reject_file.h"
#include "MTA/relay_policy.h"
#include "spam_lookups.h"

namespace mail {

/* What a session's checks work with; the same for its whole life. */
struct SpamRules {
    SettingsPtr settings;
    IdentityPtr identity;
    ClientListsPtr clients;
    boost::shared_ptr<const RelayPolicy> relay;
    RejectRulesPtr reject;
    SpamLookups *lookups; /* outlives the session */
    SpamRules() : lookups(0) {}
};

/* The session as the checks see it; it fills in what it knows at the stage. */
struct SpamCase {
    const SpamRules *rules;
    std::string id;          /* for the log */
    std::string client;      /* address of the peer */
    std::string client_name; /* what it calls itself */
    ClientStanding standing;
    bool submission;         /* a port for users: their addresses are often in lists */
    bool authenticated;
    std::string client_host; /* SPAM_CONNECT: name of the address if it is proved; for Received: */
    SmtpPath sender;
    std::string sender_text; /* mailbox as it came, "" for <> */
    SmtpPath recipient;
    std::string recipient_text; /* as the client wrote it, with its route, without brackets */
    const HeaderFields *header;
    SpamCase()
        : rules(0), standing(CLIENT_UNKNOWN), submission(false), authenticated(false), header(0)
    {
    }
};

enum SpamStage {
    SPAM_CONNECT,   /* before the greeting */
    SPAM_SENDER,    /* MAIL */
    SPAM_RECIPIENT, /* RCPT, the address as it came */
    SPAM_RELAY,     /* RCPT, when the recipient is not ours */
    SPAM_HEADER     /* end of the message */
};

enum SpamFinding {
    SPAM_PASS,
    SPAM_REFUSE,
    SPAM_LATER,   /* cannot be decided now */
    SPAM_REWRITE, /* SPAM_RECIPIENT: deliver to `address` */
    SPAM_DISCARD  /* SPAM_RECIPIENT: take it and drop it */
};

struct SpamVerdict {
    SpamFinding finding;
    const char *name;    /* of the row that decided: "Bad-Clients"; "" when all passed */
    SmtpReply reply;     /* REFUSE and LATER */
    bool closes;         /* the connection ends after the reply: a spam event */
    std::string address; /* REWRITE */
    SpamVerdict() : finding(SPAM_PASS), name(""), closes(false) {}
};

/* Runs the rows of a stage in their order.  May wait for the DNS.  Any thread. */
SpamVerdict spam_check(SpamStage stage, SpamCase *what);

/* Log, operator, accounting (spec 4.6).  name: of the row. */
void spam_event(const SpamCase &what, const char *name);

/* "a%b@here" is a@b (HP 18.6: route-through forms are resolved first).  False: it is not. */
bool spam_resolve_route(const Identity &identity, SmtpPath *path);

} // namespace mail
#endif
