/*
 * Whole percentages instead of counts (DDG 4.4.4, R-PCT-1): a variable of three categories, one of
 * which may be small, in groups so large that "<1%" does not give the small one away.
 */
#ifndef DDG_ROUND_WHOLE_PERCENT_H
#define DDG_ROUND_WHOLE_PERCENT_H

#include "table/model.h"

/* Writes the dimensions of an unmasked table, `percent`, and `footnote`, which says what "<1%"
 * means where that stands: each count as a share of its group, the rows that differ in nothing but
 * the dimension `name` (NULL when the table has just one).  No count is written.  DDG_UNSAFE where
 * the table has other counts of the variable, and, naming the group by its categories, where the
 * total is under 100 times the threshold or two categories are small, or a small one and another
 * under 1 percent leave each other too little; DDG_INPUT for a variable that
 * has not three categories, and for masked counts. */
enum ddg_error ddg_whole_percent_write(struct ddg_output *output, const struct ddg_model *model,
                                       const struct ddg_description *description, const char *name,
                                       struct ddg_context *context);

#endif
