/*
 * Counting: records of CSV files become the inner cells of a cube.
 */
#ifndef DDG_GROUP_COUNT_H
#define DDG_GROUP_COUNT_H

#include "csv/reader.h"
#include "group/cube.h"

/* Reads all records of `csv` into the cube, which was made for `spec`.  `identifier` is the column
 * that tells persons apart, read where the cube counts them; `sums` are the columns of amounts.
 * Only the columns that are needed are kept of a record.
 *
 * DDG_USAGE for a column that is not there; DDG_INPUT for a value that a recoding cannot read, a
 * blank identifier, and an amount that is blank or no decimal number, unless the reader sets such
 * records aside. */
enum ddg_error ddg_count_records(struct ddg_cube *cube, struct ddg_csv *csv,
                                 const struct ddg_spec *spec, struct ddg_text identifier,
                                 const struct ddg_list *sums, struct ddg_context *context);

#endif
