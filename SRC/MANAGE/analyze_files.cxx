/*
**  analyze_files - looks for control files and checks them
*/
#include "analyze_files.h"

#include "CORE/text.h"
#include "MTA/config_store.h"
#include "MTA/control_file.h"
#include "VMS/account.h"
#include "VMS/mailstore.h"
#include "VMS/process.h"
#include "VMS/recfile.h"

namespace mail {

enum { READ_SIZE = 64 * 1024, USER_IN_NAME = 12 };

static const char local_directory[] = "SYS$SPECIFIC:[TCPIP$SMTP]";
static const char *const file_types[] = {"*.TCPIP_*;*", "*.UCX_*;*", "*.TMP_*;*"};

std::string analyze_file_key(const std::string &file)
{
    size_t from = file.find_last_of(":]>");
    std::string name = file.substr(from == std::string::npos ? 0 : from + 1);
    return text_uppered(name);
}

/* A temporary name is a final one with another type. */
static bool parse_name(const std::string &spec, FoundFile *found)
{
    size_t point = spec.rfind(".TMP_");
    std::string name = spec;
    found->spec = spec;
    found->temporary = point != std::string::npos;
    if (found->temporary)
        name = spec.substr(0, point) + ".TCPIP_" + spec.substr(point + 5);
    return control_name_parse(name, &found->name);
}

/* Adds what one directory has; the user's only when there is one. */
static Status add_directory(const std::string &directory, const std::string &user,
                            FoundFiles *files)
{
    for (size_t i = 0; i < sizeof file_types / sizeof *file_types; ++i) {
        FileSearch search;
        std::string spec;
        Status status = search.open(directory + file_types[i], "");
        while (status.ok()) {
            status = search.next(&spec);
            FoundFile found;
            if (status.ok() && parse_name(spec, &found) &&
                (user.empty() || text_equal(found.name.user, user.substr(0, USER_IN_NAME))))
                files->insert(std::make_pair(analyze_file_key(spec), found));
        }
        if (!status.end_of_file() && !status.not_found())
            return status;
    }
    return Status();
}

static void count_error(const Status &status, boost::uint32_t *errors)
{
    if (!status.ok() && !status.not_found())
        ++*errors;
}

/* Who never used MAIL has no profile; his files would be in his login directory. */
static std::string directory_of(const std::string &user)
{
    MailProfile profile;
    Account account;
    if (mailstore_profile(user, &profile).ok() && !profile.directory.empty())
        return profile.directory;
    return account_lookup(user, &account).ok() ? account.device + account.directory
                                               : std::string();
}

static Status add_all_users(FoundFiles *files, boost::uint32_t *errors)
{
    std::vector<MailUser> users;
    Status status = mailstore_users(&users);
    for (size_t i = 0; i < users.size(); ++i)
        if (!users[i].directory.empty())
            count_error(add_directory(users[i].directory, "", files), errors);
    return status;
}

Status analyze_list_files(const std::string &user, bool own_only, FoundFiles *files,
                          boost::uint32_t *errors)
{
    if (!own_only) {
        count_error(add_directory(config_common_file(""), user, files), errors);
        count_error(add_directory(local_directory, user, files), errors);
    }
    if (user.empty())
        return add_all_users(files, errors);
    std::string directory = directory_of(user);
    if (!directory.empty())
        count_error(add_directory(directory, user, files), errors);
    return Status();
}

/* ---- one file ---- */

/* The checksum is compared at the end of the text. */
static bool text_is_good(ControlFile *file, Outcome *outcome)
{
    std::vector<char> buffer(READ_SIZE);
    size_t got = 1;
    while (outcome->is_done() && got != 0)
        *outcome = file->read_text(&buffer[0], buffer.size(), &got);
    return outcome->is_done();
}

static bool has_damaged_cell(const std::vector<ControlRecipient> &recipients)
{
    for (size_t i = 0; i < recipients.size(); ++i)
        if (recipients[i].cell.damaged)
            return true;
    return false;
}

static bool is_settled(const std::vector<ControlRecipient> &recipients)
{
    for (size_t i = 0; i < recipients.size(); ++i) {
        const ControlCell &cell = recipients[i].cell;
        if (cell.state == CONTROL_UNSENT || (cell.state == CONTROL_FAILED && !cell.reported))
            return false;
    }
    return true;
}

/*
**  A file with our name and other contents is somebody else's, an older product's perhaps: it is
**  left alone.  What a crash leaves of ours is empty, short or blank.
*/
static FileVerdict verdict_of_foreign(const FoundFile &file)
{
    BlockFile blocks;
    std::string head;
    if (!blocks.open(file.spec, "", false).ok() ||
        (!blocks.read_at(0, CONTROL_BLOCK, &head).ok() && !head.empty()))
        return FILE_ERROR;
    return head.find_first_not_of('\0') == std::string::npos ? FILE_CORRUPT : FILE_FOREIGN;
}

static void judge_closed(const FoundFile &file, const ControlFile &control, const Outcome &outcome,
                         FileState *state)
{
    state->reason = control_verdict_name(control.verdict());
    switch (control.verdict()) {
    case CONTROL_FOREIGN:
        state->verdict = verdict_of_foreign(file);
        return;
    case CONTROL_SHORT: /* also when it could not be opened */
        state->verdict = file_exists(file.spec, "") ? FILE_CORRUPT : FILE_GONE;
        return;
    case CONTROL_NEWER: /* a later version of the mail system knows it */
        state->verdict = FILE_FOREIGN;
        return;
    default:
        break;
    }
    state->verdict = FILE_CORRUPT;
    (void)outcome;
}

FileState analyze_check_file(const FoundFile &file)
{
    FileState state;
    ControlFile control;
    Outcome outcome = control.open(file.spec, true);
    if (outcome.is_later()) {
        state.verdict = control.is_locked() ? FILE_IN_USE : FILE_ERROR;
        state.reason = outcome.log_text();
        return state;
    }
    if (!outcome.is_done()) {
        judge_closed(file, control, outcome, &state);
        return state;
    }
    state.envelope = control.envelope();
    state.recipients = control.recipients();
    state.settled = is_settled(state.recipients);
    if (file.temporary) {
        state.verdict = FILE_CORRUPT;
        state.reason = "unfinished";
    } else if (!text_is_good(&control, &outcome)) {
        state.verdict = outcome.is_later() ? FILE_ERROR : FILE_CORRUPT;
        state.reason = outcome.is_later() ? outcome.log_text() : "text damaged";
    } else if (has_damaged_cell(state.recipients)) {
        state.verdict = FILE_CELLS;
    }
    return state;
}

Status analyze_mend_cells(const FoundFile &file)
{
    ControlFile control;
    if (!control.open(file.spec, true).is_done())
        return Status::failed();
    std::vector<ControlRecipient> recipients = control.recipients();
    for (size_t i = 0; i < recipients.size(); ++i)
        if (recipients[i].cell.damaged && !control.update(i, ControlCell(), false).is_done())
            return Status::failed();
    return control.flush().is_done() ? Status() : Status::failed();
}

void analyze_bad_group(const std::vector<ControlRecipient> &recipients, boost::uint32_t *good,
                       boost::uint32_t *all)
{
    *good = *all = 0;
    for (size_t from = 0; from < recipients.size(); from += CONTROL_CELLS_PER_BLOCK) {
        *good = *all = 0;
        for (size_t i = from; i < recipients.size() && i < from + CONTROL_CELLS_PER_BLOCK; ++i) {
            ++*all;
            if (!recipients[i].cell.damaged)
                ++*good;
        }
        if (*good != *all)
            return;
    }
}

} // namespace mail
