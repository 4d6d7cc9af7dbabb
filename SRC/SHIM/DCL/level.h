/*
**  level - one command level: the terminal or job (0), procedures and called subroutines above it
*/
#ifndef SHIM_DCL_LEVEL_H
#define SHIM_DCL_LEVEL_H

#include "procedure.h"
#include "symbols.h"

#include <memory>
#include <unordered_map>

namespace shim {
namespace dcl {

const size_t LEVEL_MAX = 32; /* CLI$_STKOVF */
const size_t GOSUB_MAX = 16; /* CLI$_GOSUBMAX */
const size_t IF_MAX = 16;    /* CLI$_INVIFNEST */

/* An open IF block: the record of its IF, and which branch is being executed. */
struct IfFrame {
    size_t record;
    bool in_else;
    bool operator==(const IfFrame &o) const { return record == o.record && in_else == o.in_else; }
};
typedef std::vector<IfFrame> IfFrames;

struct Label {
    size_t record;   /* of its line */
    IfFrames frames; /* blocks around it */
};

struct Gosub {
    size_t next;
    IfFrames frames;
};

/* A condition handler: ON severity THEN action. */
struct OnAction {
    unsigned rank = 2;  /* 1 warnings, 2 errors, 3 severe errors: and all that is worse */
    std::string action; /* empty: the default, EXIT */
};

class Output;

struct Level {
    std::shared_ptr<Procedure> procedure; /* 0: commands come from the terminal */
    size_t next = 0;                      /* record to be read next */
    size_t current = 0;                   /* record of the command being executed */
    std::string deck;                     /* what ends the deck being read; empty: none */
    bool called = false;                  /* by CALL */
    SymbolTable symbols;
    bool sees_outer = true, sees_global = true; /* SET SYMBOL/SCOPE=(LOCAL,GLOBAL) */
    bool verbs_outer = true, verbs_global = true; /* the same for verbs only */
    std::unordered_map<std::string, Label> labels;
    IfFrames frames;
    enum Pending { NONE, WAIT_THEN_TRUE, WAIT_THEN_FALSE } pending = NONE;
    size_t pending_record = 0;
    std::vector<Gosub> gosubs;
    OnAction on;
    bool checking = true;             /* SET ON */
    std::string control_y;            /* ON CONTROL_Y action; empty: none */
    std::shared_ptr<Output> outer_output; /* to be restored; /OUTPUT= */

    /* Another file of commands in the place of the one before it; symbols stay. */
    void begin(const std::shared_ptr<Procedure> &of)
    {
        procedure = of;
        next = current = 0;
        deck.clear();
        labels.clear();
        frames.clear();
        gosubs.clear();
        pending = NONE;
        on = OnAction();
        checking = true;
    }
};

} // namespace dcl
} // namespace shim

#endif
