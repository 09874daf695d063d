/*
 * Counts that the table has no data for (codes 3 to 5), and that follow from those it has: a blank
 * beside a shown total and shown parts is what these leave of it.  A small one is suppressed like
 * any other small count (R-SUP-1), for whoever reads the table can work it out.
 */
#ifndef DDG_PROTECT_DERIVED_H
#define DDG_PROTECT_DERIVED_H

#include "protect/truth.h"

/* Works out, line by line, what has no data, and puts small counts into `truth`, and what follows
 * for totals that are not printed; others stay as if nothing were known of them.  Lines whose parts
 * may overlap tell nothing.  With `chosen` only those of its rows are taken: see struct
 * ddg_mask_policy. */
enum ddg_error ddg_derived_find(struct ddg_truth *truth, const struct ddg_model *model,
                                size_t measure, uint64_t threshold, const bool *chosen,
                                struct ddg_context *context);

#endif
