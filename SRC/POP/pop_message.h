/*
**  pop_message - the message that a client is sent, made of MAIL's lines and MAIL's text
**
**  HP 19.1.6 (which headers), 19.1.4 (foreign messages), 19.4 (one block of headers, or MIME does
**  not decode).  SMTP can have put the message's own header fields on top of the text, at its
**  bottom behind a separator line, or nowhere.  Bytes in, bytes out.
*/
#ifndef MAIL_POP_MESSAGE_H
#define MAIL_POP_MESSAGE_H

#include "MTA/config.h"
#include "MTA/identity.h"
#include "MTA/outheaders.h"
#include "VMS/mailstore.h"

#include <string>

namespace mail {

/* Of a stored text: all that the size of the message depends on, beside headers and settings. */
struct PopTextFacts {
    boost::uint32_t octets; /* the whole text; every line ends in CRLF */
    boost::uint32_t bottom; /* from the separator line to the end; 0: no headers at the bottom */
    boost::uint32_t fields; /* header fields there */
    boost::uint32_t more;   /* of those, the fields that MAIL's lines do not have */
    bool on_top;            /* the text begins with a header field */
    PopTextFacts() : octets(0), bottom(0), fields(0), more(0), on_top(false) {}
};

/*
**  text[from..]: a record may hold a lone CR or LF, which goes out as a line end (CORE/dot_codec):
**  sizes must count it so.
*/
void pop_mend_line_ends(std::string *text, size_t from);

/* Leaves the headers, the empty line and `lines` lines of the body. */
void pop_cut_to_top(std::string *message, boost::uint32_t lines);

/* text[from..] is what MAIL holds, line ends mended. */
PopTextFacts pop_text_facts(const std::string &text, size_t from);

/*
**  The headers that MAIL's lines give, with the empty line behind them, or nothing where the
**  text's own headers take their place.
*/
class PopMessage {
public:
    PopMessage(const MailItem &item, const std::string &uid, const Settings &settings,
               const Identity &identity, const HeaderZone &zone = header_zone());

    /* Octets of the whole message. */
    boost::uint32_t size(const PopTextFacts &facts) const;
    /* *text is headers() and behind them the stored text: it becomes the message. */
    void compose(const PopTextFacts &facts, std::string *text) const;
    /* Is the message headers() and the text as it is, whatever the text may be (or these facts)? */
    bool is_plain() const { return !own_ && !lift_; }
    bool is_plain(const PopTextFacts &facts) const { return form(facts) == REBUILT; }
    const std::string &headers() const { return headers_; }
    /* The sender's address came by SMTP: no name is looked up for the headers. */
    bool is_from_smtp() const { return from_smtp_; }

private:
    enum Form {
        REBUILT,   /* MAIL's headers, the text */
        LIFTED,    /* MAIL's headers, what else is at the bottom, the text without its bottom */
        OWN_TOP,   /* the text as it is */
        OWN_BOTTOM /* all fields of the bottom, the text without it */
    };
    Form form(const PopTextFacts &facts) const;

    std::string headers_; /* with the empty line */
    bool from_smtp_;
    bool own_;            /* the message's own headers stand alone (IGNORE_MAIL11_HEADERS) */
    bool lift_;           /* the bottom is looked at */
};

} // namespace mail

#endif
