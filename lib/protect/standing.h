/*
 * What becomes of a cell beside what is published.
 *
 * The search for complements takes cells that must stay suppressed since a published table hides
 * them, ours and others, for primary, and what is no secret any more for public: it knows of
 * nothing else.  Each function here leaves a mask as it is beside which nothing is published.
 */
#ifndef DDG_PROTECT_STANDING_H
#define DDG_PROTECT_STANDING_H

#include "protect/known.h"
#include "protect/mask.h"

/* The kind that a cell starts with; false where it is that of any other table. */
bool ddg_standing_kind(const struct ddg_mask *mask, uint32_t cell, enum ddg_cell_kind *kind);

/* Narrows the range that the reader of our table knows of a cell to what he has read. */
void ddg_standing_range(const struct ddg_mask *mask, uint32_t cell, uint64_t *least,
                        uint64_t *most);

/* True for a public cell that cannot be hidden any more. */
bool ddg_standing_is_fixed(const struct ddg_mask *mask, uint32_t cell);

/* Takes their rooms from public cells that cannot change since nothing in one of their lines can.
 */
void ddg_standing_fix(struct ddg_mask *mask);

/* What is lost with a cell, when it is `cost` by itself: what an earlier release hid, be it as
 * another number, is hidden rather than something else, and what it shows rather shown. */
uint64_t ddg_standing_cost(const struct ddg_mask *mask, uint32_t cell, uint64_t cost);

/* Makes of each cell what it is to our table, when complements have been found; nothing can be
 * searched afterwards. */
void ddg_standing_settle(struct ddg_mask *mask);

#endif
