/*
 * Repairing numbers whose totals are out of range: the search of ddg_nearby_settle() where tables
 * have three dimensions and more, and programs leave too many fractions.
 *
 * Only cells without parts are chosen; totals are what these come to.  A part of a total that is
 * out of range is moved by one, that which does least harm to other totals; it then rests for a
 * while, and where nothing helps, what is out of range weighs more (Glover, "Tabu search", 1989;
 * Morris, "The breakout method", 1993).
 */
#ifndef DDG_ROUND_REPAIR_H
#define DDG_ROUND_REPAIR_H

#include "round/nearby.h"

/* Begins with start[i] for cell i, rounded, and looks for numbers within the ranges; puts them and
 * the totals into number[i].  *found is false where there are loose lines or gaps, where the parts
 * of a total are not the same in all its lines, and where a few seconds of work were not enough. */
enum ddg_error ddg_repair(const struct ddg_nearby *nearby, const struct ddg_truth *range,
                          const double *start, uint64_t *number, bool *found,
                          struct ddg_context *context);

/* What numbers cost. */
double ddg_nearby_cost(const struct ddg_nearby *nearby, const uint64_t *number);

#endif
