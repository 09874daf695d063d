/*
 * Complementary suppression with a proof.
 *
 * Cells are added to a mask until
 *
 *   - every line satisfies the rules for groups (R-SUP-6, R-SUP-7), and
 *   - every suppressed cell takes part in a verified move (protect/move.h), so that the reader of
 *     the mask's level cannot recover it (R-SUP-2).
 *
 * Zeros are never used (R-SUP-3).  The smallest eligible cell is preferred (R-SUP-9).  The result
 * depends on the table alone.
 */
#ifndef DDG_PROTECT_PROTECT_H
#define DDG_PROTECT_PROTECT_H

#include "protect/mask.h"

struct ddg_protection {
    uint64_t complementary_sum; /* what the complementary cells add up to */
    uint32_t unbound;           /* lines that R-SUP-6 asks more of than they have, and whose total
                                 * is not printed here and so cannot be hidden */
};

/* Adds complementary cells to `mask`.  With `group_rule` R-SUP-6 holds in every line whose total
 * is shown.  DDG_UNSAFE when some cell cannot be protected: that happens only where totals that are
 * not printed are taken as public.  The message names the cell by its categories. */
enum ddg_error ddg_protect(struct ddg_mask *mask, bool group_rule,
                           struct ddg_protection *protection, struct ddg_context *context);

#endif
