/*
**  lexical_names - F$TRNLNM, F$LOGICAL
*/
#include "lexical.h"
#include "names.h"
#include "session.h"

#include <climsgdef.h>
#include <lnmdef.h>
#include <psldef.h>

namespace shim {
namespace dcl {

namespace {

const char *const modes[] = {"KERNEL", "EXECUTIVE", "SUPERVISOR", "USER", nullptr};

Value truth(bool value)
{
    return Value(value ? "TRUE" : "FALSE");
}

Value item_value(int item, const NameAnswer &found, size_t index)
{
    bool exists = index < found.values.size();
    uint32_t attributes = exists ? found.values[index].attributes : found.attributes;
    switch (item) {
    case 0: return Value(modes[found.mode & 3]);
    case 1: return truth(attributes & LNM$M_CONCEALED);
    case 2: return truth(attributes & LNM$M_CONFINE);
    case 3: return truth(attributes & LNM$M_CRELOG);
    case 4: return Value(exists ? static_cast<int32_t>(found.values[index].text.size()) : 0);
    case 5: return Value(static_cast<int32_t>(found.values.size()) - 1);
    case 6: return truth(attributes & LNM$M_NO_ALIAS);
    case 7: return truth(attributes & LNM$M_TABLE);
    case 8: return Value(found.table);
    case 9: return truth(attributes & LNM$M_TERMINAL);
    }
    return Value(exists ? shown_value(found.values[index].text) : std::string());
}

/* F$TRNLNM(name [,table] [,index] [,mode] [,case] [,item]) */
Value f_trnlnm(Session &, const LexicalArguments &a)
{
    static const char *const items[] = {"ACCESS_MODE", "CONCEALED", "CONFINE",    "CRELOG",
                                        "LENGTH",      "MAX_INDEX", "NO_ALIAS",   "TABLE",
                                        "TABLE_NAME",  "TERMINAL",  "VALUE",      nullptr};
    static const char *const cases[] = {"CASE_BLIND", "CASE_SENSITIVE", "NONINTERLOCKED",
                                        "INTERLOCKED", nullptr};
    int item = a.keyword(5).empty() ? 10 : find_keyword(a.keyword(5), items);
    unsigned mode = a.keyword(3).empty() ? static_cast<unsigned>(PSL$C_USER)
                                         : static_cast<unsigned>(find_keyword(a.keyword(3), modes));
    bool blind = true;
    if (!a.keyword(4).empty())
        for (const std::string &word : keyword_list(a.text(4)))
            blind = find_keyword(word, cases) != 1 && blind;
    int32_t index = a.integer(2);
    if (index < 0 || index > 127)
        throw Failure(CLI$_INVRANGE);
    std::string table = a.keyword(1);
    NameAnswer found;
    std::string name = a.text(0);
    if (!name.empty() && name.back() == ':')
        name.pop_back();
    if (!translate_name(table.empty() ? "LNM$DCL_LOGICAL" : table, name, mode, blind, &found))
        return Value("");
    return item_value(item, found, static_cast<size_t>(index));
}

Value f_logical(Session &session, const LexicalArguments &a)
{
    (void)session;
    NameAnswer found;
    if (!translate_name("LNM$DCL_LOGICAL", a.text(0), PSL$C_USER, true, &found))
        return Value("");
    return item_value(10, found, 0);
}

} // namespace

const LexicalRow lexical_names[] = {
    {"F$TRNLNM", 1, 6, 0, f_trnlnm},
    {"F$LOGICAL", 1, 1, 0, f_logical},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
