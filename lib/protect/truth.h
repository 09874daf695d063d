/*
 * What the data holder knows: the value of every cell of one measure, also of totals that the table
 * does not print.  Checks that every line adds up on the way.
 */
#ifndef DDG_PROTECT_TRUTH_H
#define DDG_PROTECT_TRUTH_H

#include "table/model.h"

/* The true value of cell i lies in low[i] .. high[i]; both are equal where it is known.  It is not
 * known for cells that the table itself has no data for, and for totals of distinct persons that
 * are not printed (at least the largest part, at most the sum). */
struct ddg_truth {
    uint64_t *low, *high;
    uint32_t derived; /* how many cells it has no data for ddg_derived_find() worked out */
};

/* Reads the counts of the table's measure number `measure` and works out the rest.  DDG_INPUT names
 * the row of a count that is no number or that is suppressed already, and the line that does not
 * add up.  Free with ddg_truth_free(), also after an error. */
enum ddg_error ddg_truth_read(struct ddg_truth *truth, const struct ddg_model *model,
                              size_t measure, const struct ddg_description *description,
                              struct ddg_context *context);

/* How many printed totals, not zero, have none of their parts in the table, so that nothing is
 * known of them but themselves; *first is the first of these cells. */
uint32_t ddg_truth_partless(const struct ddg_truth *truth, const struct ddg_model *model,
                            uint32_t *first);

void ddg_truth_free(struct ddg_truth *truth);

#endif
