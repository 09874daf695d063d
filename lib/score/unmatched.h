/*
 * Categories of a table that a file of populations does not have: each cell of theirs fails by its
 * denominator (R-DEN-2), which may be a matter of spelling.
 */
#ifndef DDG_SCORE_UNMATCHED_H
#define DDG_SCORE_UNMATCHED_H

#include "rules/notices.h"
#include "score/cells.h"

/* Adds a notice for each dimension of the file with such categories: how many, and in which lines
 * of the table the first stand.  Nothing where there is no file.  `population` is its name. */
enum ddg_error ddg_unmatched_note(struct ddg_notices *notices, const struct ddg_intake *intake,
                                  const struct ddg_cells *cells, const char *population,
                                  struct ddg_context *context);

#endif
