/*
 * What would help (R-RED-1): coarser tables that can be made of this one, each with the score and
 * the small counts that it would have, and how much information it keeps.
 *
 * A dimension can be dropped, two adjacent age bands or all pairs of them merged, parts of years
 * taken together to years, categories to what their hierarchy says; and two such choices of
 * different dimensions be made together.  Counts of what is merged are added up where the table
 * does not print them, so that those of distinct persons may come out too large.
 */
#ifndef DDG_SCORE_COARSER_H
#define DDG_SCORE_COARSER_H

#include "score/assessment.h"

struct ddg_coarser {
    char text[240]; /* "merge 0-4 and 5-9 of age" */
    int64_t score;
    bool mask;      /* the decision would still be to mask */
    uint64_t small; /* cells with a small count */
    double kept;    /* share of the entropy of the cells, 0 to 1 */
};

/* Tries what the table allows and puts the best choices, those that help first and of these the
 * one that keeps most, into *list, which the caller frees.  `population` and `least` are what the
 * table itself was assessed with.  DDG_USAGE for a table with --repeats. */
enum ddg_error ddg_coarser_find(struct ddg_coarser **list, size_t *count,
                                const struct ddg_assessment *assessment, struct ddg_intake *intake,
                                const char *population, uint64_t least,
                                struct ddg_context *context);

#endif
