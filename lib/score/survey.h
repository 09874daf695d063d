/*
 * Survey estimates that are not reliable (R-SRV-1): on too few sample cases, or with too large a
 * relative standard error.  The limits of named surveys are data (data/surveys.csv).
 */
#ifndef DDG_SCORE_SURVEY_H
#define DDG_SCORE_SURVEY_H

#include "base/options.h"
#include "table/table.h"

struct ddg_survey {
    const char *name;                       /* --survey; NULL for none */
    const char *sample_column, *rse_column; /* NULL for none */
    uint64_t least_sample;                  /* of the survey's rule */
    const char *most_rse;                   /* percent, a decimal; NULL for no limit */
    struct ddg_arena arena;
};

extern const struct ddg_option ddg_survey_options[];

bool ddg_survey_has(int id);

/* Takes one of them.  `value` must outlive the survey. */
enum ddg_error ddg_survey_set(struct ddg_survey *survey, int id, const char *value,
                              struct ddg_context *context);

/* Looks the rule up.  DDG_USAGE for a survey that has none, or limits without a column. */
enum ddg_error ddg_survey_settle(struct ddg_survey *survey, struct ddg_context *context);

/* True when anything is to be checked. */
bool ddg_survey_is_on(const struct ddg_survey *survey);

/* A ddg_row_check on a settled survey; a blank is unreliable too.  DDG_INPUT for what is no number,
 * DDG_USAGE for a column that is not there. */
enum ddg_error ddg_survey_check(const void *survey, const struct ddg_table *row, bool *unstable,
                                struct ddg_context *context);

void ddg_survey_free(struct ddg_survey *survey);

#endif
