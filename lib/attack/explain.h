/*
 * Why a range follows: rows around an unknown that prove it by themselves, none of which can be
 * spared, and the ranges that they need.
 *
 * Rows are taken in rings around the unknown, as few rings as will do, so that they are near the
 * fewest; that they are enough is proven as in decide.h, by propagation, a linear program checked
 * in whole numbers, or a search tree.
 */
#ifndef DDG_ATTACK_EXPLAIN_H
#define DDG_ATTACK_EXPLAIN_H

#include "attack/decide.h"

struct ddg_reasons {
    uint32_t *row; /* rows of the problem, */
    size_t rows;
    uint32_t *unknown; /* and unknowns whose own first range is needed beside them */
    size_t unknowns;
    bool whole; /* it takes also that numbers are whole */
};

/* Explains the range of an unknown that was recovered or narrowed.  `original` is the problem as it
 * was before ddg_decide() narrowed its ranges.  *work is how many terms of programs may be gone
 * through (a few thousand more for each program), and is taken from: not seconds, so that equal
 * input has equal reasons.  No rows are named where it takes too many, or where *work is used up.
 * Free with ddg_reasons_free(), also after an error.
 */
enum ddg_error ddg_explain(struct ddg_reasons *reasons, const struct ddg_problem *original,
                           const struct ddg_answer *answer, uint32_t unknown, uint64_t *work,
                           struct ddg_context *context);

void ddg_reasons_free(struct ddg_reasons *reasons);

#endif
