/*
 * A finder: of the ways to a value that a cell lacks it tries one after the other, by chains, steps
 * and linear programs, and takes the cheapest that it finds.
 *
 * It looks at a mask, at the witnesses that there are and at hope, and changes none of them: all
 * that it writes is its own.  Equal masks, witnesses, hope and seeds give equal moves.
 */
#ifndef DDG_PROTECT_FINDER_H
#define DDG_PROTECT_FINDER_H

#include "protect/chain.h"
#include "protect/deviation.h"
#include "protect/mover.h"
#include "protect/plan.h"
#include "protect/witnesses.h"

/* How hard to look for the moves of one cell. */
struct ddg_effort {
    uint32_t chains; /* of cycles, see ddg_chain_search(); 0: a single cycle is looked for still */
    uint32_t dives, paid_dives; /* of a search for a move that costs nothing, and for others */
    uint32_t reach, most_reach; /* cells of a linear program, at first and at the most; 0: none */
    uint32_t fractions;         /* that a linear program is to make whole */
    uint64_t cheap;             /* a move that costs no more needs no linear program */
    bool quick; /* one limit after the other until a move is found: no looking on for less */
};

struct ddg_finder {
    const struct ddg_mask *mask;
    const struct ddg_witnesses *witnesses;
    const struct ddg_hope *hope;
    struct ddg_context *context;
    uint64_t seed;
    /* the rest is the finder's own */
    struct ddg_mover *mover;
    struct ddg_deviator *deviator;
    struct ddg_chain chain;
    uint32_t *base_cell; /* moves to start from */
    int8_t *base_change;
    size_t base_room, change_room;
    uint64_t most_cost;   /* of all cells together */
    struct ddg_plan best; /* the move that was found last */
    int64_t *scratch;     /* for verifying: an entry per line, zero between uses */
};

/* `mask`, `witnesses` and `hope` must outlive the finder, which must stay where it is, and may
 * change between uses.  Free with ddg_finder_free(), also after an error. */
enum ddg_error ddg_finder_init(struct ddg_finder *finder, const struct ddg_mask *mask,
                               const struct ddg_witnesses *witnesses, const struct ddg_hope *hope,
                               struct ddg_context *context);
void ddg_finder_free(struct ddg_finder *finder);

/* Finds the next move for a cell, up to `budget`: one that gives all values that it lacks, where
 * `together` asks for that, or one of them.  *found says whether there is one: it is in *move until
 * the next call.  It was verified. */
enum ddg_error ddg_finder_find(struct ddg_finder *finder, uint32_t cell, bool together,
                               const struct ddg_effort *effort, uint64_t budget, bool *found,
                               struct ddg_move *move);

/* How much was searched so far, in steps that take about as long everywhere. */
uint64_t ddg_finder_work(const struct ddg_finder *finder);

#endif
