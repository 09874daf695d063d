/*
 * Adjustment (R-RND-1): safe numbers in place of the suppressed counts of a whole table.
 */
#ifndef DDG_ROUND_ADJUSTED_H
#define DDG_ROUND_ADJUSTED_H

#include "round/shown.h"

/* Controlled tabular adjustment (Dandekar and Cox, "Synthetic tabular data", 2002): puts 0 or a
 * number from the threshold on in place of each suppressed count of a masked table, as near as can
 * be to the middle of what the table leaves to it, so that every line adds up. Zeros
 * stay as they are, and shown totals, which otherwise change by `within` at the most; other shown
 * counts change where nothing else adds up, and not below the threshold.  `bound` has what each row
 * has to stay between besides (see order.h), or is NULL.  Goes into value[0 ..
 * printed - 1].  DDG_INPUT for a table that shows small counts, DDG_UNSAFE where no such numbers
 * were found, with the `within` that would do. */
enum ddg_error ddg_round_adjusted(const struct ddg_shown *shown, uint64_t threshold,
                                  uint64_t within, const struct ddg_truth *bound, uint64_t *value,
                                  struct ddg_context *context);

#endif
