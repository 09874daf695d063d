/*
 * Moves: other tables that fit the publication as well as the true one.
 *
 * A move changes some unknown cells by whole numbers so that every line still adds up and nothing
 * leaves the range that the reader knows it to lie in.  The true table and the moved one then fit
 * the publication equally well, so no cell that the move changes can be recovered by adding and
 * subtracting, by bounds or because counts are whole numbers.  Verifying a move takes plain
 * whole-number arithmetic; finding one is a search.
 */
#ifndef DDG_PROTECT_MOVE_H
#define DDG_PROTECT_MOVE_H

#include "protect/hope.h"
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
enum ddg_error ddg_move_search(struct ddg_mover *mover, const struct ddg_wish *wish,
                               const struct ddg_hope *hope, uint32_t dives, uint64_t seed,
                               bool *found, struct ddg_move *move, struct ddg_context *context);

/* The move that adds one to a cell without parts, the cell itself or one below it, and to every
 * total above that in all dimensions.  *found when all of them are unknown or may serve as
 * complements: where every total is printed, this often works.  It is in *move until the next that
 * is found. */
enum ddg_error ddg_move_up(struct ddg_mover *mover, uint32_t cell, bool *found,
                           struct ddg_move *move, struct ddg_context *context);

/* How often the move can be made forwards (by = 1) or backwards (-1) until a cell leaves its range,
 * up to `most`, as if its public cells were complements. */
int ddg_move_times(const struct ddg_mask *mask, const struct ddg_move *move, int by, int most);

/* True when the move, made `times` times (or less than 0: backwards), keeps every line and takes no
 * cell beyond its range, public cells taken as complements.  Shares no state with the search.
 * `scratch` holds an entry per line, all zero before and after. */
bool ddg_move_fits(const struct ddg_mask *mask, const struct ddg_move *move, int times,
                   int64_t *scratch);

/* True when the move fits as often as its manner says. */
bool ddg_move_holds(const struct ddg_mask *mask, const struct ddg_move *move,
                    enum ddg_manner manner, int64_t *scratch);

#endif
