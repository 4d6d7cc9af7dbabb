/*
**  unsupported - verbs that this system knows and cannot do
**
**  Devices that are allocated and mounted, licenses, accounting, auditing and access control lists
**  are not here; nor are queues' forms, characteristics and logical queues.
*/
#include "dispatch.h"

#include <ssdef.h>

namespace shim {
namespace dcl {

namespace {

void unsupported(Session &, const cli::Parsed &)
{
    throw Failure(SS$_UNSUPPORTED);
}

const VerbRow rows[] = {
    {"ALLOCATE", unsupported, INTERNAL},
    {"DEALLOCATE", unsupported, INTERNAL},
    {"MOUNT", unsupported, INTERNAL},
    {"DISMOUNT", unsupported, INTERNAL},
    {"INITIALIZE", unsupported, INTERNAL},
    {"ASSIGN_QUEUE", unsupported, INTERNAL},
    {"DEASSIGN_QUEUE", unsupported, INTERNAL},
    {"DEFINE_CHARACTERISTIC", unsupported, INTERNAL},
    {"DEFINE_FORM", unsupported, INTERNAL},
    {"DELETE_CHARACTERISTIC", unsupported, INTERNAL},
    {"DELETE_FORM", unsupported, INTERNAL},
    {"LICENSE", unsupported, INTERNAL},
    {"SHOW_LICENSE", unsupported, INTERNAL},
    {"MACRO", unsupported, INTERNAL},
    {"SET_ACCOUNTING", unsupported, INTERNAL},
    {"SET_ACL", unsupported, INTERNAL},
    {"SET_AUDIT", unsupported, INTERNAL},
    {"SHOW_AUDIT", unsupported, INTERNAL},
    {"SET_BROADCAST", unsupported, INTERNAL},
    {"SET_DAY", unsupported, INTERNAL},
    {"SET_DEVICE", unsupported, INTERNAL},
    {"SET_IMAGE", unsupported, INTERNAL},
    {"SHOW_IMAGE", unsupported, INTERNAL},
    {"SET_ROOT", unsupported, INTERNAL},
    {"SET_SERVER", unsupported, INTERNAL},
    {"SHOW_SERVER", unsupported, INTERNAL},
    {"SET_VOLUME", unsupported, INTERNAL},
    {"SHOW_OUTPUT", unsupported, INTERNAL},
    {"SHOW_QUOTA", unsupported, INTERNAL},
    {nullptr, nullptr, INTERNAL},
};
VerbGroup group(rows);

} // namespace

} // namespace dcl
} // namespace shim
