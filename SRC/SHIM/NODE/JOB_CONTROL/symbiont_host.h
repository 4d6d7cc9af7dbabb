/*
**  symbiont_host - the symbiont processes of this node and their streams
**
**  A queue's START_STREAM takes a free stream of a running process of its processor, else starts
**  one: SYS$SYSTEM:<processor>.EXE as SYMBIONT_n, user SYSTEM, [1,4], no CLI, its message channel a
**  socket (SHIM_SMB), its SYS$OUTPUT a pipe whose every line is a breach of protocol.  When the
**  last stream has stopped the process must exit; its channel is closed after a while.  A process
**  that ends loses its streams.  spec/vms-api.md 1.4.
*/
#ifndef SHIM_SYMBIONT_HOST_H
#define SHIM_SYMBIONT_HOST_H

#include "queue_wire.h"

#include <list>
#include <map>
#include <memory>
#include <vector>

namespace shim::job_control {

class StreamEvents {
public:
    virtual ~StreamEvents() {}
    virtual void from_stream(uint32_t queue, uint16_t request, const std::string &items) = 0;
    virtual void stream_gone(uint32_t queue, uint32_t status) = 0;
};

class SymbiontHost {
public:
    SymbiontHost(int epoll, StreamEvents *events);
    ~SymbiontHost();
    void to_stream(uint32_t queue, const std::string &processor, uint16_t request,
                   const std::string &items);
    /* True when fd was ours; reads what is there. */
    bool readable(int fd);
    /* Reports lost streams, frees ended processes, ends those that do not leave. */
    void sweep();
    void flush();
    void kill_all();             /* at once; their streams are not reported */
    bool empty() const { return symbionts_.empty(); }
    bool waiting() const;        /* sweep() wants to be called again within a second */

private:
    struct Stream {
        uint32_t queue;          /* 0: free */
        bool stopping;
        Stream() : queue(0), stopping(false) {}
    };
    struct Symbiont {
        std::string processor, name, in, out, output;
        int channel, mailbox, host_pid;
        uint32_t vms_pid;
        bool ready, leaving, dead, blocked;
        uint64_t leave_by;       /* milliseconds, monotonic */
        std::vector<Stream> streams;
    };
    struct Waiting {
        uint32_t queue;
        std::string processor, items;
    };
    Symbiont *start(const std::string &processor);
    void assign(Symbiont *symbiont, size_t stream, uint32_t queue, const std::string &items);
    void assign_waiting(Symbiont *symbiont);
    void message(Symbiont *symbiont, const std::string &body);
    void initialized(Symbiont *symbiont, const std::string &items);
    void post(Symbiont *symbiont, size_t stream, uint16_t request, const std::string &items);
    void read_channel(Symbiont *symbiont);
    void read_mailbox(Symbiont *symbiont);
    void write_channel(Symbiont *symbiont);
    void close_symbiont(Symbiont *symbiont);
    void lose(Symbiont *symbiont);
    void watch(int fd, uint32_t events, bool change);
    int epoll_;
    unsigned last_number_;
    StreamEvents *events_;
    std::list<std::unique_ptr<Symbiont>> symbionts_;
    std::map<int, Symbiont *> by_fd_;
    std::map<uint32_t, std::pair<Symbiont *, size_t>> by_queue_;
    std::vector<Waiting> waiting_;
    std::vector<std::pair<uint32_t, uint32_t>> lost_; /* queue, status */
};

uint64_t monotonic_ms();

} // namespace shim::job_control

#endif
