/*
**  file_blocks - the pool
*/
#include "file_blocks.h"

#include <pthread.h>
#include <string.h>

#include "low_memory.h"

namespace mail {

static pthread_mutex_t pool_mutex = PTHREAD_MUTEX_INITIALIZER;
static FileBlocks *pool = 0;

static FileBlocks *take_memory()
{
    pthread_mutex_lock(&pool_mutex);
    FileBlocks *blocks = pool;
    if (blocks)
        pool = blocks->next_free;
    pthread_mutex_unlock(&pool_mutex);
    return blocks ? blocks : static_cast<FileBlocks *>(low_get(sizeof(FileBlocks)));
}

FileBlocks *file_blocks_take(const std::string &spec, const std::string &defaults, Status *status)
{
    if (spec.size() > FILE_NAME_MAX_BYTES || defaults.size() > FILE_NAME_MAX_BYTES) {
        *status = Status(RMS$_FNM);
        return 0;
    }
    FileBlocks *blocks = take_memory();
    if (!blocks) {
        *status = Status::no_memory();
        return 0;
    }
    blocks->fab = cc$rms_fab;
    blocks->rab = cc$rms_rab;
    blocks->nam = cc$rms_nam;
    blocks->header = cc$rms_xabfhc;
    blocks->next_free = 0;
    blocks->dirty = blocks->searching = false;
    memcpy(blocks->name, spec.data(), spec.size());
    memcpy(blocks->defaults, defaults.data(), defaults.size());
    blocks->fab.fab$l_fna = blocks->name;
    blocks->fab.fab$b_fns = static_cast<unsigned char>(spec.size());
    blocks->fab.fab$l_dna = blocks->defaults;
    blocks->fab.fab$b_dns = static_cast<unsigned char>(defaults.size());
    blocks->fab.fab$l_nam = &blocks->nam;
    blocks->nam.nam$l_esa = blocks->expanded;
    blocks->nam.nam$b_ess = static_cast<unsigned char>(FILE_NAME_MAX_BYTES);
    blocks->nam.nam$l_rsa = blocks->resultant;
    blocks->nam.nam$b_rss = static_cast<unsigned char>(FILE_NAME_MAX_BYTES);
    blocks->rab.rab$l_fab = &blocks->fab;
    *status = Status();
    return blocks;
}

void file_blocks_give(FileBlocks *blocks)
{
    pthread_mutex_lock(&pool_mutex);
    blocks->next_free = pool;
    pool = blocks;
    pthread_mutex_unlock(&pool_mutex);
}

Status file_status(int sts, const struct FAB &fab)
{
    return Status(static_cast<boost::uint32_t>(sts), fab.fab$l_stv);
}

Status record_status(int sts, const struct RAB &rab)
{
    return Status(static_cast<boost::uint32_t>(sts), rab.rab$l_stv);
}

std::string file_name(const FileBlocks &blocks)
{
    if (blocks.nam.nam$b_rsl)
        return std::string(blocks.resultant, blocks.nam.nam$b_rsl);
    return std::string(blocks.expanded, blocks.nam.nam$b_esl);
}

} // namespace mail
