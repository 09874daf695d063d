/*
 * Cells by the categories that users name.
 */
#ifndef DDG_PROTECT_CATEGORIES_H
#define DDG_PROTECT_CATEGORIES_H

#include "table/model.h"

/* Sets *occurs where a cell, printed or not, has the category. */
enum ddg_error ddg_categories_occur(const struct ddg_model *model,
                                    const struct ddg_of_dimension *category, bool *occurs,
                                    struct ddg_context *context);

/* Marks the cells of the categories, printed or not: those with the label, and `with_parts` also
 * what a hierarchy makes parts of it, but for the label of totals. */
enum ddg_error ddg_categories_mark(const struct ddg_model *model,
                                   const struct ddg_of_dimensions *categories, bool with_parts,
                                   bool *marked, struct ddg_context *context);

/* Marks the cells that stand beside one of `some` in a dimension of the model: all else is the
 * same, and the two categories, parts of the same, first appear in the rows one after the other. */
enum ddg_error ddg_categories_mark_beside(const struct ddg_model *model, size_t dimension,
                                          const bool *some, bool *beside,
                                          struct ddg_context *context);

#endif
