/*
**  rms_lib - LIB$FIND_FILE, LIB$DELETE_FILE, LIB$RENAME_FILE, LIB$CREATE_DIR
**
**  They call the RMS services with blocks of their own in 32-bit addressable memory.
*/
#include "rms_file.h"

#include <cstring>
#include <lib$routines.h>
#include <map>
#include <mutex>
#include <starlet.h>

namespace shim {
namespace rms {

namespace {

/* Blocks and texts of one file name. */
struct Blocks {
    FAB fab;
    NAM nam, related;
    char spec[SPEC_MAX], defaults[SPEC_MAX], expanded[SPEC_MAX], resultant[SPEC_MAX];
    char related_text[SPEC_MAX];
};

struct BlocksDeleter {
    void operator()(Blocks *blocks) const { arena_free(blocks, sizeof *blocks); }
};
typedef std::unique_ptr<Blocks, BlocksDeleter> BlocksPointer;

BlocksPointer make_blocks()
{
    BlocksPointer blocks(static_cast<Blocks *>(arena_get(sizeof(Blocks))));
    if (!blocks)
        return blocks;
    blocks->fab = cc$rms_fab;
    blocks->nam = blocks->related = cc$rms_nam;
    blocks->fab.fab$l_nam = &blocks->nam;
    blocks->fab.fab$l_fna = blocks->spec;
    blocks->fab.fab$l_dna = blocks->defaults;
    blocks->nam.nam$l_esa = blocks->expanded;
    blocks->nam.nam$l_rsa = blocks->resultant;
    blocks->nam.nam$b_ess = blocks->nam.nam$b_rss = SPEC_MAX;
    return blocks;
}

uint32_t copy_text(const void *descriptor, char *to, unsigned char *length)
{
    std::string text;
    *length = 0;
    if (!descriptor)
        return RMS$_NORMAL;
    uint32_t status = get_text(static_cast<const dsc$descriptor_s *>(descriptor), &text);
    while (!text.empty() && text.back() == ' ')
        text.pop_back();
    if (!(status & 1))
        return status;
    if (text.size() > SPEC_MAX)
        return RMS$_SYN;
    *length = static_cast<unsigned char>(text.copy(to, SPEC_MAX));
    return RMS$_NORMAL;
}

uint32_t set_names(Blocks &blocks, const void *spec, const void *defaults, const void *related)
{
    uint32_t status = copy_text(spec, blocks.spec, &blocks.fab.fab$b_fns);
    if (status & 1)
        status = copy_text(defaults, blocks.defaults, &blocks.fab.fab$b_dns);
    if (status & 1 && related) {
        status = copy_text(related, blocks.related_text, &blocks.related.nam$b_rsl);
        blocks.related.nam$l_rsa = blocks.related_text;
        blocks.nam.nam$l_rlf = &blocks.related;
    }
    return status;
}

std::mutex finders_mutex;
std::map<uint32_t, std::shared_ptr<Blocks>> finders; /* under finders_mutex */
uint32_t last_finder;

std::shared_ptr<Blocks> finder(uint32_t context)
{
    std::lock_guard<std::mutex> guard(finders_mutex);
    auto found = finders.find(context);
    return found == finders.end() ? std::shared_ptr<Blocks>() : found->second;
}

/* Parses and enters a new search. */
uint32_t start_finder(const void *spec, const void *defaults, const void *related,
                      uint32_t *context)
{
    std::shared_ptr<Blocks> blocks(make_blocks().release(), BlocksDeleter());
    if (!blocks)
        return SS$_INSFMEM;
    uint32_t status = set_names(*blocks, spec, defaults, related);
    if (status & 1)
        status = static_cast<uint32_t>(sys$parse(&blocks->fab));
    std::lock_guard<std::mutex> guard(finders_mutex);
    while (!++last_finder || finders.count(last_finder))
        ;
    *context = last_finder;
    finders[last_finder] = blocks;
    return status;
}

/* Frees what $PARSE keeps for a search that was not finished. */
void drop_search(Blocks &blocks)
{
    blocks.nam.nam$b_nop |= NAM$M_SYNCHK;
    blocks.fab.fab$b_fns = blocks.fab.fab$b_dns = 0;
    blocks.nam.nam$l_rlf = 0;
    sys$parse(&blocks.fab);
}

/* Calls routine for each file that matches. */
uint32_t for_each(const void *spec, const void *defaults, uint32_t (*routine)(Blocks &, void *),
                  void *argument)
{
    BlocksPointer blocks = make_blocks();
    if (!blocks)
        return SS$_INSFMEM;
    uint32_t status = set_names(*blocks, spec, defaults, 0);
    if (status & 1)
        status = static_cast<uint32_t>(sys$parse(&blocks->fab));
    if (!(status & 1))
        return status;
    for (;;) {
        status = static_cast<uint32_t>(sys$search(&blocks->fab));
        if (status == RMS$_NMF)
            return RMS$_NORMAL;
        if (status & 1)
            status = routine(*blocks, argument);
        if (!(status & 1)) {
            drop_search(*blocks);
            return status;
        }
    }
}

/* A second FAB for the file just found. */
BlocksPointer found_file(const Blocks &blocks)
{
    BlocksPointer one = make_blocks();
    if (one) {
        memcpy(one->spec, blocks.resultant, blocks.nam.nam$b_rsl);
        one->fab.fab$b_fns = blocks.nam.nam$b_rsl;
    }
    return one;
}

uint32_t delete_one(Blocks &blocks, void *)
{
    BlocksPointer one = found_file(blocks);
    return one ? static_cast<uint32_t>(sys$erase(&one->fab)) : static_cast<uint32_t>(SS$_INSFMEM);
}

uint32_t rename_one(Blocks &blocks, void *argument)
{
    BlocksPointer one = found_file(blocks), to = make_blocks();
    if (!one || !to)
        return SS$_INSFMEM;
    uint32_t status = copy_text(argument, to->spec, &to->fab.fab$b_fns);
    return status & 1 ? static_cast<uint32_t>(sys$rename(&one->fab, 0, 0, &to->fab)) : status;
}

} // namespace

} // namespace rms
} // namespace shim

using namespace shim::rms;

extern "C" int lib$find_file(void *filespec, void *resultant, unsigned int *context,
                             void *default_spec, void *related_spec, unsigned int *stv,
                             unsigned int *)
{
    SHIM_SERVICE("lib$find_file");
    uint32_t status = RMS$_NORMAL;
    if (!*context)
        status = start_finder(filespec, default_spec, related_spec, context);
    std::shared_ptr<Blocks> blocks = finder(*context);
    if (!blocks)
        return status & 1 ? SS$_BADPARAM : static_cast<int>(status);
    if (status & 1)
        status = static_cast<uint32_t>(sys$search(&blocks->fab));
    if (stv)
        *stv = blocks->fab.fab$l_stv;
    const NAM &nam = blocks->nam;
    std::string text = status & 1 ? std::string(blocks->resultant, nam.nam$b_rsl)
                                  : std::string(blocks->expanded, nam.nam$b_esl);
    uint32_t put = shim::put_text(static_cast<dsc$descriptor_s *>(resultant), text, 0);
    return static_cast<int>(put & 1 ? status : put);
}

extern "C" int lib$find_file_end(unsigned int *context)
{
    SHIM_SERVICE("lib$find_file_end");
    std::shared_ptr<Blocks> blocks = finder(*context);
    if (!blocks)
        return SS$_BADPARAM;
    drop_search(*blocks);
    std::lock_guard<std::mutex> guard(finders_mutex);
    finders.erase(*context);
    *context = 0;
    return RMS$_NORMAL;
}

extern "C" int lib$delete_file(void *filespec, void *default_spec)
{
    SHIM_SERVICE("lib$delete_file");
    std::string spec, defaults;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(filespec), &spec);
    if (status & 1 && default_spec)
        status = shim::get_text(static_cast<dsc$descriptor_s *>(default_spec), &defaults);
    if (!(status & 1))
        return static_cast<int>(status);
    if (spec.find(';') == std::string::npos && defaults.find(';') == std::string::npos)
        return RMS$_VER;
    return static_cast<int>(for_each(filespec, default_spec, delete_one, 0));
}

extern "C" int lib$rename_file(void *old_spec, void *new_spec, void *default_spec)
{
    SHIM_SERVICE("lib$rename_file");
    return static_cast<int>(for_each(old_spec, default_spec, rename_one, new_spec));
}

extern "C" int lib$create_dir(void *dirspec, unsigned int *owner_uic, unsigned short *enable,
                              unsigned short *value)
{
    SHIM_SERVICE("lib$create_dir");
    std::vector<Spec> candidates;
    ExpandInput input;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(dirspec), &input.text);
    if (status & 1)
        status = expand(input, &candidates);
    if (!(status & 1))
        return static_cast<int>(status);
    const Spec &spec = candidates.front();
    if (spec.wild() || !spec.name.empty())
        return LIB$_INVFILSPE;
    uint16_t protection = DEFAULT_PROTECTION;
    if (enable && value)
        protection = static_cast<uint16_t>((protection & ~*enable) | (*value & *enable));
    uint32_t uic = owner_uic && *owner_uic ? *owner_uic : shim::self().uic;
    return static_cast<int>(make_directories(spec, uic, protection));
}
