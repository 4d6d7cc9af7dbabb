/*
**  lexical_files - F$PARSE, F$SEARCH, F$FILE_ATTRIBUTES, F$DIRECTORY
**
**  By $PARSE, $SEARCH and $OPEN with XABs.  F$PARSE and F$SEARCH answer a bad specification with
**  the null string; F$FILE_ATTRIBUTES fails.
*/
#include "failure.h"
#include "file_finder.h"
#include "lexical.h"
#include "low.h"
#include "record_file.h"
#include "service_db.h"
#include "session.h"
#include "system_text.h"
#include "text_forms.h"

#include <climsgdef.h>
#include <map>
#include <rms.h>
#include <starlet.h>

namespace shim {
namespace dcl {

namespace {

Value f_parse(Session &, const LexicalArguments &a)
{
    static const char *const fields[] = {"NODE", "DEVICE", "DIRECTORY", "NAME",
                                         "TYPE", "VERSION", nullptr};
    static const char *const types[] = {"NO_CONCEAL", "SYNTAX_ONLY", nullptr};
    int field = a.keyword(3).empty() ? -1 : find_keyword(a.keyword(3), fields);
    unsigned options = 0;
    if (a.given(4) && !a.keyword(4).empty())
        for (const std::string &word : keyword_list(a.text(4)))
            options |= find_keyword(word, types) == 0 ? NAM$M_NOCONCEAL : NAM$M_SYNCHK;
    FileFinder finder;
    if (!(finder.begin(trimmed(a.text(0)), trimmed(a.text(1)), trimmed(a.text(2)), options) & 1))
        return Value("");
    return Value(field < 0 ? finder.expanded()
                           : finder.field(static_cast<FileFinder::Field>(field)));
}

/* ---- F$SEARCH ---- */

struct SearchStream {
    std::string asked;
    std::unique_ptr<FileFinder> finder;
};

std::map<int32_t, SearchStream> &streams()
{
    static auto *all = new std::map<int32_t, SearchStream>;
    return *all;
}

/* A specification without wildcards finds its file each time. */
Value f_search(Session &, const LexicalArguments &a)
{
    std::string spec = trimmed(a.text(0)), found;
    int32_t id = a.given(1) ? a.integer(1) : -1;
    if (a.given(1) && id < 0)
        throw Failure(CLI$_INVRANGE);
    SearchStream &stream = streams()[id];
    bool goes_on = stream.finder && stream.finder->wild() && stream.asked == spec;
    uint32_t status = RMS$_NORMAL;
    if (!goes_on) {
        stream.finder.reset(new FileFinder);
        stream.asked = spec;
        status = stream.finder->begin(spec, "", "");
    }
    if (status & 1)
        status = stream.finder->next(&found);
    if (!(status & 1))
        streams().erase(id);
    return Value(status & 1 ? found : std::string());
}

/* ---- F$FILE_ATTRIBUTES ---- */

struct OpenFile {
    RecordFile file;
    Low<XABFHC> header;
    Low<XABDAT> dates;
    Low<XABPRO> protection;
    explicit OpenFile(const std::string &name)
    {
        *header = cc$rms_xabfhc;
        *dates = cc$rms_xabdat;
        *protection = cc$rms_xabpro;
        header->xab$l_nxt = dates.get();
        dates->xab$l_nxt = protection.get();
        file.fab().fab$l_xab = header.get();
        uint32_t status = file.open_to_read(name);
        if (!(status & 1))
            throw Failure(status);
    }
    ~OpenFile()
    {
        file.fab().fab$l_xab = nullptr; /* nothing to change when it is closed */
        file.close();
    }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;
};

std::string date_text(const struct _generic_64 &time)
{
    return time.gen64$q_quadword ? time_text(static_cast<int64_t>(time.gen64$q_quadword))
                                 : std::string(" 17-NOV-1858 00:00:00.00").substr(1);
}

std::string organization(const FAB &fab)
{
    return fab.fab$b_org == FAB$C_IDX ? "IDX" : fab.fab$b_org == FAB$C_REL ? "REL" : "SEQ";
}

std::string record_format(const FAB &fab)
{
    static const char *const names[] = {"UDF", "FIX", "VAR", "VFC", "STM", "STMLF", "STMCR"};
    return fab.fab$b_rfm < 7 ? names[fab.fab$b_rfm] : "UDF";
}

std::string record_attributes(const FAB &fab)
{
    return fab.fab$b_rat & FAB$M_FTN ? "FTN" : fab.fab$b_rat & FAB$M_PRN ? "PRN"
           : fab.fab$b_rat & FAB$M_CR ? "CR" : "";
}

std::string file_id(const std::string &spec)
{
    return "(" + std::to_string(host_file_number(spec)) + ",1,0)";
}

int32_t blocks_used(const XABFHC &header)
{
    int32_t last = static_cast<int32_t>(header.xab$l_ebk);
    return header.xab$w_ffb == 0 && last > 0 ? last - 1 : last;
}

/* Items that are numbers of FAB and XABs; false: the item is none of them. */
bool number_attribute(const OpenFile &at, const std::string &item, uint32_t *value)
{
    const FAB &fab = at.file.fab();
    const XABFHC &header = *at.header;
    const struct {
        const char *item;
        uint32_t value;
    } numbers[] = {
        {"ALQ", fab.fab$l_alq},
        {"BKS", fab.fab$b_bks},
        {"BLS", fab.fab$w_bls},
        {"DEQ", fab.fab$w_deq},
        {"EOF", static_cast<uint32_t>(blocks_used(header))},
        {"FFB", header.xab$w_ffb},
        {"FSZ", fab.fab$b_fsz},
        {"GBC", fab.fab$w_gbc},
        {"GRP", at.protection->xab$l_uic >> 16},
        {"LRL", header.xab$w_lrl},
        {"MBM", at.protection->xab$l_uic & 0xffff},
        {"MRN", fab.fab$l_mrn},
        {"MRS", fab.fab$w_mrs},
        {"NOA", 0},
        {"NOK", fab.fab$b_org == FAB$C_IDX ? 1u : 0u},
        {"PVN", 0},
        {"RVN", at.dates->xab$w_rvn},
        {"VERLIMIT", 32767},
    };
    for (const auto &row : numbers)
        if (item == row.item) {
            *value = row.value;
            return true;
        }
    return false;
}

/* TRUE or FALSE; empty: the item is none of them. */
std::string bit_attribute(const FAB &fab, const std::string &item)
{
    const struct {
        const char *item;
        uint32_t mask;
    } bits[] = {{"CBT", FAB$M_CBT}, {"CTG", FAB$M_CTG},    {"RCK", FAB$M_RCK}, {"WCK", FAB$M_WCK},
                {"AI", 0},          {"BI", 0},             {"ERASE", 0},       {"JOURNAL_FILE", 0},
                {"LOCKED", 0},      {"NOBACKUP", 0},       {"RU", 0},          {"DIRECTORY", 0}};
    for (const auto &row : bits)
        if (item == row.item)
            return fab.fab$l_fop & row.mask ? "TRUE" : "FALSE";
    return std::string();
}

Value attribute(const OpenFile &at, const std::string &item)
{
    const FAB &fab = at.file.fab();
    uint32_t number;
    if (number_attribute(at, item, &number))
        return Value(static_cast<int32_t>(number));
    const struct {
        const char *item;
        std::string value;
    } texts[] = {
        {"CDT", date_text(at.dates->xab$q_cdt)},
        {"RDT", date_text(at.dates->xab$q_rdt)},
        {"EDT", date_text(at.dates->xab$q_edt)},
        {"BDT", date_text(at.dates->xab$q_bdt)},
        {"ORG", organization(fab)},
        {"RFM", record_format(fab)},
        {"RAT", record_attributes(fab)},
        {"UIC", uic_text(at.protection->xab$l_uic)},
        {"PRO", protection_text(at.protection->xab$w_pro)},
        {"DVI", "_DKA0:"},
        {"FID", file_id(at.file.spec())},
        {"DID", "(4,4,0)"},
        {"MOVE", "TRUE"},
        {"FILE_LENGTH_HINT", "(-1,-1)"},
    };
    for (const auto &row : texts)
        if (item == row.item)
            return Value(row.value);
    std::string truth = bit_attribute(fab, item);
    if (truth.empty())
        throw Failure(CLI$_IVKEYW, item);
    return Value(truth);
}

Value f_file_attributes(Session &, const LexicalArguments &a)
{
    std::string item = a.keyword(1), name = trimmed(a.text(0));
    if (item == "KNOWN") { /* without opening it: an image may be a link to the build's file */
        uint32_t status;
        std::string path = existing_host_path(name, "", &status, nullptr);
        if (path.empty())
            throw Failure(status);
        return Value(is_known_image(path) ? "TRUE" : "FALSE");
    }
    OpenFile at(name);
    return attribute(at, item);
}

Value f_directory(Session &, const LexicalArguments &)
{
    LowText text(256);
    Low<unsigned short> length;
    sys$setddir(nullptr, length.get(), text.descriptor());
    return Value(text.text(*length));
}

} // namespace

const LexicalRow lexical_files[] = {
    {"F$PARSE", 1, 5, 0, f_parse},
    {"F$SEARCH", 1, 2, 0, f_search},
    {"F$FILE_ATTRIBUTES", 2, 2, 0, f_file_attributes},
    {"F$DIRECTORY", 0, 0, 0, f_directory},
    {nullptr, 0, 0, 0, nullptr},
};

} // namespace dcl
} // namespace shim
