/*
**  arena - memory below 4 GB, for descriptors, item lists and what they point to
**
**  Size classes cut from 256 KB chunks; a thread keeps a few free blocks of each class, so most
**  calls take no lock.  A table tells each chunk's class, which finds a block given back with a
**  wrong size or address.  Free blocks are poisoned under AddressSanitizer.  LIB$GET_VM and
**  LIB$FREE_VM.
*/
#include "shim.h"

#include <lib$routines.h>

#include <cstdlib>
#include <cstring>
#include <mutex>
#include <sys/mman.h>

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
#include <sanitizer/asan_interface.h>
#define POISON(at, size) __asan_poison_memory_region(at, size)
#define UNPOISON(at, size) __asan_unpoison_memory_region(at, size)
#else
#define POISON(at, size) ((void)0)
#define UNPOISON(at, size) ((void)0)
#endif
#ifndef MAP_32BIT
#define MAP_32BIT 0
#endif

namespace shim {

namespace {

const size_t CHUNK = 256 * 1024;
const size_t REGION = 16 * CHUNK;          /* asked from the host at once */
const unsigned CLASSES = 44;               /* 16 .. 65536, four steps to each doubling */
const size_t LARGEST = 65536;              /* above it: whole chunks */
const unsigned char LARGE = 255;
const size_t CACHE_BYTES = 32768;          /* per thread and class, at least 4 blocks */

struct FreeBlock {
    FreeBlock *next;
};

struct Central {
    std::mutex mutex;
    FreeBlock *free[CLASSES];
    char *region, *region_end;
    unsigned char chunk_class[65536 / 4];  /* class + 1 of every 256 KB below 4 GB; 0: not ours */
};

Central central;

unsigned class_of(size_t size)
{
    size_t units = (size + 15) / 16;       /* 1 .. 4096 */
    if (units <= 4)
        return static_cast<unsigned>(units ? units - 1 : 0);
    unsigned log = 31 - static_cast<unsigned>(__builtin_clz(static_cast<unsigned>(units - 1)));
    unsigned step = static_cast<unsigned>((units - 1) >> (log - 2)) & 3;
    return 4 * (log - 1) + step;
}

size_t class_size(unsigned index)
{
    if (index < 4)
        return 16 * (index + 1);
    return (static_cast<size_t>(index % 4) + 5) << (index / 4 - 1) << 4;
}

size_t chunk_index(const void *at)
{
    return reinterpret_cast<uintptr_t>(at) / CHUNK;
}

char *map_low(size_t size)
{
    void *at = mmap(nullptr, size + CHUNK, PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED)
        return nullptr;
    char *start = static_cast<char *>(at);
    size_t skip = (CHUNK - reinterpret_cast<uintptr_t>(start) % CHUNK) % CHUNK;
    if (skip)
        munmap(start, skip);
    if (CHUNK - skip)
        munmap(start + skip + size, CHUNK - skip);
    return start + skip;
}

/* Under the lock: a fresh chunk cut into blocks of one class. */
bool refill(unsigned index)
{
    if (central.region == central.region_end) {
        char *at = map_low(REGION);
        if (!at)
            return false;
        central.region = at;
        central.region_end = at + REGION;
    }
    char *chunk = central.region;
    central.region += CHUNK;
    central.chunk_class[chunk_index(chunk)] = static_cast<unsigned char>(index + 1);
    size_t size = class_size(index);
    FreeBlock *head = central.free[index];
    for (size_t offset = CHUNK / size * size; offset >= size; offset -= size) {
        FreeBlock *block = reinterpret_cast<FreeBlock *>(chunk + offset - size);
        block->next = head;
        head = block;
        POISON(reinterpret_cast<char *>(block), size);
    }
    central.free[index] = head;
    return true;
}

FreeBlock *next_of(FreeBlock *block)
{
    UNPOISON(block, sizeof *block);
    FreeBlock *next = block->next;
    POISON(block, sizeof *block);
    return next;
}

void set_next(FreeBlock *block, FreeBlock *next)
{
    UNPOISON(block, sizeof *block);
    block->next = next;
    POISON(block, sizeof *block);
}

struct Cache {
    FreeBlock *free[CLASSES];
    unsigned count[CLASSES];
    bool closed;

    ~Cache()
    {
        closed = true; /* destructors that run later go to the central lists */
        for (unsigned index = 0; index < CLASSES; ++index)
            release(index, count[index]);
    }
    static unsigned capacity(unsigned index)
    {
        size_t blocks = CACHE_BYTES / class_size(index);
        return blocks < 4 ? 4 : blocks > 64 ? 64 : static_cast<unsigned>(blocks);
    }
    void release(unsigned index, unsigned blocks)
    {
        std::lock_guard<std::mutex> guard(central.mutex);
        for (; blocks; --blocks, --count[index]) {
            FreeBlock *block = free[index];
            free[index] = next_of(block);
            set_next(block, central.free[index]);
            central.free[index] = block;
        }
    }
    bool fetch(unsigned index)
    {
        std::lock_guard<std::mutex> guard(central.mutex);
        for (unsigned wanted = closed ? 1 : capacity(index) / 2; wanted; --wanted) {
            if (!central.free[index] && !refill(index))
                break;
            FreeBlock *block = central.free[index];
            central.free[index] = next_of(block);
            set_next(block, free[index]);
            free[index] = block;
            ++count[index];
        }
        return count[index] > 0;
    }
};

thread_local Cache cache;

size_t large_size(size_t size)
{
    return (size + CHUNK - 1) / CHUNK * CHUNK;
}

void *get_large(size_t size)
{
    if (size > 0x40000000)
        return nullptr;
    char *at = map_low(large_size(size));
    if (!at)
        return nullptr;
    std::lock_guard<std::mutex> guard(central.mutex);
    central.chunk_class[chunk_index(at)] = LARGE;
    return at;
}

unsigned char class_at(const void *block)
{
    size_t chunk = chunk_index(block);
    return low(block) && chunk < sizeof central.chunk_class ? central.chunk_class[chunk] : 0;
}

} // namespace

void *arena_get(size_t size)
{
    if (size > LARGEST)
        return get_large(size);
    unsigned index = class_of(size);
    if (!cache.free[index] && !cache.fetch(index))
        return nullptr;
    FreeBlock *block = cache.free[index];
    cache.free[index] = next_of(block);
    --cache.count[index];
    UNPOISON(block, size ? size : 1);
    return block;
}

void arena_free(void *block, size_t size)
{
    if (!block)
        return;
    unsigned char known = class_at(block);
    if (size > LARGEST ? known != LARGE : known != class_of(size) + 1) {
        violation("memory at %p given back with a wrong size (%u) or address", block,
                  static_cast<unsigned>(size));
        return;
    }
    if (known == LARGE) {
        {
            std::lock_guard<std::mutex> guard(central.mutex);
            central.chunk_class[chunk_index(block)] = 0;
        }
        munmap(block, large_size(size));
        return;
    }
    unsigned index = known - 1u;
    FreeBlock *freed = static_cast<FreeBlock *>(block);
    set_next(freed, cache.free[index]);
    cache.free[index] = freed;
    ++cache.count[index];
    POISON(block, class_size(index));
    if (cache.count[index] > Cache::capacity(index) || cache.closed)
        cache.release(index, cache.closed ? cache.count[index] : cache.count[index] / 2);
}

} // namespace shim

extern "C" {

unsigned int lib$get_vm(const int *number_of_bytes, void *base_address, unsigned int *zone)
{
    SHIM_SERVICE("lib$get_vm");
    if (!number_of_bytes || !base_address || (zone && *zone))
        return LIB$_INVARG;
    if (*number_of_bytes <= 0)
        return LIB$_BADBLOSIZ;
    void *block = shim::arena_get(static_cast<size_t>(*number_of_bytes));
    if (!block)
        return LIB$_INSVIRMEM;
    uint32_t address = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(block));
    memcpy(base_address, &address, sizeof address);
    return SS$_NORMAL;
}

unsigned int lib$free_vm(const int *number_of_bytes, void *base_address, unsigned int *zone)
{
    SHIM_SERVICE("lib$free_vm");
    if (!number_of_bytes || !base_address || (zone && *zone))
        return LIB$_INVARG;
    uint32_t address;
    memcpy(&address, base_address, sizeof address);
    void *block = reinterpret_cast<void *>(static_cast<uintptr_t>(address));
    unsigned char known = shim::class_at(block);
    if (!known)
        return LIB$_BADBLOADR;
    size_t size = *number_of_bytes < 0 ? 0 : static_cast<size_t>(*number_of_bytes);
    if (size > shim::LARGEST ? known != shim::LARGE : known != shim::class_of(size) + 1)
        return LIB$_BADBLOSIZ;
    shim::arena_free(block, size);
    return SS$_NORMAL;
}
}
