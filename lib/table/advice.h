/*
 * Which option reads what could not be read: tables from elsewhere hold texts in place of counts,
 * padded names and other delimiters, and whoever meets that first does not know the options.
 *
 * What is said tells kinds of texts apart and never holds one.
 */
#ifndef DDG_TABLE_ADVICE_H
#define DDG_TABLE_ADVICE_H

#include "table/table.h"

/* What is wrong with a count that is no number, an annotation that is no code, and the option of
 * the description's program that helps, if there is one. */
const char *ddg_advice_count(const struct ddg_description *description, struct ddg_text count);
const char *ddg_advice_annotation(const struct ddg_description *description,
                                  struct ddg_text annotation);

/* What can be added, or "", where a header has no column of this name; NULL for the usual names of
 * counts. */
const char *ddg_advice_column(const struct ddg_description *description,
                              const struct ddg_text *header, size_t columns,
                              const struct ddg_text *name);

/* The same where two rows are about one cell. */
const char *ddg_advice_repeat(const struct ddg_description *description,
                              const struct ddg_table *table, size_t first, size_t second);

#endif
