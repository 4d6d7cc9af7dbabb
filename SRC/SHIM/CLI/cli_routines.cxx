/*
**  cli_routines - CLI$DCL_PARSE, CLI$DISPATCH, CLI$PRESENT, CLI$GET_VALUE
**
**  One parsed command per process.  At the start it is the one by which the interpreter ran the
**  image (parsed_command.h), if there is one.
*/
#include "command_parser.h"
#include "image_table.h"
#include "shim.h"
#include "system_text.h"

#include <cli$routines.h>
#include <climsgdef.h>
#include <cstdlib>
#include <cstring>
#include <lib$routines.h>
#include <map>
#include <memory>
#include <rmsdef.h>

#undef lib$signal

namespace {

using namespace shim::cli;

const uint32_t batch_mode = 2;  /* JPI$K_BATCH */
const size_t max_answer = 1024; /* of one line from a prompt routine */

typedef int (*InputRoutine)(dsc$descriptor_s *text, dsc$descriptor_s *prompt,
                            unsigned short *length);

struct Command {
    std::unique_ptr<CommandReader> reader;
    std::string routine;
    const ImageTable *table = nullptr;
    bool inherited = false; /* SHIM_COMMAND was looked at */
};
Command command;
std::map<const void *, Table> tables; /* of this image, by address */

/* A descriptor and its text in 32-bit addressable memory. */
class LowText {
public:
    explicit LowText(const std::string &text, size_t room = 0)
        : size_(sizeof(dsc$descriptor_s) + text.size() + room),
          block_(static_cast<char *>(shim::arena_get(size_)))
    {
        if (!block_)
            return;
        dsc$descriptor_s *d = descriptor();
        d->dsc$w_length = static_cast<unsigned short>(text.size() + room);
        d->dsc$b_dtype = DSC$K_DTYPE_T;
        d->dsc$b_class = DSC$K_CLASS_S;
        d->dsc$a_pointer = block_ + sizeof *d;
        memcpy(d->dsc$a_pointer, text.data(), text.size());
        memset(d->dsc$a_pointer + text.size(), ' ', room);
    }
    ~LowText()
    {
        if (block_)
            shim::arena_free(block_, size_);
    }
    LowText(const LowText &) = delete;
    LowText &operator=(const LowText &) = delete;
    bool good() const { return block_ != nullptr; }
    dsc$descriptor_s *descriptor() { return reinterpret_cast<dsc$descriptor_s *>(block_); }

private:
    size_t size_;
    char *block_;
};

void signal_error(const CommandError &error)
{
    if (error.text.empty()) {
        shim::signal(error.condition, {});
        return;
    }
    LowText text(error.text);
    if (text.good())
        shim::signal(error.condition, {reinterpret_cast<uintptr_t>(text.descriptor())});
}

/* A label that the table does not have: a mistake of the program. */
unsigned int signal_unknown(const std::string &label)
{
    LowText text(label);
    if (text.good())
        lib$signal(5, CLI$_SYNTAX, 1, reinterpret_cast<uintptr_t>(text.descriptor()), CLI$_ENTNF,
                   0);
    return CLI$_SYNTAX;
}

/* One line from a routine of the image's; the length goes through the third argument. */
uint32_t ask(const shim_input_routine &routine, const std::string &prompt, std::string *answer)
{
    LowText text(std::string(), max_answer), prompt_text(prompt);
    if (!text.good() || !prompt_text.good())
        return SS$_INSFMEM;
    LowText cell(std::string(), sizeof(unsigned short));
    if (!cell.good())
        return SS$_INSFMEM;
    unsigned short *length = reinterpret_cast<unsigned short *>(cell.descriptor()->dsc$a_pointer);
    *length = 0;
    InputRoutine call = reinterpret_cast<InputRoutine>(routine.address);
    uint32_t status =
        static_cast<uint32_t>(call(text.descriptor(), prompt_text.descriptor(), length));
    if (status & 1)
        answer->assign(text.descriptor()->dsc$a_pointer,
                       *length < max_answer ? *length : max_answer);
    return status;
}

/* Cuts the comment off.  True when the line goes on: its hyphen is cut off too. */
bool continued(std::string *line)
{
    bool quoted = false;
    for (size_t i = 0; i < line->size(); i++) {
        quoted = quoted != ((*line)[i] == '"');
        if ((*line)[i] == '!' && !quoted)
            line->resize(i);
    }
    size_t last = line->find_last_not_of(" \t");
    if (last == std::string::npos || (*line)[last] != '-')
        return false;
    line->resize(last);
    return true;
}

uint32_t whole_line(const shim_input_routine &routine, const std::string &prompt, bool given,
                    std::string *line)
{
    if (!given) {
        if (!routine.address)
            return CLI$_NOCOMD;
        uint32_t status = ask(routine, prompt, line);
        if (!(status & 1))
            return status;
    }
    while (continued(line)) {
        std::string more;
        if (!routine.address)
            break;
        uint32_t status = ask(routine, "_" + prompt, &more);
        if (!(status & 1))
            return status;
        *line += more;
        if (line->size() > max_command)
            break; /* the parser says so */
    }
    return SS$_NORMAL;
}

const Table *load_table(const void *address)
{
    const ImageTable *image = static_cast<const ImageTable *>(address);
    if (!image || image->magic != image_table_magic)
        return nullptr;
    auto known = tables.find(address);
    if (known != tables.end())
        return &known->second;
    Table table;
    if (!read_table(std::string(image->packed, image->size), &table))
        return nullptr;
    return &(tables[address] = table);
}

/* The reader of the current command; null when there is none. */
CommandReader *current()
{
    if (!command.inherited) {
        command.inherited = true;
        const char *text = getenv(environment_command);
        Parsed parsed;
        if (text && !command.reader && read_parsed(text, &parsed))
            command.reader.reset(new CommandReader(parsed));
    }
    return command.reader.get();
}

} // namespace

extern "C" unsigned int cli$dcl_parse(void *command_string, void *table,
                                      shim_input_routine param_routine,
                                      shim_input_routine prompt_routine, void *prompt_string)
{
    SHIM_SERVICE("cli$dcl_parse");
    const Table *verbs = load_table(table);
    if (!verbs)
        return CLI$_INVTAB;
    std::string line, prompt;
    uint32_t status = SS$_NORMAL;
    if (command_string)
        status = shim::get_text(static_cast<dsc$descriptor_s *>(command_string), &line);
    if ((status & 1) && prompt_string)
        status = shim::get_text(static_cast<dsc$descriptor_s *>(prompt_string), &prompt);
    if (!(status & 1))
        return status;
    command.inherited = true;
    command.reader.reset();
    command.routine.clear();
    status = whole_line(prompt_routine, prompt, command_string != nullptr, &line);
    if (!(status & 1))
        return status;
    ParseContext context;
    context.batch = shim::has_root() && shim::self().mode == batch_mode;
    if (param_routine.address)
        context.prompter = [&](const std::string &text, std::string *answer, uint32_t *failed) {
            *failed = ask(param_routine, text, answer);
            continued(answer);
            return (*failed & 1) != 0;
        };
    Parsed parsed;
    CommandError error;
    if (!parse(*verbs, line, context, &parsed, &error)) {
        bool own = (error.condition & STS$M_FAC_NO) >> 16 == CLI$_FACILITY;
        if (own && !(error.condition == CLI$_NOCOMD && error.text.empty()))
            signal_error(error);
        return error.condition;
    }
    command.routine = parsed.routine;
    command.table = static_cast<const ImageTable *>(table);
    command.reader.reset(new CommandReader(parsed));
    return CLI$_NORMAL;
}

extern "C" unsigned int cli$dispatch(unsigned long long userarg)
{
    SHIM_SERVICE("cli$dispatch");
    for (uint32_t i = 0; command.reader && command.table && i < command.table->routine_count; i++)
        if (command.routine == command.table->routines[i].name) {
            typedef int (*Routine)(unsigned long long);
            void *address = reinterpret_cast<void *>(command.table->routines[i].address);
            Routine routine = reinterpret_cast<Routine>(address);
            return static_cast<unsigned int>(routine(userarg));
        }
    shim::signal(CLI$_INVROUT, {});
    return CLI$_INVROUT;
}

extern "C" unsigned int cli$present(void *entity_desc)
{
    SHIM_SERVICE("cli$present");
    std::string label;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(entity_desc), &label);
    if (!(status & 1))
        return status;
    CommandReader *reader = current();
    if (!reader)
        return CLI$_ABSENT;
    status = reader->present(label);
    return status == CLI$_ENTNF ? signal_unknown(label) : status;
}

extern "C" unsigned int cli$get_value(void *entity_desc, void *retdesc, unsigned short *retlength)
{
    SHIM_SERVICE("cli$get_value");
    std::string label, value;
    uint32_t status = shim::get_text(static_cast<dsc$descriptor_s *>(entity_desc), &label);
    if (!(status & 1))
        return status;
    CommandReader *reader = current();
    status = reader ? reader->get_value(label, &value) : static_cast<uint32_t>(CLI$_ABSENT);
    if (status == CLI$_ENTNF)
        return signal_unknown(label);
    uint32_t put = shim::put_string(retdesc, value, retlength);
    return (put & 1) || put == LIB$_STRTRU ? status : put;
}
