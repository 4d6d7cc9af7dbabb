/*
**  rms_file - identifiers of open files and streams, checks of the blocks, what $OPEN reports
*/
#include "rms_file.h"

#include <cerrno>
#include <mutex>
#include <starlet.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

const unsigned XAB_CHAIN_MAX = 64;
const unsigned IDENTIFIERS = 65535;

/* Identifiers 1..65535; looking one up takes no lock.  One table per Thing: its slots are zero
   pages of the image, which no process pays for before it uses them. */
template <class Thing> class Table {
public:
    unsigned short add(Thing *thing)
    {
        std::lock_guard<std::mutex> guard(mutex_);
        if (free_.empty()) {
            if (used_ == IDENTIFIERS)
                return 0;
            free_.push_back(static_cast<unsigned short>(++used_));
        }
        unsigned short id = free_.back();
        free_.pop_back();
        slots_[id].store(thing, std::memory_order_release);
        return id;
    }
    void remove(unsigned short id)
    {
        slots_[id].store(nullptr, std::memory_order_release);
        std::lock_guard<std::mutex> guard(mutex_);
        free_.push_back(id);
    }
    Thing *find(unsigned short id) const { return slots_[id].load(std::memory_order_acquire); }

private:
    std::mutex mutex_;
    unsigned used_ = 0;
    std::vector<unsigned short> free_;
    static std::atomic<Thing *> slots_[IDENTIFIERS + 1];
};

template <class Thing> std::atomic<Thing *> Table<Thing>::slots_[IDENTIFIERS + 1];

Table<File> files;
Table<Stream> streams;

bool text_low(const char *text, size_t size)
{
    return !size || !text || (low(text) && low(text + size - 1));
}

uint32_t check_xabs(const FAB *fab)
{
    const XABHEAD *xab = static_cast<const XABHEAD *>(fab->fab$l_xab);
    for (unsigned i = 0; xab; ++i) {
        if (!low(xab))
            return SS$_ACCVIO;
        if (i == XAB_CHAIN_MAX)
            return RMS$_XAB;
        unsigned char want;
        switch (xab->xab$b_cod) {
        case XAB$C_DAT:
            want = XAB$C_DATLEN;
            break;
        case XAB$C_FHC:
            want = XAB$C_FHCLEN;
            break;
        case XAB$C_PRO:
            want = xab->xab$b_bln == XAB$C_PROLEN_V3 ? XAB$C_PROLEN_V3 : XAB$C_PROLEN;
            break;
        case XAB$C_KEY:
            want = XAB$C_KEYLEN;
            break;
        default:
            return RMS$_XAB;
        }
        if (xab->xab$b_bln != want)
            return RMS$_BLN;
        xab = static_cast<const XABHEAD *>(xab->xab$l_nxt);
    }
    return RMS$_NORMAL;
}

uint32_t check_nam(const NAM *nam)
{
    if (!nam)
        return RMS$_NORMAL;
    if (!low(nam))
        return SS$_ACCVIO;
    if (nam->nam$b_bid != NAM$C_BID || nam->nam$b_bln != NAM$C_BLN)
        return RMS$_NAM;
    if (!text_low(nam->nam$l_esa, nam->nam$b_ess) || !text_low(nam->nam$l_rsa, nam->nam$b_rss))
        return SS$_ACCVIO;
    const NAM *related = nam->nam$l_rlf;
    if (!related)
        return RMS$_NORMAL;
    if (!low(related) || !text_low(related->nam$l_rsa, related->nam$b_rsl))
        return SS$_ACCVIO;
    return related->nam$b_bid == NAM$C_BID ? static_cast<uint32_t>(RMS$_NORMAL)
                                           : static_cast<uint32_t>(RMS$_RLF);
}

void describe_header(const File &file, const struct stat &host, XABFHC *xab)
{
    uint64_t size = static_cast<uint64_t>(host.st_size);
    xab->xab$b_rfo = static_cast<unsigned char>(file.attributes.org | file.attributes.rfm);
    xab->xab$b_atr = file.attributes.rat;
    xab->xab$w_lrl = file.attributes.rfm == FAB$C_FIX ? file.attributes.mrs : 0;
    xab->xab$l_hbk = static_cast<unsigned>((size + BLOCK - 1) / BLOCK);
    xab->xab$l_ebk = static_cast<unsigned>(size / BLOCK + 1);
    xab->xab$w_ffb = static_cast<unsigned short>(size % BLOCK);
    xab->xab$b_hsz = file.attributes.rfm == FAB$C_VFC ? file.attributes.fsz : 0;
    xab->xab$w_mrz = file.attributes.mrs;
}

void describe_dates(const File &file, const struct stat &host, XABDAT *xab)
{
    uint64_t revised = from_unix(host.st_mtim.tv_sec, static_cast<uint32_t>(host.st_mtim.tv_nsec));
    uint64_t created = file.attributes.created ? file.attributes.created : revised;
    xab->xab$w_rvn = file.attributes.revision;
    xab->xab$q_rdt.gen64$q_quadword = revised;
    xab->xab$q_cdt.gen64$q_quadword = created;
    xab->xab$q_edt.gen64$q_quadword = 0;
    xab->xab$q_bdt.gen64$q_quadword = 0;
}

} // namespace

File::~File()
{
    indexed.reset();
    if (ifi)
        files.remove(ifi);
    for (Stream *stream : streams) {
        remove_stream(stream);
        delete stream;
    }
    if (fd >= 0)
        close(fd);
}

unsigned short add_file(File *file)
{
    return file->ifi = files.add(file);
}

File *file_of(const FAB *fab)
{
    File *file = fab->fab$w_ifi ? files.find(fab->fab$w_ifi) : nullptr;
    return file && file->fab == fab ? file : nullptr;
}

Stream *stream_of(const RAB *rab)
{
    Stream *stream = rab->rab$w_isi ? streams.find(rab->rab$w_isi) : nullptr;
    return stream && stream->rab == rab ? stream : nullptr;
}

unsigned short add_stream(Stream *stream)
{
    return stream->isi = streams.add(stream);
}

void remove_stream(Stream *stream)
{
    if (stream->isi)
        streams.remove(stream->isi);
    stream->isi = 0;
}

uint64_t file_size(const File &file)
{
    struct stat host;
    return fstat(file.fd, &host) == 0 ? static_cast<uint64_t>(host.st_size) : 0;
}

int write_all(File &file, const char *data, size_t size, uint64_t at)
{
    if (int limited = disk_limit(file.directory, at + size))
        return limited;
    file.modified = true;
    while (size) {
        ssize_t done = pwrite(file.fd, data, size, static_cast<off_t>(at));
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return done < 0 ? errno : ENOSPC;
        data += done;
        at += static_cast<size_t>(done);
        size -= static_cast<size_t>(done);
    }
    return 0;
}

uint32_t check_fab(const FAB *fab)
{
    if (!low(fab))
        return SS$_ACCVIO;
    if (!fab || fab->fab$b_bid != FAB$C_BID)
        return RMS$_FAB;
    if (fab->fab$b_bln != FAB$C_BLN)
        return RMS$_BLN;
    if (!text_low(fab->fab$l_fna, fab->fab$b_fns) || !text_low(fab->fab$l_dna, fab->fab$b_dns))
        return SS$_ACCVIO;
    uint32_t status = check_nam(fab->fab$l_nam);
    return status & 1 ? check_xabs(fab) : status;
}

uint32_t check_rab(const RAB *rab)
{
    if (!low(rab))
        return SS$_ACCVIO;
    if (!rab || rab->rab$b_bid != RAB$C_BID)
        return RMS$_RAB;
    if (rab->rab$b_bln != RAB$C_BLN)
        return RMS$_BLN;
    bool good = text_low(rab->rab$l_ubf, rab->rab$w_usz) &&
                text_low(rab->rab$l_rbf, rab->rab$w_rsz) &&
                text_low(rab->rab$l_kbf, rab->rab$b_ksz) && text_low(rab->rab$l_rhb, 1);
    return good ? static_cast<uint32_t>(RMS$_NORMAL) : static_cast<uint32_t>(SS$_ACCVIO);
}

int finish_fab(FAB *fab, uint32_t status, uint32_t stv)
{
    fab->fab$l_sts = status;
    fab->fab$l_stv = stv;
    return static_cast<int>(status);
}

int finish_rab(RAB *rab, uint32_t status, uint32_t stv)
{
    rab->rab$l_sts = status;
    rab->rab$l_stv = stv;
    return static_cast<int>(status);
}

void describe(const File &file, FAB *fab)
{
    struct stat host = {};
    if (fab->fab$l_xab || !(file.fac & FAB$M_BIO))
        fstat(file.fd, &host);
    const Attributes &attributes = file.attributes;
    fab->fab$b_org = attributes.org;
    fab->fab$b_rfm = attributes.rfm;
    fab->fab$b_rat = attributes.rat;
    fab->fab$w_mrs = attributes.mrs;
    fab->fab$b_fsz = attributes.fsz;
    fab->fab$l_alq =
        static_cast<unsigned>((static_cast<uint64_t>(host.st_size) + BLOCK - 1) / BLOCK);
    if (NAM *nam = fab->fab$l_nam) {
        fill_expanded(nam, file.spec);
        fill_resultant(nam, file.spec);
        uint64_t id = static_cast<uint64_t>(host.st_ino);
        for (int i = 0; i < 3; ++i)
            nam->nam$w_fid[i] = static_cast<unsigned short>(id >> 16 * i);
    }
    for (XABHEAD *xab = static_cast<XABHEAD *>(fab->fab$l_xab); xab;
         xab = static_cast<XABHEAD *>(xab->xab$l_nxt)) {
        if (xab->xab$b_cod == XAB$C_FHC)
            describe_header(file, host, reinterpret_cast<XABFHC *>(xab));
        else if (xab->xab$b_cod == XAB$C_DAT)
            describe_dates(file, host, reinterpret_cast<XABDAT *>(xab));
        else if (xab->xab$b_cod == XAB$C_PRO) {
            XABPRO *pro = reinterpret_cast<XABPRO *>(xab);
            pro->xab$w_pro = attributes.protection;
            pro->xab$l_uic = attributes.uic;
        } else if (xab->xab$b_cod == XAB$C_KEY && file.indexed) {
            indexed_describe(file, reinterpret_cast<XABKEY *>(xab));
        }
    }
}

} // namespace rms
} // namespace shim
