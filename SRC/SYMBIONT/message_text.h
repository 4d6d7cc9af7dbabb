/*
**  message_text - the text of a control file as a remote host is to get it
**
**  As it is; or, for a host that takes seven bits (RFC 6152) or with option NOEIGHT_BIT, without
**  8-bit bytes (CORE/seven_bit).  A small text is read once and held.
*/
#ifndef MAIL_SYMBIONT_MESSAGE_TEXT_H
#define MAIL_SYMBIONT_MESSAGE_TEXT_H

#include "smtp_client.h"

#include "CORE/seven_bit.h"
#include "MTA/control_file.h"

namespace mail {

/* The text of an open control file, from its start. */
class ControlText : public TextSource {
public:
    explicit ControlText(ControlFile &file) : reader_(file) {}
    virtual bool next(size_t most, std::string *data, bool *end, Outcome *trouble);
    void rewind() { reader_.rewind(); }

private:
    ControlTextReader reader_;
};

/* The same without 8-bit bytes; label: see SevenBitWriter. */
class SevenBitText : public TextSource {
public:
    SevenBitText(ControlFile &file, bool label)
        : file_(file), label_(label), scanned_(false), held_(false), at_(0), ended_(false)
    {
    }
    virtual bool next(size_t most, std::string *data, bool *end, Outcome *trouble);

private:
    bool scan(Outcome *trouble);
    bool source(std::string *piece, bool *end, Outcome *trouble);
    ControlText file_;
    bool label_, scanned_, held_;
    std::string whole_; /* the text when it is small */
    size_t at_;
    SevenBitScan scan_;
    boost::scoped_ptr<SevenBitWriter> writer_; /* 0: nothing to convert */
    std::string out_;
    bool ended_;
};

} // namespace mail

#endif
