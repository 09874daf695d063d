/*
 * What a coarser table (score/coarse_table.h) would score.
 */
#ifndef DDG_SCORE_COARSE_SCORE_H
#define DDG_SCORE_COARSE_SCORE_H

#include "score/coarse_table.h"

/* What the table itself was assessed with. */
struct ddg_coarse_grounds {
    const struct ddg_assessment *assessment;
    const struct ddg_intake *intake;
    const char *population;
    uint64_t least;
    struct ddg_list counts; /* names of the count columns; free its items */
};

struct ddg_coarse_score {
    int64_t score;
    bool mask;      /* the decision would be to mask */
    uint64_t small; /* cells with a small count */
    uint64_t few;   /* cells whose population is small or not known; 0 where none is */
    double entropy; /* of the cells without totals and parts, in bits */
};

/* DDG_USAGE or DDG_INPUT, which need not end anything, for a table that cannot be assessed: its
 * places may have no column of the file any more, for example. */
enum ddg_error ddg_coarse_score_take(struct ddg_coarse_score *score,
                                     const struct ddg_coarse_grounds *grounds,
                                     const struct ddg_coarse_table *table,
                                     struct ddg_context *context);

#endif
