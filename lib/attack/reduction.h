/*
 * A problem with fewer unknowns for a walk: totals follow from their parts.
 *
 * An equation in which one unknown is the sum of others (and a number) defines it.  Defined
 * unknowns are replaced by what defines them, down to basic unknowns, so that a step of the walk
 * changes a basic unknown and all totals above it at once, and lines between hidden totals hold by
 * themselves.  What is left are rows over basic unknowns with a range for their sum: a point for an
 * equation, the unknown's own range for a defined one.
 */
#ifndef DDG_ATTACK_REDUCTION_H
#define DDG_ATTACK_REDUCTION_H

#include "attack/problem.h"

struct ddg_reduction {
    uint32_t rows;
    size_t *row_start; /* terms of row i: row_start[i] .. row_start[i + 1] */
    uint32_t *row_unknown;
    int32_t *row_factor;
    int64_t *low, *high; /* of a row's sum; high may be DDG_UNBOUNDED, low -DDG_UNBOUNDED */
    uint32_t *defines;   /* of each row: the unknown whose value is its sum plus `plus`, or
                          * DDG_NO_UNKNOWN */
    int64_t *plus;
    uint32_t *row_of; /* of each unknown of the problem: the row that defines it, DDG_NO_ROW for a
                       * basic one */
    size_t *unknown_start; /* terms of unknown i, none for defined ones */
    uint32_t *unknown_row;
    int32_t *unknown_factor;

    size_t row_room[5], term_room[2]; /* of the growing arrays */
};

/* Reduces a problem whose ranges are `low` and `high`.  Supposed rows are left out.  Definitions
 * whose terms would grow beyond a few dozen times the problem's are not used.  Free with
 * ddg_reduction_free(), also after an error. */
enum ddg_error ddg_reduce(struct ddg_reduction *reduction, const struct ddg_problem *problem,
                          const int64_t *low, const int64_t *high, struct ddg_context *context);

void ddg_reduction_free(struct ddg_reduction *reduction);

#endif
