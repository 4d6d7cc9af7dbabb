/*
**  mail_tool - mail for SHIM's own programs (vmsys), and recovery at boot
**
**  They act as the named user with all rights, through the same stores as callable MAIL, and must
**  not be called while another thread is inside callable MAIL.  Times are VMS times; text has \n
**  line ends. Status: SS$_NORMAL or a MAIL$_, RMS$_, SS$_ condition; nothing is signalled.
*/
#ifndef SHIM_MAIL_TOOL_H
#define SHIM_MAIL_TOOL_H

#include "mail_journal.h"

namespace shim {

struct MailLine {
    uint32_t number;  /* from 1, in the folder */
    uint64_t date;
    uint32_t records, flags; /* MAIL$M_... */
    std::string from, subject;
};

struct MailToolResult {
    std::string user;
    uint32_t status;
};

/* Every folder that holds messages. */
uint32_t mail_tool_folders(const std::string &user, std::vector<std::string> *folders);
/* MAIL$_NOTEXIST when the folder is empty. */
uint32_t mail_tool_directory(const std::string &user, const std::string &folder,
                             std::vector<MailLine> *lines);
/* From:, To:, CC:, Subj: lines, an empty one, the text.  New mail that is read moves to MAIL. */
uint32_t mail_tool_read(const std::string &user, const std::string &folder, uint32_t number,
                        std::string *text);
/* As MAIL's SEND by `from`; to: users, _USER, SMTP%"..."; one result per addressee. */
uint32_t mail_tool_send(const std::string &from, const std::vector<std::string> &to,
                        const std::string &subject, const std::string &text,
                        std::vector<MailToolResult> *results);
/* Empty address: none. */
uint32_t mail_tool_set_forward(const std::string &user, const std::string &address);
uint32_t mail_tool_forward(const std::string &user, std::string *address);

} // namespace shim

#endif
