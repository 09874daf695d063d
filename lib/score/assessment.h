/*
 * The risk assessment of a table (steps 1 to 3 of the guideline): the numerator-denominator
 * condition, the score, Safe Harbor, and what they come to.
 */
#ifndef DDG_SCORE_ASSESSMENT_H
#define DDG_SCORE_ASSESSMENT_H

#include "rules/notices.h"
#include "score/score.h"

struct ddg_assessment {
    const struct ddg_intake *intake;
    const struct ddg_cells *cells;
    const struct ddg_facts *facts;
    struct ddg_criteria criteria;
    struct ddg_gazetteer gazetteer;
    struct ddg_score score;
    struct ddg_notices notices; /* of Safe Harbor (R-SAFE-1) */
    bool scored;
    bool holds;       /* the numerator-denominator condition, in every cell (R-ND-1) */
    bool mask;        /* the decision: small counts are to be masked, else release */
    char reason[160]; /* for the decision */
};

/* Assesses a table that was taken in.  `population` is what the denominators were read from, for
 * people.  Free with ddg_assessment_free(), also after an error. */
enum ddg_error ddg_assess(struct ddg_assessment *assessment, const struct ddg_facts *facts,
                          struct ddg_intake *intake, const struct ddg_cells *cells,
                          const char *population, struct ddg_context *context);

void ddg_assessment_free(struct ddg_assessment *assessment);

#endif
