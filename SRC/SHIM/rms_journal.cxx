/*
**  rms_journal - packing and restoring files
*/
#include "rms_journal.h"

#include "crash_point.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

bool read_all(int fd, std::string *data)
{
    ssize_t size = pread(fd, &(*data)[0], data->size(), 0);
    return size == static_cast<ssize_t>(data->size());
}

/* ---- recovery ---- */

bool only_zeros(const std::string &data)
{
    return data.find_first_not_of('\0') == std::string::npos;
}

/* Shorter than it was, or its blocks never came to disk.  Another content is a later one. */
bool cut_off(const std::string &path, const std::string &data)
{
    struct stat info;
    if (stat(path.c_str(), &info) != 0)
        return errno == ENOENT;
    if (static_cast<uint64_t>(info.st_size) != data.size())
        return static_cast<uint64_t>(info.st_size) < data.size();
    std::string there(data.size(), '\0');
    int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    bool lost = fd >= 0 && read_all(fd, &there) && only_zeros(there) && !only_zeros(data);
    if (fd >= 0)
        close(fd);
    return lost;
}

void make_parents(const std::string &path)
{
    for (size_t at = root().size() + 1; (at = path.find('/', at)) != std::string::npos; ++at)
        mkdir(path.substr(0, at).c_str(), 0770);
}

uint32_t write_again(const std::string &path, const Attributes &attributes, const std::string &data)
{
    uint32_t stv;
    make_parents(path);
    int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0660);
    if (fd < 0)
        return file_error(errno, RMS$_CRE, &stv);
    bool good = pwrite(fd, data.data(), data.size(), 0) == static_cast<ssize_t>(data.size()) &&
                write_attributes(fd, path, attributes);
    uint32_t status = good ? static_cast<uint32_t>(RMS$_NORMAL) : file_error(errno, RMS$_WER, &stv);
    close(fd);
    return status;
}

/* Its bytes, when it may go into a journal. */
bool contents(const File &file, std::string *data)
{
    const std::string below = root() + "/";
    struct stat info;
    uint64_t device;
    if (!file.fresh || file.attributes.org != FAB$C_SEQ ||
        file.directory.compare(0, below.size(), below) != 0 || fstat(file.fd, &info) != 0 ||
        static_cast<uint64_t>(info.st_size) > RMS_JOURNAL_FILE_MAX)
        return false;
    RecordJournal *journal = process_journal();
    if (!journal || !journal->device(&device) || device != static_cast<uint64_t>(info.st_dev))
        return false;
    data->resize(static_cast<size_t>(info.st_size));
    return read_all(file.fd, data);
}

} // namespace

bool journal_begin(File &file, JournalTicket *ticket)
{
    std::string data, body;
    if (!contents(file, &data))
        return false;
    body = process_record(PROCESS_FILE);
    body.reserve(body.size() + data.size() + 512);
    journal_put(&body, file.path().substr(root().size() + 1));
    journal_put(&body, std::string(reinterpret_cast<const char *>(&file.attributes),
                                   sizeof file.attributes));
    journal_put(&body, data);
    if (!(process_journal()->write(body, ticket) & 1))
        return false;
    CRASH_POINT("crash:rms_journal_written");
    return true;
}

bool journal_end(File &file, const JournalTicket &ticket, bool wanted)
{
    RecordJournal *journal = process_journal_if_open();
    bool flushed = wanted && journal && (journal->flush(ticket) & 1);
    if (flushed)
        CRASH_POINT("crash:rms_journal_flushed");
    if (journal)
        journal->finished(ticket);
    file.fresh = file.fresh && !flushed;
    return flushed;
}

uint32_t restore_file(JournalReader *in, uint32_t *files)
{
    std::string path = in->text(), header = in->text(), data = in->text();
    Attributes attributes;
    if (!in->good() || header.size() != sizeof attributes)
        return RMS$_NORMAL;
    memcpy(&attributes, header.data(), sizeof attributes);
    path = root() + "/" + path;
    if (!cut_off(path, data))
        return RMS$_NORMAL;
    uint32_t status = write_again(path, attributes, data);
    *files += status & 1;
    return status;
}

} // namespace rms
} // namespace shim
