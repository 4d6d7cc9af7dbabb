/*
**  queue_client - queue commands for SHIM's own programs, as C++ values
**
**  The requests that $SNDJBC and $GETQUI send, without their item lists: DCL's INITIALIZE/QUEUE,
**  START, STOP, DELETE, SET ENTRY and SHOW QUEUE for vmsys and tests.  Each answers a condition
**  value: JBC$_NORMAL, JBC$_xxx, or SS$_DEVOFFLINE when there is no job controller.  The caller's
**  identity and privileges count.  Any thread.
*/
#ifndef SHIM_QUEUE_CLIENT_H
#define SHIM_QUEUE_CLIENT_H

#include <cstdint>
#include <string>
#include <vector>

namespace shim {

struct QueueSetup {
    std::string name, processor, node, device, description, library, reset_modules;
    std::vector<std::string> targets, autostart_on; /* autostart_on: NODE::DEVICE */
    bool generic, start, retain_all, retain_error;
    QueueSetup() : generic(false), start(true), retain_all(false), retain_error(false) {}
};
enum QueueStop { QUEUE_STOP_NEXT, QUEUE_STOP_RESET, QUEUE_STOP_PAUSE };

uint32_t init_queue(const QueueSetup &setup);      /* a server queue, or a generic queue */
uint32_t init_generic(const std::string &name, const std::vector<std::string> &targets, bool start);
uint32_t start_queue(const std::string &name);
uint32_t stop_queue(const std::string &name, QueueStop how);
uint32_t delete_queue(const std::string &name);
uint32_t delete_entry(uint32_t entry);
uint32_t hold_entry(uint32_t entry);
uint32_t release_entry(uint32_t entry);            /* no hold, no time */
uint32_t requeue_entry(uint32_t entry, bool hold); /* an executing one */

struct QueueShown {
    std::string name, processor, node, device, description;
    std::vector<std::string> targets;
    uint32_t status, flags;                        /* QUI$M_QUEUE_xxx */
    uint32_t executing, pending, timed, holding, retained;
};
struct EntryShown {
    uint32_t number, status, priority, uic, condition; /* status: QUI$M_JOB_xxx */
    uint64_t submitted, after;
    std::string name, queue, user, note, file, parameters[8];
};
/* pattern with * and %; queues in order of name, entries as the queue holds them. */
uint32_t show_queues(const std::string &pattern, std::vector<QueueShown> *queues);
uint32_t show_entries(const std::string &queue, std::vector<EntryShown> *entries);
uint32_t show_entry(uint32_t number, EntryShown *entry);
std::string queue_status_text(uint32_t status);    /* "stopped", "busy" ... */
std::string entry_status_text(uint32_t status);    /* "pending", "executing" ... */

} // namespace shim

#endif
