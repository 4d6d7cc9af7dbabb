/*
**  recfile_block - files of bytes: $READ and $WRITE
**
**  Appended bytes gather in the buffer, which always begins at a block boundary of the file; a
**  full buffer is one $WRITE of 127 blocks.  The last block may be partial: it stays in the
**  buffer after a flush and is written again, longer, with what follows.
*/
#include "VMS/recfile.h"

#include <string.h>

#include <starlet.h>

#include "file_blocks.h"

namespace mail {

static const boost::uint32_t FILE_SIZE_MAX = 0xfffffe00u;

static Status write_blocks(FileBlocks *blocks, boost::uint32_t offset, char *data, size_t size)
{
    blocks->rab.rab$l_bkt = offset / static_cast<boost::uint32_t>(BLOCKFILE_BLOCK) + 1;
    blocks->rab.rab$l_rbf = data;
    blocks->rab.rab$w_rsz = static_cast<unsigned short>(size);
    return record_status(sys$write(&blocks->rab), blocks->rab);
}

/* *count: bytes read, 0 at or behind the end of file. */
static Status read_blocks(FileBlocks *blocks, boost::uint32_t offset, size_t size, size_t *count)
{
    blocks->rab.rab$l_bkt = offset / static_cast<boost::uint32_t>(BLOCKFILE_BLOCK) + 1;
    blocks->rab.rab$l_ubf = blocks->buffer;
    blocks->rab.rab$w_usz = static_cast<unsigned short>(size);
    Status status = record_status(sys$read(&blocks->rab), blocks->rab);
    *count = status.ok() ? blocks->rab.rab$w_rsz : 0;
    return status.sts() == RMS$_EOF ? Status() : status;
}

static Status connect_blocks(FileBlocks *blocks)
{
    blocks->rab.rab$l_rop = RAB$M_BIO;
    Status status = record_status(sys$connect(&blocks->rab), blocks->rab);
    if (!status.ok())
        sys$close(&blocks->fab);
    return status;
}

Status BlockFile::create(const std::string &spec, const std::string &defaults,
                         boost::uint32_t reserve)
{
    close();
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    blocks->fab.fab$b_org = FAB$C_SEQ;
    blocks->fab.fab$b_rfm = FAB$C_UDF;
    blocks->fab.fab$b_fac = FAB$M_BIO | FAB$M_PUT | FAB$M_GET;
    blocks->fab.fab$b_shr = FAB$M_NIL;
    blocks->fab.fab$l_alq = reserve / static_cast<boost::uint32_t>(BLOCKFILE_BLOCK);
    status = file_status(sys$create(&blocks->fab), blocks->fab);
    if (status.ok())
        status = connect_blocks(blocks);
    if (!status.ok()) {
        file_blocks_give(blocks);
        return status;
    }
    blocks_ = blocks;
    size_ = buffered_ = 0;
    return status;
}

Status BlockFile::open(const std::string &spec, const std::string &defaults, bool for_update)
{
    close();
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    blocks->fab.fab$b_fac = FAB$M_BIO | FAB$M_GET;
    blocks->fab.fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_UPI;
    if (for_update) {
        blocks->fab.fab$b_fac = FAB$M_BIO | FAB$M_GET | FAB$M_PUT;
        blocks->fab.fab$b_shr = FAB$M_NIL; /* UPI would let a second writer in */
    }
    blocks->fab.fab$l_xab = &blocks->header;
    status = file_status(sys$open(&blocks->fab), blocks->fab);
    if (status.ok())
        status = connect_blocks(blocks);
    if (!status.ok()) {
        file_blocks_give(blocks);
        return status;
    }
    blocks_ = blocks;
    buffered_ = 0;
    size_ = 0;
    if (blocks->header.xab$l_ebk)
        size_ = (blocks->header.xab$l_ebk - 1) * static_cast<boost::uint32_t>(BLOCKFILE_BLOCK) +
                blocks->header.xab$w_ffb;
    return status;
}

/* Writes the gathered bytes; `all` false: only whole transfers. Keeps a partial last block. */
Status BlockFile::put_gathered(bool all)
{
    if (!blocks_->dirty || (!all && buffered_ < BLOCKFILE_TRANSFER))
        return Status();
    Status status = write_blocks(blocks_, size_ - buffered_, blocks_->buffer, buffered_);
    if (!status.ok())
        return status;
    blocks_->dirty = false;
    size_t tail = buffered_ % BLOCKFILE_BLOCK;
    if (tail)
        memmove(blocks_->buffer, blocks_->buffer + buffered_ - tail, tail);
    buffered_ = static_cast<boost::uint32_t>(tail);
    return status;
}

Status BlockFile::write(const char *data, size_t size)
{
    if (!blocks_)
        return Status::bad_parameter();
    if (size > FILE_SIZE_MAX - size_)
        return Status::too_big();
    Status status;
    size_t tail = size_ % BLOCKFILE_BLOCK;
    if (!buffered_ && tail && size) { /* after a read or an open: the partial block comes back */
        size_t count = 0;
        status = read_blocks(blocks_, size_ - static_cast<boost::uint32_t>(tail), BLOCKFILE_BLOCK,
                             &count);
        if (status.ok() && count < tail)
            status = Status(RMS$_EOF);
        if (!status.ok())
            return status;
        buffered_ = static_cast<boost::uint32_t>(tail);
    }
    while (size > 0 && status.ok()) {
        size_t room = BLOCKFILE_TRANSFER - buffered_;
        size_t part = size < room ? size : room;
        memcpy(blocks_->buffer + buffered_, data, part);
        blocks_->dirty = true;
        buffered_ += static_cast<boost::uint32_t>(part);
        size_ += static_cast<boost::uint32_t>(part);
        data += part;
        size -= part;
        status = put_gathered(false);
    }
    return status;
}

Status BlockFile::read_at(boost::uint32_t offset, size_t most, std::string *data)
{
    if (!blocks_)
        return Status::bad_parameter();
    Status status = put_gathered(true);
    if (!status.ok())
        return status;
    buffered_ = 0;
    if (offset >= size_)
        return Status(RMS$_EOF);
    if (most > size_ - offset)
        most = size_ - offset;
    data->reserve(data->size() + most);
    while (most > 0 && status.ok()) {
        size_t skip = offset % BLOCKFILE_BLOCK, count = 0;
        size_t wanted = skip + most < BLOCKFILE_TRANSFER ? skip + most : BLOCKFILE_TRANSFER;
        wanted = (wanted + BLOCKFILE_BLOCK - 1) / BLOCKFILE_BLOCK * BLOCKFILE_BLOCK;
        status = read_blocks(blocks_, offset - static_cast<boost::uint32_t>(skip), wanted, &count);
        if (status.ok() && count <= skip)
            status = Status(RMS$_EOF); /* shorter than its header says */
        if (!status.ok())
            break;
        size_t part = count - skip < most ? count - skip : most;
        data->append(blocks_->buffer + skip, part);
        offset += static_cast<boost::uint32_t>(part);
        most -= part;
    }
    return status;
}

Status BlockFile::write_at(boost::uint32_t offset, const char *data, size_t size)
{
    if (!blocks_ || offset > size_ || size > size_ - offset)
        return Status::bad_parameter();
    Status status = put_gathered(true);
    buffered_ = 0;
    while (size > 0 && status.ok()) {
        size_t skip = offset % BLOCKFILE_BLOCK, count = 0;
        size_t part = size < BLOCKFILE_BLOCK - skip ? size : BLOCKFILE_BLOCK - skip;
        boost::uint32_t block = offset - static_cast<boost::uint32_t>(skip);
        status = read_blocks(blocks_, block, BLOCKFILE_BLOCK, &count);
        if (status.ok() && count < skip + part)
            status = Status(RMS$_EOF);
        if (!status.ok())
            break;
        memcpy(blocks_->buffer + skip, data, part);
        status = write_blocks(blocks_, block, blocks_->buffer, count);
        offset += static_cast<boost::uint32_t>(part);
        data += part;
        size -= part;
    }
    return status;
}

Status BlockFile::flush()
{
    if (!blocks_)
        return Status::bad_parameter();
    Status status = put_gathered(true);
    if (!status.ok())
        return status;
    return record_status(sys$flush(&blocks_->rab), blocks_->rab);
}

Status BlockFile::start_flush()
{
    if (!blocks_)
        return Status::bad_parameter();
    Status status = put_gathered(true);
    if (!status.ok())
        return status;
    blocks_->rab.rab$l_rop |= RAB$M_ASY;
    return record_status(sys$flush(&blocks_->rab), blocks_->rab);
}

/* The options stay as they are until RMS is through with the block. */
Status BlockFile::wait_flush()
{
    if (!blocks_)
        return Status::bad_parameter();
    Status status = record_status(sys$wait(&blocks_->rab), blocks_->rab);
    blocks_->rab.rab$l_rop &= ~static_cast<unsigned int>(RAB$M_ASY);
    return status;
}

Status BlockFile::close()
{
    if (!blocks_)
        return Status();
    Status status = put_gathered(true);
    Status closed = file_status(sys$close(&blocks_->fab), blocks_->fab);
    if (status.ok())
        status = closed;
    file_blocks_give(blocks_);
    blocks_ = 0;
    return status;
}

Status BlockFile::erase()
{
    if (!blocks_)
        return Status();
    blocks_->dirty = false;
    blocks_->fab.fab$l_fop |= FAB$M_DLT;
    Status status = file_status(sys$close(&blocks_->fab), blocks_->fab);
    file_blocks_give(blocks_);
    blocks_ = 0;
    return status;
}

std::string BlockFile::resultant() const
{
    return blocks_ ? file_name(*blocks_) : std::string();
}

Status file_read(const std::string &spec, const std::string &defaults, size_t most,
                 std::string *data)
{
    BlockFile file;
    std::string bytes;
    Status status = file.open(spec, defaults, false);
    if (status.ok() && file.size() > most)
        return Status::too_big();
    if (status.ok() && file.size() > 0)
        status = file.read_at(0, file.size(), &bytes);
    if (status.ok())
        data->swap(bytes);
    return status;
}

} // namespace mail
