/*
 * What the columns of a table are likely to be, though its description does not say so.
 */
#ifndef DDG_TABLE_LIKELY_H
#define DDG_TABLE_LIKELY_H

#include "table/model.h"

/* A dimension column beside others whose labels are numbers, another one in most rows: a population
 * or an amount that stands left of the count.  DDG_NO_COLUMN: there is none; else an index of
 * table->dim. */
size_t ddg_likely_number(const struct ddg_model *model);

/* Two dimension columns, as indices of table->dim. */
struct ddg_likely_levels {
    size_t upper, lower;
};

/* Looks for columns of which one says, but for a few labels, what the other is: levels of a
 * hierarchy, or a kind of category and the category.  Those of --by, and --nested ones among each
 * other, are none.  *any is false where there are none. */
enum ddg_error ddg_likely_levels_find(struct ddg_likely_levels *levels, bool *any,
                                      const struct ddg_model *model,
                                      const struct ddg_description *description,
                                      struct ddg_context *context);

#endif
