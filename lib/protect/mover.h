/*
 * A mover: looks for moves by steps, each of which mends a line that those before left unbalanced.
 */
#ifndef DDG_PROTECT_MOVER_H
#define DDG_PROTECT_MOVER_H

#include "protect/vicinity.h"

struct ddg_mover; /* scratch space of the searches over one mask */

/* Makes the space; `mask` must outlive it and may change between searches.  Free with
 * ddg_mover_free(), also after an error. */
enum ddg_error ddg_mover_new(struct ddg_mover **mover, const struct ddg_mask *mask,
                             struct ddg_context *context);
void ddg_mover_free(struct ddg_mover *mover);

/* How many cells were considered so far. */
uint64_t ddg_mover_work(const struct ddg_mover *mover);

/* Looks for a move as `wish` says, which changes its cell by 1 or -1, in up to `dives` dives, among
 * all cells: the wish's reach is not asked.  Equal masks, wishes and seeds give equal moves.  With
 * `hope`, moves that cost nothing change only cells that have it; NULL: any.  *found says whether
 * there is a move: it is in *move until the next that is found, and ddg_move_holds() agreed. */
enum ddg_error ddg_mover_search(struct ddg_mover *mover, const struct ddg_wish *wish,
                                const struct ddg_hope *hope, uint32_t dives, uint64_t seed,
                                bool *found, struct ddg_move *move, struct ddg_context *context);

#endif
