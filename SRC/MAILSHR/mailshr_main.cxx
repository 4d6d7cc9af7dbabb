/*
**  mailshr_main - the universal symbols of TCPIP$SMTP_MAILSHR.EXE
**
**  MAIL$PROTOCOL and its version for MAIL; TCPIP$SMTP_SEND_FROM_FILE for programs (HP 18.7).
*/
#include "mailshr.h"

#include "MTA/send_from_file.h"

#include <stdio.h>

extern "C" {
extern const int MAIL$C_PROT_MAJOR = 2;
extern const int MAIL$C_PROT_MINOR = 1;
}

namespace {

class FileLog : public mail::SffLog {
public:
    explicit FileLog(FILE *file) : file_(file) {}
    virtual void line(const std::string &text) { fprintf(file_, "%s\n", text.c_str()); }

private:
    FILE *file_;
};

} // namespace

extern "C" int MAIL$PROTOCOL(unsigned int *context, int code, ...)
{
    mail::MailshrArguments arguments;
    va_start(arguments.list, code);
    int status = mail::mailshr_call(context, code, &arguments);
    va_end(arguments.list);
    return status;
}

extern "C" unsigned int TCPIP$SMTP_SEND_FROM_FILE(char *infile_name, FILE *logfd, int log_level)
{
    try {
        FileLog log(logfd ? logfd : stdout);
        mail::SubmitReceipt receipt;
        mail::Status status = infile_name
                                  ? mail::send_from_file(infile_name, &log, log_level, &receipt)
                                  : mail::Status::bad_parameter();
        return status.sts();
    } catch (...) {
        return mail::Status::no_memory().sts();
    }
}
