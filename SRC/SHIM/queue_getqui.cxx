/*
**  queue_getqui - $GETQUI: search contexts, and the items of what was found
**
**  A context holds the queue, job and file shown last.  The queue manager answers with whole
**  objects (queue_display.cxx of the job controller), several at a time for jobs and entries;
**  FREEZE_CONTEXT shows the same one again.  spec/vms-api.md 2.2.
*/
#include "plain_text.h"
#include "process_table.h"
#include "queue_connection.h"
#include "queue_forms.h"
#include "shim.h"

#include <cstring>
#include <deque>
#include <efndef.h>
#include <jbcmsgdef.h>
#include <map>
#include <memory>
#include <mutex>
#include <quidef.h>
#include <starlet.h>

namespace {

using namespace shim;

const uint32_t AHEAD = 32;            /* objects of one answer */
const size_t CONTEXTS_MAX = 256;

/* One kind of object: what was shown last, what comes next. */
struct Search {
    bool active;                      /* something was shown, a wildcard goes on */
    std::string shown, cursor;
    std::deque<std::string> ahead;
    Search() : active(false) {}
};

struct Context {
    std::mutex mutex;
    Search queue, job, manager;
    uint16_t job_function;            /* of `job`: DISPLAY_JOB or DISPLAY_ENTRY */
    size_t next_file;
    std::string file, form;
    bool form_shown;
    Context() : job_function(0), next_file(0), form_shown(false) {}
    void reset()
    {
        queue = job = manager = Search();
        next_file = 0;
        form_shown = false;
    }
};

struct Asked {
    QueueQuery query;
    bool wildcard, numbered; /* numbered: a number is given, perhaps 0 */
    std::vector<Item> outputs;
    Asked() : wildcard(false), numbered(false) {}
};

std::mutex table_mutex;
std::map<uint32_t, std::shared_ptr<Context>> &contexts()
{
    static auto *table = new std::map<uint32_t, std::shared_ptr<Context>>;
    return *table;
}

/* 0 when there are too many, or none of that number. */
std::shared_ptr<Context> context_of(unsigned int *number)
{
    static uint32_t last = 0;
    std::lock_guard<std::mutex> lock(table_mutex);
    auto &table = contexts();
    uint32_t key = number ? *number : 0;
    if (key == ~0u) {
        if (table.size() >= CONTEXTS_MAX)
            return nullptr;
        key = *number = ++last;
        return table[key] = std::make_shared<Context>();
    }
    auto at = table.find(key);
    if (at != table.end())
        return at->second;
    return key == 0 ? table[0] = std::make_shared<Context>() : nullptr;
}

/* After CANCEL_OPERATION: nothing is kept of the stream. */
void forget_context(const unsigned int *number)
{
    std::lock_guard<std::mutex> lock(table_mutex);
    contexts().erase(number ? *number : 0);
}

bool known_output(unsigned code)
{
    static const uint16_t code_table[] = {
        QUI$_BASE_PRIORITY, QUI$_LOG_QUEUE, QUI$_LOG_SPECIFICATION,
        QUI$_ACCOUNT_NAME, QUI$_AFTER_TIME, QUI$_AUTOSTART_ON, QUI$_CHECKPOINT_DATA,
        QUI$_CONDITION_VECTOR, QUI$_DEVICE_NAME, QUI$_ENTRY_NUMBER, QUI$_FILE_COPIES,
        QUI$_FILE_FLAGS, QUI$_FILE_SPECIFICATION, QUI$_FILE_STATUS, QUI$_FILE_COUNT,
        QUI$_FILE_IDENTIFICATION, QUI$_FORM_NAME, QUI$_GENERIC_TARGET, QUI$_JOB_COPIES,
        QUI$_JOB_FLAGS, QUI$_JOB_LIMIT, QUI$_JOB_NAME, QUI$_JOB_PID, QUI$_JOB_RESET_MODULES,
        QUI$_JOB_RETENTION_TIME, QUI$_JOB_SIZE, QUI$_JOB_STATUS, QUI$_JOB_COMPLETION_QUEUE,
        QUI$_JOB_COMPLETION_TIME, QUI$_LIBRARY_SPECIFICATION, QUI$_NOTE, QUI$_OWNER_UIC,
        QUI$_PARAMETER_1, QUI$_PARAMETER_2, QUI$_PARAMETER_3, QUI$_PARAMETER_4, QUI$_PARAMETER_5,
        QUI$_PARAMETER_6, QUI$_PARAMETER_7, QUI$_PARAMETER_8, QUI$_PRIORITY, QUI$_PROCESSOR,
        QUI$_PROTECTION, QUI$_QUEUE_DESCRIPTION, QUI$_QUEUE_FLAGS, QUI$_QUEUE_NAME,
        QUI$_QUEUE_STATUS, QUI$_ASSIGNED_QUEUE_NAME, QUI$_REQUEUE_QUEUE_NAME, QUI$_SCSNODE_NAME,
        QUI$_SUBMISSION_TIME, QUI$_UIC, QUI$_USERNAME, QUI$_EXECUTING_JOB_COUNT,
        QUI$_HOLDING_JOB_COUNT, QUI$_TIMED_RELEASE_JOB_COUNT, QUI$_PENDING_JOB_COUNT,
        QUI$_RETAINED_JOB_COUNT, QUI$_PENDING_JOB_REASON, QUI$_MANAGER_NAME, QUI$_MANAGER_STATUS,
        QUI$_RESTART_QUEUE_NAME};
    for (uint16_t known : code_table)
        if (known == code)
            return true;
    return false;
}

uint32_t read_request(const std::vector<Item> &items, Asked *asked)
{
    for (const Item &item : items)
        switch (item.code) {
        case QUI$_SEARCH_FLAGS:
            asked->query.flags = item.longword();
            break;
        case QUI$_SEARCH_NUMBER:
            asked->query.number = item.longword();
            asked->numbered = true;
            break;
        case QUI$_SEARCH_NAME:
            asked->query.name = upper(without_blanks_behind(item.text()));
            break;
        case QUI$_SEARCH_USERNAME:
            asked->query.user = upper(without_blanks_behind(item.text()));
            break;
        case QUI$_SEARCH_JOB_NAME:
            asked->query.job_name = item.text();
            break;
        default:
            if (!known_output(item.code) && !is_form_item(item.code)) {
                trace("getqui: item code %u is not known", item.code);
                return JBC$_INVITMCOD;
            }
            asked->outputs.push_back(item);
        }
    asked->wildcard = (asked->query.flags & QUI$M_SEARCH_WILDCARD) ||
                      asked->query.name.find_first_of("*%") != std::string::npos;
    return JBC$_NORMAL;
}

/* The next object of a search, from those ahead or from the queue manager. */
uint32_t advance(uint16_t function, Asked *asked, Search *search)
{
    if (search->ahead.empty()) {
        WireWriter body;
        QueueAnswer answer;
        asked->query.cursor = search->cursor;
        queue_caller().write(&body);
        asked->query.write(&body);
        uint32_t status = queue_ask(QUEUE_GETQUI, function, body.data(), &answer);
        if ((status & 1) == 0 || (answer.status & 1) == 0) {
            *search = Search();
            return status & 1 ? answer.status : status;
        }
        ItemReader reader(answer.items);
        uint16_t code;
        std::string object;
        while (reader.next(&code, &object))
            if (code == QUEUE_ITEM_OBJECT)
                search->ahead.push_back(object);
        if (search->ahead.empty())
            return JBC$_INTERNALERROR;
    }
    search->shown.swap(search->ahead.front());
    search->ahead.pop_front();
    ItemReader reader(search->shown);
    uint16_t code;
    std::string value;
    while (reader.next(&code, &value))
        if (code == QUEUE_ITEM_CURSOR)
            search->cursor = value; /* the last one counts */
    search->active = true;
    return JBC$_NORMAL;
}

uint32_t longword_of(const std::string &object, uint16_t code)
{
    std::string value;
    find_item(object, code, &value);
    uint32_t number = 0;
    if (value.size() == sizeof number)
        memcpy(&number, value.data(), sizeof number);
    return number;
}

/* The batch job that the caller's process is, or belongs to. */
uint32_t find_this_job(std::string *object)
{
    Asked asked;
    Search search;
    asked.query.user = queue_caller().user;
    asked.query.flags = QUI$M_SEARCH_EXECUTING_JOBS;
    asked.query.most = AHEAD;
    uint32_t status;
    while ((status = advance(QUI$_DISPLAY_ENTRY, &asked, &search)) & 1)
        if (longword_of(search.shown, QUI$_JOB_PID) == own_slot().job) {
            object->swap(search.shown);
            return JBC$_NORMAL;
        }
    return status == JBC$_NOMOREENT ? JBC$_NOSUCHJOB : status;
}

/* THIS_JOB: the job, its queue, the file that it executes; no context is used, none is left. */
uint32_t show_this_job(uint16_t function, Context *context, Asked *asked, std::string *object)
{
    std::string job, file;
    context->reset();
    uint32_t status = find_this_job(&job);
    if (!(status & 1))
        return status;
    if (function == QUI$_DISPLAY_JOB) {
        object->swap(job);
        return JBC$_NORMAL;
    }
    if (function == QUI$_DISPLAY_QUEUE) {
        Search search;
        find_item(job, QUI$_QUEUE_NAME, &asked->query.name);
        asked->query.flags = 0;
        asked->query.most = 1;
        status = advance(function, asked, &search);
        object->swap(search.shown);
        return status;
    }
    ItemReader reader(job);
    uint16_t code;
    while (reader.next(&code, &file))
        if (code == QUEUE_ITEM_FILE &&
            (object->empty() || longword_of(file, QUI$_FILE_STATUS) & QUI$M_FILE_EXECUTING))
            *object = file;
    return object->empty() ? JBC$_NOSUCHFILE : JBC$_NORMAL;
}

uint32_t show_queue(Context *context, Asked *asked, std::string *object)
{
    if ((asked->query.flags & QUI$M_SEARCH_FREEZE_CONTEXT) && context->queue.active) {
        *object = context->queue.shown;
        return JBC$_NORMAL;
    }
    bool translate = !asked->query.name.empty() &&
                     asked->query.name.find_first_of("*%") == std::string::npos;
    if (asked->query.name.empty())
        asked->query.name = "*";
    else if (translate)
        asked->query.name = queue_name_of(asked->query.name);
    context->job = Search();
    asked->query.most = 1;
    Search single;
    Search *search = asked->wildcard ? &context->queue : &single;
    uint32_t status = advance(QUI$_DISPLAY_QUEUE, asked, search);
    *object = search->shown;
    if (!asked->wildcard)
        context->queue = Search();
    return status;
}

/* Jobs of the queue shown last, or entries of the whole system. */
uint32_t show_job(uint16_t function, Context *context, Asked *asked, std::string *object)
{
    bool entries = function == QUI$_DISPLAY_ENTRY;
    if (!entries && !context->queue.active)
        return JBC$_NOQUECTX;
    if (context->job_function != function)
        context->job = Search();
    context->job_function = function;
    if ((asked->query.flags & QUI$M_SEARCH_FREEZE_CONTEXT) && context->job.active) {
        *object = context->job.shown;
        return JBC$_NORMAL;
    }
    if (!entries)
        find_item(context->queue.shown, QUI$_QUEUE_NAME, &asked->query.queue);
    if (asked->query.user.empty() && !asked->query.number &&
        !(asked->query.flags & QUI$M_SEARCH_ALL_JOBS))
        asked->query.user = queue_caller().user;
    asked->query.most = AHEAD;
    bool single = asked->query.number != 0 && !asked->wildcard;
    if (single)
        context->job = Search();
    context->next_file = 0;
    uint32_t status = advance(function, asked, &context->job);
    *object = context->job.shown;
    if (single)
        context->job = Search();
    return status;
}

uint32_t show_file(Context *context, Asked *asked, std::string *object)
{
    if (!context->job.active)
        return JBC$_NOJOBCTX;
    if ((asked->query.flags & QUI$M_SEARCH_FREEZE_CONTEXT) && context->next_file > 0) {
        *object = context->file;
        return JBC$_NORMAL;
    }
    ItemReader reader(context->job.shown);
    uint16_t code;
    size_t index = 0;
    while (reader.next(&code, object))
        if (code == QUEUE_ITEM_FILE && index++ == context->next_file) {
            ++context->next_file;
            context->file = *object;
            return JBC$_NORMAL;
        }
    context->next_file = 0;
    return JBC$_NOMOREFILE;
}

uint32_t show_form_object(uint16_t function, Context *context, const Asked &asked,
                          std::string *object)
{
    FormQuery query = {asked.query.name, asked.numbered ? &asked.query.number : nullptr,
                       asked.wildcard};
    if (function == QUI$_DISPLAY_CHARACTERISTIC)
        return show_characteristic(query);
    if ((asked.query.flags & QUI$M_SEARCH_FREEZE_CONTEXT) && context->form_shown) {
        *object = context->form;
        return JBC$_NORMAL;
    }
    uint32_t status = show_form(query, &context->form_shown, object);
    context->form = *object;
    return status;
}

uint32_t show(uint16_t function, Context *context, Asked *asked, std::string *object)
{
    bool has_job = function == QUI$_DISPLAY_JOB || function == QUI$_DISPLAY_FILE ||
                   function == QUI$_DISPLAY_QUEUE;
    if (has_job && asked->query.flags & QUI$M_SEARCH_THIS_JOB)
        return show_this_job(function, context, asked, object);
    switch (function) {
    case QUI$_CANCEL_OPERATION:
        context->reset();
        return JBC$_NORMAL;
    case QUI$_DISPLAY_QUEUE:
        return show_queue(context, asked, object);
    case QUI$_DISPLAY_JOB:
    case QUI$_DISPLAY_ENTRY:
        return show_job(function, context, asked, object);
    case QUI$_DISPLAY_FILE:
        return show_file(context, asked, object);
    case QUI$_DISPLAY_FORM:
    case QUI$_DISPLAY_CHARACTERISTIC:
        return show_form_object(function, context, *asked, object);
    case QUI$_DISPLAY_MANAGER: {
        uint32_t status = advance(function, asked, &context->manager);
        *object = context->manager.shown;
        if (!asked->wildcard)
            context->manager = Search();
        return status;
    }
    case QUI$_TRANSLATE_QUEUE:
        if (asked->query.name.empty())
            return JBC$_MISREQPAR;
        add_item(object, QUI$_QUEUE_NAME, queue_name_of(asked->query.name));
        return JBC$_NORMAL;
    }
    return JBC$_INVFUNCOD;
}

void put_outputs(const std::vector<Item> &outputs, const std::string &object)
{
    for (const Item &item : outputs) {
        std::string value;
        find_item(object, item.code, &value);
        put_item(item, value);
    }
}

uint32_t getqui(unsigned int efn, uint16_t function, unsigned int *number, ILE3 *list, IOSB *iosb)
{
    std::vector<Item> items;
    if (efn > EFN$C_ENF)
        return SS$_ILLEFC;
    uint32_t status = list ? read_items(list, &items) : static_cast<uint32_t>(SS$_NORMAL);
    if ((status & 1) == 0)
        return status;
    std::shared_ptr<Context> context = context_of(number);
    if (!context)
        return SS$_BADPARAM;
    Asked asked;
    std::string object;
    uint32_t result = read_request(items, &asked);
    if (result & 1) {
        std::lock_guard<std::mutex> lock(context->mutex);
        result = show(function, context.get(), &asked, &object);
    }
    if (function == QUI$_CANCEL_OPERATION)
        forget_context(number);
    if (result == SS$_DEVOFFLINE)
        return result;
    if (result & 1)
        put_outputs(asked.outputs, object);
    if (iosb) {
        iosb->iosb$l_dev_depend = 0;
        iosb->iosb$l_getxxi_status = result;
    }
    return SS$_NORMAL;
}

void finish(unsigned int efn, void (*astadr)(unsigned long long), unsigned long long astprm)
{
    if (efn != EFN$C_ENF)
        sys$setef(efn);
    if (astadr)
        deliver_ast([astadr, astprm] { astadr(astprm); });
}

} // namespace

/* The answer takes no longer than a turn of the queue manager: both forms wait for it. */
extern "C" int sys$getqui(unsigned int efn, unsigned short func, unsigned int *context,
                          ILE3 *itmlst, IOSB *iosb, void (*astadr)(unsigned long long),
                          unsigned long long astprm)
{
    SHIM_SERVICE("sys$getqui");
    uint32_t status = getqui(efn, func, context, itmlst, iosb);
    if (status & 1)
        finish(efn, astadr, astprm);
    return static_cast<int>(status);
}

extern "C" int sys$getquiw(unsigned int efn, unsigned short func, unsigned int *context,
                           ILE3 *itmlst, IOSB *iosb, void (*astadr)(unsigned long long),
                           unsigned long long astprm)
{
    SHIM_SERVICE("sys$getquiw");
    uint32_t status = getqui(efn, func, context, itmlst, iosb);
    if (status & 1)
        finish(efn, astadr, astprm);
    return static_cast<int>(status);
}
