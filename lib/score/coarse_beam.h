/*
 * Which of the tables that were tried another choice is added to, and in which order choices are.
 */
#ifndef DDG_SCORE_COARSE_BEAM_H
#define DDG_SCORE_COARSE_BEAM_H

#include "score/coarse_found.h"

enum { DDG_BEAM_MOST = 10 };

/* Chooses from those that do not help, `count` of them, which are sorted anew: some that score
 * lowest, some with fewest small counts and populations, since a population at high risk has no
 * score that would help, and some that come farthest for what they lose.  How many, in `beam`. */
size_t ddg_beam_choose(struct ddg_coarse_found *found, size_t count,
                       struct ddg_coarse_found beam[static DDG_BEAM_MOST]);

/* Puts choices into the order in which they are tried alone: as far as the bound lets, those first
 * that make a table small, and long runs last. */
void ddg_beam_order_alone(uint16_t *order, const struct ddg_choices *choices);

/* Puts choices into the order in which they are tried beside others, and returns how many are: all
 * but runs of neighbours, nearest first, then the runs that come farthest for what they lose, as
 * many as there is time for.  `found` has what was tried alone, and is sorted anew. */
size_t ddg_beam_order(uint16_t *order, const struct ddg_choices *choices,
                      struct ddg_coarse_found *found, size_t count);

#endif
