/*
 * Files that are read in another way than they were meant: a column that is wanted is not there,
 * and the header shows why.
 */
#ifndef DDG_GROUP_MISREAD_H
#define DDG_GROUP_MISREAD_H

#include "csv/reader.h"

/* Does what ddg_csv_find() does.  Where no column has the name and the header, cut at another
 * delimiter, has one, or reads like a record, the message says which option there is for that; it
 * shows nothing of the header. */
enum ddg_error ddg_misread_find(const struct ddg_csv *csv, struct ddg_text name, size_t *column,
                                struct ddg_context *context);

#endif
