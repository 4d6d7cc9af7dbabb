/*
**  lexical_session - F$ENVIRONMENT, F$VERIFY
*/
#include "lexical.h"
#include "rms_file.h"
#include "names.h"
#include "process_state.h"
#include "session.h"
#include "terminal.h"
#include "text_forms.h"
#include "uaf.h"

#include <climsgdef.h>
#include <uaidef.h>

namespace shim {
namespace dcl {

namespace {

Value truth(bool value)
{
    return Value(value ? "TRUE" : "FALSE");
}

std::string message_fields(const MessageFields &fields)
{
    return std::string(fields.facility ? "/FACILITY" : "/NOFACILITY") +
           (fields.severity ? "/SEVERITY" : "/NOSEVERITY") +
           (fields.identification ? "/IDENTIFICATION" : "/NOIDENTIFICATION") +
           (fields.text ? "/TEXT" : "/NOTEXT");
}

std::string control_letters(const Session &session)
{
    std::string letters;
    if (session.options.control_t)
        letters = "T";
    if (session.options.control_y)
        letters += letters.empty() ? "Y" : ",Y";
    return letters;
}

/* The procedure of this level; of a CALL, the one that it is in. */
std::string procedure_of(const Session &session)
{
    const std::shared_ptr<Procedure> &procedure = session.level().procedure;
    return procedure ? procedure->spec() : std::string();
}

uint32_t user_flags()
{
    UafRecord user;
    return uaf_read(self().user, &user) & 1 ? user.flags : 0;
}

Value f_environment(Session &session, const LexicalArguments &a)
{
    static const char *const items[] = {
        "CAPTIVE", "CONTROL", "DEFAULT", "DEPTH", "DISIMAGE", "INTERACTIVE", "KEY_STATE",
        "MAX_DEPTH", "MESSAGE", "NOCONTROL", "ON_CONTROL_Y", "ON_SEVERITY",
        "OUTPUT_RATE", "PROCEDURE", "PROMPT", "PROMPT_CONTROL", "PROTECTION", "RESTRICTED",
        "SYMBOL_SCOPE", "VERB_SCOPE", "VERIFY_IMAGE", "VERIFY_PREFIX", "VERIFY_PROCEDURE",
        nullptr};
    static const char *const severities[] = {"NONE", "WARNING", "ERROR", "SEVERE_ERROR"};
    const Level &at = session.level();
    switch (find_keyword(a.keyword(0), items)) {
    case 0: return truth(user_flags() & UAI$M_CAPTIVE);
    case 4: return truth(user_flags() & UAI$M_DISIMAGE);
    case 17: return truth(user_flags() & UAI$M_RESTRICTED);
    case 1: return Value(control_letters(session));
    case 2: return Value(default_device_and_directory());
    case 3: return Value(static_cast<int32_t>(session.depth()));
    case 5: return truth(session.interactive);
    case 6: return Value(session.terminal->keys.state());
    case 7: return Value(static_cast<int32_t>(LEVEL_MAX));
    case 8: return Value(message_fields(session.options.message));
    case 9:
        return Value(std::string(session.options.control_t ? "" : "T") +
                     (!session.options.control_t && !session.options.control_y ? "," : "") +
                     (session.options.control_y ? "" : "Y"));
    case 10: return truth(!at.control_y.empty());
    case 11: return Value(at.checking ? severities[at.on.rank] : "NONE");
    case 12: return Value("");
    case 13: return Value(procedure_of(session));
    case 14: return Value(session.options.prompt);
    case 15: return truth(true);
    case 16: return Value(protection_text(rms::default_protection()));
    case 18: case 19:
        return Value(std::string(at.sees_outer ? "[LOCAL" : "[NOLOCAL") +
                     (at.sees_global ? ",GLOBAL]" : ",NOGLOBAL]"));
    case 20: return truth(session.options.verify_image);
    case 21: return Value(session.options.prefix);
    default: return truth(session.options.verify_procedure);
    }
}

/* The old procedure setting; then the new ones.  Without an argument nothing changes. */
Value f_verify(Session &session, const LexicalArguments &a)
{
    int32_t before = session.options.verify_procedure;
    if (a.given(0)) {
        session.options.verify_procedure = a.integer(0) & 1;
        session.options.verify_image =
            a.given(1) ? a.integer(1) & 1 : session.options.verify_procedure;
    }
    return Value(before);
}

} // namespace

const LexicalRow lexical_session[] = {
    {"F$ENVIRONMENT", 1, 1, 0, f_environment},
    {"F$VERIFY", 0, 2, 0, f_verify},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
