/*
**  symbiont - the SMTP symbiont process: requests of the job controller, streams, the common store
**
**  HP 18.1.2, 18.5; spec 6.1; spec/vms-api.md 1.  One object in the main thread.
*/
#ifndef MAIL_SYMBIONT_SYMBIONT_H
#define MAIL_SYMBIONT_SYMBIONT_H

#include "smb_stream.h"

#include "MTA/log.h"

namespace mail {

class Symbiont {
public:
    Symbiont();
    ~Symbiont();
    /* Until the last stream is stopped or the job controller is gone. */
    void run();

private:
    Symbiont(const Symbiont &);
    Symbiont &operator=(const Symbiont &);
    void handle(const SmbMessage &message);
    void start_stream(const SmbMessage &message);
    bool any_active() const;

    Connections connections_;
    Stream *streams_[SMB_STREAMS_MAX];
    bool started_;
};

/* TCPIP$SMTP_LOG_LEVEL and its helpers. */
LogLevel symbiont_log_level(const Settings &settings);

} // namespace mail

#endif
