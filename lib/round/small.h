/*
 * Small count rounding (Langsrud and Heldal, "An algorithm for small count rounding of tabular
 * data", 2018): small counts become 0 or the base, other counts without parts stay, and totals are
 * what these come to.  So every line adds up at every level, and nothing small is left.
 */
#ifndef DDG_ROUND_SMALL_H
#define DDG_ROUND_SMALL_H

#include "round/shown.h"

/* Puts 0 or `base` in place of each count of 1 to base - 1 that has no parts, so that what all
 * cells, totals among them, change by is small, into value[0 .. printed - 1]; other counts without
 * parts stay, and totals are their sums.  Which of the two is looked for by simulated annealing
 * with a seed that is always the same: equal tables give equal numbers.  `bound` has what each row
 * has to stay between besides, one of the two at least in each (see order.h), or is NULL. DDG_INPUT
 * for a suppressed count and for distinct persons that do not add up, DDG_UNSAFE where counts
 * without data or parts that are missing leave no numbers that add up with nothing small among
 * them. */
enum ddg_error ddg_round_small(const struct ddg_shown *shown, uint64_t base,
                               const struct ddg_truth *bound, uint64_t *value,
                               struct ddg_context *context);

#endif
