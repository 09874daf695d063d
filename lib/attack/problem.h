/*
 * What the attacker has to solve, freed of tables: whole unknown numbers, each within a range, and
 * rows that bind them.
 *
 * A row says of the sum over its terms, factor times unknown, that it is equal to `right` or at
 * most that.  Numbers that the publication shows are no unknowns: they stand in `right`.
 *
 * Build it by adding unknowns and rows, then ddg_problem_finish(); afterwards only the ranges
 * change.
 */
#ifndef DDG_ATTACK_PROBLEM_H
#define DDG_ATTACK_PROBLEM_H

#include "base/memory.h"

#include <stdint.h>

#define DDG_UNBOUNDED INT64_MAX
#define DDG_NO_UNKNOWN UINT32_MAX
#define DDG_NO_ROW UINT32_MAX

/* Every bound and right side is at most this away from 0, and every factor at most the second, so
 * that sums over rows of a million terms do not overflow.  No population is near it.  Numbers that
 * are shown may be larger: what counts is how much of them is left for those that are not. */
#define DDG_PROBLEM_LARGEST (INT64_C(1) << 40)
#define DDG_PROBLEM_FACTOR 8

enum ddg_sense {
    DDG_EQUAL,    /* the sum is `right` */
    DDG_AT_MOST,  /* the sum is `right` or less */
    DDG_SUPPOSED, /* the sum would be `right` if nobody counted twice; serves to find what would
                   * then be determined, never as knowledge */
};

struct ddg_problem {
    uint32_t unknowns;
    int64_t *low, *high; /* of each unknown, both ends included; low is finite and may be below 0
                          * only for differences, high may be DDG_UNBOUNDED */
    uint8_t *wanted;     /* how many values have to remain: 1 and more for an unknown that a
                          * verdict is wanted for, 0 for one that only helps */
    bool *supposed;      /* unknowns that may be known from elsewhere (--totals implied) */

    uint32_t rows;
    size_t *row_start;     /* terms of row i: row_start[i] .. row_start[i + 1] */
    uint32_t *row_unknown; /* no unknown twice in a row */
    int64_t *row_factor;   /* never 0 */
    int64_t *right;
    uint8_t *sense;   /* enum ddg_sense */
    uint32_t *origin; /* of each row: a number that its maker chose, for explanations */

    size_t *unknown_start; /* the same turned around: terms of unknown i */
    uint32_t *unknown_row;
    int64_t *unknown_factor;

    /* the rest is the builder's own */
    size_t *place; /* of each unknown: its term in the last row, if it has one there */
    size_t unknown_room[5], row_room[4], term_room[2];
};

/* Adds an unknown and puts its number into *number.  `low` <= `high`. */
enum ddg_error ddg_problem_add_unknown(struct ddg_problem *problem, int64_t low, int64_t high,
                                       uint8_t wanted, bool supposed, uint32_t *number,
                                       struct ddg_context *context);

/* Adds a row without terms; ddg_problem_add_term() fills the row added last. */
enum ddg_error ddg_problem_add_row(struct ddg_problem *problem, enum ddg_sense sense, int64_t right,
                                   uint32_t origin, struct ddg_context *context);

/* Adds factor * unknown to the last row; a second term of the same unknown is added to the first,
 * DDG_LIMIT when their factors exceed DDG_PROBLEM_FACTOR. */
enum ddg_error ddg_problem_add_term(struct ddg_problem *problem, uint32_t unknown, int64_t factor,
                                    struct ddg_context *context);

/* Call when all rows are in.  Factors that cancelled out are dropped, rows stay (a row without
 * terms is a statement about shown numbers only: 0 = right, which may be false). */
enum ddg_error ddg_problem_finish(struct ddg_problem *problem, struct ddg_context *context);

/* Frees what the problem owns.  A problem starts as {0}. */
void ddg_problem_free(struct ddg_problem *problem);

#endif
