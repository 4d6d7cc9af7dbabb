/*
**  symbiont - dispatching the job controller's requests
*/
#include "symbiont.h"

namespace mail {

LogLevel symbiont_log_level(const Settings &settings)
{
    boost::uint32_t level = settings.number(P_SMTP_LOG_LEVEL);
    return level >= 5 ? LOG_DEBUG : level >= 3 ? LOG_TRACE : LOG_INFO;
}

Symbiont::Symbiont() : started_(false)
{
    for (size_t i = 0; i < SMB_STREAMS_MAX; ++i)
        streams_[i] = 0;
}

Symbiont::~Symbiont()
{
    for (size_t i = 0; i < SMB_STREAMS_MAX; ++i)
        delete streams_[i];
}

bool Symbiont::any_active() const
{
    for (size_t i = 0; i < SMB_STREAMS_MAX; ++i)
        if (streams_[i] && streams_[i]->active())
            return true;
    return false;
}

void Symbiont::start_stream(const SmbMessage &message)
{
    Stream *&stream = streams_[message.stream];
    if (!stream)
        stream = new Stream(message.stream, connections_);
    Status status = stream->active() ? Status() : stream->start(message);
    smb_reply_start_stream(message.stream, status);
    started_ = started_ || status.ok();
}

void Symbiont::handle(const SmbMessage &message)
{
    if (message.stream >= SMB_STREAMS_MAX)
        return;
    Stream *stream = streams_[message.stream];
    bool active = stream && stream->active();
    switch (message.request) {
    case SMB_START_STREAM:
        start_stream(message);
        break;
    case SMB_START_TASK:
        smb_reply(message.stream, SMB_START_TASK);
        if (active)
            stream->give(message);
        else
            smb_task_complete(message.stream, Status::failed(), 0);
        break;
    case SMB_STOP_TASK:
        if (active)
            stream->stop_task(message.stop_condition);
        break;
    case SMB_STOP_STREAM:
    case SMB_RESET_STREAM:
        if (!active || !stream->end(message.request))
            smb_reply(message.stream, message.request);
        break;
    case SMB_PAUSE_TASK:
    case SMB_RESUME_TASK:
        /* a message cannot be paused in the middle: the queue shows the state, the job goes on */
        smb_reply(message.stream, message.request);
        break;
    }
}

void Symbiont::run()
{
    SmbMessage message;
    while (!smb_is_lost() && !(started_ && !any_active())) {
        if (smb_wait(&message))
            handle(message);
    }
    connections_.close_all();
}

} // namespace mail
