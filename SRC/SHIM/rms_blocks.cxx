/*
**  rms_blocks - the initialised RMS blocks that callers copy
**
**  Only what is not zero is set.  Lengths are VMS's, not sizeof: the services compare them with the
**  constants, so a block that was not copied from here is refused as on VMS.
*/
#include <rms.h>

namespace {

constexpr FAB make_fab()
{
    FAB fab = FAB();
    fab.fab$b_bid = FAB$C_BID;
    fab.fab$b_bln = FAB$C_BLN;
    fab.fab$b_rfm = FAB$C_VAR;
    return fab;
}

constexpr RAB make_rab()
{
    RAB rab = RAB();
    rab.rab$b_bid = RAB$C_BID;
    rab.rab$b_bln = RAB$C_BLN;
    return rab;
}

constexpr NAM make_nam()
{
    NAM nam = NAM();
    nam.nam$b_bid = NAM$C_BID;
    nam.nam$b_bln = NAM$C_BLN;
    return nam;
}

template <class Xab> constexpr Xab make_xab(unsigned char code, unsigned char length)
{
    Xab xab = Xab();
    xab.xab$b_cod = code;
    xab.xab$b_bln = length;
    return xab;
}

constexpr XABPRO make_xabpro()
{
    XABPRO xab = make_xab<XABPRO>(XAB$C_PRO, XAB$C_PROLEN);
    xab.xab$w_pro = 0xffff;
    return xab;
}

constexpr XABKEY make_xabkey()
{
    XABKEY xab = make_xab<XABKEY>(XAB$C_KEY, XAB$C_KEYLEN);
    xab.xab$b_nsg = 1;
    return xab;
}

} // namespace

extern "C" {
constexpr struct FAB cc$rms_fab = make_fab();
constexpr struct RAB cc$rms_rab = make_rab();
constexpr struct NAM cc$rms_nam = make_nam();
constexpr struct XABDAT cc$rms_xabdat = make_xab<XABDAT>(XAB$C_DAT, XAB$C_DATLEN);
constexpr struct XABFHC cc$rms_xabfhc = make_xab<XABFHC>(XAB$C_FHC, XAB$C_FHCLEN);
constexpr struct XABPRO cc$rms_xabpro = make_xabpro();
constexpr struct XABKEY cc$rms_xabkey = make_xabkey();
}
