/*
 * Ranges by propagation: what single rows leave to each of their unknowns, in whole numbers.
 */
#ifndef DDG_ATTACK_BOUNDS_H
#define DDG_ATTACK_BOUNDS_H

#include "attack/problem.h"

/* Narrows `low` and `high` (one entry per unknown) row by row until no row narrows any further, or
 * very many rows were gone through: what is then known is true, if not all.  `from` names an
 * unknown whose range has just changed: only its rows are begun with; DDG_NO_UNKNOWN begins with
 * all.
 * `*impossible` is then a row that no numbers within the ranges fit, or DDG_NO_ROW. */
enum ddg_error ddg_bounds_narrow(const struct ddg_problem *problem, int64_t *low, int64_t *high,
                                 uint32_t from, uint32_t *impossible, struct ddg_context *context);

#endif
