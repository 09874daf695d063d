/*
 * Breakdowns of one population side by side (--partitions): ages and sexes in one pair of columns,
 * each kind with totals of its own.  These are the same numbers, whose rows are masked together.
 *
 * One cell of the model stands for all that are the same, and has the lines of all of them; the
 * others have none, and are what it is in the end.
 */
#ifndef DDG_PROTECT_SIDE_BY_SIDE_H
#define DDG_PROTECT_SIDE_BY_SIDE_H

#include "protect/costs.h"
#include "protect/mask.h"

/* Builds a table's model (ddg_model_build()), and puts the totals of all kinds together, in
 * model->same, which is NULL where the description has no partitions; what is `chosen` of one
 * (NULL: all are) is chosen of all.  Totals that a table does not print are the same where their
 * counts are.  DDG_INPUT, naming a row, for printed totals that differ, and for what
 * ddg_truth_read() refuses. */
enum ddg_error ddg_side_by_side_build(struct ddg_model *model, const struct ddg_table *table,
                                      const struct ddg_description *description, bool *chosen,
                                      struct ddg_context *context);

/* The same for a model that is built and for what is known of each measure: printed totals that are
 * the same have the same range. */
enum ddg_error ddg_side_by_side_unite(struct ddg_model *model, const struct ddg_truth *truth,
                                      const struct ddg_description *description,
                                      struct ddg_context *context);

/* Gives a cell that another stands for the count of that one, and the other what may and must be
 * done with it. */
void ddg_side_by_side_share(const struct ddg_model *model, const struct ddg_truth *truth,
                            const struct ddg_prices *prices);

/* Makes of each cell that another stands for what that one is in a finished mask. */
void ddg_side_by_side_settle(struct ddg_mask *mask);

#endif
