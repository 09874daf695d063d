/*
 * Optimal masks, for tables that are small enough.
 *
 * The relaxation of a table (protect/relaxation.h) says what no mask can do without, and by how
 * little any could do.  Where it suppresses a cell, a mask that is made anew gets the cell for
 * less; where that is not yet the best, candidates are suppressed and shown one by one ("branch and
 * bound"), until there is nothing better, or the work is done.
 */
#ifndef DDG_PROTECT_OPTIMUM_H
#define DDG_PROTECT_OPTIMUM_H

#include "protect/complete.h"

/* True for a table of which that much --effort finds a bound. */
bool ddg_optimum_is_near(const struct ddg_mask *mask, uint32_t effort);

/* Improves on the mask of the search, where nothing is missing, and spends up to `work` on sparing
 * (see ddg_spare()) beside.  *least is what no mask of the table undercuts. */
enum ddg_error ddg_optimum_find(struct ddg_search *search, const struct ddg_efforts *efforts,
                                uint32_t effort, uint64_t work, uint64_t *least);

#endif
