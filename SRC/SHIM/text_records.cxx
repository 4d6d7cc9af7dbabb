#include "text_records.h"

#include "rms_file.h"
#include "system_text.h"

#include <cstring>
#include <lib$routines.h>
#include <starlet.h>
#include <unistd.h>

namespace shim {

namespace {

const char fresh_type[] = "_NEW"; /* of a file that is to replace another */

/* RMS's blocks, names and a record, in 32-bit addressable memory. */
struct Blocks {
    FAB fab;
    RAB rab;
    NAM nam;
    char spec[256], defaults[256], expanded[256], resultant[256];
    char record[rms::RECORD_MAX];
};

class File {
public:
    File(const std::string &spec, const std::string &defaults)
        : b_(static_cast<Blocks *>(arena_get(sizeof(Blocks))))
    {
        status_.file = spec;
        if (!b_ || spec.size() > 255 || defaults.size() > 255) {
            status_.sts = b_ ? RMS$_FNM : RMS$_DME;
            return;
        }
        b_->fab = cc$rms_fab;
        b_->rab = cc$rms_rab;
        b_->nam = cc$rms_nam;
        memcpy(b_->spec, spec.data(), spec.size());
        memcpy(b_->defaults, defaults.data(), defaults.size());
        b_->fab.fab$l_fna = b_->spec;
        b_->fab.fab$b_fns = static_cast<unsigned char>(spec.size());
        b_->fab.fab$l_dna = b_->defaults;
        b_->fab.fab$b_dns = static_cast<unsigned char>(defaults.size());
        b_->fab.fab$l_nam = &b_->nam;
        b_->nam.nam$l_esa = b_->expanded;
        b_->nam.nam$b_ess = 255;
        b_->nam.nam$l_rsa = b_->resultant;
        b_->nam.nam$b_rss = 255;
        b_->rab.rab$l_fab = &b_->fab;
        b_->rab.rab$l_ubf = b_->record;
        b_->rab.rab$w_usz = sizeof b_->record;
        b_->rab.rab$l_rbf = b_->record;
    }
    ~File()
    {
        if (open_)
            sys$close(&b_->fab);
        if (b_)
            arena_free(b_, sizeof *b_);
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;

    bool open()
    {
        if (!status_.good())
            return false;
        b_->fab.fab$b_fac = FAB$M_GET;
        b_->fab.fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD;
        return opened(sys$open(&b_->fab));
    }
    bool create()
    {
        if (!status_.good())
            return false;
        b_->fab.fab$b_fac = FAB$M_PUT;
        b_->fab.fab$b_org = FAB$C_SEQ;
        b_->fab.fab$b_rfm = FAB$C_VAR;
        b_->fab.fab$b_rat = FAB$M_CR;
        return opened(sys$create(&b_->fab));
    }
    bool get(std::string *record)
    {
        if (!checked(sys$get(&b_->rab), b_->rab.rab$l_stv))
            return false;
        record->assign(b_->rab.rab$l_rbf, b_->rab.rab$w_rsz);
        return true;
    }
    bool put(const std::string &record)
    {
        size_t size = record.size() < sizeof b_->record ? record.size() : sizeof b_->record;
        memcpy(b_->record, record.data(), size);
        b_->rab.rab$l_rbf = b_->record;
        b_->rab.rab$w_rsz = static_cast<unsigned short>(size);
        return checked(sys$put(&b_->rab), b_->rab.rab$l_stv);
    }
    bool close()
    {
        open_ = false;
        return checked(sys$close(&b_->fab), b_->fab.fab$l_stv);
    }
    const FileStatus &status() const { return status_; }
    /* The end of the file is no error. */
    FileStatus read_status() const
    {
        FileStatus s = status_;
        if (s.sts == RMS$_EOF)
            s.sts = RMS$_NORMAL;
        return s;
    }

private:
    Blocks *b_;
    FileStatus status_;
    bool open_ = false;

    bool checked(int sts, uint32_t stv)
    {
        status_.sts = static_cast<uint32_t>(sts);
        status_.stv = stv;
        return status_.good();
    }
    bool opened(int sts)
    {
        bool good = checked(sts, b_->fab.fab$l_stv);
        if (!good && !b_->nam.nam$b_rsl && !b_->nam.nam$b_esl)
            sys$parse(&b_->fab); /* for the message */
        if (b_->nam.nam$b_rsl)
            status_.file.assign(b_->resultant, b_->nam.nam$b_rsl);
        else if (b_->nam.nam$b_esl)
            status_.file.assign(b_->expanded, b_->nam.nam$b_esl);
        open_ = good;
        return good && checked(sys$connect(&b_->rab), b_->rab.rab$l_stv);
    }
};

/* A descriptor and a text behind it. */
struct LowString {
    dsc$descriptor_s d;
    char text[256];

    void set(const std::string &value)
    {
        size_t size = value.size() < sizeof text ? value.size() : sizeof text;
        memcpy(text, value.data(), size);
        d.dsc$w_length = static_cast<unsigned short>(size);
        d.dsc$b_dtype = DSC$K_DTYPE_T;
        d.dsc$b_class = DSC$K_CLASS_S;
        d.dsc$a_pointer = text;
    }
};

struct Search {
    LowString spec, defaults, found;
    unsigned int context, stv, flags;
};

std::string trimmed(const LowString &text)
{
    std::string value(text.text, text.d.dsc$w_length);
    size_t end = value.find_last_not_of(' ');
    return value.substr(0, end == std::string::npos ? 0 : end + 1);
}

} // namespace

FileStatus read_records(const std::string &spec, const std::string &defaults,
                        std::vector<std::string> *records)
{
    records->clear();
    File file(spec, defaults);
    if (!file.open())
        return file.status();
    std::string record;
    while (file.get(&record))
        records->push_back(record);
    return file.read_status();
}

FileStatus write_records(const std::string &spec, const std::string &defaults,
                         const std::vector<std::string> &records)
{
    File file(spec, defaults);
    bool good = file.create();
    for (size_t i = 0; good && i < records.size(); i++)
        good = file.put(records[i]);
    if (good)
        file.close();
    return file.status();
}

FileStatus replace_records(const std::string &spec, const std::vector<std::string> &records)
{
    std::string old_path, new_path, fresh;
    FileStatus status;
    status.file = spec;
    status.sts = host_path(spec, "", true, &old_path, nullptr);
    if (!status.good())
        return status;
    size_t version = spec.rfind(';');
    fresh = spec.substr(0, version) + fresh_type + ";";
    FileStatus written = write_records(fresh, "", records);
    if (!written.good())
        return written;
    status.sts = host_path(written.file, "", true, &new_path, nullptr);
    if (!status.good())
        return status;
    rms::Attributes kept;
    rms::read_attributes(-1, old_path, &kept);
    if (rename(new_path.c_str(), old_path.c_str()) != 0) {
        unlink(new_path.c_str());
        status.sts = RMS$_RMV;
        return status;
    }
    rms::move_attributes(new_path, old_path);
    rms::Attributes now;
    rms::read_attributes(-1, old_path, &now);
    now.uic = kept.layout ? kept.uic : now.uic;
    now.protection = kept.layout ? kept.protection : now.protection;
    now.created = kept.layout ? kept.created : now.created;
    rms::write_attributes(-1, old_path, now);
    return status;
}

FileStatus find_files(const std::string &spec, const std::string &defaults,
                      std::vector<std::string> *files)
{
    files->clear();
    FileStatus status;
    status.file = spec;
    Search *s = static_cast<Search *>(arena_get(sizeof(Search)));
    if (!s) {
        status.sts = RMS$_DME;
        return status;
    }
    memset(static_cast<void *>(s), 0, sizeof *s);
    s->spec.set(spec);
    s->defaults.set(defaults);
    for (;;) {
        s->found.set(std::string(sizeof s->found.text, ' '));
        status.sts = static_cast<uint32_t>(lib$find_file(&s->spec.d, &s->found.d, &s->context,
                                                         &s->defaults.d, 0, &s->stv, &s->flags));
        if (!status.good())
            break;
        files->push_back(trimmed(s->found));
    }
    status.stv = s->stv;
    if (files->empty())
        status.file = trimmed(s->found).empty() ? spec : trimmed(s->found);
    else
        status.sts = RMS$_NORMAL;
    lib$find_file_end(&s->context);
    arena_free(s, sizeof *s);
    return status;
}

std::vector<std::string> message_lines(uint32_t code, const std::vector<std::string> &arguments,
                                       const FileStatus *status)
{
    Message message;
    find_message(code, &message);
    size_t at = 0;
    for (const std::string &argument : arguments) {
        at = message.text.find("!AS", at);
        if (at == std::string::npos)
            break;
        message.text.replace(at, 3, argument);
        at += argument.size();
    }
    std::vector<std::string> lines(1, message_line(code, message, 15, '%')), more;
    if (status) {
        uint32_t vector[2] = {status->sts, status->stv};
        vector_lines(vector, 2, 15, "", &more);
    }
    for (std::string &line : more) {
        line[0] = '-';
        lines.push_back(line);
    }
    return lines;
}

std::string name_and_type(const std::string &spec)
{
    size_t start = spec.find_last_of(":]>");
    std::string rest = spec.substr(start == std::string::npos ? 0 : start + 1);
    return rest.substr(0, rest.find(';'));
}

std::string name_of(const std::string &spec)
{
    std::string name = name_and_type(spec);
    return name.substr(0, name.rfind('.'));
}

} // namespace shim
