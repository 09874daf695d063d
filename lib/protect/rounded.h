/*
 * Published files that are rounded: their counts are none of ours, and a table that is masked
 * beside them is protected from nothing.  What they were rounded from says all that they do, and
 * more.
 */
#ifndef DDG_PROTECT_ROUNDED_H
#define DDG_PROTECT_ROUNDED_H

#include "protect/published.h"
#include "protect/truth.h"
#include "protect/twins.h"

/* The largest number that all counts which the source shows are multiples of; 0 where there are
 * none but zeros, and where it is too small for rounding. */
uint64_t ddg_rounded_base(const struct ddg_entries *entries, uint32_t source);

/* DDG_INPUT for a file with such a number and enough counts, some of which are nearer to ours than
 * that and not the same.  Entry i is row i beyond the table, and `twins` are of its model. */
enum ddg_error ddg_rounded_check(const struct ddg_published *published,
                                 const struct ddg_entries *entries, const struct ddg_twins *twins,
                                 const struct ddg_truth *truth, struct ddg_context *context);

#endif
