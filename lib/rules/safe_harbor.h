/*
 * HIPAA Safe Harbor, as far as a table can show it by itself (R-SAFE-1; 45 CFR 164.514(b)(2)).
 *
 * A table that goes through the guideline's other steps need not be within Safe Harbor, so what is
 * found are notes, one per column: ages over 89 that are not in one category of 90 and more, dates
 * finer than a year, places below the state, and ZIP codes.  Only identifiers of persons are
 * findings: no table of counts has a place for them.  An address or a telephone number is a note
 * where the table is about facilities or the like.
 */
#ifndef DDG_RULES_SAFE_HARBOR_H
#define DDG_RULES_SAFE_HARBOR_H

#include "rules/notices.h"

/* Adds what is found in the columns that are no counts and no annotations.  Ages and dates are
 * looked for in dimensions, the others everywhere. */
enum ddg_error ddg_safe_harbor_check(struct ddg_notices *notices, const struct ddg_table *table,
                                     const struct ddg_description *description,
                                     struct ddg_context *context);

#endif
