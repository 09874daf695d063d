/*
 * Moves: proofs that a suppressed cell cannot be recovered.
 *
 * A move changes some unknown cells by whole numbers so that every line still adds up and nothing
 * falls below what the reader knows it to be (nothing negative, or nothing below 1).  The true
 * table and the moved one then fit the publication equally well, so no cell that the move changes
 * can be recovered by adding and subtracting, by bounds or because counts are whole numbers.
 * Verifying a move takes plain whole-number arithmetic; finding one is a search.
 */
#ifndef DDG_PROTECT_MOVE_H
#define DDG_PROTECT_MOVE_H

#include "protect/mask.h"

struct ddg_move {
    uint32_t *cell;
    int8_t *change; /* of each of those cells; never 0 */
    uint32_t count;
};

struct ddg_mover; /* scratch space of the searches over one mask */

/* Makes the space; `mask` must outlive it and may change between searches. */
enum ddg_error ddg_mover_new(struct ddg_mover **mover, const struct ddg_mask *mask,
                             struct ddg_context *context);
void ddg_mover_free(struct ddg_mover *mover);

/* Looks for a move of `cell` over the unknown cells and, where `most` is above 0, over public cells
 * that may serve as complements, as long as their values add up to `most` at the most.  Up to
 * `effort` steps.  True when one was found: it is in *move until the next search, and *cost is what
 * its public cells add up to.  The steps taken depend on nothing but the mask. */
bool ddg_move_search(struct ddg_mover *mover, uint32_t cell, uint64_t most, uint32_t effort,
                     struct ddg_move *move, uint64_t *cost);

/* The move that adds one to a cell without parts, the cell itself or one below it, and to every
 * total above that in all dimensions.  True when all of them are unknown or may serve as
 * complements: where every total is printed, this always works.  It is in *move until the next
 * search. */
bool ddg_move_up(struct ddg_mover *mover, uint32_t cell, struct ddg_move *move);

/* True when the move changes unknown cells only, none below the floor, and keeps every line. Shares
 * no state with the search.  `scratch` holds an entry per line, all zero before and after. */
bool ddg_move_verify(const struct ddg_mask *mask, const struct ddg_move *move, int64_t *scratch);

#endif
