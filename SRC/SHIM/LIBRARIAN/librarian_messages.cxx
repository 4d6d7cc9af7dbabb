#include "librarian_messages.h"

#include "system_text.h"

namespace shim {

namespace {

const MessageRow rows[] = {
    {LIBRAR_OPENIN, "OPENIN", "error opening !AS as input", 1},
    {LIBRAR_OPENOUT, "OPENOUT", "error opening !AS as output", 1},
    {LIBRAR_READERR, "READERR", "error reading !AS", 1},
    {LIBRAR_WRITEERR, "WRITEERR", "error writing !AS", 1},
    {LIBRAR_NORMAL, "NORMAL", "normal successful completion", 0},
    {LIBRAR_INSERTED, "INSERTED", "module !AS inserted in !AS", 2},
    {LIBRAR_REPLACED, "REPLACED", "module !AS replaced in !AS", 2},
    {LIBRAR_DELETED, "DELETED", "module !AS deleted from !AS", 2},
    {LIBRAR_EXTRACTED, "EXTRACTED", "module !AS extracted from !AS", 2},
    {LIBRAR_CREATED, "CREATED", "library !AS created", 1},
    {LIBRAR_DUPMODULE, "DUPMODULE", "module !AS is already in !AS", 2},
    {LIBRAR_NOMTCHFOU, "NOMTCHFOU", "no module matching !AS found in !AS", 2},
    {LIBRAR_ILLFMT, "ILLFMT", "!AS has an illegal library format", 1},
    {LIBRAR_BADKIND, "BADKIND", "!AS is a library of another kind than !AS", 2},
    {LIBRAR_NOTHING, "NOTHING", "no operation or input file was specified", 0},
    {LIBRAR_HELPERR, "HELPERR", "!AS, line !AS: !AS", 3},
    {LIBRAR_NAMTOOLNG, "NAMTOOLNG", "module name !AS is longer than !AS characters", 2},
    {LIBRAR_HOSTTOOL, "HOSTTOOL", "the host's archiver failed on !AS", 1},
};
const MessageTable table = {"LIBRAR", rows, sizeof rows / sizeof rows[0]};

} // namespace

const MessageTable &librarian_messages()
{
    return table;
}

} // namespace shim
