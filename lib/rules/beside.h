/*
 * What stands beside a hidden count and tells something of it (R-SUP-4, R-SUP-5): amounts, rates,
 * percentages, means.  A printed 0.0 % beside a known population says "1 to 3".
 *
 * Every column that is no dimension, count, annotation, --keep column or population is looked at.
 * A column whose values depend on one dimension alone though the counts do not, such as the size of
 * a county, says nothing of a count; neither do dates, codes and footnotes.
 */
#ifndef DDG_RULES_BESIDE_H
#define DDG_RULES_BESIDE_H

#include "rules/checks.h"
#include "rules/seen.h"

/* Adds a finding for each amount and statistic beside a hidden count, and a note for a column of
 * other texts.  `seen` has the counts of all rows of the first measure, then of the second ...
 * Several measures: a column goes with the one whose name its own name holds, else it is a finding
 * where all of them are hidden and a note where some are. */
enum ddg_error ddg_check_beside(struct ddg_notices *notices, const struct ddg_model *model,
                                const struct ddg_description *description,
                                const struct ddg_check_options *options,
                                const struct ddg_seen *seen, struct ddg_context *context);

#endif
