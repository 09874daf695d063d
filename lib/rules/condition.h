/*
 * The numerator-denominator condition (DDG 4.2, 16.1; R-NUM, R-DEN, R-ND).
 */
#ifndef DDG_RULES_CONDITION_H
#define DDG_RULES_CONDITION_H

#include "rules/population.h"

/* R-DEN-1: the guideline names both 20,000 and 20,001 as the least; the stricter one holds. */
#define DDG_LEAST_POPULATION 20001

/* The columns that a verdict adds to a table, in their order; whoever masks it drops them. */
enum { DDG_VERDICT_COLUMNS = 4 };
extern const char *const ddg_verdict_column[DDG_VERDICT_COLUMNS];

bool ddg_is_verdict_column(struct ddg_text name);

struct ddg_condition {
    bool *numerator_ok;   /* of each row: no count is small (R-NUM-2, R-NUM-3) */
    bool *denominator_ok; /* of each row: the population is known and large enough (R-DEN-1, 2) */
    uint64_t small, denominators_failed, denominators_missing; /* rows */
};

/* Judges every row.  DDG_INPUT for a count that is no number or that is suppressed already.  Free
 * with ddg_condition_free(), also after an error. */
enum ddg_error ddg_condition_judge(struct ddg_condition *condition, const struct ddg_model *model,
                                   const struct ddg_description *description,
                                   const struct ddg_population *population, uint64_t least,
                                   struct ddg_context *context);

void ddg_condition_free(struct ddg_condition *condition);

#endif
