/*
**  params - every setting of the mail system, one row each
**
**  The rows stand in params_smtp.def, params_receiver.def, params_pop.def, params_engine.def and
**  params_sending.def; they drive parsing, defaults, origin, SHOW, templates and HELP.  DESIGN 8.1;
**  HP 18.2, 18.5, 18.6, 19.3; spec 2-4, 8.1.  Values are found by MTA/config; nothing here reads a
**  file or a logical name.
*/
#ifndef CORE_PARAMS_H
#define CORE_PARAMS_H

#include <string>
#include <vector>
#include "boostset.h"

namespace mail {

enum ParamType {
    PARAM_EXISTS,  /* on when the logical name exists; a field or record may say ON or OFF */
    PARAM_BOOLEAN, /* ON/OFF, TRUE/FALSE, YES/NO, 1/0 */
    PARAM_COUNT,   /* decimal number in [least, most] */
    PARAM_INTERVAL,/* delta time "d hh:mm:ss.cc" or a number of the row's unit; value in seconds */
    PARAM_CHOICE,  /* one word of the row's list, abbreviations allowed */
    PARAM_DOMAIN,  /* host or domain name or IP address; compared without case */
    PARAM_USER,    /* local user name */
    PARAM_FILE,    /* file specification or directory */
    PARAM_TEXT,    /* one line */
    PARAM_LIST     /* items separated by commas; the row's unit tells what they are */
};

/* Access mode that a logical name must have at least to be believed (VMS/logical translates). */
enum ParamMode { PARAM_USER_MODE, PARAM_EXEC_MODE };

enum ParamId {
#define PARAM(id, type, unit, def, least, most, mode, config, logical, field, tcpware, choices,    \
              help)                                                                                \
    P_##id,
#include "CORE/params_smtp.def"
#include "CORE/params_receiver.def"
#include "CORE/params_pop.def"
#include "CORE/params_engine.def"
#include "CORE/params_sending.def"
#undef PARAM
    P_COUNT
};

/* Plain data.  Strings are "" where the setting has no such name. */
struct ParamRow {
    ParamId id;
    const char *name;    /* the row's own name, "RETRY_INTERVAL" */
    ParamType type;
    const char *unit;    /* of a bare number: "", "s", "min", "bytes", "KB" ...; of a list's items:
                            "" any text, "client", "domain", "pattern", "port", "word" */
    const char *def;     /* default as a manager would write it; "" = not defined */
    boost::uint32_t least, most; /* PARAM_COUNT: the number; PARAM_INTERVAL: seconds */
    ParamMode mode;
    const char *config;  /* SET CONFIGURATION SMTP qualifier path: "INTERVAL.RETRY" */
    const char *logical; /* HP logical name; several spellings separated by commas */
    const char *field;   /* field of TCPIP$SMTP.CONF */
    const char *tcpware; /* TCPWARE_ logical name; several spellings separated by commas */
    const char *choices; /* PARAM_CHOICE, lists of words: "BOTTOM|TOP|NONE" */
    const char *help;    /* one line, begins lower case, no period */
};

/* Row of id; id must be < P_COUNT. */
const ParamRow &param_row(ParamId id);

/* Finds by the row's own name or by field name, without regard to case; P_COUNT when unknown. */
ParamId param_find(const std::string &name);
ParamId param_find_field(const std::string &field);

/* A parsed value.  Which member counts depends on the row's type. */
struct ParamValue {
    bool defined;              /* false: not defined, all members are empty */
    bool flag;                 /* EXISTS, BOOLEAN */
    boost::uint32_t number;    /* COUNT, INTERVAL (seconds), CHOICE (index of the word) */
    std::string text;          /* the value as written, trimmed */
    std::vector<std::string> items; /* LIST; words in full and in upper case */
    ParamValue() : defined(false), flag(false), number(0) {}
};

/*
**  Parses text by the rules of the row.  False: text is not a value of that type or out of range;
**  *value is untouched and *reason (may be 0) is a phrase for the log.  An empty text is "not
**  defined", except for EXISTS, where the name alone counts.
*/
bool param_parse(ParamId id, const std::string &text, ParamValue *value, const char **reason);

/*
**  Why item cannot stand in the list of id: a phrase as above, or 0 when it can.  param_parse
**  refuses a list for one bad item; who wants the good ones asks item by item.
*/
const char *param_item_reason(ParamId id, const std::string &item);

/* The row's default; every default parses (a test asks each). */
ParamValue param_default(ParamId id);

/*
**  Other defaults while a switch has one of its choices (pop_presets.def).  Who resolves settings
**  applies them to what has its default still.
*/
struct ParamPreset {
    ParamId when;
    const char *choice;
    ParamId id;
    const char *value;
};
extern const ParamPreset param_presets[];
extern const size_t param_preset_count;

/* Seconds of a delta time "3 00:00:00.00", "0-1:30", "00:30", ":30" (hours:minutes); false if none.
   Hundredths are rounded to whole seconds.  VMS: $BINTIM's delta form without months. */
bool param_parse_delta(const std::string &text, boost::uint32_t *seconds);
/* "   3 00:00:00.00" without leading blanks. */
std::string param_print_delta(boost::uint32_t seconds);

} // namespace mail
#endif
