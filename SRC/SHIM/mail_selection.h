/*
**  mail_selection - the MESSAGE family's context: what was selected, where we are, what is being
**  read
**
**  Ids count from 1 in the order of arrival and are good until the next SELECT.  A message that
**  was deleted or moved keeps its id but answers MAIL$_DELMSG.  Reading holds one body in memory,
**  whose space is used again for the next.  A selection costs 32 bytes per message; header texts
**  are fetched HEADER_WINDOW messages at a time when they are asked for in order.
*/
#ifndef SHIM_MAIL_SELECTION_H
#define SHIM_MAIL_SELECTION_H

#include "mail_ahead.h"
#include "mail_file.h"
#include "mail_text.h"

namespace shim {

const uint32_t HEADER_WINDOW = 64;
const uint32_t READ_AHEAD_AFTER = 4;      /* bodies read in order */
const uint32_t LIST_DIRECTORY_ABOVE = 32; /* messages: then one directory scan replaces the stats */

struct MailSelection : MailContext {
    uint32_t file_value;                /* MAILFILE context */
    uint32_t generation;
    bool selected;
    std::vector<MailEntry> entries;     /* key 0: gone; of a sequential file key is index + 1 */
    uint32_t position;                  /* id, 0: before the first */

    uint32_t reading;                   /* id, 0: none */
    unsigned next_header;               /* 0..4 */
    MailHeaders shown;
    RecordReader reader;
    std::string body;

    uint32_t window_first, window_count; /* ids whose headers are here */
    std::vector<MailHeaders> window;
    bool listed;
    std::vector<uint64_t> external;     /* external files that exist */
    size_t external_next;               /* of those, the one behind the last that was found */
    bool in_order;                      /* the position is the one behind that of the last call */
    uint32_t loaded, loaded_run;        /* id of the last body; how many came in order before it */
    MailAhead ahead;                    /* the external files behind it */

    MailSelection()
        : file_value(0), generation(0), selected(false), position(0), reading(0), next_header(0),
          window_first(0), window_count(0), listed(false), external_next(0), in_order(false),
          loaded(0), loaded_run(0)
    {
    }
    uint32_t file(MailFileContext **file) const; /* MAIL$_NOFILEOPEN, MAIL$_WRONGFILE */
    void forget();
    bool valid(uint32_t id) const { return id >= 1 && id <= entries.size(); }
    /* From the items BACK, NEXT, ID. */
    uint32_t find_position(const MailCall &call, uint32_t *id) const;
    uint32_t headers_of(MailFileContext *file, uint32_t id, const MailHeaders **headers);
    /* RETURN_FLAGS: EXTFNF is found out here. */
    uint32_t flags_of(MailFileContext *file, uint32_t id);
    bool is_listed(uint64_t date);
    uint32_t load_body(MailFileContext *file, uint32_t id);
    bool take_ahead(MailFileContext *file, uint32_t id, uint32_t *status);
    void read_ahead(MailFileContext *file, uint32_t id);
    /* A draft with headers and body, to be stored elsewhere. */
    uint32_t draft_of(MailFileContext *file, uint32_t id, MailDraft *draft);
};

} // namespace shim

#endif
