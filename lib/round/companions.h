/*
 * Count columns that stand beside those of --count, as `events` beside `persons`.  Often they are
 * the same number, and never far apart: one that stayed exact would give the rounded one away.
 */
#ifndef DDG_ROUND_COMPANIONS_H
#define DDG_ROUND_COMPANIONS_H

#include "table/table.h"

/* True for a column that is a dimension, a count, an annotation or its description. */
bool ddg_has_role(const struct ddg_roles *roles, size_t column);

/* `count`, `persons` or `events`, in capitals or not. */
bool ddg_is_companion_name(struct ddg_text name);

/* Adds a measure for each column called `count`, `persons` or `events`, in capitals or not, that
 * has no role in a header yet.  Its annotation is the one called after it, or else that of the
 * persons, or of the first measure, with whose counts ddg-suppress blanks it.  The measures are
 * then in the arena. */
enum ddg_error ddg_companions_add(struct ddg_roles *roles, const struct ddg_text *name,
                                  size_t columns, const struct ddg_description *description,
                                  struct ddg_arena *arena, struct ddg_context *context);

/* The same for a table that was read. */
enum ddg_error ddg_companions_of_table(struct ddg_table *table,
                                       const struct ddg_description *description,
                                       struct ddg_context *context);

#endif
