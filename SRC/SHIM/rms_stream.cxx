/*
**  rms_stream - the services that take a RAB: streams, records of either organisation, block I/O
**
**  Block I/O: the host's file has exactly the bytes written, so a last block that was written in
**  part ends the file there (XABFHC ebk, ffb).
*/
#include "rms_journal.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <starlet.h>
#include <unistd.h>

namespace shim {
namespace rms {

namespace {

/* What a service needs from FAB$B_FAC, and whether it works on blocks. */
typedef uint32_t (*Routine)(Stream &, uint32_t *stv);

uint32_t do_wait(Stream &stream, uint32_t *stv);

int run(void *block, Routine routine, unsigned fac)
{
    RAB *rab = static_cast<RAB *>(block);
    uint32_t status = check_rab(rab), stv = 0;
    if (!(status & 1))
        return static_cast<int>(status);
    Stream *stream = stream_of(rab);
    if (!stream)
        return finish_rab(rab, RMS$_ISI);
    if (stream->pending && routine != do_wait)
        return RMS$_RSA; /* the block belongs to the operation under way */
    if (fac && !(stream->file->fac & fac))
        return finish_rab(rab, RMS$_FAC);
    status = routine(*stream, &stv);
    finish_rab(rab, status, stv);
    if (stream->pending)
        rab->rab$l_sts = 0;
    return static_cast<int>(status);
}

bool is_indexed(const Stream &stream)
{
    return stream.file->indexed != nullptr;
}

bool is_block(const Stream &stream)
{
    return (stream.file->fac & FAB$M_BIO) != 0;
}

uint32_t do_get(Stream &stream, uint32_t *stv)
{
    if (is_block(stream))
        return RMS$_IOP;
    return is_indexed(stream) ? indexed_get(stream, true, stv) : get_sequential(stream, true, stv);
}

uint32_t do_find(Stream &stream, uint32_t *stv)
{
    if (is_block(stream))
        return RMS$_IOP;
    return is_indexed(stream) ? indexed_get(stream, false, stv)
                              : get_sequential(stream, false, stv);
}

uint32_t do_put(Stream &stream, uint32_t *stv)
{
    if (is_block(stream))
        return RMS$_IOP;
    return is_indexed(stream) ? indexed_put(stream, stv) : put_sequential(stream, stv);
}

uint32_t do_update(Stream &stream, uint32_t *stv)
{
    if (is_block(stream))
        return RMS$_IOP;
    return is_indexed(stream) ? indexed_update(stream, stv) : update_sequential(stream, stv);
}

uint32_t do_delete(Stream &stream, uint32_t *stv)
{
    return is_indexed(stream) ? indexed_delete(stream, stv) : static_cast<uint32_t>(RMS$_IOP);
}

uint32_t flush_file(File &file, uint32_t *stv)
{
    while (fdatasync(file.fd) != 0)
        if (errno != EINTR && errno != EINVAL && errno != EROFS)
            return file_error(errno, RMS$_WER, stv);
        else if (errno != EINTR)
            break; /* a device without storage */
    file.fresh = false;
    return RMS$_NORMAL;
}

uint32_t do_flush(Stream &stream, uint32_t *stv)
{
    if (is_indexed(stream))
        return indexed_flush(stream, stv);
    File &file = *stream.file;
    uint32_t status = write_out(stream, stv);
    if (!(status & 1) || !file.modified)
        return status;
    if (!journal_begin(file, &stream.ticket)) {
        status = flush_file(file, stv);
        file.modified = !(status & 1);
        return status;
    }
    stream.pending = true;
    return stream.rab->rab$l_rop & RAB$M_ASY ? static_cast<uint32_t>(RMS$_PENDING)
                                             : end_flush(stream, true, stv);
}

uint32_t do_wait(Stream &stream, uint32_t *stv)
{
    if (stream.pending)
        return end_flush(stream, true, stv);
    *stv = stream.rab->rab$l_stv;
    return stream.rab->rab$l_sts;
}

uint32_t do_rewind(Stream &stream, uint32_t *stv)
{
    uint32_t status = write_out(stream, stv);
    if (is_indexed(stream))
        indexed_rewind(stream);
    stream.next = 0;
    stream.in_size = 0;
    stream.have_current = stream.found = false;
    return status;
}

uint32_t do_truncate(Stream &stream, uint32_t *stv)
{
    if (is_indexed(stream) || is_block(stream))
        return RMS$_IOP;
    if (!stream.have_current)
        return RMS$_CUR;
    uint32_t status = write_out(stream, stv);
    if (!(status & 1))
        return status;
    if (ftruncate(stream.file->fd, static_cast<off_t>(stream.current)) != 0)
        return file_error(errno, RMS$_WER, stv);
    stream.file->modified = true;
    stream.next = stream.current;
    stream.in_size = 0;
    stream.have_current = false;
    return RMS$_NORMAL;
}

uint32_t do_free(Stream &stream, uint32_t *)
{
    if (!stream.locked)
        return RMS$_RNL;
    indexed_unlock(stream);
    return RMS$_NORMAL;
}

/* ---- blocks ---- */

uint64_t block_offset(const Stream &stream)
{
    uint32_t block = stream.rab->rab$l_bkt;
    return block ? static_cast<uint64_t>(block - 1) * BLOCK : stream.next;
}

void move_past(Stream &stream, uint64_t at, size_t size)
{
    stream.next = at + (size + BLOCK - 1) / BLOCK * BLOCK;
    set_rfa(stream.rab, at / BLOCK + 1);
}

uint32_t do_read(Stream &stream, uint32_t *stv)
{
    RAB *rab = stream.rab;
    if (!(stream.file->fac & (FAB$M_BIO | FAB$M_BRO)) || is_indexed(stream))
        return RMS$_FAC;
    if (!rab->rab$l_ubf)
        return RMS$_UBF;
    if (!rab->rab$w_usz || rab->rab$w_usz > TRANSFER_MAX)
        return RMS$_USZ;
    uint64_t at = block_offset(stream);
    size_t size = 0;
    while (size < rab->rab$w_usz) {
        ssize_t done = pread(stream.file->fd, rab->rab$l_ubf + size, rab->rab$w_usz - size,
                             static_cast<off_t>(at + size));
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return file_error(errno, RMS$_RER, stv);
        size_t wanted = rab->rab$w_usz - size;
        size += static_cast<size_t>(done);
        if (static_cast<size_t>(done) < wanted)
            break; /* the end of the host's file */
    }
    rab->rab$l_rbf = rab->rab$l_ubf;
    rab->rab$w_rsz = static_cast<unsigned short>(size);
    if (!size)
        return RMS$_EOF;
    move_past(stream, at, size);
    return RMS$_NORMAL;
}

uint32_t do_write(Stream &stream, uint32_t *stv)
{
    RAB *rab = stream.rab;
    if (!(stream.file->fac & (FAB$M_BIO | FAB$M_BRO)) || is_indexed(stream))
        return RMS$_FAC;
    if (!rab->rab$l_rbf)
        return RMS$_RBF;
    if (!rab->rab$w_rsz || rab->rab$w_rsz > TRANSFER_MAX)
        return RMS$_RSZ;
    uint64_t at = block_offset(stream);
    int error = write_all(*stream.file, rab->rab$l_rbf, rab->rab$w_rsz, at);
    if (error)
        return file_error(error, RMS$_WER, stv);
    move_past(stream, at, rab->rab$w_rsz);
    return RMS$_NORMAL;
}

uint32_t do_space(Stream &stream, uint32_t *)
{
    int64_t at = static_cast<int64_t>(stream.next) +
                 static_cast<int64_t>(static_cast<int32_t>(stream.rab->rab$l_bkt)) *
                     static_cast<int64_t>(BLOCK);
    if (at < 0) {
        stream.next = 0;
        return RMS$_BOF;
    }
    stream.next = std::min<uint64_t>(static_cast<uint64_t>(at),
                                     (file_size(*stream.file) + BLOCK - 1) / BLOCK * BLOCK);
    return stream.next < static_cast<uint64_t>(at) ? RMS$_EOF : RMS$_NORMAL;
}

/* ---- streams ---- */

uint32_t connect(RAB *rab)
{
    FAB *fab = rab->rab$l_fab;
    if (!low(fab))
        return SS$_ACCVIO;
    if (!fab || fab->fab$b_bid != FAB$C_BID)
        return RMS$_FAB;
    File *file = file_of(fab);
    if (!file)
        return RMS$_IFI;
    if (stream_of(rab))
        return RMS$_ISI;
    bool many = (file->shr & FAB$M_MSE) || file->attributes.org == FAB$C_IDX;
    if (!file->streams.empty() && !many)
        return RMS$_CCR;
    std::unique_ptr<Stream> stream(new Stream(file));
    stream->rab = rab;
    stream->krf = rab->rab$b_krf;
    if (!add_stream(stream.get()))
        return RMS$_DME;
    rab->rab$w_isi = stream->isi;
    file->streams.push_back(stream.get());
    if (rab->rab$l_rop & RAB$M_EOF)
        stream->next = file_size(*file);
    stream.release();
    return RMS$_NORMAL;
}

uint32_t disconnect(RAB *rab, uint32_t *stv)
{
    Stream *stream = stream_of(rab);
    if (!stream)
        return RMS$_ISI;
    uint32_t status = end_flush(*stream, true, stv);
    if (status & 1)
        status = write_out(*stream, stv);
    indexed_unlock(*stream);
    std::vector<Stream *> &all = stream->file->streams;
    all.erase(std::find(all.begin(), all.end(), stream));
    remove_stream(stream);
    delete stream;
    rab->rab$w_isi = 0;
    return status;
}

const unsigned CHANGES = FAB$M_PUT | FAB$M_UPD | FAB$M_DEL | FAB$M_TRN;

} // namespace

uint32_t end_flush(Stream &stream, bool wanted, uint32_t *stv)
{
    if (!stream.pending)
        return RMS$_NORMAL;
    stream.pending = false;
    if (journal_end(*stream.file, stream.ticket, wanted) || !wanted) {
        stream.file->modified = stream.file->modified && !wanted;
        return RMS$_NORMAL;
    }
    uint32_t status = flush_file(*stream.file, stv);
    stream.file->modified = !(status & 1);
    return status;
}

} // namespace rms
} // namespace shim

using namespace shim::rms;

extern "C" int sys$connect(void *block)
{
    SHIM_SERVICE("sys$connect");
    RAB *rab = static_cast<RAB *>(block);
    uint32_t status = check_rab(rab);
    return status & 1 ? finish_rab(rab, connect(rab)) : static_cast<int>(status);
}

extern "C" int sys$disconnect(void *block)
{
    SHIM_SERVICE("sys$disconnect");
    RAB *rab = static_cast<RAB *>(block);
    uint32_t status = check_rab(rab), stv = 0;
    if (!(status & 1))
        return static_cast<int>(status);
    status = disconnect(rab, &stv);
    return finish_rab(rab, status, stv);
}

extern "C" int sys$rewind(void *rab)
{
    SHIM_SERVICE("sys$rewind");
    return run(rab, do_rewind, 0);
}

extern "C" int sys$get(void *rab)
{
    SHIM_SERVICE("sys$get");
    return run(rab, do_get, FAB$M_GET);
}

extern "C" int sys$find(void *rab)
{
    SHIM_SERVICE("sys$find");
    return run(rab, do_find, FAB$M_GET | CHANGES);
}

extern "C" int sys$put(void *rab)
{
    SHIM_SERVICE("sys$put");
    return run(rab, do_put, FAB$M_PUT);
}

extern "C" int sys$update(void *rab)
{
    SHIM_SERVICE("sys$update");
    return run(rab, do_update, FAB$M_UPD);
}

extern "C" int sys$delete(void *rab)
{
    SHIM_SERVICE("sys$delete");
    return run(rab, do_delete, FAB$M_DEL);
}

extern "C" int sys$flush(void *rab)
{
    SHIM_SERVICE("sys$flush");
    return run(rab, do_flush, 0);
}

extern "C" int sys$wait(void *block)
{
    SHIM_SERVICE("sys$wait");
    FAB *fab = static_cast<FAB *>(block);
    if (shim::low(fab) && fab && fab->fab$b_bid == FAB$C_BID)
        return file_of(fab) ? static_cast<int>(fab->fab$l_sts) : static_cast<int>(RMS$_NORMAL);
    return run(block, do_wait, 0);
}

extern "C" int sys$truncate(void *rab)
{
    SHIM_SERVICE("sys$truncate");
    return run(rab, do_truncate, FAB$M_TRN);
}

extern "C" int sys$release(void *rab)
{
    SHIM_SERVICE("sys$release");
    return run(rab, do_free, 0);
}

extern "C" int sys$free(void *rab)
{
    SHIM_SERVICE("sys$free");
    return run(rab, do_free, 0);
}

extern "C" int sys$read(void *rab)
{
    SHIM_SERVICE("sys$read");
    return run(rab, do_read, FAB$M_GET);
}

extern "C" int sys$write(void *rab)
{
    SHIM_SERVICE("sys$write");
    return run(rab, do_write, FAB$M_PUT | FAB$M_UPD);
}

extern "C" int sys$space(void *rab)
{
    SHIM_SERVICE("sys$space");
    return run(rab, do_space, FAB$M_GET | CHANGES);
}
