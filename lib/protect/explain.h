/*
 * Why each cell of a mask is suppressed: what would be wrong if it alone were shown.
 *
 * That is found when the mask is done, not while cells are added: many are taken back again, and
 * what remains often serves another purpose than the one that it was taken for.
 */
#ifndef DDG_PROTECT_EXPLAIN_H
#define DDG_PROTECT_EXPLAIN_H

#include "csv/output.h"
#include "protect/search.h"

/* Fills the mask's `rule` and `reason`.  A complement that the user asked for stands for itself;
 * one that the rules for groups ask for is put down to them, any other to a witness that it takes
 * part in: to a small cell of that, if there is one. The mask is as it was in the end. */
void ddg_explain_find(struct ddg_search *search);

/* Writes the names of the columns, */
enum ddg_error ddg_explain_begin(struct ddg_output *output, const struct ddg_table *table);

/* then a row for each suppressed cell under one mask per measure, for each block of the table.  It
 * tells small cells from others, and no count. */
enum ddg_error ddg_explain_write(struct ddg_output *output, const struct ddg_model *model,
                                 const struct ddg_mask *masks);

#endif
