/*
**  queue_calls - $SNDJBC and $GETQUI
*/
#include "queue_calls.h"

#include <jbcmsgdef.h>
#include <starlet.h>
#include <starlet_queue.h>

namespace shim {
namespace dcl {

namespace {

const size_t TEXT_SIZE = 255;
const size_t LIST_SIZE = 4096; /* of names joined by commas */

} // namespace

uint32_t try_send_to_jbc(unsigned short function, LowItems &items)
{
    IOSB iosb = {};
    uint32_t status = static_cast<uint32_t>(
        sys$sndjbcw(0, function, 0, items.list(), &iosb, nullptr, 0));
    return status & 1 ? iosb.iosb$l_getxxi_status : status;
}

uint32_t send_to_jbc(unsigned short function, LowItems &items)
{
    uint32_t status = try_send_to_jbc(function, items);
    if (!(status & 1))
        throw Failure(status);
    return status;
}

void flag(LowItems &items, unsigned short code)
{
    items.put(code, "", 0);
}

void put_time(LowItems &items, unsigned short code, const std::string &text)
{
    struct _generic_64 time;
    LowText low_text(text);
    uint32_t status = static_cast<uint32_t>(sys$bintim(low_text.descriptor(), &time));
    if (!(status & 1))
        throw Failure(status);
    items.put(code, &time, sizeof time);
}

QueueSearch::~QueueSearch()
{
    LowItems none;
    if (context_ != -1)
        ask(QUI$_CANCEL_OPERATION, none);
}

uint32_t QueueSearch::ask(unsigned short function, LowItems &items)
{
    IOSB iosb = {};
    uint32_t status = static_cast<uint32_t>(
        sys$getquiw(0, function, reinterpret_cast<unsigned int *>(&context_), items.list(), &iosb,
                    nullptr, 0));
    return status & 1 ? iosb.iosb$l_getxxi_status : status;
}

uint32_t QueueSearch::queue(const std::string &pattern, uint32_t flags, QueueAnswers *answers)
{
    LowItems items;
    items.put(QUI$_SEARCH_NAME, pattern);
    items.put(QUI$_SEARCH_FLAGS, flags | QUI$M_SEARCH_WILDCARD);
    struct {
        unsigned short code;
        std::string *text;
        size_t at;
    } texts[] = {{QUI$_QUEUE_NAME, &answers->name, 0},
                 {QUI$_PROCESSOR, &answers->processor, 0},
                 {QUI$_SCSNODE_NAME, &answers->node, 0},
                 {QUI$_DEVICE_NAME, &answers->device, 0},
                 {QUI$_QUEUE_DESCRIPTION, &answers->description, 0},
                 {QUI$_LIBRARY_SPECIFICATION, &answers->library, 0},
                 {QUI$_GENERIC_TARGET, &answers->targets, 0},
                 {QUI$_AUTOSTART_ON, &answers->autostart_on, 0},
                 {QUI$_FORM_NAME, &answers->form, 0}};
    struct {
        unsigned short code;
        uint32_t *number;
        size_t at;
    } numbers[] = {{QUI$_QUEUE_STATUS, &answers->status, 0},
                   {QUI$_QUEUE_FLAGS, &answers->flags, 0},
                   {QUI$_OWNER_UIC, &answers->owner, 0},
                   {QUI$_PROTECTION, &answers->protection, 0},
                   {QUI$_JOB_LIMIT, &answers->job_limit, 0},
                   {QUI$_BASE_PRIORITY, &answers->base_priority, 0},
                   {QUI$_EXECUTING_JOB_COUNT, &answers->executing, 0},
                   {QUI$_PENDING_JOB_COUNT, &answers->pending, 0},
                   {QUI$_TIMED_RELEASE_JOB_COUNT, &answers->timed, 0},
                   {QUI$_HOLDING_JOB_COUNT, &answers->holding, 0},
                   {QUI$_RETAINED_JOB_COUNT, &answers->retained, 0}};
    for (auto &row : texts)
        row.at = items.ask(row.code, LIST_SIZE);
    for (auto &row : numbers)
        row.at = items.ask(row.code, 4);
    uint32_t status = ask(QUI$_DISPLAY_QUEUE, items);
    if (!(status & 1))
        return status;
    for (auto &row : texts)
        *row.text = items.text(row.at);
    for (auto &row : numbers)
        *row.number = static_cast<uint32_t>(items.number(row.at));
    return status;
}

uint32_t QueueSearch::job_of(unsigned short function, LowItems &items, JobAnswers *answers)
{
    struct {
        unsigned short code;
        std::string *text;
        size_t at;
    } texts[] = {{QUI$_JOB_NAME, &answers->name, 0},    {QUI$_USERNAME, &answers->user, 0},
                 {QUI$_QUEUE_NAME, &answers->queue, 0}, {QUI$_NOTE, &answers->note, 0},
                 {QUI$_LOG_SPECIFICATION, &answers->log, 0},
                 {QUI$_RESTART_QUEUE_NAME, &answers->restart_queue, 0}};
    struct {
        unsigned short code;
        uint32_t *number;
        size_t at;
    } numbers[] = {{QUI$_ENTRY_NUMBER, &answers->number, 0},
                   {QUI$_JOB_STATUS, &answers->status, 0},
                   {QUI$_JOB_FLAGS, &answers->flags, 0},
                   {QUI$_PRIORITY, &answers->priority, 0},
                   {QUI$_CONDITION_VECTOR, &answers->condition, 0},
                   {QUI$_JOB_PID, &answers->pid, 0},
                   {QUI$_JOB_COPIES, &answers->copies, 0}};
    struct {
        unsigned short code;
        uint64_t *time;
        size_t at;
    } times[] = {{QUI$_SUBMISSION_TIME, &answers->submitted, 0},
                 {QUI$_AFTER_TIME, &answers->after, 0},
                 {QUI$_JOB_COMPLETION_TIME, &answers->completed, 0},
                 {QUI$_JOB_RETENTION_TIME, &answers->retain_until, 0}};
    size_t parameters[8];
    for (auto &row : texts)
        row.at = items.ask(row.code, TEXT_SIZE);
    for (auto &row : numbers)
        row.at = items.ask(row.code, 4);
    for (auto &row : times)
        row.at = items.ask(row.code, 8);
    for (unsigned short i = 0; i < 8; ++i)
        parameters[i] = items.ask(static_cast<unsigned short>(QUI$_PARAMETER_1 + i), TEXT_SIZE);
    uint32_t status = ask(function, items);
    if (!(status & 1))
        return status;
    for (auto &row : texts)
        *row.text = items.text(row.at);
    for (auto &row : numbers)
        *row.number = static_cast<uint32_t>(items.number(row.at));
    for (auto &row : times)
        *row.time = items.number(row.at);
    for (size_t i = 0; i < 8; ++i)
        answers->parameters[i] = items.text(parameters[i]);
    return status;
}

uint32_t QueueSearch::job(uint32_t flags, const std::string &user, JobAnswers *answers)
{
    LowItems items;
    items.put(QUI$_SEARCH_FLAGS, flags | QUI$M_SEARCH_WILDCARD);
    if (!user.empty())
        items.put(QUI$_SEARCH_USERNAME, user);
    return job_of(QUI$_DISPLAY_JOB, items, answers);
}

uint32_t QueueSearch::entry(uint32_t flags, uint32_t number, const std::string &name,
                            const std::string &user, JobAnswers *answers)
{
    LowItems items;
    items.put(QUI$_SEARCH_FLAGS, flags | QUI$M_SEARCH_WILDCARD);
    if (number)
        items.put(QUI$_SEARCH_NUMBER, number);
    if (!name.empty())
        items.put(QUI$_SEARCH_JOB_NAME, name);
    if (!user.empty())
        items.put(QUI$_SEARCH_USERNAME, user);
    return job_of(QUI$_DISPLAY_ENTRY, items, answers);
}

uint32_t QueueSearch::file(FileAnswers *answers)
{
    LowItems items;
    items.put(QUI$_SEARCH_FLAGS, static_cast<uint32_t>(QUI$M_SEARCH_WILDCARD));
    size_t spec = items.ask(QUI$_FILE_SPECIFICATION, TEXT_SIZE);
    size_t flags = items.ask(QUI$_FILE_FLAGS, 4), state = items.ask(QUI$_FILE_STATUS, 4);
    uint32_t status = ask(QUI$_DISPLAY_FILE, items);
    if (!(status & 1))
        return status;
    answers->spec = items.text(spec);
    answers->flags = static_cast<uint32_t>(items.number(flags));
    answers->status = static_cast<uint32_t>(items.number(state));
    return status;
}

} // namespace dcl
} // namespace shim
