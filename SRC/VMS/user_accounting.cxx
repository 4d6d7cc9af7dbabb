/*
**  user_accounting - SJC$_WRITE_ACCOUNTING
*/
#include "VMS/user_accounting.h"

#include <efndef.h>
#include <sjcdef.h>
#include <starlet.h>

#include "itemlist.h"

namespace mail {

Status user_accounting_write(const std::string &text)
{
    std::string message = text.substr(0, USER_ACCOUNTING_MAX);
    for (size_t i = 0; i < message.size(); ++i)
        if (static_cast<unsigned char>(message[i]) < 32 || message[i] == 127)
            message[i] = '.';
    LowScratch scratch;
    ItemList<1> items(scratch);
    items.in(SJC$_ACCOUNTING_MESSAGE, message);
    IOSB iosb;
    Status status(static_cast<boost::uint32_t>(
        sys$sndjbcw(EFN$C_ENF, SJC$_WRITE_ACCOUNTING, 0, items.list(), &iosb, 0, 0)));
    return status.ok() ? Status(iosb.iosb$l_getxxi_status) : status;
}

} // namespace mail
