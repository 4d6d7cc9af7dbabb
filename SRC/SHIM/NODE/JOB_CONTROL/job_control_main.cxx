/*
**  job_control - the program: job controller, symbiont starter and queue manager of a node
**
**  Started by the boot tool with VMSROOT and SHIM_NODE set.  Writes VMSROOT/.shim/job_control.pid
**  when it listens; SIGTERM stops the streams after their tasks (at most 10 s), then the program; a
**  second SIGTERM ends it at once.
*/
#include "controller.h"
#include "shim.h"

#include <cstdio>
#include <unistd.h>

int main()
{
    std::string pid_file = shim::node_path("job_control.pid");
    {
        shim::job_control::Controller controller;
        shim::self(); /* into the process table */
        if (!controller.start()) {
            fprintf(stderr, "%%JBC-F-INITFAIL, the job controller could not be started\n");
            return 1;
        }
        std::string fresh = pid_file + ".new";
        if (FILE *file = fopen(fresh.c_str(), "w")) {
            fprintf(file, "%d\n", static_cast<int>(getpid()));
            fclose(file);
            if (rename(fresh.c_str(), pid_file.c_str()) != 0)
                perror(pid_file.c_str());
        }
        controller.run();
    }
    int owner = 0;
    if (FILE *file = fopen(pid_file.c_str(), "r")) {
        if (fscanf(file, "%d", &owner) != 1)
            owner = 0;
        fclose(file);
    }
    if (owner == getpid())
        unlink(pid_file.c_str());
    return 0;
}
