/*
**  recfile - text files by records: $GET and $PUT
**
**  Logs are opened for sharing, so that a reader and the other processes of the service see each
**  record as soon as it is flushed.
*/
#include "VMS/recfile.h"

#include <string.h>

#include <starlet.h>

#include "file_blocks.h"

namespace mail {

/* ---- reading ---- */

Status RecordReader::open(const std::string &spec, const std::string &defaults)
{
    close();
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    blocks->fab.fab$b_fac = FAB$M_GET;
    blocks->fab.fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_UPI;
    status = file_status(sys$open(&blocks->fab), blocks->fab);
    if (status.ok()) {
        blocks->rab.rab$l_ubf = blocks->buffer;
        blocks->rab.rab$w_usz = static_cast<unsigned short>(RECFILE_RECORD_MAX);
        blocks->rab.rab$l_rop = RAB$M_RAH;
        status = record_status(sys$connect(&blocks->rab), blocks->rab);
        if (!status.ok())
            sys$close(&blocks->fab);
    }
    if (status.ok())
        blocks_ = blocks;
    else
        file_blocks_give(blocks);
    return status;
}

Status RecordReader::next(std::string *line)
{
    if (!blocks_)
        return Status::bad_parameter();
    Status status = record_status(sys$get(&blocks_->rab), blocks_->rab);
    /* a record cut to the buffer (RMS$_RTB) is still text: the caller gets what there is */
    if (status.ok() || status.sts() == RMS$_RTB)
        line->assign(blocks_->rab.rab$l_rbf, blocks_->rab.rab$w_rsz);
    cut_ = status.sts() == RMS$_RTB;
    return cut_ ? Status() : status;
}

void RecordReader::close()
{
    if (!blocks_)
        return;
    sys$close(&blocks_->fab);
    file_blocks_give(blocks_);
    blocks_ = 0;
}

std::string RecordReader::resultant() const
{
    return blocks_ ? file_name(*blocks_) : std::string();
}

/* ---- writing ---- */

static Status connect_writer(FileBlocks *blocks, unsigned int options)
{
    blocks->rab.rab$l_rop = options;
    Status status = record_status(sys$connect(&blocks->rab), blocks->rab);
    if (!status.ok())
        sys$close(&blocks->fab);
    return status;
}

static void set_text_format(FileBlocks *blocks, bool stream_lf)
{
    blocks->fab.fab$b_org = FAB$C_SEQ;
    blocks->fab.fab$b_rfm = stream_lf ? FAB$C_STMLF : FAB$C_VAR;
    blocks->fab.fab$b_rat = FAB$M_CR;
}

Status RecordWriter::create(const std::string &spec, const std::string &defaults, bool stream_lf)
{
    return create_with(spec, defaults, stream_lf, 0);
}

Status RecordWriter::create_for_all(const std::string &spec, const std::string &defaults)
{
    static const boost::uint16_t denied = (XAB$M_NOWRITE | XAB$M_NODEL) << 8 |
                                          (XAB$M_NOWRITE | XAB$M_NODEL) << 12;
    return create_with(spec, defaults, false, &denied);
}

/* denied: bits of XAB$W_PRO; 0: the default of process and directory. */
Status RecordWriter::create_with(const std::string &spec, const std::string &defaults,
                                 bool stream_lf, const boost::uint16_t *denied)
{
    close();
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    set_text_format(blocks, stream_lf);
    blocks->fab.fab$b_fac = FAB$M_PUT;
    blocks->fab.fab$b_shr = FAB$M_SHRGET | FAB$M_UPI;
    if (denied) {
        blocks->guard = cc$rms_xabpro;
        blocks->guard.xab$w_pro = *denied;
        blocks->fab.fab$l_xab = &blocks->guard;
    }
    status = file_status(sys$create(&blocks->fab), blocks->fab);
    if (status.ok())
        status = connect_writer(blocks, RAB$M_WBH);
    if (status.ok())
        blocks_ = blocks;
    else
        file_blocks_give(blocks);
    return status;
}

Status RecordWriter::append(const std::string &spec, const std::string &defaults)
{
    close();
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    set_text_format(blocks, false);
    blocks->fab.fab$b_fac = FAB$M_PUT | FAB$M_GET;
    blocks->fab.fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_UPI;
    blocks->fab.fab$l_fop = FAB$M_CIF;
    status = file_status(sys$create(&blocks->fab), blocks->fab);
    if (status.ok())
        status = connect_writer(blocks, RAB$M_EOF);
    if (status.ok())
        blocks_ = blocks;
    else
        file_blocks_give(blocks);
    return status;
}

Status RecordWriter::write_piece(const char *data, size_t size)
{
    memcpy(blocks_->buffer, data, size);
    blocks_->rab.rab$l_rbf = blocks_->buffer;
    blocks_->rab.rab$w_rsz = static_cast<unsigned short>(size);
    return record_status(sys$put(&blocks_->rab), blocks_->rab);
}

Status RecordWriter::write(const std::string &line)
{
    if (!blocks_)
        return Status::bad_parameter();
    Status status;
    size_t done = 0;
    do {
        size_t size = line.size() - done;
        if (size > RECFILE_RECORD_MAX)
            size = RECFILE_RECORD_MAX;
        status = write_piece(line.data() + done, size);
        done += size;
    } while (status.ok() && done < line.size());
    return status;
}

Status RecordWriter::flush()
{
    if (!blocks_)
        return Status::bad_parameter();
    return record_status(sys$flush(&blocks_->rab), blocks_->rab);
}

Status RecordWriter::close()
{
    if (!blocks_)
        return Status();
    Status status = file_status(sys$close(&blocks_->fab), blocks_->fab);
    file_blocks_give(blocks_);
    blocks_ = 0;
    return status;
}

void RecordWriter::abandon()
{
    if (!blocks_)
        return;
    std::string name = resultant();
    close();
    file_erase(name);
}

std::string RecordWriter::resultant() const
{
    return blocks_ ? file_name(*blocks_) : std::string();
}

} // namespace mail
