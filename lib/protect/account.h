/*
 * What was done to a table, in words for its holder.  They name no single count: what complements
 * add up to is said only where there are enough of them.
 */
#ifndef DDG_PROTECT_ACCOUNT_H
#define DDG_PROTECT_ACCOUNT_H

#include "base/prose.h"
#include "protect/mask.h"
#include "protect/misnamed.h"

/* Adds a line: how many cells there are, how many were suppressed and why, what the complementary
 * ones add up to, and which reader none is recovered by.  `measure` is its name where there are
 * several, else blank; `seconds` less than 0 are not told. */
void ddg_account_mask(struct ddg_prose *prose, const struct ddg_mask *mask, struct ddg_text measure,
                      double seconds);

/* Adds what the reader of the mask's codes, its --never, --always and R-SUP-6 (see ddg_protect())
 * leave to be said, a line each. */
void ddg_account_notes(struct ddg_prose *prose, const struct ddg_mask *mask,
                       struct ddg_text measure, uint32_t unbound);

/* Adds notes about rows that look like totals, or should.  A total whose label was not declared is
 * an ordinary category to us, and the key to its line to others; one whose parts are not in the
 * table may be the key to another table. */
void ddg_account_totals(struct ddg_prose *prose, const struct ddg_misnamed *misnamed,
                        const struct ddg_model *model, const struct ddg_description *description,
                        const struct ddg_truth *truth);

#endif
