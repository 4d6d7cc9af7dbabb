/*
**  queue_connection - this process's one connection to the queue manager
**
**  Requests of all threads go over one socket, told apart by their ids; a thread that waits reads
**  the answers and gives them out.  The connection is made by the first request and made anew after
**  it was lost; a request that was under way then ends with JBC$_JOBQUEDIS (it may or may not have
**  been done).
*/
#ifndef SHIM_QUEUE_CONNECTION_H
#define SHIM_QUEUE_CONNECTION_H

#include "queue_wire.h"

#include <functional>

namespace shim {

struct QueueAnswer {
    uint32_t status;     /* JBC$_xxx */
    std::string items;
    QueueAnswer() : status(0) {}
};

typedef std::function<void(const QueueAnswer &)> QueueDone;

/* SS$_NORMAL: done is called once, on any thread, briefly.  SS$_DEVOFFLINE: never. */
uint32_t queue_send(uint16_t operation, uint16_t function, const std::string &body,
                    const QueueDone &done);
/* Waits for the answer. */
uint32_t queue_ask(uint16_t operation, uint16_t function, const std::string &body,
                   QueueAnswer *answer);
/*
**  QUEUE_LOGGING: `log` brings the request to this process's disk while the queue manager works at
**  it.  Where it could not, the answer is a success only when the queue manager has it there.
*/
uint32_t queue_ask_logging(uint16_t function, const std::string &body,
                           const std::function<bool()> &log, QueueAnswer *answer);
/* The caller of this thread, as the queue manager checks it. */
QueueCaller queue_caller();
/* A queue's name from a user: upper case, logical names translated. */
std::string queue_name_of(const std::string &given);

} // namespace shim

#endif
