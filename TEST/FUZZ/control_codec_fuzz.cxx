/*  control_codec: the blocks of a control file, and its name
**
**  What is decoded is within the limits and the bytes that were given; what is good can be written
**  again; a cell reads as itself or as damaged.
*/
#include "CORE/control_codec.h"
#include "fuzz.h"

using namespace mail;

/* Good fields behind a good head, so that more than checksums is tried. */
static std::string sealed(const std::string &text)
{
    ControlEnvelope envelope;
    std::vector<ControlRecipient> recipients(1 + text.size() % 9);
    ControlLayout layout;
    std::string blocks;
    for (size_t i = 0; i < recipients.size(); ++i)
        recipients[i].address = "user@x.example";
    FUZZ_ASSERT(control_encode(envelope, recipients, &blocks, &layout));
    ControlTextCheck check;
    check.add(text.data(), text.size());
    control_seal(&blocks[0], text.size(), check.value());
    return blocks;
}

static void decode(const std::string &blocks)
{
    ControlEnvelope envelope;
    std::vector<ControlRecipient> recipients;
    ControlLayout layout;
    ControlVerdict verdict =
        control_decode(blocks.data(), blocks.size(), &envelope, &recipients, &layout);
    if (verdict != CONTROL_OK && verdict != CONTROL_UNFINISHED)
        return;
    FUZZ_ASSERT(!recipients.empty() && recipients.size() <= CONTROL_MAX_RECIPIENTS);
    FUZZ_ASSERT(recipients.size() == layout.cell_count);
    FUZZ_ASSERT((layout.text_block - 1) * size_t(CONTROL_BLOCK) <= blocks.size());
    for (size_t i = 0; i < recipients.size(); ++i) {
        boost::uint32_t block;
        size_t offset;
        FUZZ_ASSERT(!recipients[i].address.empty());
        control_cell_place(layout, i, &block, &offset);
        FUZZ_ASSERT(block < layout.text_block && offset + CONTROL_CELL <= CONTROL_BLOCK);
    }
    std::string again;
    ControlLayout other;
    if (control_encode(envelope, recipients, &again, &other))
        FUZZ_ASSERT(other.cell_count == layout.cell_count);
}

FUZZ(text)
{
    decode(text);
    std::string blocks = sealed(text);
    decode(blocks);
    for (size_t i = 0; i + 2 < text.size() && i < 60; i += 3) { /* some bytes become others */
        size_t at = (static_cast<unsigned char>(text[i]) * 256u +
                     static_cast<unsigned char>(text[i + 1])) %
                    blocks.size();
        blocks[at] = text[i + 2];
    }
    decode(blocks);
    if (text.size() >= CONTROL_CELL) {
        ControlCell cell;
        control_decode_cell(text.data(), 3, &cell);
        FUZZ_ASSERT(cell.text.size() <= CONTROL_CELL_TEXT);
        FUZZ_ASSERT(!cell.damaged || cell.state == CONTROL_UNSENT);
    }
    ControlName name;
    if (control_name_parse(text, &name))
        FUZZ_ASSERT(!name.stamp.empty() && !name.user.empty());
}
