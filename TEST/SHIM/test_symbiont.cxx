/*
**  test_symbiont - a server symbiont that does what a job says in P1, for the queue tests
**
**  P1: ok, error, twice (TASK_COMPLETE two times), print (writes to SYS$OUTPUT), crash, check
**  (checkpoint, then wait), wait (until VMSROOT/release exists or the task is stopped).  Each
**  message is a line in VMSROOT/symbiont.log: pid, stream, request, CODE=value items.
**  VMSROOT/streams holds the number of streams (32).
*/
#include <shim.h>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <map>
#include <mutex>
#include <smb$routines.h>
#include <smbdef.h>
#include <unistd.h>

namespace {

struct Stream {
    bool active, started;
    std::string task;
    unsigned stop;
};

std::mutex mutex;
std::map<unsigned, Stream> streams;
bool finished;

void log_line(const std::string &line)
{
    int fd = open((shim::root() + "/symbiont.log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    std::string text = std::to_string(getpid()) + " " + line + "\n";
    if (write(fd, text.data(), text.size()) < 0)
        _exit(3);
    close(fd);
}

void answer(unsigned stream, unsigned request, unsigned condition, unsigned device)
{
    unsigned error[2] = {condition ? 1u : 0u, condition};
    smb$send_to_jobctl(&stream, &request, nullptr, nullptr, device ? &device : nullptr, error);
}

dsc$descriptor_s *low_descriptor()
{
    dsc$descriptor_s *made = static_cast<dsc$descriptor_s *>(shim::arena_get(sizeof *made));
    memset(made, 0, sizeof *made);
    made->dsc$b_dtype = DSC$K_DTYPE_T;
    made->dsc$b_class = DSC$K_CLASS_D;
    return made;
}

std::string shown(unsigned code, const std::string &value)
{
    static const unsigned long_table[] = {
        SMBMSG$K_ENTRY_NUMBER, SMBMSG$K_UIC, SMBMSG$K_PRINT_CONTROL, SMBMSG$K_REQUEST_CONTROL,
        SMBMSG$K_PRIORITY, SMBMSG$K_STOP_CONDITION, SMBMSG$K_SEPARATION_CONTROL,
        SMBMSG$K_FILE_COUNT, SMBMSG$K_JOB_COUNT};
    for (unsigned one : long_table)
        if (one == code && value.size() == 4) {
            unsigned number;
            memcpy(&number, value.data(), 4);
            return std::to_string(number);
        }
    if (code == SMBMSG$K_FILE_IDENTIFICATION || code == SMBMSG$K_TIME_QUEUED)
        return "#" + std::to_string(value.size());
    return value;
}

void begin_task(unsigned number, Stream &stream)
{
    answer(number, SMBMSG$K_START_TASK, 0, 0);
    if (stream.task == "crash")
        abort();
    if (stream.task == "print") {
        printf("stray text\n");
        fflush(stdout);
    }
    if (stream.task == "check") {
        dsc$descriptor_s *point = low_descriptor();
        shim::put_text(point, "page 7", nullptr);
        smb$send_to_jobctl(&number, nullptr, nullptr, point, nullptr, nullptr);
    }
    if (stream.task == "wait" || stream.task == "check")
        return;
    stream.active = false;
    answer(number, SMBMSG$K_TASK_COMPLETE, stream.task == "error" ? 44 : 0, 0);
    if (stream.task == "twice")
        answer(number, SMBMSG$K_TASK_COMPLETE, 0, 0);
}

void obey(unsigned number, unsigned request, Stream &stream)
{
    switch (request) {
    case SMBMSG$K_START_STREAM:
        stream.started = true;
        answer(number, request, 0, SMBMSG$M_SERVER | SMBMSG$M_PAUSE_TASK);
        break;
    case SMBMSG$K_START_TASK:
        stream.active = true;
        begin_task(number, stream);
        break;
    case SMBMSG$K_STOP_TASK:
        if (stream.active) {
            stream.active = false;
            answer(number, request, stream.stop, 0);
        }
        break;
    case SMBMSG$K_STOP_STREAM:
    case SMBMSG$K_RESET_STREAM:
        stream = Stream();
        answer(number, request, 0, 0);
        finished = true;
        for (auto &row : streams)
            finished = finished && !row.second.started;
        break;
    default:
        answer(number, request, 0, 0);
    }
}

void read_one()
{
    static dsc$descriptor_s *message = low_descriptor(), *item = low_descriptor();
    unsigned number, request, context = 0, code;
    if (!(smb$check_for_message() & 1) || !(smb$read_message(&number, message, &request) & 1))
        return;
    std::lock_guard<std::mutex> lock(mutex);
    Stream &stream = streams[number];
    std::string line = std::to_string(number) + " " + std::to_string(request);
    while (smb$read_message_item(message, &context, &code, item, nullptr) & 1) {
        std::string value(item->dsc$a_pointer, item->dsc$w_length);
        line += " " + std::to_string(code) + "=" + shown(code, value);
        if (code == SMBMSG$K_PARAMETER_1)
            stream.task = value;
        if (code == SMBMSG$K_STOP_CONDITION)
            memcpy(&stream.stop, value.data(), 4);
    }
    log_line(line + (context == 0 ? " end" : " context"));
    obey(number, request, stream);
}

void release()
{
    if (access((shim::root() + "/release").c_str(), F_OK) != 0)
        return;
    std::lock_guard<std::mutex> lock(mutex);
    for (auto &row : streams)
        if (row.second.active) {
            row.second.active = false;
            answer(row.first, SMBMSG$K_TASK_COMPLETE, 0, 0);
        }
}

} // namespace

int main()
{
    unsigned level = SMBMSG$K_STRUCTURE_LEVEL, count = 32;
    if (FILE *file = fopen((shim::root() + "/streams").c_str(), "r")) {
        if (fscanf(file, "%u", &count) != 1)
            count = 32;
        fclose(file);
    }
    if (!(smb$initialize(&level, read_one, &count) & 1))
        return 2;
    for (;;) {
        usleep(5000);
        release();
        std::lock_guard<std::mutex> lock(mutex);
        if (finished)
            return 0;
    }
}
