/*
 * Cuts: what every mask of a table has to have (Fischetti and Salazar, "Solving the cell
 * suppression problem on tabular data with linear constraints", 2001).
 *
 * Whatever potentials the lines have, changes that keep all lines keep the sum of lines times
 * potentials, 0.  So a cell changes no farther than others do that the potentials weigh, and these
 * only as far as they have room and are suppressed.
 */
#ifndef DDG_PROTECT_CUT_H
#define DDG_PROTECT_CUT_H

#include "protect/range.h"

/* share[cell[0]] * weight[0] + ... >= least, in every mask that hides what it must. */
struct ddg_cut {
    uint32_t *cell; /* candidates */
    int64_t *weight;
    int64_t least;
    size_t count;
    size_t cell_room, weight_room;
};

void ddg_cut_free(struct ddg_cut *cut);

/* What potentials say of the suppression of `cell`, which must keep `wants` values beside its own:
 * `rise` of how far it rises, `fall` of how far it falls.  Where the cell is a candidate itself,
 * the cut asks for the rest only where it is suppressed.  *cut is made anew; its count is 0 where
 * nothing follows. */
enum ddg_error ddg_cut_by_range(struct ddg_cut *cut, const struct ddg_mask *mask,
                                const uint8_t *role, uint32_t cell, uint32_t wants,
                                const int64_t *rise, const int64_t *fall,
                                struct ddg_context *context);

/* What R-SUP-6 asks of a line in which `cell` is suppressed: cells that add up to the threshold
 * (`sum`), or one that is not tiny.  Likewise. */
enum ddg_error ddg_cut_by_group(struct ddg_cut *cut, const struct ddg_mask *mask,
                                const uint8_t *role, uint32_t line, uint32_t cell, bool sum,
                                struct ddg_context *context);

#endif
