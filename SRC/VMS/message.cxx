/*
**  message - $GETMSG and $FAOL
**
**  The parameter list of $FAOL is longwords; a text goes as the address of its descriptor, so both
**  lie in the call's scratch area.
*/
#include "VMS/message.h"

#include <starlet.h>

#include "descriptor.h"

namespace mail {

static const size_t ARGUMENTS_MAX = 16;

static std::string get_message(boost::uint32_t condition, unsigned int flags)
{
    LowScratch scratch;
    Descriptor buffer(scratch, MESSAGE_TEXT_MAX);
    unsigned short length = 0;
    unsigned char information[4];
    if (!(sys$getmsg(condition, &length, buffer.get(), flags, information) & 1))
        return std::string();
    return buffer.text(length);
}

std::string message_text(boost::uint32_t condition)
{
    return get_message(condition, 15);
}

std::string message_text_only(boost::uint32_t condition)
{
    return get_message(condition, 1);
}

std::string message_format(const std::string &control, const std::vector<FaoArgument> &arguments)
{
    if (arguments.size() > ARGUMENTS_MAX)
        return std::string();
    LowScratch scratch;
    boost::uint32_t list[ARGUMENTS_MAX + 1] = {0};
    for (size_t i = 0; i < arguments.size(); ++i) {
        if (arguments[i].is_text) {
            /* the descriptor stays in the scratch area after the object has gone */
            Descriptor text(scratch, arguments[i].text.substr(0, MESSAGE_TEXT_MAX));
            list[i] = static_cast<boost::uint32_t>(reinterpret_cast<size_t>(text.get()));
        } else {
            list[i] = arguments[i].number;
        }
    }
    Descriptor format(scratch, control.substr(0, MESSAGE_TEXT_MAX));
    Descriptor buffer(scratch, MESSAGE_TEXT_MAX);
    void *low_list = scratch.take(sizeof list);
    unsigned short length = 0;
    if (!low_list)
        return std::string();
    memcpy(low_list, list, sizeof list);
    if (!(sys$faol(format.get(), &length, buffer.get(), low_list) & 1))
        return std::string();
    return buffer.text(length);
}

std::string message_with(boost::uint32_t condition, const std::vector<FaoArgument> &arguments)
{
    return message_format(message_text(condition), arguments);
}

} // namespace mail
