/*
**  inetacp - the auxiliary server's state: the enabled services and their processes
**
**  One thread.  Times are monotonic milliseconds: a moved clock does not start or stop processes.
*/
#ifndef SHIM_INETACP_H
#define SHIM_INETACP_H

#include "service_db.h"
#include "shim.h"

#include <map>
#include <string>
#include <vector>

namespace shim {

class Auxiliary {
public:
    /* "" or a message in VMS form. */
    std::string enable(const std::string &name);
    std::string disable(const std::string &name);
    std::string command(const std::string &line);
    void start_enabled();
    void turn(int control, int wakeup);
    void child_ended(int pid, int status);
    /* Ends every service's processes; waits for them with a bound. */
    void stop();

private:
    struct Process {
        int host_pid;
        int64_t started_ms;
    };
    struct Active {
        ServiceRecord record;
        int listener;
        std::vector<Process> processes;
        size_t peak, total;
        unsigned serial;
        int64_t pause_ms, not_before_ms; /* after failed starts, or between looks */
        int64_t look_ms;                 /* a LISTEN socket was readable; look again then */
        bool start_now;                  /* without waiting for a client */
        Active()
            : listener(-1), peak(0), total(0), serial(0), pause_ms(0), not_before_ms(0), look_ms(0),
              start_now(false)
        {}
    };
    bool start(Active &a, int socket);
    void failed_start(Active &a);
    void hand_over(Active &a);
    void readable(Active &a);
    void serve_command(int listener);
    std::string show() const;

    std::map<std::string, Active> services_;
    std::vector<Process> stopping_;
};

} // namespace shim

#endif
