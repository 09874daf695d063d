/*
 * Chains of cycles: moves that are put together from several.
 *
 * A cycle may start from what another move has changed already.  And it may take a few cells out of
 * their ranges, or change cells that must not, if other cycles bring those back: cells that no
 * single cycle frees are often free by two or three.
 */
#ifndef DDG_PROTECT_CHAIN_H
#define DDG_PROTECT_CHAIN_H

#include "protect/cycle.h"
#include "protect/vicinity.h"

struct ddg_chain {
    struct ddg_ground ground;
    struct ddg_cycle cycle;
    uint32_t *cell; /* that the steps so far changed, or changed back */
    uint32_t count;
    bool *listed; /* of each cell: it is among them */
    uint32_t *found_cell;
    int8_t *found_change;
    size_t cell_room, found_room[2];
};

/* `mask` must outlive the chains and may change between searches.  Free with ddg_chain_free(), also
 * after an error. */
enum ddg_error ddg_chain_init(struct ddg_chain *chain, const struct ddg_mask *mask,
                              struct ddg_context *context);
void ddg_chain_free(struct ddg_chain *chain);

/* Looks for a cheap move as `wish` says, which changes its cell by 1 or -1; its reach is not
 * asked.  First a single cycle is looked for, then chains are begun `tries` times.  With `hope`,
 * moves that cost nothing change only cells that have it.  Equal masks, wishes and seeds give equal
 * moves.  A part may be above its total, and where tables that are out already share cells lines
 * may be left unbalanced: whether it holds is for ddg_move_holds() to say.  *found says whether
 * there is one: it is in *move until the next call. */
enum ddg_error ddg_chain_search(struct ddg_chain *chain, const struct ddg_wish *wish,
                                const struct ddg_hope *hope, uint32_t tries, uint64_t seed,
                                bool *found, struct ddg_move *move, struct ddg_context *context);

#endif
