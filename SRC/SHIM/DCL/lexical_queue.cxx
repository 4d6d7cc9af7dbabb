/*
**  lexical_queue - F$GETQUI
**
**  The process's one context of $GETQUI: a wildcard search goes on with each call.  What cannot be
**  found is the null string.  DCL Dictionary, F$GETQUI.
*/
#include "lexical_items.h"
#include "low.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <cstdlib>
#include <quidef.h>
#include <starlet.h>
#include <starlet_queue.h>

namespace shim {
namespace dcl {

namespace {

const size_t TEXT_SIZE = 4096;

/* mask: the item is TRUE when one of these bits of the longword is set. */
struct QueueItem {
    const char *name;
    unsigned short code;
    ItemKind kind;
    uint32_t mask;
};

const QueueItem queue_items[] = {
    {"ACCOUNT_NAME", QUI$_ACCOUNT_NAME, ITEM_TEXT, 0},
    {"AFTER_TIME", QUI$_AFTER_TIME, ITEM_TIME, 0},
    {"ASSIGNED_QUEUE_NAME", QUI$_ASSIGNED_QUEUE_NAME, ITEM_TEXT, 0},
    {"AUTOSTART_ON", QUI$_AUTOSTART_ON, ITEM_TEXT, 0},
    {"BASE_PRIORITY", QUI$_BASE_PRIORITY, ITEM_NUMBER, 0},
    {"CHARACTERISTIC_NAME", QUI$_CHARACTERISTIC_NAME, ITEM_TEXT, 0},
    {"CHARACTERISTIC_NUMBER", QUI$_CHARACTERISTIC_NUMBER, ITEM_NUMBER, 0},
    {"CHECKPOINT_DATA", QUI$_CHECKPOINT_DATA, ITEM_TEXT, 0},
    {"CONDITION_VECTOR", QUI$_CONDITION_VECTOR, ITEM_NUMBER, 0},
    {"DEVICE_NAME", QUI$_DEVICE_NAME, ITEM_TEXT, 0},
    {"ENTRY_NUMBER", QUI$_ENTRY_NUMBER, ITEM_NUMBER, 0},
    {"EXECUTING_JOB_COUNT", QUI$_EXECUTING_JOB_COUNT, ITEM_NUMBER, 0},
    {"FILE_CHECKPOINTED", QUI$_FILE_STATUS, ITEM_BOOLEAN, QUI$M_FILE_CHECKPOINTED},
    {"FILE_COPIES", QUI$_FILE_COPIES, ITEM_NUMBER, 0},
    {"FILE_COUNT", QUI$_FILE_COUNT, ITEM_NUMBER, 0},
    {"FILE_DELETE", QUI$_FILE_FLAGS, ITEM_BOOLEAN, QUI$M_FILE_DELETE},
    {"FILE_EXECUTING", QUI$_FILE_STATUS, ITEM_BOOLEAN, QUI$M_FILE_EXECUTING},
    {"FILE_FLAGS", QUI$_FILE_FLAGS, ITEM_NUMBER, 0},
    {"FILE_SPECIFICATION", QUI$_FILE_SPECIFICATION, ITEM_TEXT, 0},
    {"FILE_STATUS", QUI$_FILE_STATUS, ITEM_NUMBER, 0},
    {"FORM_DESCRIPTION", QUI$_FORM_DESCRIPTION, ITEM_TEXT, 0},
    {"FORM_FLAGS", QUI$_FORM_FLAGS, ITEM_NUMBER, 0},
    {"FORM_LENGTH", QUI$_FORM_LENGTH, ITEM_NUMBER, 0},
    {"FORM_MARGIN_BOTTOM", QUI$_FORM_MARGIN_BOTTOM, ITEM_NUMBER, 0},
    {"FORM_MARGIN_LEFT", QUI$_FORM_MARGIN_LEFT, ITEM_NUMBER, 0},
    {"FORM_MARGIN_RIGHT", QUI$_FORM_MARGIN_RIGHT, ITEM_NUMBER, 0},
    {"FORM_MARGIN_TOP", QUI$_FORM_MARGIN_TOP, ITEM_NUMBER, 0},
    {"FORM_NAME", QUI$_FORM_NAME, ITEM_TEXT, 0},
    {"FORM_NUMBER", QUI$_FORM_NUMBER, ITEM_NUMBER, 0},
    {"FORM_SETUP_MODULES", QUI$_FORM_SETUP_MODULES, ITEM_TEXT, 0},
    {"FORM_SHEET_FEED", QUI$_FORM_FLAGS, ITEM_BOOLEAN, QUI$M_FORM_SHEET_FEED},
    {"FORM_STOCK", QUI$_FORM_STOCK, ITEM_TEXT, 0},
    {"FORM_TRUNCATE", QUI$_FORM_FLAGS, ITEM_BOOLEAN, QUI$M_FORM_TRUNCATE},
    {"FORM_WIDTH", QUI$_FORM_WIDTH, ITEM_NUMBER, 0},
    {"FORM_WRAP", QUI$_FORM_FLAGS, ITEM_BOOLEAN, QUI$M_FORM_WRAP},
    {"GENERIC_TARGET", QUI$_GENERIC_TARGET, ITEM_TEXT, 0},
    {"HOLDING_JOB_COUNT", QUI$_HOLDING_JOB_COUNT, ITEM_NUMBER, 0},
    {"JOB_ABORTING", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_ABORTING},
    {"JOB_COMPLETION_QUEUE", QUI$_JOB_COMPLETION_QUEUE, ITEM_TEXT, 0},
    {"JOB_COMPLETION_TIME", QUI$_JOB_COMPLETION_TIME, ITEM_TIME, 0},
    {"JOB_COPIES", QUI$_JOB_COPIES, ITEM_NUMBER, 0},
    {"JOB_ERROR_RETENTION", QUI$_JOB_FLAGS, ITEM_BOOLEAN, QUI$M_JOB_ERROR_RETENTION},
    {"JOB_EXECUTING", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_EXECUTING},
    {"JOB_FLAGS", QUI$_JOB_FLAGS, ITEM_NUMBER, 0},
    {"JOB_HOLDING", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_HOLDING},
    {"JOB_INACCESSIBLE", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_INACCESSIBLE},
    {"JOB_LIMIT", QUI$_JOB_LIMIT, ITEM_NUMBER, 0},
    {"JOB_LOG_DELETE", QUI$_JOB_FLAGS, ITEM_BOOLEAN, QUI$M_JOB_LOG_DELETE},
    {"JOB_LOG_NULL", QUI$_JOB_FLAGS, ITEM_BOOLEAN, QUI$M_JOB_LOG_NULL},
    {"JOB_LOG_SPOOL", QUI$_JOB_FLAGS, ITEM_BOOLEAN, QUI$M_JOB_LOG_SPOOL},
    {"JOB_NAME", QUI$_JOB_NAME, ITEM_TEXT, 0},
    {"JOB_NOTIFY", QUI$_JOB_FLAGS, ITEM_BOOLEAN, QUI$M_JOB_NOTIFY},
    {"JOB_PENDING", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_PENDING},
    {"JOB_PID", QUI$_JOB_PID, ITEM_HEX, 0},
    {"JOB_REFUSED", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_REFUSED},
    {"JOB_REQUEUE", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_REQUEUE},
    {"JOB_RESET_MODULES", QUI$_JOB_RESET_MODULES, ITEM_TEXT, 0},
    {"JOB_RESTART", QUI$_JOB_FLAGS, ITEM_BOOLEAN, QUI$M_JOB_RESTART},
    {"JOB_RETAINED", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_RETAINED},
    {"JOB_RETENTION", QUI$_JOB_FLAGS, ITEM_BOOLEAN, QUI$M_JOB_RETENTION},
    {"JOB_RETENTION_TIME", QUI$_JOB_RETENTION_TIME, ITEM_TIME, 0},
    {"JOB_SIZE", QUI$_JOB_SIZE, ITEM_NUMBER, 0},
    {"JOB_STALLED", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_STALLED},
    {"JOB_STARTING", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_STARTING},
    {"JOB_STATUS", QUI$_JOB_STATUS, ITEM_NUMBER, 0},
    {"JOB_SUSPENDED", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_SUSPENDED},
    {"JOB_TIMED_RELEASE", QUI$_JOB_STATUS, ITEM_BOOLEAN, QUI$M_JOB_TIMED_RELEASE},
    {"LIBRARY_SPECIFICATION", QUI$_LIBRARY_SPECIFICATION, ITEM_TEXT, 0},
    {"LOG_QUEUE", QUI$_LOG_QUEUE, ITEM_TEXT, 0},
    {"LOG_SPECIFICATION", QUI$_LOG_SPECIFICATION, ITEM_TEXT, 0},
    {"MANAGER_NAME", QUI$_MANAGER_NAME, ITEM_TEXT, 0},
    {"MANAGER_STATUS", QUI$_MANAGER_STATUS, ITEM_NUMBER, 0},
    {"NOTE", QUI$_NOTE, ITEM_TEXT, 0},
    {"OWNER_UIC", QUI$_OWNER_UIC, ITEM_UIC, 0},
    {"PAGE_SETUP_MODULES", QUI$_PAGE_SETUP_MODULES, ITEM_TEXT, 0},
    {"PARAMETER_1", QUI$_PARAMETER_1, ITEM_TEXT, 0},
    {"PARAMETER_2", QUI$_PARAMETER_2, ITEM_TEXT, 0},
    {"PARAMETER_3", QUI$_PARAMETER_3, ITEM_TEXT, 0},
    {"PARAMETER_4", QUI$_PARAMETER_4, ITEM_TEXT, 0},
    {"PARAMETER_5", QUI$_PARAMETER_5, ITEM_TEXT, 0},
    {"PARAMETER_6", QUI$_PARAMETER_6, ITEM_TEXT, 0},
    {"PARAMETER_7", QUI$_PARAMETER_7, ITEM_TEXT, 0},
    {"PARAMETER_8", QUI$_PARAMETER_8, ITEM_TEXT, 0},
    {"PENDING_JOB_COUNT", QUI$_PENDING_JOB_COUNT, ITEM_NUMBER, 0},
    {"PENDING_JOB_REASON", QUI$_PENDING_JOB_REASON, ITEM_NUMBER, 0},
    {"PRIORITY", QUI$_PRIORITY, ITEM_NUMBER, 0},
    {"PROCESSOR", QUI$_PROCESSOR, ITEM_TEXT, 0},
    {"PROTECTION", QUI$_PROTECTION, ITEM_NUMBER, 0},
    {"QUEUE_AUTOSTART", QUI$_QUEUE_FLAGS, ITEM_BOOLEAN, QUI$M_QUEUE_AUTOSTART},
    {"QUEUE_AUTOSTART_INACTIVE", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_AUTOSTART_INACTIVE},
    {"QUEUE_AVAILABLE", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_AVAILABLE},
    {"QUEUE_BATCH", QUI$_QUEUE_FLAGS, ITEM_BOOLEAN, QUI$M_QUEUE_BATCH},
    {"QUEUE_BUSY", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_BUSY},
    {"QUEUE_CLOSED", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_CLOSED},
    {"QUEUE_DESCRIPTION", QUI$_QUEUE_DESCRIPTION, ITEM_TEXT, 0},
    {"QUEUE_DISABLED", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_DISABLED},
    {"QUEUE_FLAGS", QUI$_QUEUE_FLAGS, ITEM_NUMBER, 0},
    {"QUEUE_GENERIC", QUI$_QUEUE_FLAGS, ITEM_BOOLEAN, QUI$M_QUEUE_GENERIC},
    {"QUEUE_IDLE", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_IDLE},
    {"QUEUE_LOWERCASE", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_LOWERCASE},
    {"QUEUE_NAME", QUI$_QUEUE_NAME, ITEM_TEXT, 0},
    {"QUEUE_PAUSED", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_PAUSED},
    {"QUEUE_PAUSING", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_PAUSING},
    {"QUEUE_PRINTER", QUI$_QUEUE_FLAGS, ITEM_BOOLEAN, QUI$M_QUEUE_PRINTER},
    {"QUEUE_REMOTE", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_REMOTE},
    {"QUEUE_RESETTING", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_RESETTING},
    {"QUEUE_RESUMING", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_RESUMING},
    {"QUEUE_RETAIN_ALL", QUI$_QUEUE_FLAGS, ITEM_BOOLEAN, QUI$M_QUEUE_RETAIN_ALL},
    {"QUEUE_RETAIN_ERROR", QUI$_QUEUE_FLAGS, ITEM_BOOLEAN, QUI$M_QUEUE_RETAIN_ERROR},
    {"QUEUE_SERVER", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_SERVER},
    {"QUEUE_STALLED", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_STALLED},
    {"QUEUE_STARTING", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_STARTING},
    {"QUEUE_STATUS", QUI$_QUEUE_STATUS, ITEM_NUMBER, 0},
    {"QUEUE_STOPPED", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_STOPPED},
    {"QUEUE_STOPPING", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_STOPPING},
    {"QUEUE_STOP_PENDING", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_STOP_PENDING},
    {"QUEUE_TERMINAL", QUI$_QUEUE_FLAGS, ITEM_BOOLEAN, QUI$M_QUEUE_TERMINAL},
    {"QUEUE_UNAVAILABLE", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_UNAVAILABLE},
    {"QUEUE_UNDEFINED", QUI$_QUEUE_STATUS, ITEM_BOOLEAN, QUI$M_QUEUE_UNDEFINED},
    {"REQUEUE_QUEUE_NAME", QUI$_REQUEUE_QUEUE_NAME, ITEM_TEXT, 0},
    {"RESTART_QUEUE_NAME", QUI$_RESTART_QUEUE_NAME, ITEM_TEXT, 0},
    {"RETAINED_JOB_COUNT", QUI$_RETAINED_JOB_COUNT, ITEM_NUMBER, 0},
    {"SCSNODE_NAME", QUI$_SCSNODE_NAME, ITEM_TEXT, 0},
    {"SUBMISSION_TIME", QUI$_SUBMISSION_TIME, ITEM_TIME, 0},
    {"TIMED_RELEASE_JOB_COUNT", QUI$_TIMED_RELEASE_JOB_COUNT, ITEM_NUMBER, 0},
    {"UIC", QUI$_UIC, ITEM_UIC, 0},
    {"USERNAME", QUI$_USERNAME, ITEM_TEXT, 0},
};

const QueueItem &queue_item(const std::string &word)
{
    const QueueItem *found = nullptr;
    for (const QueueItem &row : queue_items) {
        if (word == row.name)
            return row;
        if (std::string(row.name).compare(0, word.size(), word) != 0)
            continue;
        if (found)
            throw Failure(CLI$_ABKEYW, word);
        found = &row;
    }
    if (!found)
        throw Failure(CLI$_IVKEYW, word);
    return *found;
}

const char *const functions[] = {
    "CANCEL_OPERATION", "DISPLAY_CHARACTERISTIC", "DISPLAY_ENTRY", "DISPLAY_FILE",
    "DISPLAY_FORM",     "DISPLAY_JOB",            "DISPLAY_MANAGER", "DISPLAY_QUEUE",
    "TRANSLATE_QUEUE",  nullptr};
const unsigned short function_codes[] = {
    QUI$_CANCEL_OPERATION, QUI$_DISPLAY_CHARACTERISTIC, QUI$_DISPLAY_ENTRY,
    QUI$_DISPLAY_FILE,     QUI$_DISPLAY_FORM,           QUI$_DISPLAY_JOB,
    QUI$_DISPLAY_MANAGER,  QUI$_DISPLAY_QUEUE,          QUI$_TRANSLATE_QUEUE};

const char *const flag_words[] = {"ALL_JOBS", "BATCH", "EXECUTING_JOBS", "FREEZE_CONTEXT",
                                  "GENERIC", "HOLDING_JOBS", "PENDING_JOBS", "PRINTER",
                                  "RETAINED_JOBS", "SERVER", "SYMBIONT", "TERMINAL", "THIS_JOB",
                                  "TIMED_RELEASE_JOBS", "WILDCARD", nullptr};
const uint32_t flag_bits[] = {QUI$M_SEARCH_ALL_JOBS, QUI$M_SEARCH_BATCH,
                              QUI$M_SEARCH_EXECUTING_JOBS, QUI$M_SEARCH_FREEZE_CONTEXT,
                              QUI$M_SEARCH_GENERIC, QUI$M_SEARCH_HOLDING_JOBS,
                              QUI$M_SEARCH_PENDING_JOBS, QUI$M_SEARCH_PRINTER,
                              QUI$M_SEARCH_RETAINED_JOBS, QUI$M_SEARCH_SERVER,
                              QUI$M_SEARCH_SYMBIONT, QUI$M_SEARCH_TERMINAL,
                              QUI$M_SEARCH_THIS_JOB, QUI$M_SEARCH_TIMED_RELEASE_JOBS,
                              QUI$M_SEARCH_WILDCARD};

void put_object(LowItems &items, unsigned short function, const LexicalArguments &a)
{
    std::string object = a.keyword(2);
    uint32_t flags = 0;
    for (const std::string &word : keyword_list(a.keyword(3)))
        if (!word.empty())
            flags |= flag_bits[find_keyword(word, flag_words)];
    if (flags)
        items.put(QUI$_SEARCH_FLAGS, flags);
    if (object.empty())
        return;
    bool number = object.find_first_not_of("0123456789") == std::string::npos &&
                  (function == QUI$_DISPLAY_ENTRY || function == QUI$_DISPLAY_JOB ||
                   function == QUI$_DISPLAY_FORM || function == QUI$_DISPLAY_CHARACTERISTIC);
    if (number)
        items.put(QUI$_SEARCH_NUMBER, static_cast<uint32_t>(strtoul(object.c_str(), nullptr, 10)));
    else if (function == QUI$_DISPLAY_ENTRY)
        items.put(QUI$_SEARCH_JOB_NAME, object);
    else
        items.put(QUI$_SEARCH_NAME, object);
}

Value shown(const QueueItem &row, const LowItems &items, size_t at)
{
    if (row.kind == ITEM_TEXT)
        return Value(items.text(at));
    uint64_t number = items.number(at);
    if (row.mask)
        return Value((number & row.mask) != 0 ? "TRUE" : "FALSE");
    const ItemRow form = {row.name, row.code, row.kind, nullptr};
    if (row.kind == ITEM_TIME && !number)
        return Value("");
    return item_shown(form, "", number);
}

Value f_getqui(Session &, const LexicalArguments &a)
{
    std::string word = a.keyword(0);
    unsigned short function =
        word.empty() ? static_cast<unsigned short>(QUI$_CANCEL_OPERATION)
                     : function_codes[find_keyword(word, functions)];
    std::string item = a.keyword(1);
    LowItems items;
    put_object(items, function, a);
    const QueueItem *row = item.empty() ? nullptr : &queue_item(item);
    size_t at = 0;
    if (row)
        at = items.ask(row->code, row->kind == ITEM_TEXT   ? TEXT_SIZE
                                  : row->kind == ITEM_TIME ? 8
                                                           : 4);
    IOSB iosb = {};
    uint32_t status = static_cast<uint32_t>(
        sys$getquiw(0, function, nullptr, items.list(), &iosb, nullptr, 0));
    if (!(status & 1))
        throw service_failure(status);
    if (!(iosb.iosb$l_getxxi_status & 1) || function == QUI$_CANCEL_OPERATION)
        return Value("");
    return row ? shown(*row, items, at) : Value("TRUE");
}

} // namespace

const LexicalRow lexical_queue[] = {
    {"F$GETQUI", 0, 4, 0, f_getqui},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
