/*
**  save_set - files of one save set
**
**  An entry is "kind, length, bytes, CRC"; the bytes of summaries and files are fields, each a
**  length and a text.
*/
#include "save_set.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {

namespace {

const char MAGIC[] = "SHIM BACKUP save set 1\n";
enum { KIND_SUMMARY = 1, KIND_FILE = 2, KIND_END = 3 };
const uint64_t ENTRY_MAX = uint64_t(1) << 31;

uint32_t crc_of(const std::string &text)
{
    static const std::array<uint32_t, 256> table = [] {
        std::array<uint32_t, 256> made;
        for (uint32_t i = 0; i < 256; ++i) {
            uint32_t c = i;
            for (int k = 0; k < 8; ++k)
                c = c & 1 ? 0xEDB88320u ^ c >> 1 : c >> 1;
            made[i] = c;
        }
        return made;
    }();
    uint32_t crc = ~0u;
    for (unsigned char c : text)
        crc = table[(crc ^ c) & 255] ^ crc >> 8;
    return ~crc;
}

void put_number(std::string *to, uint64_t value, int bytes = 8)
{
    for (int i = 0; i < bytes; ++i)
        *to += static_cast<char>(value >> 8 * i);
}

uint64_t number_at(const char *at, int bytes = 8)
{
    uint64_t value = 0;
    for (int i = bytes; i-- > 0;)
        value = value << 8 | static_cast<unsigned char>(at[i]);
    return value;
}

void put_text(std::string *to, const std::string &text)
{
    put_number(to, text.size());
    *to += text;
}

/* Fields in the order in which they were put. */
class Fields {
public:
    explicit Fields(const std::string &bytes) : bytes_(bytes), at_(0), good_(true) {}
    uint64_t number()
    {
        if (!has(8))
            return 0;
        at_ += 8;
        return number_at(bytes_.data() + at_ - 8);
    }
    std::string text()
    {
        uint64_t size = number();
        if (!has(size))
            return std::string();
        at_ += size;
        return bytes_.substr(at_ - size, size);
    }
    bool good() const { return good_; }

private:
    const std::string &bytes_;
    size_t at_;
    bool good_;
    bool has(uint64_t size) { return good_ = good_ && size <= bytes_.size() - at_; }
};

bool read_whole(const std::string &path, std::string *text)
{
    FILE *file = fopen(path.c_str(), "re");
    if (!file)
        return false;
    char buffer[65536];
    for (size_t n; (n = fread(buffer, 1, sizeof buffer, file)) > 0;)
        text->append(buffer, n);
    bool good = !ferror(file);
    fclose(file);
    return good;
}

bool write_whole(const std::string &path, const std::string &text)
{
    FILE *file = fopen(path.c_str(), "we");
    if (!file)
        return false;
    bool good = fwrite(text.data(), 1, text.size(), file) == text.size();
    return fclose(file) == 0 && good;
}

std::string beside_of(const std::string &path)
{
    size_t slash = path.rfind('/');
    return rms::indexed_path(path.substr(0, slash), path.substr(slash + 1));
}

} // namespace

uint32_t load_file(const FileHeader &header, SavedFile *file)
{
    struct stat about;
    *file = SavedFile();
    file->name = header.spec.substr(header.spec.find(':') + 1);
    file->attributes = header.attributes;
    file->directory = header.directory;
    file->created = header.created;
    file->revised = header.revised;
    if (stat(header.path.c_str(), &about) == 0)
        file->mode = about.st_mode & 0777;
    if (header.directory)
        return RMS$_NORMAL;
    if (!(readable(header) & 1))
        return RMS$_PRV;
    if (!read_whole(header.path, &file->contents))
        return RMS$_RER;
    bool indexed = header.attributes.org == FAB$C_IDX;
    return !indexed || read_whole(beside_of(header.path), &file->beside) ? RMS$_NORMAL : RMS$_RER;
}

uint32_t store_file(const SavedFile &file, const std::string &path, bool owner, uint32_t *stv)
{
    std::string directory = path.substr(0, path.rfind('/'));
    if (int limited = rms::disk_limit(directory, file.contents.size()))
        return rms::file_error(limited, RMS$_WER, stv);
    if (!file.directory && !write_whole(path, file.contents))
        return rms::file_error(errno, RMS$_WER, stv);
    if (file.attributes.org == FAB$C_IDX && !write_whole(beside_of(path), file.beside))
        return rms::file_error(errno, RMS$_WER, stv);
    if (file.mode && !file.directory)
        chmod(path.c_str(), file.mode);
    rms::Attributes now_there, wanted = file.attributes;
    rms::read_attributes(-1, path, &now_there);
    wanted.layout = 1;
    wanted.created = file.created;
    if (!owner)
        wanted.uic = now_there.uic;
    if (!rms::write_attributes(-1, path, wanted))
        return RMS$_ATW;
    timespec times[2] = {{0, UTIME_OMIT}, {0, 0}};
    times[1].tv_sec = static_cast<time_t>(to_unix(file.revised));
    uint64_t rest = file.revised - from_unix(times[1].tv_sec, 0);
    times[1].tv_nsec = rest < 10000000 ? static_cast<int32_t>(rest * 100) : 0;
    utimensat(AT_FDCWD, path.c_str(), times, 0);
    return RMS$_NORMAL;
}

/* ---- writing ---- */

SaveSetWriter::~SaveSetWriter()
{
    if (file_)
        fclose(file_);
}

bool SaveSetWriter::put(const std::string &text)
{
    size_ += text.size();
    return fwrite(text.data(), 1, text.size(), file_) == text.size();
}

namespace {

std::string entry_of(uint32_t kind, const std::string &bytes)
{
    std::string entry;
    put_number(&entry, kind, 4);
    put_number(&entry, bytes.size());
    entry += bytes;
    put_number(&entry, crc_of(bytes), 4);
    return entry;
}

} // namespace

bool SaveSetWriter::begin(const std::string &path, const SaveSummary &summary)
{
    file_ = fopen(path.c_str(), "we");
    if (!file_)
        return false;
    block_ = summary.block_size;
    std::string bytes;
    put_text(&bytes, summary.written_by);
    put_text(&bytes, summary.node);
    put_text(&bytes, summary.command);
    put_text(&bytes, summary.comment);
    put_number(&bytes, summary.uic);
    put_number(&bytes, summary.block_size);
    put_number(&bytes, summary.date);
    return put(MAGIC) && put(entry_of(KIND_SUMMARY, bytes));
}

bool SaveSetWriter::add(const SavedFile &file)
{
    const rms::Attributes &a = file.attributes;
    std::string bytes;
    put_text(&bytes, file.name);
    for (uint64_t number : {uint64_t(file.depth), uint64_t(file.directory), file.created,
                            file.revised, uint64_t(file.mode), uint64_t(a.org), uint64_t(a.rfm),
                            uint64_t(a.rat), uint64_t(a.fsz), uint64_t(a.form), uint64_t(a.mrs),
                            uint64_t(a.uic), uint64_t(a.protection), uint64_t(a.revision)})
        put_number(&bytes, number);
    put_text(&bytes, file.contents);
    put_text(&bytes, file.beside);
    return put(entry_of(KIND_FILE, bytes));
}

bool SaveSetWriter::end()
{
    bool good = put(entry_of(KIND_END, ""));
    good = put(std::string((block_ - size_ % block_) % block_, '\0')) && good;
    good = fflush(file_) == 0 && good;
    int error = errno;
    good = fclose(file_) == 0 && good;
    file_ = nullptr;
    errno = error;
    return good;
}

/* ---- reading ---- */

SaveSetReader::~SaveSetReader()
{
    if (file_)
        fclose(file_);
}

uint64_t SaveSetReader::at() const
{
    off_t where = ftello(file_);
    return where < 0 ? 0 : static_cast<uint64_t>(where);
}

bool SaveSetReader::get(std::string *text)
{
    char head[8], tail[4];
    if (fread(head, 1, 8, file_) != 8)
        return false;
    uint64_t size = number_at(head);
    struct stat about;
    if (size > ENTRY_MAX || fstat(fileno(file_), &about) != 0 ||
        size + at() > static_cast<uint64_t>(about.st_size))
        return false;
    text->resize(size);
    return fread(&(*text)[0], 1, size, file_) == size && fread(tail, 1, 4, file_) == 4 &&
           number_at(tail, 4) == crc_of(*text);
}

bool SaveSetReader::begin(const std::string &path, SaveSummary *summary)
{
    char magic[sizeof MAGIC - 1], kind[4];
    std::string bytes;
    file_ = fopen(path.c_str(), "re");
    if (!file_ || fread(magic, 1, sizeof magic, file_) != sizeof magic ||
        memcmp(magic, MAGIC, sizeof magic) != 0 || fread(kind, 1, 4, file_) != 4 ||
        number_at(kind, 4) != KIND_SUMMARY || !get(&bytes))
        return false;
    Fields fields(bytes);
    summary->written_by = fields.text();
    summary->node = fields.text();
    summary->command = fields.text();
    summary->comment = fields.text();
    summary->uic = static_cast<uint32_t>(fields.number());
    summary->block_size = static_cast<uint32_t>(fields.number());
    summary->date = fields.number();
    return fields.good();
}

SaveSetReader::Answer SaveSetReader::next(SavedFile *file)
{
    char kind[4];
    std::string bytes;
    if (fread(kind, 1, 4, file_) != 4)
        return DAMAGED;
    uint64_t which = number_at(kind, 4);
    if ((which != KIND_FILE && which != KIND_END) || !get(&bytes))
        return DAMAGED;
    if (which == KIND_END)
        return END;
    Fields fields(bytes);
    *file = SavedFile();
    rms::Attributes &a = file->attributes;
    file->name = fields.text();
    file->depth = static_cast<uint32_t>(fields.number());
    file->directory = fields.number() != 0;
    file->created = fields.number();
    file->revised = fields.number();
    file->mode = static_cast<uint32_t>(fields.number());
    a.layout = 1;
    a.org = static_cast<uint8_t>(fields.number());
    a.rfm = static_cast<uint8_t>(fields.number());
    a.rat = static_cast<uint8_t>(fields.number());
    a.fsz = static_cast<uint8_t>(fields.number());
    a.form = static_cast<uint8_t>(fields.number());
    a.mrs = static_cast<uint16_t>(fields.number());
    a.uic = static_cast<uint32_t>(fields.number());
    a.protection = static_cast<uint16_t>(fields.number());
    a.revision = static_cast<uint16_t>(fields.number());
    file->contents = fields.text();
    file->beside = fields.text();
    return fields.good() ? ENTRY : DAMAGED;
}

} // namespace shim
