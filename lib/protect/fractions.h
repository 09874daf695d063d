/*
 * Settling by linear programs: each has counts that fit but need not be whole, and fractions are
 * cut off one by one, to the nearer side first, until there are none (branch and bound, without a
 * bound).
 */
#ifndef DDG_PROTECT_FRACTIONS_H
#define DDG_PROTECT_FRACTIONS_H

#include "protect/fitting.h"

/* Settles on a count for every cell that is open.  *found is false when none were found that fit
 * within a thousand programs. */
enum ddg_error ddg_fractions_settle(struct ddg_fitting *fitting, bool *found,
                                    struct ddg_context *context);

#endif
