/*
**  recfile_names - names of files: $PARSE, $SEARCH, $ERASE, $RENAME
*/
#include "VMS/recfile.h"

#include <starlet.h>

#include "file_blocks.h"

namespace mail {

Status file_read_text(const std::string &spec, const std::string &defaults, size_t most,
                      const char *line_end, std::string *text)
{
    RecordReader reader;
    std::string whole, line;
    Status status = reader.open(spec, defaults);
    while (status.ok()) {
        status = reader.next(&line);
        if (!status.ok())
            break;
        whole += line;
        whole += line_end;
        if (whole.size() > most)
            return Status::too_big();
    }
    if (!status.end_of_file())
        return status;
    text->swap(whole);
    return Status();
}

Status file_erase(const std::string &spec)
{
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, "", &status);
    if (!blocks)
        return status;
    status = file_status(sys$erase(&blocks->fab), blocks->fab);
    file_blocks_give(blocks);
    return status;
}

Status file_rename(const std::string &old_spec, const std::string &new_spec)
{
    Status status;
    FileBlocks *from = file_blocks_take(old_spec, "", &status);
    if (!from)
        return status;
    FileBlocks *to = file_blocks_take(new_spec, "", &status);
    if (to) {
        status = file_status(sys$rename(&from->fab, 0, 0, &to->fab), from->fab);
        file_blocks_give(to);
    }
    file_blocks_give(from);
    return status;
}

Status file_parse(const std::string &spec, const std::string &defaults, std::string *full)
{
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    blocks->nam.nam$b_nop = NAM$M_SYNCHK;
    status = file_status(sys$parse(&blocks->fab), blocks->fab);
    if (status.ok())
        full->assign(blocks->expanded, blocks->nam.nam$b_esl);
    file_blocks_give(blocks);
    return status;
}

Status file_protection(const std::string &spec, const std::string &defaults,
                       FileProtection *protection)
{
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    blocks->guard = cc$rms_xabpro;
    blocks->fab.fab$l_xab = &blocks->guard;
    blocks->fab.fab$b_fac = FAB$M_GET;
    blocks->fab.fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_UPI;
    status = file_status(sys$open(&blocks->fab), blocks->fab);
    if (status.ok()) {
        unsigned denied = blocks->guard.xab$w_pro; /* S, O, G, W from the low nibble up */
        protection->owner = blocks->guard.xab$l_uic;
        protection->owner_reads = !(denied >> 4 & XAB$M_NOREAD);
        protection->group_reads = !(denied >> 8 & XAB$M_NOREAD);
        protection->world_reads = !(denied >> 12 & XAB$M_NOREAD);
        sys$close(&blocks->fab);
    }
    file_blocks_give(blocks);
    return status;
}

bool file_exists(const std::string &spec, const std::string &defaults)
{
    FileSearch search;
    std::string found;
    return search.open(spec, defaults).ok() && search.next(&found).ok();
}

Status FileSearch::open(const std::string &spec, const std::string &defaults)
{
    close();
    Status status;
    FileBlocks *blocks = file_blocks_take(spec, defaults, &status);
    if (!blocks)
        return status;
    status = file_status(sys$parse(&blocks->fab), blocks->fab);
    if (status.ok()) {
        blocks->searching = true;
        blocks_ = blocks;
    } else {
        file_blocks_give(blocks);
    }
    return status;
}

Status FileSearch::next(std::string *spec)
{
    if (!blocks_)
        return Status::bad_parameter();
    Status status = file_status(sys$search(&blocks_->fab), blocks_->fab);
    if (status.sts() == RMS$_FNF)
        return Status(RMS$_NMF); /* none at all is an end like any other */
    if (status.ok())
        spec->assign(blocks_->resultant, blocks_->nam.nam$b_rsl);
    return status;
}

void FileSearch::close()
{
    if (!blocks_)
        return;
    if (blocks_->searching) {
        /* a parse of nothing releases the search context */
        blocks_->fab.fab$b_fns = 0;
        blocks_->fab.fab$b_dns = 0;
        blocks_->nam.nam$b_nop = NAM$M_SYNCHK;
        sys$parse(&blocks_->fab);
    }
    file_blocks_give(blocks_);
    blocks_ = 0;
}

} // namespace mail
