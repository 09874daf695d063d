/*
 * What stands in a table of verdicts on the numerator-denominator condition (DDG 4.2, 16.1; R-NUM,
 * R-DEN, R-ND).
 */
#ifndef DDG_RULES_CONDITION_H
#define DDG_RULES_CONDITION_H

#include "base/text.h"

/* R-DEN-1: the guideline names both 20,000 and 20,001 as the least; the stricter one holds. */
#define DDG_LEAST_POPULATION 20001

/* The columns that a verdict adds to a table, in their order; whoever masks it drops them. */
enum { DDG_VERDICT_COLUMNS = 4 };
extern const char *const ddg_verdict_column[DDG_VERDICT_COLUMNS];

/* In capitals or not, as spreadsheets may write them. */
bool ddg_is_verdict_column(struct ddg_text name);

/* The first of the columns that is called so, in capitals or not; `columns` where none is. */
size_t ddg_find_verdict_column(const struct ddg_text *name, size_t columns, const char *verdict);

#endif
