/*
**  mail_protocol - MAIL's side of a foreign protocol image (PROT%address)
**
**  The image is SYS$SHARE:name.EXE, name being the translation of MAIL$PROTOCOL_PROT or PROT
**  itself.  It exports MAIL$PROTOCOL and the globalvalues MAIL$C_PROT_MAJOR (2) and
**  MAIL$C_PROT_MINOR.  Sequence of a message: OUT_CONNECT, OUT_ATTRIBS (minor >= 2), OUT_SENDER,
**  OUT_CKUSER per addressee (in MAIL$SEND_ADD_ADDRESS), then in MAIL$SEND_MESSAGE OUT_CKUSER with
**  one NUL byte, OUT_TO, OUT_CC, OUT_SUBJ, OUT_FILE (RAB of the open body file), OUT_CKSEND per
**  addressee, OUT_CKSEND with NUL, OUT_DEACCESS. The addressee is the text after "%", without an
**  enclosing pair of quotes.  The node is the text before "::", else empty.  spec/vms-api.md 3.7.
**
**  The error routine that the image may call: int routine(unsigned condition, ...), as
**  LIB$SIGNAL; its condition is what the addressee gets when the image then answers an error.
**  Threads: only inside callable MAIL.
*/
#ifndef SHIM_MAIL_PROTOCOL_H
#define SHIM_MAIL_PROTOCOL_H

#include "mail_host.h"

#include <memory>

namespace shim {

/* LNK_C_ codes: the public numbers of the interface; no header of VMS has them. */
enum {
    LNK_C_OUT_CONNECT = 0, LNK_C_OUT_SENDER, LNK_C_OUT_CKUSER, LNK_C_OUT_TO, LNK_C_OUT_SUBJ,
    LNK_C_OUT_FILE, LNK_C_OUT_CKSEND, LNK_C_OUT_DEACCESS, LNK_C_IN_CONNECT, LNK_C_IN_SENDER,
    LNK_C_IN_CKUSER, LNK_C_IN_TO, LNK_C_IN_SUBJ, LNK_C_IN_FILE, LNK_C_IO_READ, LNK_C_IO_WRITE,
    LNK_C_IN_CC, LNK_C_OUT_CC, LNK_C_IN_ATTRIBS, LNK_C_OUT_ATTRIBS
};

struct MailBody {
    const std::string *records;   /* mail_text.h; plain bytes when foreign */
    std::string to, cc, subject;
    bool foreign;
};

class MailLink {
public:
    /* MAIL$_ILLTPRT: no image; MAIL$_PROTOCOL: not a protocol image; MAIL$_LOGLINK; the image's. */
    static uint32_t connect(const std::string &protocol, const std::string &node,
                            const std::string &sender, bool foreign,
                            std::unique_ptr<MailLink> *link);
    ~MailLink(); /* OUT_DEACCESS when it was not sent */
    MailLink(const MailLink &) = delete;
    MailLink &operator=(const MailLink &) = delete;

    uint32_t check_user(const std::string &addressee);
    /* Up to OUT_FILE. */
    uint32_t send(const MailBody &body);
    uint32_t check_sent(const std::string &addressee);
    uint32_t finish();

    const std::string &protocol() const { return protocol_; }
    const std::string &node() const { return node_; }

private:
    typedef int (*Entry)(void *context, int code, ...);
    MailLink(const std::string &protocol, const std::string &node, Entry entry);
    uint32_t text_call(int code, const std::string &text);
    uint32_t user_call(int code, const std::string &addressee);
    uint32_t send_file(const MailBody &body);
    static uint32_t find_entry(const std::string &protocol, Entry *entry, int *minor);

    std::string protocol_, node_;
    Entry entry_;
    void *context_; /* a longword in low memory, with room for a pointer */
    bool connected_;
};

/* A logical name through LNM$FILE_DEV; false when it is none. */
bool mail_logical(const std::string &name, std::string *value);

} // namespace shim

#endif
