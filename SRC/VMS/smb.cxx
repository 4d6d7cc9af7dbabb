/*
**  smb - SMB$ routines
**
**  The AST routine takes the message off the line into a ring of dynamic strings and wakes; items
**  are read by the main thread.  The ring holds more than the job controller can have under way
**  (one request and one stop per stream).  ASTs are held back while the main thread moves the
**  ring, as nothing may lock a mutex in an AST.
*/
#include "VMS/smb.h"

#include <pthread.h>

#include <smb$routines.h>
#include <smbdef.h>
#include <ssdef.h>
#include <starlet.h>
#include <unistd.h>

#include "VMS/process.h"
#include "descriptor.h"

namespace mail {

static const int RING_SIZE = 128;
static const size_t ITEM_MAX = 1024;
static const int REPLY_TRIES = 10; /* pauses of 1, 2, 4 ... ms: a second in all */

struct RingSlot {
    dsc$descriptor_s *text; /* class D, in 32-bit memory */
    boost::uint32_t stream, request;
};

static RingSlot ring[RING_SIZE];
static volatile int ring_put, ring_take; /* moved by the AST, by the main thread */
static volatile bool line_lost;
static pthread_mutex_t reply_mutex = PTHREAD_MUTEX_INITIALIZER;

/* No AST is delivered while one of these exists. */
class AstGuard {
public:
    AstGuard() : was_on_(sys$setast(0) == SS$_WASSET) {}
    ~AstGuard()
    {
        if (was_on_)
            sys$setast(1);
    }

private:
    AstGuard(const AstGuard &);
    AstGuard &operator=(const AstGuard &);
    bool was_on_;
};

extern "C" {
static void mail_smb_ast(void)
{
    int next = (ring_put + 1) % RING_SIZE;
    if (next != ring_take) {
        RingSlot &slot = ring[ring_put];
        unsigned int stream = 0, request = 0;
        if (smb$read_message(&stream, slot.text, &request) & 1) {
            slot.stream = stream;
            slot.request = request;
            ring_put = next;
        } else {
            line_lost = true;
        }
    } else {
        line_lost = true; /* the controller broke its own protocol */
    }
    sys$wake(0, 0);
}
}

Status smb_initialise(boost::uint32_t streams)
{
    size_t size = sizeof(dsc$descriptor_s) * RING_SIZE;
    dsc$descriptor_s *texts = static_cast<dsc$descriptor_s *>(low_get(size));
    if (!texts)
        return Status::no_memory();
    for (int i = 0; i < RING_SIZE; ++i) {
        texts[i].dsc$w_length = 0;
        texts[i].dsc$b_dtype = DSC$K_DTYPE_T;
        texts[i].dsc$b_class = DSC$K_CLASS_D;
        texts[i].dsc$a_pointer = 0;
        ring[i].text = &texts[i];
    }
    unsigned int level = SMBMSG$K_STRUCTURE_LEVEL, count = streams;
    return Status(smb$initialize(&level, mail_smb_ast, &count));
}

/* ---- items ---- */

static boost::uint32_t longword(const std::string &value)
{
    boost::uint32_t number = 0;
    memcpy(&number, value.data(), value.size() < 4 ? value.size() : 4);
    return number;
}

static boost::uint64_t quadword(const std::string &value)
{
    boost::uint64_t number = 0;
    memcpy(&number, value.data(), value.size() < 8 ? value.size() : 8);
    return number;
}

static std::string without_padding(const std::string &value)
{
    size_t end = value.find_last_not_of(' ');
    return end == std::string::npos ? std::string() : value.substr(0, end + 1);
}

static void store_text(boost::uint32_t code, const std::string &value, SmbMessage *message)
{
    struct Row {
        boost::uint32_t code;
        std::string SmbMessage::*member;
    };
    static const Row row_table[] = {
        {SMBMSG$K_QUEUE, &SmbMessage::queue},
        {SMBMSG$K_EXECUTOR_QUEUE, &SmbMessage::executor},
        {SMBMSG$K_DEVICE_NAME, &SmbMessage::device},
        {SMBMSG$K_LIBRARY_SPECIFICATION, &SmbMessage::library},
        {SMBMSG$K_FILE_SPECIFICATION, &SmbMessage::file},
        {SMBMSG$K_USER_NAME, &SmbMessage::user},
        {SMBMSG$K_ACCOUNT_NAME, &SmbMessage::account},
        {SMBMSG$K_JOB_NAME, &SmbMessage::job_name},
        {SMBMSG$K_NOTE, &SmbMessage::note},
    };
    if (code >= SMBMSG$K_PARAMETER_1 && code <= SMBMSG$K_PARAMETER_8) {
        message->parameter[code - SMBMSG$K_PARAMETER_1] = value;
        return;
    }
    for (size_t i = 0; i < sizeof row_table / sizeof row_table[0]; ++i)
        if (row_table[i].code == code)
            message->*row_table[i].member = without_padding(value);
}

static void store_item(boost::uint32_t code, const std::string &value, SmbMessage *message)
{
    switch (code) {
    case SMBMSG$K_ENTRY_NUMBER:
        message->entry = longword(value);
        break;
    case SMBMSG$K_PRIORITY:
        message->priority = longword(value);
        break;
    case SMBMSG$K_STOP_CONDITION:
        message->stop_condition = longword(value);
        break;
    case SMBMSG$K_UIC:
        message->uic = longword(value);
        break;
    case SMBMSG$K_TIME_QUEUED:
        message->queued = quadword(value);
        break;
    case SMBMSG$K_AFTER_TIME:
        message->after = quadword(value);
        break;
    case SMBMSG$K_FILE_IDENTIFICATION:
        message->file_id = value;
        break;
    case SMBMSG$K_CHECKPOINT_DATA:
        message->checkpoint = value;
        break;
    case SMBMSG$K_REQUEST_CONTROL:
        message->restarting = (longword(value) & SMBMSG$M_RESTARTING) != 0;
        break;
    case SMBMSG$K_SEPARATION_CONTROL:
        message->first_file = (longword(value) & SMBMSG$M_FIRST_FILE_OF_JOB) != 0;
        message->last_file = (longword(value) & SMBMSG$M_LAST_FILE_OF_JOB) != 0;
        break;
    default:
        store_text(code, value, message);
        break;
    }
}

/* False: not all of them could be read. */
static bool read_items(dsc$descriptor_s *text, SmbMessage *message)
{
    LowScratch scratch;
    Descriptor buffer(scratch, ITEM_MAX);
    unsigned int context = 0, code = 0;
    unsigned short size = 0;
    for (;;) {
        unsigned int sts = smb$read_message_item(text, &context, &code, buffer.get(), &size);
        if (!(sts & 1))
            return sts == SMB$_NOMOREITEMS;
        store_item(code, buffer.text(size < ITEM_MAX ? size : ITEM_MAX), message);
    }
}

bool smb_next(SmbMessage *message)
{
    int take;
    {
        AstGuard guard;
        if (ring_take == ring_put)
            return false;
        take = ring_take;
    }
    SmbMessage fresh;
    fresh.stream = ring[take].stream;
    fresh.request = static_cast<SmbRequest>(ring[take].request);
    bool whole = read_items(ring[take].text, &fresh);
    AstGuard guard;
    ring_take = (take + 1) % RING_SIZE;
    if (!whole) {
        /* half a request is none: the process ends, and the job controller puts its jobs back */
        line_lost = true;
        return false;
    }
    *message = fresh;
    return true;
}

bool smb_wait(SmbMessage *message)
{
    if (smb_next(message))
        return true;
    if (!line_lost)
        process_hibernate();
    return smb_next(message);
}

bool smb_is_lost()
{
    return line_lost;
}

/* ---- replies ---- */

static Status send(boost::uint32_t stream, boost::uint32_t request, dsc$descriptor_s *accounting,
                   dsc$descriptor_s *checkpoint, const unsigned int *device,
                   const unsigned int *error)
{
    unsigned int stream_number = stream, code = request;
    Status status;
    unsigned int wait_ms = 1;
    /* A reply that is not heard leaves the entry executing for ever: try again for a second. */
    for (int tries = 0; tries < REPLY_TRIES; ++tries) {
        pthread_mutex_lock(&reply_mutex);
        status = Status(
            smb$send_to_jobctl(&stream_number, &code, accounting, checkpoint, device, error));
        pthread_mutex_unlock(&reply_mutex);
        if (status.ok())
            break;
        usleep(wait_ms * 1000);
        wait_ms *= 2;
    }
    if (!status.ok()) {
        line_lost = true; /* the process ends, so the job controller learns it in the other way */
        process_wake();
    }
    return status;
}

Status smb_reply_start_stream(boost::uint32_t stream, const Status &status)
{
    unsigned int device = SMBMSG$M_SERVER;
    unsigned int error[2] = {1, status.sts()};
    return send(stream, SMBMSG$K_START_STREAM, 0, 0, &device, status.ok() ? 0 : error);
}

Status smb_reply(boost::uint32_t stream, SmbRequest request)
{
    return send(stream, static_cast<boost::uint32_t>(request), 0, 0, 0, 0);
}

Status smb_task_complete(boost::uint32_t stream, const Status &status, boost::uint32_t pages)
{
    boost::uint32_t figures[4] = {pages, 0, 0, 0};
    LowScratch scratch;
    Descriptor accounting(scratch,
                          std::string(reinterpret_cast<const char *>(figures), sizeof figures));
    unsigned int error[2] = {1, status.sts()};
    return send(stream, SMBMSG$K_TASK_COMPLETE, accounting.get(), 0, 0, error);
}

Status smb_task_stopped(boost::uint32_t stream, boost::uint32_t stop_condition)
{
    unsigned int error[2] = {1, stop_condition};
    return send(stream, SMBMSG$K_STOP_TASK, 0, 0, 0, error);
}

Status smb_task_status(boost::uint32_t stream, const std::string &checkpoint)
{
    LowScratch scratch;
    Descriptor text(scratch, checkpoint);
    return send(stream, SMBMSG$K_TASK_STATUS, 0, text.get(), 0, 0);
}

} // namespace mail
