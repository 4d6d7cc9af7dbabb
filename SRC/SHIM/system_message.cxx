/*
**  system_message - texts of condition values: $GETMSG, $PUTMSG, LIB$SYS_GETMSG
**
**  Looks in the system's tables, then in the message data that the MESSAGE compiler made of .MSG
**  files: name.MSGDATA beside the image (on VMS it is linked into it) and in SYS$MESSAGE, that is
**  VMSROOT/VMS$COMMON/SYSMSG/name.MSGDATA;1.  They are read when a code is not known yet; lines
**  "code<TAB>facility<TAB>ident<TAB>FAO count[/user value]<TAB>text".
**  Severity and control bits do not take part in the search.  spec/vms-api.md 7.5.
*/
#include "shim.h"
#include "system_page.h"
#include "system_text.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <unordered_map>

#include <dirent.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lib$routines.h>
#include <starlet.h>

namespace shim
{

namespace
{

const uint32_t key_mask = STS$M_MSG_NO | STS$M_FAC_NO;
const unsigned all_parts = 15;
enum { part_text = 1, part_ident = 2, part_severity = 4, part_facility = 8 };
const char data_type[] = ".MSGDATA";
const char version_one[] = ";1";
/* a CLI message that is signalled with an argument shows it on a line of its own */
const char cli_facility[] = "CLI";
const char offending_element[] = "!/ \\!AS\\";

std::mutex table_mutex;
bool system_loaded;
struct timespec folder_changed;
bool image_loaded;
std::vector<const char *> registered; /* under table_mutex: tables in the image, see the end */
std::unordered_map<uint32_t, Message> table; /* under table_mutex */

void forget_data()
{
    std::lock_guard<std::mutex> guard(table_mutex);
    table.clear();
    system_loaded = image_loaded = false;
    folder_changed = timespec();
}
RootChange data_change(forget_data);

void load_rows(const MessageTable &from)
{
    for (size_t i = 0; i < from.count; i++) {
        const MessageRow &row = from.rows[i];
        Message message = {from.facility, row.ident, row.text, row.fao_count};
        table[row.code & key_mask] = message;
    }
}

void load_line(const std::string &line)
{
    std::vector<std::string> part;
    size_t start = 0;
    for (int i = 0; i < 4; i++) {
        size_t tab = line.find('\t', start);
        if (tab == std::string::npos)
            return;
        part.push_back(line.substr(start, tab - start));
        start = tab + 1;
    }
    uint32_t code = static_cast<uint32_t>(strtoul(part[0].c_str(), 0, 0));
    Message message = {part[1], part[2], line.substr(start),
                       static_cast<unsigned>(strtoul(part[3].c_str(), 0, 10))};
    size_t user = part[3].find('/');
    if (user != std::string::npos)
        message.user_value = static_cast<unsigned>(strtoul(part[3].c_str() + user + 1, 0, 10));
    table[code & key_mask] = message;
}

void load_file(const std::string &path)
{
    FILE *file = fopen(path.c_str(), "re");
    if (!file)
        return;
    char line[2048];
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] != '!')
            load_line(line);
    }
    fclose(file);
}

bool ends_with(const std::string &text, const char *end)
{
    size_t size = strlen(end);
    return text.size() > size && text.compare(text.size() - size, size, end) == 0;
}

void load_folder(const std::string &folder)
{
    DIR *directory = opendir(folder.c_str());
    if (!directory)
        return;
    while (struct dirent *entry = readdir(directory)) {
        std::string name = entry->d_name;
        if (ends_with(name, version_one))
            name.resize(name.size() - 2);
        if (ends_with(name, data_type))
            load_file(folder + "/" + entry->d_name);
    }
    closedir(directory);
}

/* Under table_mutex.  False when nothing changed since the last look. */
bool load_new_data()
{
    bool loaded = false;
    if (!image_loaded) {
        image_loaded = loaded = true;
        for (const char *lines : registered)
            for (const char *end; (end = strchr(lines, '\n')) != nullptr; lines = end + 1)
                if (*lines != '!')
                    load_line(std::string(lines, end));
        std::string image = image_path();
        load_folder(image.substr(0, image.rfind('/') + 1));
    }
    if (!has_root())
        return loaded;
    std::string folder = root() + "/VMS$COMMON/SYSMSG";
    struct stat st;
    if (stat(folder.c_str(), &st) < 0 || (st.st_mtim.tv_sec == folder_changed.tv_sec &&
                                          st.st_mtim.tv_nsec == folder_changed.tv_nsec))
        return loaded;
    folder_changed = st.st_mtim;
    load_folder(folder);
    return true;
}

/* Under table_mutex. */
const Message *look_up(uint32_t key)
{
    if (!system_loaded) {
        size_t count;
        const MessageTable *others = facility_messages(&count);
        load_rows(system_messages[0]);
        load_rows(system_messages[1]);
        for (size_t i = 0; i < count; i++)
            load_rows(others[i]);
        load_rows(cli_messages());
        load_rows(librarian_messages());
        load_rows(cdu_messages());
        system_loaded = true;
    }
    std::unordered_map<uint32_t, Message>::const_iterator found = table.find(key);
    if (found == table.end() && load_new_data())
        found = table.find(key);
    return found == table.end() ? nullptr : &found->second;
}

const char *severity_letter(uint32_t code)
{
    static const char *const names[] = {"W", "S", "E", "I", "F", "?", "?", "?"};
    return names[code & STS$M_SEVERITY];
}

} // namespace

bool find_message(uint32_t code, Message *message)
{
    std::lock_guard<std::mutex> guard(table_mutex);
    const Message *found = look_up(code & key_mask);
    if (found) {
        *message = *found;
        return true;
    }
    char text[40];
    snprintf(text, sizeof text, "Message number %08X", code);
    message->facility = "NONAME";
    message->ident = "NOMSG";
    message->text = text;
    message->fao_count = 0;
    return false;
}

std::string message_line(uint32_t code, const Message &message, unsigned flags, char lead)
{
    std::string line;
    const char *parts[3] = {flags & part_facility ? message.facility.c_str() : 0,
                            flags & part_severity ? severity_letter(code) : 0,
                            flags & part_ident ? message.ident.c_str() : 0};
    for (const char *part : parts) {
        if (!part)
            continue;
        line += line.empty() ? lead : '-';
        line += part;
    }
    if (flags & part_text)
        line += (line.empty() ? "" : ", ") + message.text;
    return line;
}

namespace
{

/* One walk through a message vector. */
class VectorReader
{
public:
    VectorReader(const uint32_t *vector, size_t count, unsigned flags, const std::string &facility)
        : at_(vector), end_(vector + count), flags_(flags), facility_(facility), first_(true)
    {
    }
    bool next(std::string *line);

private:
    bool more() const { return at_ < end_; }
    std::string format(uint32_t code, size_t count);
    void read_count(uint32_t code, const Message &message, size_t *count);

    const uint32_t *at_, *end_;
    unsigned flags_;
    std::string facility_;
    bool first_;
};

/* System and RMS conditions have no FAO count; RMS ones are followed by the STV. */
void VectorReader::read_count(uint32_t code, const Message &message, size_t *count)
{
    uint32_t facility = (code & STS$M_FAC_NO) >> 16;
    size_t left = end_ - at_;
    *count = message.fao_count;
    if (facility > 1 && more()) {
        *count = *at_ & 0xffff;
        unsigned options = *at_ >> 16;
        flags_ = options ? options & all_parts : flags_;
        at_++;
        left--;
    } else if (facility > 1) {
        *count = 0;
    }
    *count = *count < left ? *count : left;
}

bool VectorReader::next(std::string *line)
{
    while (more()) {
        uint32_t code = *at_++;
        Message message;
        find_message(code, &message);
        size_t count;
        read_count(code, message, &count);
        bool rms = (code & STS$M_FAC_NO) >> 16 == 1;
        std::vector<uint32_t> arguments(at_, at_ + count);
        /* an STV of 0 has no message of its own; an FAO argument has been the STV */
        at_ += count;
        if (rms && count == 0 && more() && (*at_ == 0 || *at_ == 1))
            at_++;
        if (code & STS$M_INHIB_MSG)
            continue;
        if (message.facility == cli_facility && message.fao_count == 0 && count == 1)
            message.text += offending_element;
        if (message.text.find('!') != std::string::npos)
            message.text = format_text(message.text, arguments);
        if (first_ && !facility_.empty())
            message.facility = facility_;
        *line = message_line(code, message, flags_, first_ ? '%' : '-');
        first_ = false;
        return true;
    }
    return false;
}

} // namespace

void vector_lines(const uint32_t *vector, size_t count, unsigned flags, const std::string &facility,
                  std::vector<std::string> *lines)
{
    VectorReader reader(vector, count, flags ? flags : all_parts, facility);
    std::string line;
    while (reader.next(&line))
        lines->push_back(line);
}

namespace
{

void write_all(int fd, const std::string &text)
{
    size_t done = 0;
    while (done < text.size()) {
        ssize_t n = write(fd, text.data() + done, text.size() - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return;
        done += static_cast<size_t>(n);
    }
}

} // namespace

void write_lines(const std::vector<std::string> &lines, uint32_t code)
{
    std::string text;
    for (const std::string &line : lines) {
        std::string whole = line;
        for (size_t at; (at = whole.find("\r\n")) != std::string::npos;)
            whole.erase(at, 1); /* !/ of a text */
        text += whole + "\n";
    }
    if (text.empty())
        return;
    write_all(1, text);
    struct stat out, error;
    bool same = fstat(1, &out) == 0 && fstat(2, &error) == 0 && out.st_dev == error.st_dev &&
                out.st_ino == error.st_ino;
    if (!(code & STS$M_SUCCESS) && !same)
        write_all(2, text);
}

namespace
{

void put_details(unsigned char *outadr, const Message &message)
{
    if (!outadr)
        return;
    outadr[0] = 0;
    outadr[1] = static_cast<unsigned char>(message.fao_count);
    outadr[2] = static_cast<unsigned char>(message.user_value);
    outadr[3] = 0;
}

typedef int (*ActionRoutine)(void *line, unsigned long long actprm);

/* Calls the action routine with a line in 32-bit addressable memory; true: write the line. */
bool act(ActionRoutine routine, const std::string &line, unsigned long long actprm)
{
    size_t size = sizeof(dsc$descriptor_s) + line.size();
    char *block = static_cast<char *>(arena_get(size));
    if (!block)
        return true;
    dsc$descriptor_s *d = reinterpret_cast<dsc$descriptor_s *>(block);
    d->dsc$w_length = static_cast<unsigned short>(line.size());
    d->dsc$b_dtype = DSC$K_DTYPE_T;
    d->dsc$b_class = DSC$K_CLASS_S;
    d->dsc$a_pointer = block + sizeof *d;
    memcpy(d->dsc$a_pointer, line.data(), line.size());
    bool show = routine(d, actprm) & 1;
    arena_free(block, size);
    return show;
}

} // namespace

} // namespace shim

extern "C" int sys$getmsg(unsigned int msgid, unsigned short *msglen, void *bufadr,
                          unsigned int flags, unsigned char *outadr)
{
    SHIM_SERVICE("sys$getmsg");
    shim::Message message;
    bool found = shim::find_message(msgid, &message);
    std::string line =
        shim::message_line(msgid, message, flags & 15 ? flags & 15 : shim::all_parts, '%');
    uint32_t status = shim::put_fixed(bufadr, line.data(), line.size(), msglen);
    if (!(status & 1))
        return status;
    shim::put_details(outadr, message);
    return found ? status : SS$_MSGNOTFND;
}

extern "C" int lib$sys_getmsg(unsigned int *msgid, unsigned short *msglen, void *outbuf,
                              unsigned int *flags, unsigned char *outadr)
{
    SHIM_SERVICE("lib$sys_getmsg");
    shim::Message message;
    bool found = shim::find_message(*msgid, &message);
    unsigned parts = flags && (*flags & 15) ? *flags & 15 : shim::all_parts;
    uint32_t status =
        shim::put_string(outbuf, shim::message_line(*msgid, message, parts, '%'), msglen);
    if (!(status & 1))
        return status;
    shim::put_details(outadr, message);
    return found ? status : SS$_MSGNOTFND;
}

extern "C" int sys$putmsg(void *msgvec, shim::ActionRoutine actrtn, void *facnam,
                          unsigned long long actprm)
{
    SHIM_SERVICE("sys$putmsg");
    const uint32_t *vector = static_cast<const uint32_t *>(msgvec);
    if (!vector)
        return SS$_ACCVIO;
    std::string facility;
    if (facnam) {
        uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(facnam), &facility);
        if (!(status & 1))
            return status;
    }
    size_t count = vector[0] & 0xffff;
    if (count == 0)
        return SS$_INSFARG;
    std::vector<std::string> lines, shown;
    shim::vector_lines(vector + 1, count, vector[0] >> 16 & 15, facility, &lines);
    for (const std::string &line : lines)
        if (!actrtn || shim::act(actrtn, line, actprm))
            shown.push_back(line);
    shim::write_lines(shown, vector[1]);
    return SS$_NORMAL;
}

/* Called by an object that MESSAGE made, when its image starts: lines as of a .MSGDATA file. */
extern "C" void shim_register_messages(const char *lines)
{
    std::lock_guard<std::mutex> guard(shim::table_mutex);
    shim::registered.push_back(lines);
    shim::image_loaded = false;
}
