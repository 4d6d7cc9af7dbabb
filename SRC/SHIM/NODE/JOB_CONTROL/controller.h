/*
**  controller - a node's job controller: event loop, connections, and the queue manager's role
**
**  The controller that holds queue.lock is the queue manager: it owns the database and queue.sock.
**  The others are members: connected to it, they run their node's streams for it.  A member that
**  loses the manager kills its symbionts (their jobs are given out again) and tries to take over.
**  One loop turn: all requests that wait, one commit, then all answers.
*/
#ifndef SHIM_CONTROLLER_H
#define SHIM_CONTROLLER_H

#include "batch_host.h"
#include "queue_manager.h"

namespace shim::job_control {

class Controller : public QueueOutput, public StreamEvents {
public:
    Controller();
    ~Controller() override;
    bool start();                 /* false: a message was printed */
    void run();                   /* until SIGTERM or SIGINT and the streams have stopped */

    void reply(int client, uint32_t id, uint32_t status, const std::string &items) override;
    bool send_stream(const std::string &node, uint32_t queue, const std::string &processor,
                     uint16_t request, const std::string &items) override;
    bool node_known(const std::string &node) override;
    void from_stream(uint32_t queue, uint16_t request, const std::string &items) override;
    void stream_gone(uint32_t queue, uint32_t status) override;

private:
    struct Client {
        std::string in, out, node;
        bool blocked;
        Client() : blocked(false) {}
    };
    bool take_role();
    bool become_manager();
    bool redo();
    bool become_member();
    void leave_role();
    int timeout() const;
    void handle(int fd);
    void accept_clients();
    void read_client(int fd);
    bool frame(int fd, Client *client, const QueueFrame &frame);
    void manager_frame(const QueueFrame &frame);
    void close_client(int fd);
    void write_client(int fd, Client *client);
    void commit();
    void flush();
    void deliver(uint32_t queue, const std::string &processor, uint16_t request,
                 const std::string &items);
    void sweep();
    void begin_shutdown();
    bool shut_down() const;
    void watch(int fd, uint32_t events);
    int epoll_, signals_, listener_, lock_, link_; /* link_: to the manager */
    std::string node_;
    bool stopping_, failed_;
    uint64_t stop_by_, lazy_by_, flush_by_, try_at_; /* monotonic milliseconds; 0: not set */
    std::map<int, Client> clients_;                /* members and users, or the manager alone */
    std::vector<std::pair<int, uint32_t>> answered_; /* since the last commit */
    std::unique_ptr<QueueStore> store_;
    std::unique_ptr<QueueManager> manager_;
    std::unique_ptr<SymbiontHost> host_;
    std::unique_ptr<BatchHost> batch_;
};

} // namespace shim::job_control

#endif
