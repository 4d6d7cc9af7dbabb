/*
**  mail_reading - folders, selections, headers and bodies of a mail file
*/
#include "mail_store.h"

#include "mail_ahead.h"
#include "mail_text.h"
#include "shim.h"

#include <maildef.h>
#include <mailmsgdef.h>

#include <algorithm>
#include <cerrno>
#include <cctype>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

namespace shim {

namespace {

std::string column_text(sqlite3_stmt *statement, int at)
{
    const void *data = sqlite3_column_blob(statement, at);
    return data ? std::string(static_cast<const char *>(data),
                              static_cast<size_t>(sqlite3_column_bytes(statement, at)))
                : std::string();
}

bool contains(const std::string &upper_part, sqlite3_stmt *statement, int at)
{
    return upper_part.empty() ||
           upper(column_text(statement, at)).find(upper_part) != std::string::npos;
}

void read_entry(sqlite3_stmt *statement, MailEntry *entry)
{
    entry->key = sqlite3_column_int64(statement, 0);
    entry->date = static_cast<uint64_t>(sqlite3_column_int64(statement, 1));
    entry->records = static_cast<uint32_t>(sqlite3_column_int64(statement, 2));
    entry->flags = static_cast<uint16_t>(sqlite3_column_int(statement, 3));
    entry->uflags = static_cast<uint16_t>(sqlite3_column_int(statement, 4));
    entry->bytes = static_cast<uint32_t>(sqlite3_column_int64(statement, 5));
}

/* "MAIL$<16 hex digits>.MAI;1" */
bool external_date(const char *name, uint64_t *date)
{
    *date = 0;
    if (strncmp(name, "MAIL$", 5) != 0)
        return false;
    for (name += 5; isxdigit(static_cast<unsigned char>(*name)); ++name) {
        int digit = *name <= '9' ? *name - '0' : (*name | 32) - 'a' + 10;
        *date = *date << 4 | static_cast<uint64_t>(digit);
    }
    return strcmp(name, ".MAI;1") == 0;
}

} // namespace

/* Most files need one read and no question for their size. */
bool mail_read_rest(int fd, std::string *text)
{
    static char buffer[65536];
    ssize_t got;
    while ((got = read(fd, buffer, sizeof buffer)) > 0) {
        text->append(buffer, static_cast<size_t>(got));
        if (got < static_cast<ssize_t>(sizeof buffer))
            return true;
    }
    return got == 0;
}

uint32_t MailStore::folders(std::vector<std::string> *names)
{
    std::vector<std::pair<int64_t, std::string>> all;
    sqlite3_stmt *list = query(LIST_FOLDERS);
    while (sqlite3_step(list) == SQLITE_ROW)
        all.push_back(std::make_pair(sqlite3_column_int64(list, 0), column_text(list, 1)));
    sqlite3_reset(list);
    if (all.empty())
        return failure();
    for (const auto &row : all)
        if (folder_has_messages(row.second))
            names->push_back(row.second);
    return SS$_NORMAL;
}

bool MailStore::folder_has_messages(const std::string &folder)
{
    int64_t number = folder_number(folder, false);
    sqlite3_stmt *any = query(ANY_IN_RANGE);
    sqlite3_bind_int64(any, 1, number << 40);
    sqlite3_bind_int64(any, 2, (number + 1) << 40);
    bool found = number != 0 && sqlite3_step(any) == SQLITE_ROW;
    sqlite3_reset(any);
    return found;
}

uint32_t MailStore::select(const std::string &folder, const MailFilter &filter,
                           std::vector<MailEntry> *found)
{
    int64_t number = folder_number(folder, false);
    if (!number)
        return MAIL$_NOTEXIST;
    sqlite3_stmt *rows = query(SELECT);
    sqlite3_bind_int64(rows, 1, number << 40);
    sqlite3_bind_int64(rows, 2, (number + 1) << 40);
    bool any = false, texts = filter.texts();
    int rc;
    while ((rc = sqlite3_step(rows)) == SQLITE_ROW) {
        MailEntry entry;
        read_entry(rows, &entry);
        any = true;
        if (entry.date < filter.since || entry.date >= filter.before ||
            (entry.flags & filter.flags) != filter.flags || (entry.flags & filter.flags_mbz))
            continue;
        if (texts && !(contains(filter.from, rows, 6) && contains(filter.to, rows, 7) &&
                       contains(filter.cc, rows, 8) && contains(filter.subject, rows, 9)))
            continue;
        found->push_back(entry);
    }
    sqlite3_reset(rows);
    if (rc != SQLITE_DONE)
        return failure();
    return any ? static_cast<uint32_t>(SS$_NORMAL) : static_cast<uint32_t>(MAIL$_NOTEXIST);
}

uint32_t MailStore::entry(int64_t key, MailEntry *entry)
{
    sqlite3_stmt *row = query(ENTRY);
    sqlite3_bind_int64(row, 1, key);
    int rc = sqlite3_step(row);
    if (rc == SQLITE_ROW)
        read_entry(row, entry);
    sqlite3_reset(row);
    return rc == SQLITE_ROW ? SS$_NORMAL : rc == SQLITE_DONE ? MAIL$_NOTEXIST : failure();
}

uint32_t MailStore::headers(int64_t first, int64_t last, const TakeHeaders &take)
{
    sqlite3_stmt *rows = query(HEADERS);
    sqlite3_bind_int64(rows, 1, first);
    sqlite3_bind_int64(rows, 2, last);
    int rc;
    while ((rc = sqlite3_step(rows)) == SQLITE_ROW) {
        MailHeaders found;
        found.from = column_text(rows, 1);
        found.to = column_text(rows, 2);
        found.cc = column_text(rows, 3);
        found.subject = column_text(rows, 4);
        found.sender = column_text(rows, 5);
        take(sqlite3_column_int64(rows, 0), found);
    }
    sqlite3_reset(rows);
    return rc == SQLITE_DONE ? static_cast<uint32_t>(SS$_NORMAL) : failure();
}

const std::shared_ptr<HostFolder> &MailStore::folder()
{
    if (!folder_)
        folder_ = std::make_shared<HostFolder>(directory_);
    return folder_;
}

uint32_t MailStore::body(const MailEntry &entry, std::string *text)
{
    text->clear();
    if (entry.flags & MAIL$M_EXTMSG) {
        int fd = openat(folder()->fd, mail_external_host_name(entry.date).c_str(),
                        O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return mail_file_error(errno);
        bool good = mail_read_rest(fd, text);
        close(fd);
        return good ? static_cast<uint32_t>(SS$_NORMAL) : static_cast<uint32_t>(MAIL$_READERR);
    }
    sqlite3_stmt *row = query(BODY);
    sqlite3_bind_int64(row, 1, entry.key & 0xffffffffffLL);
    int rc = sqlite3_step(row);
    if (rc == SQLITE_ROW && sqlite3_column_blob(row, 0))
        text->assign(static_cast<const char *>(sqlite3_column_blob(row, 0)),
                     static_cast<size_t>(sqlite3_column_bytes(row, 0)));
    sqlite3_reset(row);
    return rc == SQLITE_ROW ? SS$_NORMAL : rc == SQLITE_DONE ? MAIL$_NOTEXIST : failure();
}

bool MailStore::external_present(uint64_t date) const
{
    return access(external_path(date).c_str(), F_OK) == 0;
}

void MailStore::external_dates(std::vector<uint64_t> *dates) const
{
    DIR *list = opendir(directory_.c_str());
    if (!list)
        return;
    uint64_t date;
    while (struct dirent *at = readdir(list))
        if (external_date(at->d_name, &date))
            dates->push_back(date);
    closedir(list);
    std::sort(dates->begin(), dates->end());
}

std::string mail_header_line(const MailHeaders &headers, uint64_t date, unsigned number)
{
    switch (number) {
    case 0: return "From:\t" + headers.from + "  " + mail_format_date(date, false);
    case 1: return "To:\t" + headers.to;
    case 2: return "CC:\t" + headers.cc;
    default: return "Subj:\t" + headers.subject;
    }
}

} // namespace shim
