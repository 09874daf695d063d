/*
 * Complementary suppression with a proof.
 *
 * Cells are added to a mask until
 *
 *   - every line that has cells for it satisfies the rules for groups (R-SUP-6, R-SUP-7), and
 *   - every suppressed cell takes part in a verified move (protect/move.h), so that the reader of
 *     the mask's level cannot recover it (R-SUP-2).
 *
 * Zeros are never used (R-SUP-3).  The smallest eligible cell is preferred (R-SUP-9).  The result
 * depends on the table alone.
 */
#ifndef DDG_PROTECT_PROTECT_H
#define DDG_PROTECT_PROTECT_H

#include "protect/certificate.h"

/* What else there is to say of a mask. */
struct ddg_outcome {
    /* lines that R-SUP-6 asks something of which they do not have: no cell is left to hide in
     * them, and their total is not printed here and so cannot be hidden */
    uint32_t unbound;
    uint64_t least; /* what the complements of any mask cost at the least; 0: not known */
};

/* Adds complementary cells to `mask`.  `effort` says how long to look for a mask that loses less: 0
 * to 1000, some seconds each.  With `group_rule` R-SUP-6 holds in every line whose total is
 * shown.  `certificate`, unless NULL, gets the proof.  DDG_UNSAFE, naming a cell by its categories,
 * when no way is found to protect it; that happens where totals that are not printed are taken as
 * public. */
enum ddg_error ddg_protect(struct ddg_mask *mask, bool group_rule, uint32_t effort,
                           struct ddg_outcome *outcome, struct ddg_certificate *certificate,
                           struct ddg_context *context);

#endif
