/*
 * Methods that need the whole table: reading it, measure by measure, and writing it with other
 * counts.  What is never more than another count stays so (order.h); DDG_UNSAFE where that leaves
 * no numbers.
 */
#ifndef DDG_ROUND_WHOLE_TABLE_H
#define DDG_ROUND_WHOLE_TABLE_H

#include "csv/output.h"
#include "round/controlled.h"

/* Writes the table with its shown counts rounded to multiples of `base` that add up (see
 * controlled.h, also for `within` and *strays, which are of all measures together).  Nothing is
 * written before all of it is known to add up. */
enum ddg_error ddg_controlled_write(struct ddg_output *output, const struct ddg_model *model,
                                    const struct ddg_description *description, uint64_t base,
                                    uint64_t within, struct ddg_strays *strays,
                                    struct ddg_context *context);

/* Writes an unmasked table with 0 or `base` in place of its small counts, and totals of these (see
 * small.h). */
enum ddg_error ddg_small_write(struct ddg_output *output, const struct ddg_model *model,
                               const struct ddg_description *description, uint64_t base,
                               struct ddg_context *context);

/* Writes a masked table with numbers in place of its suppressed counts (see adjusted.h).  For
 * each count column one is added, `adjusted` or `COUNT_adjusted`, with 1 beside what is not the
 * count itself and 0 elsewhere; the annotation of such a cell is blank, and what describes it says
 * so.  Columns that are blank beside all suppressed counts are blank beside adjusted ones, too:
 * rates and amounts of what was there before.  *disorder is in how many rows a count is more than
 * one that it is never more than: there were no numbers else. */
enum ddg_error ddg_adjusted_write(struct ddg_output *output, const struct ddg_model *model,
                                  const struct ddg_description *description, uint64_t within,
                                  uint64_t *disorder, struct ddg_context *context);

#endif
