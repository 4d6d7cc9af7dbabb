/*
**  fdl - reading and writing File Definition Language
*/
#include "fdl.h"

#include "failure.h"
#include "value.h"

#include <cstdlib>
#include <stsdef.h>

namespace shim {
namespace dcl {

namespace {

struct Word {
    const char *text;
    unsigned value;
};
const Word organizations[] = {
    {"SEQUENTIAL", FAB$C_SEQ}, {"INDEXED", FAB$C_IDX}, {nullptr, 0}};
const Word formats[] = {{"FIXED", FAB$C_FIX},     {"STREAM", FAB$C_STM}, {"STREAM_CR", FAB$C_STMCR},
                        {"STREAM_LF", FAB$C_STMLF}, {"UNDEFINED", FAB$C_UDF},
                        {"VARIABLE", FAB$C_VAR},  {"VFC", FAB$C_VFC},    {nullptr, 0}};
const Word controls[] = {{"CARRIAGE_RETURN", FAB$M_CR}, {"FORTRAN", FAB$M_FTN}, {"NONE", 0},
                         {"PRINT", FAB$M_PRN},          {nullptr, 0}};
const Word types[] = {{"BIN2", XAB$C_BN2}, {"BIN4", XAB$C_BN4}, {"BIN8", XAB$C_BN8},
                      {"INT2", XAB$C_IN2}, {"INT4", XAB$C_IN4}, {"INT8", XAB$C_IN8},
                      {"STRING", XAB$C_STG}, {nullptr, 0}};
const Word truths[] = {{"YES", 1}, {"NO", 0}, {nullptr, 0}};

/* Sections and attributes that are known and change nothing here. */
const char *const other_sections[] = {"IDENT", "SYSTEM", "TITLE", "AREA", "ACCESS", "SHARING",
                                      "CONNECT", "DATE", "JOURNAL"};

std::string word_of(const Word *words, unsigned value)
{
    for (; words->text; ++words)
        if (words->value == value)
            return words->text;
    return std::string();
}

class Reader {
public:
    explicit Reader(Fdl *fdl) : fdl_(fdl), key_(nullptr), section_() {}
    /* False: not understood. */
    bool line(const std::string &text);

private:
    Fdl *fdl_;
    FdlKey *key_;
    std::string section_;

    /* False: the line names no section; *good: it is as it should be. */
    bool section(const std::string &name, const std::string &value, bool *good);
    bool attribute(const std::string &name, const std::string &value);
    bool record_attribute(const std::string &name, const std::string &value);
    bool key_attribute(const std::string &name, const std::string &value);
};

/* Words may be abbreviated. */
bool find_word(const Word *words, const std::string &text, unsigned *value)
{
    const Word *found = nullptr;
    for (; words->text; ++words) {
        if (text == words->text) {
            *value = words->value;
            return true;
        }
        if (!text.empty() && std::string(words->text).compare(0, text.size(), text) == 0) {
            if (found)
                return false;
            found = words;
        }
    }
    if (found)
        *value = found->value;
    return found != nullptr;
}

bool number(const std::string &text, unsigned most, unsigned *value)
{
    char *end;
    unsigned long n = strtoul(text.c_str(), &end, 10);
    if (text.empty() || *end || n > most)
        return false;
    *value = static_cast<unsigned>(n);
    return true;
}

std::string unquoted(const std::string &text)
{
    bool quoted = text.size() > 1 && (text[0] == '"' || text[0] == '\'') && text.back() == text[0];
    return quoted ? text.substr(1, text.size() - 2) : text;
}

bool Reader::section(const std::string &name, const std::string &value, bool *good)
{
    const size_t keys_most = 255;
    for (const char *each : other_sections)
        if (name == each) {
            section_ = "OTHER";
            return true;
        }
    unsigned n = 0;
    if (name != "FILE" && name != "RECORD" && name != "KEY")
        return false;
    section_ = name;
    if (name != "KEY")
        return true;
    *good = number(value, keys_most - 1, &n) && n == fdl_->keys.size();
    if (!*good)
        return true; /* in order, none left out */
    fdl_->keys.resize(n + 1);
    key_ = &fdl_->keys[n];
    return true;
}

bool Reader::record_attribute(const std::string &name, const std::string &value)
{
    unsigned n = 0;
    bool good = true;
    if (name == "FORMAT" && (good = find_word(formats, value, &n)))
        fdl_->rfm = static_cast<uint8_t>(n);
    else if (name == "CARRIAGE_CONTROL" && (good = find_word(controls, value, &n)))
        fdl_->rat = static_cast<uint8_t>(n);
    else if (name == "SIZE" && (good = number(value, RECORD_SIZE_MAX, &n)))
        fdl_->size = static_cast<uint16_t>(n);
    else if (name == "CONTROL_FIELD_SIZE" && (good = number(value, 255, &n)))
        fdl_->control_size = static_cast<uint8_t>(n);
    return good;
}

bool Reader::key_attribute(const std::string &name, const std::string &value)
{
    unsigned n = 0;
    if (name == "SEG0_POSITION")
        return number(value, RECORD_SIZE_MAX, &key_->position);
    if (name == "SEG0_LENGTH")
        return number(value, 255, &key_->length);
    if (name == "SEG0_TYPE" || name == "TYPE")
        return find_word(types, value, &key_->type);
    if (name == "DUPLICATES" || name == "CHANGES") {
        bool good = find_word(truths, value, &n);
        (name == "CHANGES" ? key_->changes : key_->duplicates) = n != 0;
        return good;
    }
    return name.compare(0, 3, "SEG") != 0; /* one segment alone */
}

bool Reader::attribute(const std::string &name, const std::string &value)
{
    std::string word = upper(value);
    unsigned n = 0;
    if (section_ == "RECORD")
        return record_attribute(name, word);
    if (section_ == "KEY" && name == "NAME")
        key_->name = unquoted(value);
    else if (section_ == "KEY")
        return key_attribute(name, word);
    else if (section_ == "FILE" && name == "NAME")
        fdl_->name = unquoted(value);
    else if (section_ == "FILE" && name == "ORGANIZATION") {
        if (!find_word(organizations, word, &n))
            return false;
        fdl_->org = static_cast<uint8_t>(n);
    }
    return !section_.empty();
}

bool Reader::line(const std::string &given)
{
    std::string text = trimmed(given.substr(0, given.find('!')));
    if (!text.empty() && text.back() == ';')
        text = trimmed(text.substr(0, text.size() - 1));
    if (text.empty())
        return true;
    size_t end = text.find_first_of(" \t");
    std::string name = upper(text.substr(0, end));
    std::string value = end == std::string::npos ? std::string() : trimmed(text.substr(end));
    bool good = true;
    return section(name, value, &good) ? good : attribute(name, value);
}

} // namespace

Fdl read_fdl(const std::string &name)
{
    RecordFile file;
    file.name(name, ".FDL");
    file.fab().fab$b_fac = FAB$M_GET;
    file.fab().fab$b_shr = FAB$M_SHRGET;
    uint32_t status = file.open();
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, file.spec(), status, file.stv(), FACILITY_FDL);
    Fdl fdl;
    Reader reader(&fdl);
    std::string record;
    while (file.get(&record) & 1)
        if (!reader.line(record)) {
            Failure failure(FDL_SYNTAX);
            failure.status |= STS$M_INHIB_MSG;
            throw failure.with(trimmed(record));
        }
    return fdl;
}

std::vector<std::string> fdl_text(const Fdl &fdl)
{
    std::vector<std::string> lines = {"FILE", "        ORGANIZATION            " +
                                                  word_of(organizations, fdl.org)};
    if (!fdl.name.empty())
        lines.insert(lines.begin() + 1, "        NAME                    \"" + fdl.name + "\"");
    auto add = [&lines](const char *name, const std::string &value) {
        std::string column = name;
        column.resize(24, ' ');
        lines.push_back("        " + column + value);
    };
    lines.push_back("");
    lines.push_back("RECORD");
    add("CARRIAGE_CONTROL", word_of(controls, fdl.rat & (FAB$M_CR | FAB$M_FTN | FAB$M_PRN)));
    if (fdl.rfm == FAB$C_VFC)
        add("CONTROL_FIELD_SIZE", std::to_string(fdl.control_size));
    add("FORMAT", word_of(formats, fdl.rfm));
    add("SIZE", std::to_string(fdl.size));
    for (size_t i = 0; i < fdl.keys.size(); ++i) {
        const FdlKey &key = fdl.keys[i];
        lines.push_back("");
        lines.push_back("KEY " + std::to_string(i));
        add("CHANGES", key.changes ? "YES" : "NO");
        add("DUPLICATES", key.duplicates ? "YES" : "NO");
        if (!key.name.empty())
            add("NAME", "\"" + key.name + "\"");
        add("SEG0_LENGTH", std::to_string(key.length));
        add("SEG0_POSITION", std::to_string(key.position));
        add("SEG0_TYPE", word_of(types, key.type));
    }
    return lines;
}

FdlKeys::FdlKeys(const Fdl &fdl, RecordFile *file)
{
    FAB &fab = file->fab();
    fab.fab$b_org = fdl.org;
    fab.fab$b_rfm = fdl.rfm;
    fab.fab$b_rat = fdl.rat;
    fab.fab$w_mrs = fdl.size;
    fab.fab$b_fsz = fdl.rfm == FAB$C_VFC ? fdl.control_size : 0;
    for (size_t i = 0; fdl.org == FAB$C_IDX && i < fdl.keys.size(); ++i) {
        keys_.emplace_back(new Low<XABKEY>);
        XABKEY &key = **keys_.back();
        key = cc$rms_xabkey;
        key.xab$b_ref = static_cast<unsigned char>(i);
        key.xab$b_flg = static_cast<unsigned char>((fdl.keys[i].duplicates ? XAB$M_DUP : 0) |
                                                   (fdl.keys[i].changes ? XAB$M_CHG : 0));
        key.xab$b_dtp = static_cast<unsigned char>(fdl.keys[i].type);
        key.xab$w_pos0 = static_cast<unsigned short>(fdl.keys[i].position);
        key.xab$b_siz0 = static_cast<unsigned char>(fdl.keys[i].length);
        if (i)
            (**keys_[i - 1]).xab$l_nxt = &key;
        else
            fab.fab$l_xab = &key;
    }
}

} // namespace dcl
} // namespace shim
