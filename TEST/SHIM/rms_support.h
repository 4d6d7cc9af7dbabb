/*
**  rms_support - RMS blocks in 32-bit memory and short forms of the services, for the rms tests
*/
#ifndef TEST_RMS_SUPPORT_H
#define TEST_RMS_SUPPORT_H

#include "shim_root.h"

#include <cstring>
#include <memory>
#include <rms.h>
#include <starlet.h>
#include <sys/stat.h>

namespace shim {
uint32_t define_standard_logicals();
}

/* One file: FAB, RAB, NAM, XABs and buffers. */
struct RmsBlocks {
    FAB fab;
    RAB rab;
    NAM nam, related;
    XABFHC fhc;
    XABPRO pro;
    XABKEY key[3];
    char spec[256], defaults[256], expanded[256], resultant[256], related_text[256];
    char buffer[65536], keybuf[256];
};

class RmsFile {
public:
    explicit RmsFile(const std::string &spec, const std::string &defaults = "")
        : b(static_cast<RmsBlocks *>(shim::arena_get(sizeof(RmsBlocks))))
    {
        memset(b, 0, sizeof *b);
        b->fab = cc$rms_fab;
        b->rab = cc$rms_rab;
        b->nam = b->related = cc$rms_nam;
        b->fhc = cc$rms_xabfhc;
        b->pro = cc$rms_xabpro;
        b->fab.fab$l_nam = &b->nam;
        b->nam.nam$l_esa = b->expanded;
        b->nam.nam$l_rsa = b->resultant;
        b->nam.nam$b_ess = b->nam.nam$b_rss = 255;
        b->rab.rab$l_fab = &b->fab;
        b->rab.rab$l_ubf = b->buffer;
        b->rab.rab$w_usz = 32767;
        b->fab.fab$b_rat = FAB$M_CR;
        name(spec, defaults);
    }
    ~RmsFile()
    {
        if (b->fab.fab$w_ifi)
            sys$close(&b->fab);
        shim::arena_free(b, sizeof *b);
    }
    RmsFile(const RmsFile &) = delete;
    RmsFile &operator=(const RmsFile &) = delete;
    void name(const std::string &spec, const std::string &defaults = "")
    {
        spec.copy(b->spec, 255);
        b->fab.fab$l_fna = b->spec;
        b->fab.fab$b_fns = static_cast<unsigned char>(spec.size());
        defaults.copy(b->defaults, 255);
        b->fab.fab$l_dna = b->defaults;
        b->fab.fab$b_dns = static_cast<unsigned char>(defaults.size());
    }
    int open(unsigned fac = 0, unsigned shr = 0)
    {
        access(fac, shr);
        int status = sys$open(&b->fab);
        return status & 1 ? sys$connect(&b->rab) & 1 ? status : -1 : status;
    }
    int create(unsigned fac = 0, unsigned shr = 0)
    {
        access(fac, shr);
        int status = sys$create(&b->fab);
        return status & 1 ? sys$connect(&b->rab) & 1 ? status : -1 : status;
    }
    int close() { return sys$close(&b->fab); }
    int put(const std::string &text)
    {
        text.copy(b->buffer, sizeof b->buffer);
        b->rab.rab$l_rbf = b->buffer;
        b->rab.rab$w_rsz = static_cast<unsigned short>(text.size());
        return sys$put(&b->rab);
    }
    int get(std::string *text)
    {
        int status = sys$get(&b->rab);
        text->assign(b->buffer, status & 1 || status == RMS$_RTB ? b->rab.rab$w_rsz : 0);
        return status;
    }
    int write(const std::string &data, unsigned block = 0)
    {
        data.copy(b->buffer, sizeof b->buffer);
        b->rab.rab$l_rbf = b->buffer;
        b->rab.rab$w_rsz = static_cast<unsigned short>(data.size());
        b->rab.rab$l_bkt = block;
        return sys$write(&b->rab);
    }
    int read(std::string *data, unsigned block = 0, unsigned size = 127 * 512)
    {
        b->rab.rab$l_bkt = block;
        b->rab.rab$w_usz = static_cast<unsigned short>(size);
        int status = sys$read(&b->rab);
        data->assign(b->buffer, status & 1 ? b->rab.rab$w_rsz : 0);
        return status;
    }
    std::string resultant() const { return std::string(b->resultant, b->nam.nam$b_rsl); }
    std::string expanded() const { return std::string(b->expanded, b->nam.nam$b_esl); }
    RmsBlocks *const b;

private:
    void access(unsigned fac, unsigned shr)
    {
        b->fab.fab$b_fac = static_cast<unsigned char>(fac);
        b->fab.fab$b_shr = static_cast<unsigned char>(shr);
    }
};

/* A scratch system disk with its logical names and directory [TEST]. */
class RmsRoot : public ShimRoot {
public:
    RmsRoot()
    {
        shim::define_standard_logicals();
        mkdir((path() + "/TEST").c_str(), 0700);
    }
};

/* Defines a name of the process table; a translation that begins with "*" is concealed. */
inline int define_name(const std::string &name, const std::vector<std::string> &translations)
{
    struct Block {
        dsc$descriptor_s table, name;
        ILE3 items[9];
        unsigned attributes[4];
        char text[6][128];
    };
    Block *block = static_cast<Block *>(shim::arena_get(sizeof(Block)));
    memset(block, 0, sizeof *block);
    auto set = [](dsc$descriptor_s &d, char *buffer, const std::string &text) {
        text.copy(buffer, 127);
        d.dsc$w_length = static_cast<unsigned short>(text.size());
        d.dsc$b_dtype = DSC$K_DTYPE_T;
        d.dsc$b_class = DSC$K_CLASS_S;
        d.dsc$a_pointer = buffer;
    };
    set(block->table, block->text[4], "LNM$PROCESS_TABLE");
    set(block->name, block->text[5], name);
    for (size_t i = 0; i < translations.size(); ++i) {
        std::string text = translations[i];
        if (text[0] == '*') {
            text.erase(0, 1);
            block->attributes[i] = 256 | 512;
        }
        text.copy(block->text[i], 127);
        ILE3 attributes = {4, 3, &block->attributes[i], 0};
        ILE3 string = {static_cast<unsigned short>(text.size()), 2, block->text[i], 0};
        block->items[2 * i] = attributes;
        block->items[2 * i + 1] = string;
    }
    int status = sys$crelnm(0, &block->table, &block->name, 0, block->items);
    shim::arena_free(block, sizeof *block);
    return status;
}

#define CHECK_STATUS(expected, call) CPPUNIT_ASSERT_EQUAL(static_cast<int>(expected), call)
#define CHECK_TEXT(expected, text) CPPUNIT_ASSERT_EQUAL(std::string(expected), std::string(text))

#endif
