/*
**  process_state - the default device is the logical name SYS$DISK, the directory is the process's
**
**  SET DEFAULT changes what its parameter names; a rooted logical name stays what it is.  The
**  device need not exist, as on VMS.
*/
#include "process_state.h"

#include "failure.h"
#include "low.h"
#include "names.h"
#include "rms_spec.h"
#include "value.h"

#include <psldef.h>
#include <rmsdef.h>
#include <starlet.h>

namespace shim {
namespace dcl {

std::string default_device_and_directory()
{
    NameAnswer disk;
    std::string device = "SYS$SYSDEVICE:";
    if (translate_name("LNM$FILE_DEV", "SYS$DISK", PSL$C_USER, false, &disk) &&
        !disk.values.empty())
        device = disk.values[0].text;
    return device + default_directory();
}

void set_default(const std::string &given)
{
    std::string spec = trimmed(given);
    rms::Parts parts;
    uint32_t status = rms::split_spec(spec, &parts);
    bool lone = (status & 1) && parts.device.empty() && !parts.has_directory &&
                !parts.name.empty() && parts.type.empty() && parts.version.empty();
    if (lone) { /* a logical name for device and directory */
        NameAnswer answer;
        if (!translate_name("LNM$FILE_DEV", parts.name, PSL$C_USER, true, &answer))
            throw Failure(RMS$_DIR);
        parts.device = parts.name;
        parts.name.clear();
    }
    if (!(status & 1) || !parts.name.empty() || !parts.type.empty() || !parts.version.empty())
        throw Failure(status & 1 ? static_cast<uint32_t>(RMS$_SYN) : status);
    size_t bracket = spec.find_first_of("[<");
    std::string directory_text = bracket == std::string::npos ? "" : spec.substr(bracket);
    if (!parts.device.empty()) {
        /* a device whose translation names a directory gives both */
        NameAnswer answer;
        rms::Parts behind;
        std::string device = parts.device + ":";
        bool known = translate_name("LNM$FILE_DEV", parts.device, PSL$C_USER, true, &answer);
        if (known && answer.values.size() == 1 && !parts.has_directory &&
            (rms::split_spec(answer.values[0].text, &behind) & 1) && behind.has_directory &&
            !behind.rooted) {
            if (!behind.device.empty())
                device = behind.device + ":";
            parts.has_directory = true;
            directory_text = "[" + rms::format_directory(behind.directory) + "]";
        }
        create_name("LNM$PROCESS_TABLE", "SYS$DISK", PSL$C_SUPER, 0, {NameValue{device, 0}});
    }
    if (!parts.has_directory)
        return;
    LowText directory(directory_text);
    status = static_cast<uint32_t>(sys$setddir(directory.descriptor(), nullptr, nullptr));
    if (!(status & 1))
        throw Failure(status);
}

} // namespace dcl
} // namespace shim
