/*
**  lnm_store - the shared logical name tables as a file
**
**  Little-endian longwords and counted strings, begun and ended by a magic number.  Logical names
**  do not outlive the system on VMS, so the file is renamed into place but not flushed.
*/
#include "lnm.h"
#include "shim.h"

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace lnm {

namespace {

const uint32_t MAGIC = 0x314d4e4c; /* "LNM1" */

class Writer {
public:
    void number(uint32_t value)
    {
        for (int shift = 0; shift < 32; shift += 8)
            text_.push_back(static_cast<char>(value >> shift));
    }
    void string(const std::string &value)
    {
        number(static_cast<uint32_t>(value.size()));
        text_ += value;
    }
    const std::string &text() const { return text_; }

private:
    std::string text_;
};

class Reader {
public:
    explicit Reader(const std::string &text) : text_(text), at_(0), good_(true) {}
    uint32_t number()
    {
        uint32_t value = 0;
        if (text_.size() - at_ < 4) {
            good_ = false;
            return 0;
        }
        for (int shift = 0; shift < 32; shift += 8)
            value |= static_cast<uint32_t>(static_cast<unsigned char>(text_[at_++])) << shift;
        return value;
    }
    std::string string()
    {
        size_t size = number();
        if (!good_ || size > text_.size() - at_) {
            good_ = false;
            return "";
        }
        at_ += size;
        return text_.substr(at_ - size, size);
    }
    bool good() const { return good_; }

private:
    const std::string &text_;
    size_t at_;
    bool good_;
};

void write_entry(Writer &out, const Entry &entry)
{
    out.string(entry.name);
    out.number(entry.mode);
    out.number(entry.attributes);
    out.number(static_cast<uint32_t>(entry.translations.size()));
    for (const Translation &translation : entry.translations) {
        out.string(translation.text);
        out.number(translation.attributes);
    }
}

void read_table(Reader &in, Tables *tables)
{
    Table table;
    table.name = in.string();
    table.parent = in.string();
    table.mode = in.number();
    table.attributes = in.number();
    table.owner = in.number();
    table.protection = static_cast<uint16_t>(in.number());
    for (uint32_t left = in.number(); left && in.good(); --left) {
        Entry entry;
        entry.name = in.string();
        entry.mode = in.number();
        entry.attributes = in.number();
        for (uint32_t more = in.number(); more && in.good(); --more) {
            std::string text = in.string();
            entry.translations.push_back(Translation{text, in.number()});
        }
        table.names[fold(entry.name)].push_back(entry);
    }
    (*tables)[table.name] = table;
}

bool read_whole(const std::string &path, std::string *text)
{
    int fd = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    struct stat st;
    bool good = fstat(fd, &st) == 0;
    text->resize(good ? static_cast<size_t>(st.st_size) : 0);
    good = good && read(fd, &(*text)[0], text->size()) == static_cast<ssize_t>(text->size());
    close(fd);
    return good;
}

} // namespace

bool load_tables(const std::string &path, Tables *tables, uint32_t *generation)
{
    std::string text;
    if (!read_whole(path, &text))
        return false;
    Reader in(text);
    if (in.number() != MAGIC)
        return false;
    uint32_t made = in.number();
    Tables found;
    for (uint32_t left = in.number(); left && in.good(); --left)
        read_table(in, &found);
    if (in.number() != MAGIC || !in.good())
        return false;
    *tables = std::move(found);
    *generation = made;
    return true;
}

bool save_tables(const std::string &path, const Tables &tables, uint32_t generation)
{
    Writer out;
    out.number(MAGIC);
    out.number(generation);
    out.number(static_cast<uint32_t>(tables.size()));
    for (const Tables::value_type &row : tables) {
        const Table &table = row.second;
        out.string(table.name);
        out.string(table.parent);
        out.number(table.mode);
        out.number(table.attributes);
        out.number(table.owner);
        out.number(table.protection);
        uint32_t entries = 0;
        for (const auto &list : table.names)
            entries += static_cast<uint32_t>(list.second.size());
        out.number(entries);
        for (const auto &list : table.names)
            for (const Entry &entry : list.second)
                write_entry(out, entry);
    }
    out.number(MAGIC);
    std::string temporary = path + ".new"; /* one writer at a time */
    int fd = open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (fd < 0)
        return false;
    bool good = write(fd, out.text().data(), out.text().size()) ==
                static_cast<ssize_t>(out.text().size());
    close(fd);
    return good && rename(temporary.c_str(), path.c_str()) == 0;
}

} // namespace lnm
} // namespace shim
