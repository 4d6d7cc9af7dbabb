/*
**  job_items - the item codes of $SNDJBC and the shape of each
**
**  An unknown code is JBC$_INVITMCOD, a length outside its row JBC$_INVPARLEN.  The client has
**  checked addresses; output items arrive with length 0.  sjcdef.h; spec/vms-api.md 2.1.
*/
#include "plain_text.h"
#include "queue_manager.h"
#include "shim.h"

#include <jbcmsgdef.h>
#include <sjcdef.h>

namespace shim::job_control {

namespace {

struct ItemRow {
    uint16_t code, least, most;
};

const ItemRow item_table[] = {
    {SJC$_BASE_PRIORITY, 1, 4}, {SJC$_LOG_DELETE, 0, 0}, {SJC$_NO_LOG_DELETE, 0, 0},
    {SJC$_LOG_QUEUE, 1, 31}, {SJC$_LOG_SPECIFICATION, 1, 255}, {SJC$_NO_LOG_SPECIFICATION, 0, 0},
    {SJC$_LOG_SPOOL, 0, 0}, {SJC$_NO_LOG_SPOOL, 0, 0},
    {SJC$_ACCOUNTING_MESSAGE, 0, 255}, {SJC$_AFTER_TIME, 8, 8}, {SJC$_NO_AFTER_TIME, 0, 0},
    {SJC$_CHECKPOINT_DATA, 0, 255}, {SJC$_NO_CHECKPOINT_DATA, 0, 0},
    {SJC$_CREATE_START, 0, 0}, {SJC$_DELETE_FILE, 0, 0}, {SJC$_NO_DELETE_FILE, 0, 0},
    {SJC$_DELETE_FILE_ALWAYS, 0, 0}, {SJC$_NO_DELETE_FILE_ALWAYS, 0, 0},
    {SJC$_DESTINATION_QUEUE, 1, 255}, {SJC$_DEVICE_NAME, 0, 31},
    {SJC$_ENTRY_NUMBER, 4, 4}, {SJC$_ENTRY_NUMBER_OUTPUT, 0, 0},
    {SJC$_FILE_COPIES, 1, 4}, {SJC$_FILE_IDENTIFICATION, 28, 28},
    {SJC$_FILE_SPECIFICATION, 1, 255}, {SJC$_FORM_NAME, 0, 31},
    {SJC$_GENERIC_QUEUE, 0, 0}, {SJC$_NO_GENERIC_QUEUE, 0, 0}, {SJC$_GENERIC_TARGET, 1, 31},
    {SJC$_HOLD, 0, 0}, {SJC$_NO_HOLD, 0, 0}, {SJC$_JOB_COPIES, 1, 4}, {SJC$_JOB_LIMIT, 1, 4},
    {SJC$_JOB_NAME, 0, 39}, {SJC$_JOB_RESET_MODULES, 0, 255}, {SJC$_NO_JOB_RESET_MODULES, 0, 0},
    {SJC$_JOB_STATUS_OUTPUT, 0, 0}, {SJC$_LIBRARY_SPECIFICATION, 0, 39},
    {SJC$_NO_LIBRARY_SPECIFICATION, 0, 0}, {SJC$_NEXT_JOB, 0, 0}, {SJC$_NOTE, 0, 255},
    {SJC$_NO_NOTE, 0, 0}, {SJC$_NOTIFY, 0, 0}, {SJC$_NO_NOTIFY, 0, 0}, {SJC$_OWNER_UIC, 4, 4},
    {SJC$_PARAMETER_1, 0, 255}, {SJC$_PARAMETER_2, 0, 255}, {SJC$_PARAMETER_3, 0, 255},
    {SJC$_PARAMETER_4, 0, 255}, {SJC$_PARAMETER_5, 0, 255}, {SJC$_PARAMETER_6, 0, 255},
    {SJC$_PARAMETER_7, 0, 255}, {SJC$_PARAMETER_8, 0, 255}, {SJC$_NO_PARAMETERS, 0, 0},
    {SJC$_PRIORITY, 1, 4}, {SJC$_PROCESSOR, 0, 39}, {SJC$_NO_PROCESSOR, 0, 0},
    {SJC$_PROTECTION, 4, 4}, {SJC$_QUEUE, 1, 255}, {SJC$_REQUEUE, 0, 0}, {SJC$_RESTART, 0, 0},
    {SJC$_NO_RESTART, 0, 0}, {SJC$_RETAIN_ALL_JOBS, 0, 0}, {SJC$_RETAIN_ERROR_JOBS, 0, 0},
    {SJC$_NO_RETAIN_JOBS, 0, 0}, {SJC$_SCSNODE_NAME, 1, 6}, {SJC$_BATCH, 0, 0},
    {SJC$_NO_BATCH, 0, 0}, {SJC$_TERMINAL, 0, 0}, {SJC$_NO_TERMINAL, 0, 0},
    {SJC$_USER_IDENTIFICATION, 25, 25}, {SJC$_ACCOUNT_NAME, 0, 8}, {SJC$_UIC, 4, 4},
    {SJC$_USERNAME, 1, 12}, {SJC$_OPEN_QUEUE, 0, 0}, {SJC$_CLOSE_QUEUE, 0, 0},
    {SJC$_SERVER, 0, 0}, {SJC$_PRINTER, 0, 0}, {SJC$_QUEUE_DESCRIPTION, 0, 255},
    {SJC$_NO_QUEUE_DESCRIPTION, 0, 0}, {SJC$_JOB_RETAIN, 0, 0}, {SJC$_JOB_ERROR_RETAIN, 0, 0},
    {SJC$_JOB_DEFAULT_RETAIN, 0, 0}, {SJC$_JOB_RETAIN_TIME, 8, 8}, {SJC$_AUTOSTART_ON, 1, 255},
    {SJC$_QUEUE_MANAGER_NAME, 1, 31}, {SJC$_SET_CONDITION_VECTOR, 4, 4},
};

const ItemRow *row_of(uint16_t code)
{
    static std::vector<const ItemRow *> rows = [] {
        std::vector<const ItemRow *> all(1024, nullptr);
        for (const ItemRow &row : item_table)
            all[row.code] = &row;
        return all;
    }();
    return code < rows.size() ? rows[code] : nullptr;
}

} // namespace

uint32_t JobItems::parse(const std::string &items)
{
    ItemReader reader(items);
    uint16_t code;
    std::string data;
    while (reader.next(&code, &data)) {
        const ItemRow *row = row_of(code);
        if (!row) {
            trace("sndjbc: item code %u is not known", code);
            return JBC$_INVITMCOD;
        }
        if (data.size() < row->least || data.size() > row->most)
            return JBC$_INVPARLEN;
        rows_.push_back(std::make_pair(code, data));
    }
    return JBC$_NORMAL;
}

bool JobItems::has(uint16_t code) const
{
    for (const auto &row : rows_)
        if (row.first == code)
            return true;
    return false;
}

std::string JobItems::text(uint16_t code) const
{
    for (size_t i = rows_.size(); i-- > 0;)
        if (rows_[i].first == code)
            return rows_[i].second;
    return std::string();
}

std::string JobItems::name(uint16_t code) const
{
    return without_blanks_behind(upper(text(code)));
}

uint32_t JobItems::longword(uint16_t code) const
{
    return static_cast<uint32_t>(wire_number(text(code)));
}

uint64_t JobItems::quadword(uint16_t code) const
{
    return wire_number(text(code));
}

std::vector<std::string> JobItems::list(uint16_t code) const
{
    std::vector<std::string> values;
    for (const auto &row : rows_)
        if (row.first == code)
            values.push_back(row.second);
    return values;
}

} // namespace shim::job_control
