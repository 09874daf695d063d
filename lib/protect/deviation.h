/*
 * Deviations: the cheapest move that changes a cell by a given number, by a linear program over the
 * cells around it (Kelly, Golden and Assad, "Cell suppression: disclosure protection for sensitive
 * tabular data", 1992; the solver is CLP).
 *
 * Costs are paid by the cell, not by how far it changes: programs are repeated with costs per unit
 * that the last solution suggests ("slope scaling").  What comes out is rounded and proves nothing
 * until ddg_move_fits() has agreed.
 */
#ifndef DDG_PROTECT_DEVIATION_H
#define DDG_PROTECT_DEVIATION_H

#include "protect/vicinity.h"

struct ddg_deviator; /* scratch space of the programs over one mask */

/* Makes the space; `mask` must outlive it and may change between programs. */
enum ddg_error ddg_deviator_new(struct ddg_deviator **deviator, const struct ddg_mask *mask,
                                struct ddg_context *context);
void ddg_deviator_free(struct ddg_deviator *deviator);

/* How much was done so far, in steps about as long as those of ddg_mover_work(). */
uint64_t ddg_deviator_work(const struct ddg_deviator *deviator);

/* Looks for the cheapest move as `wish` says.  *found says whether one was found: it is in *move
 * until the next call. */
enum ddg_error ddg_deviate(struct ddg_deviator *deviator, const struct ddg_wish *wish, bool *found,
                           struct ddg_move *move, struct ddg_context *context);

#endif
