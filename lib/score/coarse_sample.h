/*
 * What of a coarser table (score/coarse_table.h) makes its score: how many of its cells are small,
 * how much information it keeps, and a few of its rows that score as all of them do.
 */
#ifndef DDG_SCORE_COARSE_SAMPLE_H
#define DDG_SCORE_COARSE_SAMPLE_H

#include "score/coarse_table.h"

struct ddg_coarse_sample {
    char *text; /* CSV with a header */
    size_t length;
    uint64_t *alike; /* of each row: cells of the table whose populations it stands for; NULL where
                      * the table has no populations */
    uint64_t small;  /* cells of the table with a small count */
    double entropy;  /* ddg_coarse_entropy() */
};

/* Takes the first rows, and of each crossing (score/cells.h) rows with every category and the
 * smallest count above 0, of each category the row with the largest population, and one of each
 * ddg_coarse_people_class().  Only the numbers of rows, and what is true of each row alone, are not
 * those of the whole table.  `of_intake` are the cells of the table that was read.  Free with
 * ddg_coarse_sample_free(), also after an error. */
enum ddg_error ddg_coarse_sample_take(struct ddg_coarse_sample *sample,
                                      const struct ddg_coarse_table *table,
                                      const struct ddg_cells *of_intake,
                                      struct ddg_context *context);

/* The entropy of the cells of a table that have neither totals nor parts, in bits. */
double ddg_coarse_entropy(const struct ddg_coarse_table *table);

void ddg_coarse_sample_free(struct ddg_coarse_sample *sample);

#endif
