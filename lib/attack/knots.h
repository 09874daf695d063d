/*
 * Knots: margins that bind each other beyond the totals that they share.
 *
 * Tables by sex and race and by race and age can be crossed whenever they agree on the races: each
 * race by itself is a table of two margins, and any two margins with the same total fit.  A third
 * by sex and age closes a ring, and then agreeing is not enough.  In general, margins that agree on
 * what they share always fit together if they can be taken apart one by one, each sharing with the
 * rest only what one other margin has, too (Vorob'ev, Theory of Probability and its Applications
 * 7(2), 1962, whose proof glues tables two by two and so holds for whole numbers).  Graham's
 * reduction finds what cannot be taken apart so: the knots.
 */
#ifndef DDG_ATTACK_KNOTS_H
#define DDG_ATTACK_KNOTS_H

#include <stddef.h>
#include <stdint.h>

#define DDG_KNOT_MARGINS 64 /* at the most */

/* `shared[i]` tells which margins (bits) have thing i, such as a dimension.  Each becomes the
 * margins of a knot that have it, or 0 where it is in no knot.  Puts the margins of each knot into
 * `knot`, which has room for DDG_KNOT_MARGINS, and returns how many knots there are. */
size_t ddg_knots_find(uint64_t *shared, size_t count, uint64_t *knot);

#endif
