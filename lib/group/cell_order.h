/*
 * The order of cells: dimension by dimension, as their labels are ordered, by counting how many
 * cells come before those of each label, with the last dimension first.
 */
#ifndef DDG_GROUP_CELL_ORDER_H
#define DDG_GROUP_CELL_ORDER_H

#include "group/groups.h"

/* Puts the numbers of the first `cells` cells into order[], which has room for them.  rank[d][code]
 * is the place of a label among those of dimension d, below ranks[d], and DDG_ALL_LABELS comes
 * behind them all. */
enum ddg_error ddg_cell_order(const struct ddg_groups *groups, uint32_t cells,
                              uint32_t *const *rank, const uint32_t *ranks, uint32_t *order,
                              struct ddg_context *context);

#endif
