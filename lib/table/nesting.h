/*
 * The dimensions of a table: each a column, or with --nested several columns.
 */
#ifndef DDG_TABLE_NESTING_H
#define DDG_TABLE_NESTING_H

#include "table/dimension.h"

/* Reads the dimensions in the order of their columns, of nested ones the top.  `dimension` has room
 * for one per dimension column, and `place` for two numbers of each: its dimension, then its level.
 * DDG_USAGE where the description says something of a dimension that the table does not have, or
 * nests columns that cannot be nested; for ddg-suppress DDG_INPUT where rows add up what --by keeps
 * apart.  The caller frees the *dimensions dimensions, also after an
 * error. */
enum ddg_error ddg_dimensions_read(struct ddg_dimension *dimension, size_t *dimensions,
                                   size_t *place, const struct ddg_table *table,
                                   const struct ddg_description *description,
                                   struct ddg_context *context);

#endif
