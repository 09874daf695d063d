/*
 * A balance: what a move that is being put together changes so far, and which lines that leaves
 * unbalanced.
 */
#ifndef DDG_PROTECT_BALANCE_H
#define DDG_PROTECT_BALANCE_H

#include "protect/mask.h"

struct ddg_balance {
    const struct ddg_mask *mask;
    int8_t *change;       /* of each cell */
    int32_t *imbalance;   /* of each line: by how much its parts changed more than its total */
    uint32_t *unbalanced; /* the lines where that is not 0 */
    uint32_t count;       /* how many these are */
    uint32_t *place; /* the balance's own: of each line, where it is among them, plus 1; or 0 */
};

/* Nothing is changed at first.  `mask` must outlive the balance.  Free with ddg_balance_free(),
 * also after an error. */
enum ddg_error ddg_balance_init(struct ddg_balance *balance, const struct ddg_mask *mask,
                                struct ddg_context *context);
void ddg_balance_free(struct ddg_balance *balance);

/* Changes a cell by `by` more. */
void ddg_balance_shift(struct ddg_balance *balance, uint32_t cell, int by);

/* The unbalanced line with the fewest unknown cells: it leaves the least choice.  There must be
 * one. */
uint32_t ddg_balance_tightest(const struct ddg_balance *balance);

#endif
