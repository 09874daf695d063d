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

struct ddg_optimum; /* the search for one */

/* Begins to relax a table that is small enough for that much --effort, in a thread of its own; else
 * *optimum is NULL.  The search has no complements as yet, and may go on.  End with
 * ddg_optimum_end(), also after an error. */
enum ddg_error ddg_optimum_begin(struct ddg_optimum **optimum, struct ddg_search *search,
                                 const struct ddg_efforts *efforts, uint32_t effort);

/* Improves on the mask of the search, where nothing is missing by now, and spends up to `work` on
 * sparing (see ddg_spare()) beside.  *least is what no mask of the table undercuts. */
enum ddg_error ddg_optimum_find(struct ddg_optimum *optimum, uint64_t work, uint64_t *least);

/* NULL is ended as well. */
void ddg_optimum_end(struct ddg_optimum *optimum);

#endif
