/*
 * The ground that moves are put together on: what it weighs to change a cell by one.
 *
 * A weight is what has to be paid, with room below it for counting cells: of two moves that cost
 * the same the shorter is the lighter.  While a move is put together from several steps, cells that
 * the steps so far have changed weigh what another change would add.
 */
#ifndef DDG_PROTECT_GROUND_H
#define DDG_PROTECT_GROUND_H

#include "protect/hope.h"

#define DDG_NO_WAY UINT64_MAX

/* Bits of a weight below the cost. */
enum { DDG_WEIGHT_BITS = 12 };

/* No cost beyond is told from this one. */
#define DDG_WEIGHT_MOST (UINT64_MAX >> (DDG_WEIGHT_BITS + 2))

struct ddg_ground {
    const struct ddg_mask *mask;
    enum ddg_manner manner; /* of the move that is looked for */
    const uint8_t *may;     /* of each cell: whether it may change so, see ddg_hopes() */
    uint64_t most;          /* the most that may be paid for a cell, up to DDG_WEIGHT_MOST */
    bool begun;             /* there are several steps: weights depend on the two that follow */
    int8_t *change;         /* of each cell: by all steps together */
    uint64_t excess; /* the weight of taking a cell out of its range, by one, so that a later step
                        has to bring it back; DDG_NO_WAY: that is not done */
    uint64_t work;   /* how many cells were weighed so far */
    /* the rest is the ground's own */
    uint8_t *rooms; /* of each cell: what its rooms allow, public cells as complements */
    uint32_t *at;   /* which cell has a key; NULL: the model knows */
};

/* `mask` must outlive the ground and may change between uses.  Free with ddg_ground_free(), also
 * after an error. */
enum ddg_error ddg_ground_init(struct ddg_ground *ground, const struct ddg_mask *mask,
                               struct ddg_context *context);
void ddg_ground_free(struct ddg_ground *ground);

/* For moves of that manner; with `hope` among those cells alone that have it. */
void ddg_ground_choose(struct ddg_ground *ground, enum ddg_manner manner,
                       const struct ddg_hope *hope);

/* The cell with a key, or DDG_NO_CELL. */
static inline uint32_t ddg_ground_cell(const struct ddg_ground *g, uint64_t key)
{
    return g->at ? g->at[key] : ddg_model_find_key(g->mask->model, key);
}

/* How far a cell that changes so is out of its range. */
static inline int ddg_ground_excess(const struct ddg_ground *g, uint32_t cell, int change)
{
    int by = change < 0 ? -change : change, room;

    if (change == 0)
        return 0;
    if (!ddg_hopes(g->may[cell], change, g->manner))
        return by;
    room = ddg_room(g->mask, cell, change, g->manner);
    return by > room ? by - room : 0;
}

static inline uint64_t ddg_ground_price(const struct ddg_ground *g, uint32_t cell)
{
    const struct ddg_mask *mask = g->mask;

    if (mask->kind[cell] != DDG_PUBLIC)
        return 1;
    return mask->cost[cell] > g->most ? DDG_NO_WAY : (mask->cost[cell] << DDG_WEIGHT_BITS) + 1;
}

/* What it weighs to change the cell with a key by 1 or -1. */
static inline uint64_t ddg_ground_weight(struct ddg_ground *g, uint64_t key, int by)
{
    uint32_t cell = ddg_ground_cell(g, key);

    g->work++;
    if (cell == DDG_NO_CELL)
        return DDG_NO_WAY;
    if (!g->begun)
        return ddg_hopes(g->may[cell], by, g->manner) ? ddg_ground_price(g, cell) : DDG_NO_WAY;
    if (ddg_ground_excess(g, cell, g->change[cell] + by) >
        ddg_ground_excess(g, cell, g->change[cell]))
        return g->excess;
    return g->change[cell] != 0 ? 1 : ddg_ground_price(g, cell);
}

#endif
