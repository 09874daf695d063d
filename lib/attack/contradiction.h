/*
 * Rows that contradict each other: the fewest that single rows, one after the other, can be seen to
 * leave no numbers.  The row on which propagation ends is often right, and one that it came from is
 * wrong.
 */
#ifndef DDG_ATTACK_CONTRADICTION_H
#define DDG_ATTACK_CONTRADICTION_H

#include "attack/problem.h"

#define DDG_CONTRADICTION_MOST 16

struct ddg_contradiction {
    uint32_t row[DDG_CONTRADICTION_MOST]; /* of the problem; no numbers fit them all, and without
                                           * any of them some might */
    size_t rows;                          /* 0 where they cannot be told */
};

/* Finds rows around `row`, on which the ranges of the problem were narrowed to nothing; they begin
 * as `low` and `high` say. */
enum ddg_error ddg_contradiction_find(struct ddg_contradiction *contradiction,
                                      const struct ddg_problem *problem, int64_t *low,
                                      int64_t *high, uint32_t row, struct ddg_context *context);

#endif
