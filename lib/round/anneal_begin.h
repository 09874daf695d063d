/*
 * Multiples to begin annealing from (anneal.h).
 */
#ifndef DDG_ROUND_ANNEAL_BEGIN_H
#define DDG_ROUND_ANNEAL_BEGIN_H

#include "protect/truth.h"
#include "round/anneal.h"

/* Puts into number[i] of each chosen cell i the multiple of `base`, counted in these, that is
 * nearest to a shown count, which has a priced goal, or one that fits the shown sums about where
 * the count is hidden and lies in `range`. */
enum ddg_error ddg_anneal_begin(const struct ddg_sums *sums, const struct ddg_goal *goal,
                                const struct ddg_truth *range, uint64_t base, int64_t *number,
                                struct ddg_context *context);

#endif
