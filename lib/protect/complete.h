/*
 * Completing a mask: complements are added until nothing is missing.
 *
 * First each suppressed cell gets its witnesses: moves over cells that are unknown anyway, then
 * such as suppress as little more as the search can do with.  They are looked for by chains of
 * cycles (protect/chain.h), which are fast and find most; then by steps (protect/mover.h); then,
 * where what was found is dear, by linear programs (protect/deviation.h).  Then lines get what the
 * rules for groups ask beyond that, and what is suppressed for it gets witnesses, until nothing is
 * missing. (The other order is worse: cells that are chosen line by line seldom make up a move
 * together.) What the user asks for is suppressed with them.
 */
#ifndef DDG_PROTECT_COMPLETE_H
#define DDG_PROTECT_COMPLETE_H

#include "protect/search.h"

/* Where nothing may be paid; where something may; and where complements are spared. */
struct ddg_efforts {
    struct ddg_effort none, some, sparing;
};

/* DDG_UNSAFE, naming a cell, when no way is found to protect it. */
enum ddg_error ddg_complete(struct ddg_search *search, const struct ddg_efforts *efforts);

#endif
