/*
**  session - one command interpreter: its levels, symbols, options, files and status
**
**  step() reads and executes one command.  A command that enters a procedure pushes a level and
**  is complete when that level ends; nothing here recurses, so any depth costs no stack.
**  One thread.
*/
#ifndef SHIM_DCL_SESSION_H
#define SHIM_DCL_SESSION_H

#include "failure.h"
#include "level.h"
#include "output.h"

#include <functional>
#include <memory>
#include <vector>

namespace shim {
namespace dcl {

class Files;
class ProcessContexts;
class Terminal;

struct Options {
    bool verify_procedure = false, verify_image = false;
    MessageFields message;
    std::string prompt = "$ ";
    std::string prefix;                       /* SET PREFIX: an FAO control string */
    bool control_y = true, control_t = false; /* SET CONTROL */
    bool restart = false;                     /* $RESTART */
};

struct ChildProcess {
    int host;     /* the host's process */
    uint32_t pid; /* the subprocess */
};

class Session {
public:
    Session();
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /* SYS$INPUT, SYS$OUTPUT, SYS$ERROR and SYS$COMMAND, executive mode. */
    void define_permanent_files();

    /* ---- running (interpreter.cxx) ---- */

    /* Until the job ends; its final $STATUS. */
    uint32_t run();
    /* One command of the innermost level.  False: the job has ended. */
    bool step();
    /* A command, as if it had been read; complete when the depth is what it was. */
    void execute(const std::string &command);
    /* The same, and runs the procedures that it enters to their end. */
    void execute_whole(const std::string &command);
    /* The end of the job: LOGOUT, end of file at level 0. */
    void end_job() { ended_ = true; }
    void log_out() { ended_ = logged_out_ = true; }
    bool ended() const { return ended_; }
    bool logged_out() const { return logged_out_; }
    /* A further file of the job is to be run. */
    void reopen_job() { ended_ = false; }

    /* ---- levels (levels.cxx, control_flow.cxx, block_if.cxx) ---- */

    Level &level() { return *levels.back(); }
    const Level &level() const { return *levels.back(); }
    size_t depth() const { return levels.size() - 1; }
    /* Throws CLI$_STKOVF. */
    Level &push_level(const std::shared_ptr<Procedure> &procedure,
                      const std::vector<std::string> &parameters);
    void pop_level(uint32_t exit_status, bool shown);
    /* P1 to P8 of the innermost level. */
    void set_parameters(const std::vector<std::string> &parameters);
    bool at_terminal() const { return !level().procedure; }
    void stop_procedures(); /* STOP: to level 0 */
    /* Levels above this one end, without a word. */
    void leave_to(size_t depth);
    /* To be executed next, before anything is read: after an interrupt. */
    std::string next_action;
    void enter_procedure(const std::string &command); /* behind the "@" */
    /* CLI$_USGOTO: the level then stands at its end. */
    void goto_label(const std::string &label, uint32_t missing);
    /* Leaves the innermost level, or ends the job. */
    void exit_level(uint32_t exit_status, bool shown);
    /* Behind the verb: the commands of the language that no table describes. */
    void if_command(const std::string &rest);
    void then_command(const std::string &rest);
    void else_command(const std::string &rest);
    void endif_command(const std::string &rest);
    void goto_command(const std::string &rest);
    void gosub_command(const std::string &rest);
    void return_command(const std::string &rest);
    void call_command(const std::string &rest);
    void subroutine_command(const std::string &rest);
    void on_command(const std::string &rest);
    void exit_command(const std::string &rest);

    /* ---- symbols (session_symbols.cxx) ---- */

    /* As an expression sees it; 0: undefined.  *is_global may be 0. */
    const Symbol *find_symbol(const std::string &name, bool verb = false, bool *is_global = 0,
                              std::string *full = 0);
    /* Throws CLI$_ABSYMD, CLI$_SYMOVF, CLI$_SYMTOOLNG. */
    void set_symbol(const std::string &name, size_t minimum, const Value &value, bool global);
    void set_symbol(const std::string &name, const Value &value) { set_symbol(name, 0, value, 0); }
    SymbolTable global;

    /* ---- substitution (substitution.cxx) ---- */

    /* Phase 1: 'name' and, in quotes, ''name'.  joins: offsets that move with the text, or 0. */
    std::string substitute(const std::string &text, std::vector<size_t> *joins = nullptr);
    /* Phase 2: &name, in a command that is no expression. */
    std::string substitute_ampersands(const std::string &text);

    /* ---- status and messages (status_values.cxx) ---- */

    uint32_t status() const { return status_; }
    /* Sets $STATUS; the message has been shown, or is not to be. */
    void set_status(uint32_t status, bool shown);
    /* Shows it on SYS$ERROR, and on SYS$OUTPUT when that is another file; sets $STATUS. */
    void fail(const Failure &failure);
    void show(const Failure &failure);
    /* A message line made elsewhere. */
    void show_line(const std::string &line);
    /* A message that is no failure: "%DCL-I-SUPERSEDE, ...". */
    void inform(uint32_t code, const std::vector<std::string> &arguments);
    /* "PROCESS_CONTEXT" of F$CONTEXT, by the symbol's name; empty: an ordinary symbol. */
    std::string context_type(const std::string &symbol);
    void write(const std::string &line) { output->line(line); }
    /* The command leaves $STATUS as it was. */
    void keep_status() { keeps_status_ = true; }
    /* The status is no matter for an ON action: /ERROR= deals with it. */
    void forget_condition() { unchecked_ = false; }
    /* After each command: the ON action, when the status asks for it. */
    void check_condition();

    /* ---- SYS$OUTPUT and SYS$ERROR (session.cxx) ---- */

    /* DEFINE SYS$OUTPUT file: until it is deassigned. */
    void redirect(bool is_error, const std::shared_ptr<Output> &to);
    /* False: it was not redirected. */
    bool restore(bool is_error);

    /* ---- what the session has ---- */

    std::vector<std::unique_ptr<Level>> levels;
    Options options;
    std::shared_ptr<Output> output, error; /* SYS$OUTPUT, SYS$ERROR of the moment */
    std::unique_ptr<Files> files;
    std::unique_ptr<Terminal> terminal; /* SYS$COMMAND */
    std::unique_ptr<Terminal> input;    /* SYS$INPUT where PIPE or SPAWN redirects it, or 0 */
    bool subprocess = false;
    bool foreground = true;             /* the terminal is given to its images */
    std::vector<ChildProcess> children; /* subprocesses that nobody waits for now */
    std::unique_ptr<ProcessContexts> contexts;
    size_t device_search = 0; /* of F$DEVICE */
    bool full_logout = false; /* LOGOUT/FULL */
    /* "FTA3:"; empty: SYS$COMMAND is no terminal. */
    std::string terminal_name() const;
    bool interactive = false; /* level 0 is a terminal, or takes the place of one */

    /* ---- input (interpreter.cxx) ---- */

    /* The next data record of SYS$INPUT as an image would read it.  False: end of the data. */
    bool read_data(const std::string &prompt, std::string *record, int seconds = -1);
    /* From SYS$COMMAND. */
    bool read_command_input(const std::string &prompt, std::string *record, int seconds = -1);

private:
    uint32_t status_ = 1;
    bool status_shown_ = true, ended_ = false, logged_out_ = false;
    bool unchecked_ = false;     /* $STATUS was set, the ON action not yet considered */
    bool status_set_ = false, keeps_status_ = false; /* by the command being executed */
    unsigned level_changes_ = 0;
    std::vector<std::shared_ptr<Output>> redirected_[2]; /* what was before */
    Symbol special_;             /* $STATUS and its kin */
    LogicalLine typed_;          /* the line from the terminal */
    size_t typed_lines_ = 0;

    const LogicalLine *fetch_line();
    bool next_command(std::string *command);
    bool structural(const LogicalLine &line, std::string *command);
    bool skip_block(bool want_else, unsigned depth, std::string *command);
    void skip_data();
    std::string prepare(const LogicalLine &line, size_t command_at);
    std::string verify_prefix() const;
    void run_command(const std::string &command);
    bool starts_with_symbol(const std::string &text);
    bool assign(const std::string &command);
    void overlay(const std::string &name, bool numeric, const std::string &command, size_t bracket,
                 const std::string &right, bool global);
    void run_verb(const std::string &command);
    bool find_forward(const std::string &label, Label *found);
    void push_frame(size_t record, bool in_else);
    void open_branch(size_t record, const std::string &rest);
    const Symbol *special_symbol(const std::string &name);
};

/* "  NAME = \"value\"", "  NAME == 12   Hex = 0000000C Octal = 00000000014" */
std::string symbol_line(const std::string &name, const Symbol &symbol, bool global);
/* What := makes of the text behind it. */
std::string assigned_string(const std::string &text);
/* The elements of a command line behind "@file" or "CALL label". */
std::vector<std::string> split_parameters(const std::string &text);

} // namespace dcl
} // namespace shim

#endif
