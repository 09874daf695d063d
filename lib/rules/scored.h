/*
 * The verdict of ddg-threshold on the cells of a table: its column `mask`, 1 where a count is to be
 * suppressed if it is small.  Small counts where it is 0 may stay in print.
 */
#ifndef DDG_RULES_SCORED_H
#define DDG_RULES_SCORED_H

#include "base/names.h"
#include "table/model.h"

/* Reads the column into *masked, an entry per row, which the caller frees, also after an error.
 * DDG_USAGE where there is no such column, DDG_INPUT for a field that is neither 0 nor 1. */
enum ddg_error ddg_scored_masks(const struct ddg_table *table, bool **masked,
                                struct ddg_context *context);

/* A table with that column, as it was before it was masked. */
struct ddg_scored {
    struct ddg_table table;
    bool *masked;
};

/* Reads such a table, which may have fewer columns than `description` says, or more.  `path` must
 * outlive it.  Errors are those of ddg_table_read() and ddg_scored_masks().  Free with
 * ddg_scored_free(), also after an error. */
enum ddg_error ddg_scored_read(struct ddg_scored *scored, const char *path,
                               const struct ddg_description *description,
                               struct ddg_context *context);

/* Finds out which counts of another table may stay in print though they are small: left[measure *
 * rows + row] is set where one of the scored tables has the same cell with mask 0 and the same
 * count, or one that is rounded to it (up to `below` under what is shown, or `above` over it), and
 * none has it with mask 1.  A scored table without one of the dimensions or without the measure
 * says nothing, nor do its rows in a dimension that it alone has, but for the totals there. */
enum ddg_error ddg_scored_find(const struct ddg_scored *scored, size_t count,
                               const struct ddg_model *model,
                               const struct ddg_description *description, uint64_t below,
                               uint64_t above, bool *left, struct ddg_context *context);

void ddg_scored_free(struct ddg_scored *scored);

#endif
