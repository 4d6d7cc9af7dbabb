/*
**  rms_name - $PARSE and $SEARCH; the NAM block
**
**  A wildcard search keeps its state here, named by nam$l_wcc, from $PARSE until RMS$_NMF or the
**  next $PARSE of that NAM.  Names come in directory order: name and type ascending, versions
**  descending, and a directory's files before those of the directories below it.
*/
#include "rms_file.h"
#include "system_page.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <mutex>
#include <starlet.h>

namespace shim {
namespace rms {

namespace {

const uint32_t SEARCH_ENDED = 0xffffffff;

struct Search {
    std::vector<Spec> candidates;
    size_t candidate;
    std::vector<Directory> directories; /* of this candidate, still to do, next one last */
    Directory directory;
    std::vector<FileName> files;
    size_t file;
    bool started, any;
    uint32_t miss;
    Search() : candidate(0), file(0), started(false), any(false), miss(RMS$_FNF) {}
};

std::mutex searches_mutex;
std::map<uint32_t, std::shared_ptr<Search>> searches; /* under searches_mutex */
uint32_t last_search;

void forget_searches()
{
    std::lock_guard<std::mutex> guard(searches_mutex);
    searches.clear();
}
RootChange searches_change(forget_searches);

uint32_t keep_search(const std::vector<Spec> &candidates)
{
    std::shared_ptr<Search> search(new Search);
    search->candidates = candidates;
    std::lock_guard<std::mutex> guard(searches_mutex);
    do
        ++last_search;
    while (last_search == 0 || last_search == SEARCH_ENDED || searches.count(last_search));
    searches[last_search] = search;
    return last_search;
}

std::shared_ptr<Search> find_search(uint32_t id)
{
    std::lock_guard<std::mutex> guard(searches_mutex);
    auto found = searches.find(id);
    return found == searches.end() ? std::shared_ptr<Search>() : found->second;
}

void end_search(uint32_t id)
{
    std::lock_guard<std::mutex> guard(searches_mutex);
    searches.erase(id);
}

/* ---- walking directories ---- */

std::vector<std::string> subdirectories(const Spec &spec, const Directory &directory)
{
    Spec at = spec;
    at.directory = directory;
    std::vector<FileName> files;
    std::vector<std::string> names;
    if (list_directory(at.host_directory(), &files) & 1)
        for (const FileName &file : files)
            if (file.directory)
                names.push_back(file.name);
    return names;
}

/* Every directory below `done` that the rest of the pattern, from element i, stands for. */
void walk(const Spec &spec, size_t i, const Directory &done, std::vector<Directory> *out)
{
    if (i == spec.directory.size()) {
        out->push_back(done);
        return;
    }
    const std::string &element = spec.directory[i];
    if (!is_wild(element)) {
        Directory next = done;
        next.push_back(element);
        walk(spec, i + 1, next, out);
        return;
    }
    if (element == "...")
        walk(spec, i + 1, done, out);
    for (const std::string &name : subdirectories(spec, done)) {
        Directory next = done;
        next.push_back(name);
        if (element == "...")
            walk(spec, i, next, out);
        else if (wild_match(element.c_str(), name.c_str()))
            walk(spec, i + 1, next, out);
    }
}

bool version_matches(const Spec &spec, const std::vector<FileName> &files, size_t at)
{
    const FileName &file = files[at];
    if (spec.version == ";*")
        return true;
    int wanted = spec.version.size() < 2 ? 0 : atoi(spec.version.c_str() + 1);
    if (wanted > 0)
        return file.version == static_cast<unsigned>(wanted);
    size_t newer = 0;
    while (at > newer && files[at - newer - 1].name == file.name &&
           files[at - newer - 1].type == file.type)
        ++newer;
    return newer == static_cast<size_t>(-wanted);
}

bool matches(const Spec &spec, const std::vector<FileName> &files, size_t at)
{
    const FileName &file = files[at];
    const std::string &type = spec.type.empty() ? "." : spec.type;
    return wild_match(spec.name.c_str(), file.name.c_str()) &&
           wild_match(type.c_str(), file.type.c_str()) && version_matches(spec, files, at);
}

/* A plain name needs no listing. */
uint32_t look_up(const Spec &spec, std::vector<FileName> *files)
{
    files->clear();
    if (is_wild(spec.name) || is_wild(spec.type) || spec.version == ";*")
        return list_directory(spec.host_directory(), files);
    FileName file;
    uint32_t status = find_version(spec, &file);
    if (status & 1)
        files->push_back(file);
    return status;
}

bool next_directory(Search &search)
{
    while (search.directories.empty()) {
        if (search.started)
            ++search.candidate;
        search.started = true;
        if (search.candidate >= search.candidates.size())
            return false;
        walk(search.candidates[search.candidate], 0, Directory(), &search.directories);
        std::reverse(search.directories.begin(), search.directories.end());
    }
    search.directory = search.directories.back();
    search.directories.pop_back();
    return true;
}

bool next_file(Search &search, Spec *result)
{
    for (;;) {
        while (search.file < search.files.size()) {
            size_t at = search.file++;
            const Spec &pattern = search.candidates[search.candidate];
            bool plain =
                !is_wild(pattern.name) && !is_wild(pattern.type) && pattern.version != ";*";
            if (!plain && !matches(pattern, search.files, at))
                continue;
            *result = pattern;
            result->directory = search.directory;
            result->name = search.files[at].name;
            result->type = search.files[at].type;
            result->version = ";" + std::to_string(search.files[at].version);
            return search.any = true;
        }
        if (!next_directory(search))
            return false;
        Spec at = search.candidates[search.candidate];
        at.directory = search.directory;
        uint32_t status = look_up(at, &search.files);
        search.file = 0;
        if (!(status & 1)) {
            search.files.clear();
            search.miss = status;
        }
    }
}

/* ---- the NAM block ---- */

uint32_t wild_bits(const Spec &spec)
{
    uint32_t bits = spec.fnb;
    bits |= is_wild(spec.name) ? NAM$M_WILD_NAME : 0;
    bits |= is_wild(spec.type) ? NAM$M_WILD_TYPE : 0;
    bits |= spec.version == ";*" ? NAM$M_WILD_VER : 0;
    for (const std::string &element : spec.directory)
        bits |= is_wild(element) ? NAM$M_WILD_DIR : 0;
    if (bits & (NAM$M_WILD_NAME | NAM$M_WILD_TYPE | NAM$M_WILD_VER | NAM$M_WILD_DIR))
        bits |= NAM$M_WILDCARD;
    if (spec.version.size() < 2 || spec.version == ";0")
        bits |= NAM$M_HIGHVER;
    return bits;
}

void point_at(NAM *nam, char *text, const Spec &spec, const std::string &place)
{
    size_t colon = place.find(':') + 1;
    nam->nam$b_node = 0;
    nam->nam$l_node = text;
    nam->nam$l_dev = text;
    nam->nam$b_dev = static_cast<unsigned char>(colon);
    nam->nam$l_dir = text + colon;
    nam->nam$b_dir = static_cast<unsigned char>(place.size() - colon);
    nam->nam$l_name = text + place.size();
    nam->nam$b_name = static_cast<unsigned char>(spec.name.size());
    nam->nam$l_type = nam->nam$l_name + spec.name.size();
    nam->nam$b_type = static_cast<unsigned char>(spec.type.size());
    nam->nam$l_ver = nam->nam$l_type + spec.type.size();
    nam->nam$b_ver = static_cast<unsigned char>(spec.version.size());
    nam->nam$t_dvi[0] = static_cast<char>(spec.physical.copy(nam->nam$t_dvi + 1, 15));
}

bool fill_text(NAM *nam, const Spec &spec, char *buffer, size_t size, unsigned char *length)
{
    std::string place = spec.place((nam->nam$b_nop & NAM$M_NOCONCEAL) != 0);
    std::string text = place + spec.name + spec.type + spec.version;
    if (text.size() > size)
        return false;
    text.copy(buffer, text.size());
    *length = static_cast<unsigned char>(text.size());
    point_at(nam, buffer, spec, place);
    return true;
}

/* The expanded string always has . and ; */
Spec expanded_spec(Spec spec)
{
    if (spec.type.empty())
        spec.type = ".";
    if (spec.version.empty())
        spec.version = ";";
    return spec;
}

uint32_t parse(FAB *fab)
{
    NAM *nam = fab->fab$l_nam;
    std::vector<Spec> candidates;
    if (nam) {
        end_search(nam->nam$l_wcc);
        nam->nam$l_wcc = 0;
        nam->nam$b_esl = nam->nam$b_rsl = 0;
    }
    uint32_t status = fab_candidates(fab, nam ? nam->nam$l_rlf : nullptr, &candidates);
    if (!(status & 1))
        return status;
    for (Spec &spec : candidates)
        spec = expanded_spec(spec);
    bool check = !nam || !(nam->nam$b_nop & NAM$M_SYNCHK);
    if (nam && nam->nam$l_esa && nam->nam$b_ess) {
        if (!fill_text(nam, candidates[0], nam->nam$l_esa, nam->nam$b_ess, &nam->nam$b_esl))
            return RMS$_ESS;
    }
    if (nam)
        nam->nam$l_fnb = wild_bits(candidates[0]);
    bool wild = false, found = false;
    for (const Spec &spec : candidates) {
        bool here = wild_bits(spec) & NAM$M_WILD_DIR;
        wild = wild || spec.wild();
        found =
            found || !check || here || spec.is_null() || is_host_directory(spec.host_directory());
    }
    if (!found)
        return RMS$_DNF;
    if (nam && check && (wild || candidates.size() > 1))
        nam->nam$l_wcc = keep_search(candidates);
    return RMS$_NORMAL;
}

/* $SEARCH without a kept state: the expanded name says all. */
std::shared_ptr<Search> search_once(const NAM *nam, uint32_t *status)
{
    std::shared_ptr<Search> search(new Search);
    ExpandInput input;
    input.text = std::string(nam->nam$l_esa, nam->nam$b_esl);
    *status = expand(input, &search->candidates);
    return search;
}

uint32_t search(FAB *fab)
{
    NAM *nam = fab->fab$l_nam;
    if (!nam || !nam->nam$b_esl)
        return RMS$_NAM;
    if (nam->nam$l_wcc == SEARCH_ENDED)
        return RMS$_NMF;
    uint32_t status = RMS$_NORMAL;
    std::shared_ptr<Search> state =
        nam->nam$l_wcc ? find_search(nam->nam$l_wcc) : search_once(nam, &status);
    if (!state)
        return RMS$_WCC;
    Spec spec;
    if (status & 1 && !next_file(*state, &spec))
        status = state->any ? RMS$_NMF : state->miss;
    bool kept = nam->nam$l_wcc != 0;
    if (!(status & 1) && kept)
        end_search(nam->nam$l_wcc);
    if (!(status & 1) || !kept)
        nam->nam$l_wcc = SEARCH_ENDED;
    return status & 1 ? fill_resultant(nam, spec) : status;
}

} // namespace

uint32_t fab_candidates(const FAB *fab, const NAM *related, std::vector<Spec> *candidates)
{
    ExpandInput input;
    const NAM *nam = fab->fab$l_nam;
    if ((fab->fab$l_fop & FAB$M_NAM) && nam && nam->nam$b_rsl) {
        input.text.assign(nam->nam$l_rsa, nam->nam$b_rsl);
        return expand(input, candidates);
    }
    input.text.assign(fab->fab$l_fna ? fab->fab$l_fna : "", fab->fab$l_fna ? fab->fab$b_fns : 0);
    if (fab->fab$l_dna)
        input.defaults.assign(fab->fab$l_dna, fab->fab$b_dns);
    if (related && related->nam$l_rsa)
        input.related.assign(related->nam$l_rsa, related->nam$b_rsl);
    input.output = (fab->fab$l_fop & FAB$M_OFP) != 0;
    input.syntax_only = nam && (nam->nam$b_nop & NAM$M_SYNCHK);
    return expand(input, candidates);
}

void fill_expanded(NAM *nam, const Spec &given)
{
    Spec spec = expanded_spec(given);
    if (nam->nam$l_esa && nam->nam$b_ess)
        fill_text(nam, spec, nam->nam$l_esa, nam->nam$b_ess, &nam->nam$b_esl);
    nam->nam$l_fnb = wild_bits(spec);
}

uint32_t fill_resultant(NAM *nam, const Spec &spec)
{
    if (!nam->nam$l_rsa || !nam->nam$b_rss)
        return RMS$_NORMAL;
    return fill_text(nam, spec, nam->nam$l_rsa, nam->nam$b_rss, &nam->nam$b_rsl)
               ? static_cast<uint32_t>(RMS$_NORMAL)
               : static_cast<uint32_t>(RMS$_RSS);
}

} // namespace rms
} // namespace shim

using namespace shim::rms;

extern "C" int sys$parse(void *block)
{
    SHIM_SERVICE("sys$parse");
    FAB *fab = static_cast<FAB *>(block);
    uint32_t status = check_fab(fab);
    return status & 1 ? finish_fab(fab, parse(fab)) : static_cast<int>(status);
}

extern "C" int sys$search(void *block)
{
    SHIM_SERVICE("sys$search");
    FAB *fab = static_cast<FAB *>(block);
    uint32_t status = check_fab(fab);
    return status & 1 ? finish_fab(fab, search(fab)) : static_cast<int>(status);
}
