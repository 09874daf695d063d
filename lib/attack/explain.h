/*
 * Why a range follows: the fewest rows and ranges that give an unknown away.
 *
 * The reasons are a combination: rows times multipliers, added up, leave the unknown alone (and
 * unknowns whose own range bounds the rest), checked in whole numbers.
 */
#ifndef DDG_ATTACK_EXPLAIN_H
#define DDG_ATTACK_EXPLAIN_H

#include "attack/decide.h"

struct ddg_reasons {
    uint32_t *row; /* rows of the problem, */
    size_t rows;
    uint32_t *unknown; /* and unknowns whose own first range is needed beside them */
    size_t unknowns;
    bool whole;    /* it takes also that numbers are whole */
    bool complete; /* these reasons were checked to be enough, and no row can be spared; else there
                    * are none: it takes too many rows */
};

/* Explains the range of an unknown that was recovered or narrowed.  `original` is the problem as it
 * was before ddg_decide() narrowed its ranges.  Free with ddg_reasons_free(), also after an error.
 */
enum ddg_error ddg_explain(struct ddg_reasons *reasons, const struct ddg_problem *original,
                           const struct ddg_answer *answer, uint32_t unknown,
                           struct ddg_context *context);

void ddg_reasons_free(struct ddg_reasons *reasons);

#endif
