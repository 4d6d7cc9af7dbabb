/*
**  record_file - files by RMS
*/
#include "record_file.h"

#include "failure.h"

#include <rmsdef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

const size_t NAME_BUFFER = 256, KEY_BUFFER = 256, CONTROL_BUFFER = 256;
enum { AT_SPEC = 0, AT_DEFAULTS = 1, AT_EXPANDED = 2, AT_RESULTANT = 3 };

} // namespace

RecordFile::RecordFile() : names_(4 * NAME_BUFFER), key_(KEY_BUFFER),
      control_(CONTROL_BUFFER), open_(false), stv_(0)
{
    *fab_ = cc$rms_fab;
    *rab_ = cc$rms_rab;
    *nam_ = cc$rms_nam;
    fab_->fab$l_nam = nam_.get();
    nam_->nam$l_esa = names_.as<char>() + AT_EXPANDED * NAME_BUFFER;
    nam_->nam$b_ess = NAM$C_MAXRSS;
    nam_->nam$l_rsa = names_.as<char>() + AT_RESULTANT * NAME_BUFFER;
    nam_->nam$b_rss = NAM$C_MAXRSS;
    rab_->rab$l_fab = fab_.get();
}

RecordFile::~RecordFile()
{
    close();
}

void RecordFile::name(const std::string &spec, const std::string &defaults)
{
    asked_ = spec.substr(0, NAM$C_MAXRSS);
    std::string other = defaults.substr(0, NAM$C_MAXRSS);
    char *at = names_.as<char>();
    memcpy(at + AT_SPEC * NAME_BUFFER, asked_.data(), asked_.size());
    memcpy(at + AT_DEFAULTS * NAME_BUFFER, other.data(), other.size());
    fab_->fab$l_fna = at + AT_SPEC * NAME_BUFFER;
    fab_->fab$b_fns = static_cast<unsigned char>(asked_.size());
    fab_->fab$l_dna = at + AT_DEFAULTS * NAME_BUFFER;
    fab_->fab$b_dns = static_cast<unsigned char>(other.size());
}

std::string RecordFile::spec() const
{
    if (nam_->nam$b_rsl)
        return std::string(nam_->nam$l_rsa, nam_->nam$b_rsl);
    if (nam_->nam$b_esl)
        return std::string(nam_->nam$l_esa, nam_->nam$b_esl);
    return asked_;
}

uint32_t RecordFile::connect()
{
    uint32_t status = static_cast<uint32_t>(sys$connect(rab_.get()));
    if (!(status & 1)) {
        stv_ = rab_->rab$l_stv;
        sys$close(fab_.get());
        return status;
    }
    buffer_.reset(new LowBlock(RECORD_SIZE_MAX + 1));
    rab_->rab$l_ubf = buffer_->as<char>();
    rab_->rab$w_usz = static_cast<unsigned short>(RECORD_SIZE_MAX);
    open_ = true;
    return status;
}

uint32_t RecordFile::open()
{
    uint32_t status = static_cast<uint32_t>(sys$open(fab_.get()));
    stv_ = fab_->fab$l_stv;
    return status & 1 ? connect() : status;
}

uint32_t RecordFile::open_to_read(const std::string &spec, const std::string &defaults)
{
    name(spec, defaults);
    fab_->fab$b_fac = FAB$M_GET;
    fab_->fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_SHRDEL;
    return open();
}

uint32_t RecordFile::create()
{
    uint32_t status = static_cast<uint32_t>(sys$create(fab_.get()));
    stv_ = fab_->fab$l_stv;
    if (!(status & 1))
        return status;
    uint32_t connected = connect();
    return connected & 1 ? status : connected;
}

uint32_t RecordFile::close()
{
    if (!open_)
        return RMS$_NORMAL;
    open_ = false;
    uint32_t status = static_cast<uint32_t>(sys$close(fab_.get()));
    stv_ = fab_->fab$l_stv;
    return status;
}

uint32_t RecordFile::record_status(int status)
{
    stv_ = rab_->rab$l_stv;
    return static_cast<uint32_t>(status);
}

uint32_t RecordFile::get(std::string *record)
{
    uint32_t status = record_status(sys$get(rab_.get()));
    if (status & 1)
        record->assign(rab_->rab$l_rbf, rab_->rab$w_rsz);
    return status;
}

void RecordFile::use_buffer(const std::string &record)
{
    size_t size = std::min(record.size(), RECORD_SIZE_MAX);
    memcpy(buffer_->as<char>(), record.data(), size);
    rab_->rab$l_rbf = buffer_->as<char>();
    rab_->rab$w_rsz = static_cast<unsigned short>(size);
}

/* One new line before the record, a carriage return behind it: print file format. */
char *RecordFile::fixed_control() const
{
    char *control = control_.as<char>();
    control[0] = 0x01;
    control[1] = static_cast<char>(0x8D);
    return control;
}

uint32_t RecordFile::put(const std::string &record)
{
    use_buffer(record);
    if (rab_->rab$l_rhb)
        fixed_control(); /* a record that was read may have left its own there */
    return record_status(sys$put(rab_.get()));
}

uint32_t RecordFile::update(const std::string &record)
{
    use_buffer(record);
    return record_status(sys$update(rab_.get()));
}

uint32_t RecordFile::erase()
{
    return record_status(sys$delete(rab_.get()));
}

uint32_t RecordFile::flush()
{
    return record_status(sys$flush(rab_.get()));
}

void RecordFile::by_key(const std::string &key, unsigned index, uint32_t match)
{
    size_t size = std::min(key.size(), KEY_BUFFER - 1);
    memcpy(key_.as<char>(), key.data(), size);
    rab_->rab$l_kbf = key_.as<char>();
    rab_->rab$b_ksz = static_cast<unsigned char>(size);
    rab_->rab$b_krf = static_cast<unsigned char>(index);
    rab_->rab$b_rac = RAB$C_KEY;
    rab_->rab$l_rop = (rab_->rab$l_rop & ~static_cast<uint32_t>(RAB$M_KGE | RAB$M_KGT)) | match;
}

void RecordFile::sequential()
{
    rab_->rab$b_rac = RAB$C_SEQ;
}

std::vector<std::string> read_procedure(Session &, const std::string &name, std::string *spec)
{
    RecordFile file;
    uint32_t status = file.open_to_read(name, ".COM");
    if (!(status & 1))
        throw file_failure(SHARED_OPENIN, file.spec(), status, file.stv());
    *spec = file.spec();
    std::vector<std::string> records;
    std::string record;
    while ((status = file.get(&record)) & 1)
        records.push_back(record);
    if (status != RMS$_EOF)
        throw file_failure(SHARED_READERR, *spec, status, file.stv());
    return records;
}

std::string existing_host_path(const std::string &name, const std::string &defaults,
                               uint32_t *status, std::string *spec)
{
    std::string path;
    *status = host_path(name, defaults, true, &path, spec);
    return *status & 1 ? path : std::string();
}

} // namespace dcl
} // namespace shim
