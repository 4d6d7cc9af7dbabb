/*
**  file_guard - owner and protection of a file, as SET SECURITY changes them
*/
#ifndef TEST_FILE_GUARD_H
#define TEST_FILE_GUARD_H

#include <string>

#include <cppunit/TestAssert.h>

#include <rms.h>
#include <starlet.h>

#include "../../SRC/VMS/file_blocks.h"

/*
**  denied: nibbles from the low one up are system, owner, group, world; a bit that is set denies
**  READ 1, WRITE 2, EXECUTE 4, DELETE 8.  owner: a UIC, 0 leaves it.
*/
inline void set_file_guard(const std::string &spec, unsigned denied, unsigned owner = 0)
{
    mail::Status status;
    mail::FileBlocks *blocks = mail::file_blocks_take(spec, "", &status);
    CPPUNIT_ASSERT(blocks != 0);
    blocks->guard = cc$rms_xabpro;
    blocks->fab.fab$l_xab = &blocks->guard;
    blocks->fab.fab$b_fac = FAB$M_PUT;
    blocks->fab.fab$b_shr = FAB$M_SHRGET | FAB$M_SHRPUT | FAB$M_SHRUPD | FAB$M_UPI;
    CPPUNIT_ASSERT(sys$open(&blocks->fab) & 1);
    blocks->guard.xab$w_pro = static_cast<unsigned short>(denied);
    if (owner)
        blocks->guard.xab$l_uic = owner;
    CPPUNIT_ASSERT(sys$close(&blocks->fab) & 1);
    mail::file_blocks_give(blocks);
}

#endif
