/*
 * Tables that are made of another by choices (score/choices.h).
 */
#ifndef DDG_SCORE_COARSE_TABLE_H
#define DDG_SCORE_COARSE_TABLE_H

#include "score/choices.h"

/* All cells of a table, in memory. */
struct ddg_coarse_cells {
    uint64_t rows;
    uint32_t *category;     /* of row r in dimension d: category[r * dimensions + d] */
    uint64_t *value;        /* of row r and measure m: value[r * measures + m] */
    uint64_t **people;      /* see struct ddg_cells; not its own */
    struct ddg_list counts; /* names of the count columns */
};

/* Reads them out of an intake.  Rows without data count as 0.  Free with ddg_coarse_cells_free(),
 * also after an error. */
enum ddg_error ddg_coarse_cells_read(struct ddg_coarse_cells *cells, struct ddg_intake *intake,
                                     const struct ddg_cells *of_intake,
                                     struct ddg_context *context);

/* Writes the table that one or two choices (the second may be NULL) make, as CSV that the caller
 * frees: a row that the table prints already, or else the sum of those that become one.  *kept is
 * the entropy of what had neither totals nor parts, after and before. */
enum ddg_error ddg_coarse_table_write(const struct ddg_coarse_cells *cells,
                                      const struct ddg_intake *intake,
                                      const struct ddg_choice *const *choice, char **text,
                                      size_t *length, double *kept, struct ddg_context *context);

void ddg_coarse_cells_free(struct ddg_coarse_cells *cells);

#endif
