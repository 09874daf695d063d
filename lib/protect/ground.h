/*
 * The ground that moves are put together on: what it weighs to change a cell by one.
 *
 * A weight is what has to be paid, with room below it for counting cells: of two moves that cost
 * the same the shorter is the lighter.  While a move is put together from several steps, cells that
 * the steps so far have changed weigh what another change would add.
 */
#ifndef DDG_PROTECT_GROUND_H
#define DDG_PROTECT_GROUND_H

#include "protect/weights.h"

#define DDG_NO_WAY UINT64_MAX

/* No cost beyond is told from this one. */
#define DDG_WEIGHT_MOST (UINT64_MAX >> (DDG_WEIGHT_BITS + 2))

struct ddg_ground {
    const struct ddg_mask *mask;
    enum ddg_manner manner; /* of the move that is looked for */
    const uint8_t *may;     /* of each cell: whether it may change so, see ddg_hopes() */
    uint64_t most;          /* the most that may be paid for a cell, up to DDG_WEIGHT_MOST */
    bool begun;             /* there are several steps: weights depend on the two that follow */
    int8_t *change;         /* of each cell: by all steps together; see ddg_ground_change() */
    uint64_t excess; /* the weight of taking a cell out of its range, by one, so that a later step
                        has to bring it back; DDG_NO_WAY: that is not done */
    uint64_t work;   /* how many cells were weighed so far */
    /* the rest is the ground's own */
    uint32_t light; /* no weight beyond is light enough for `most`, nor kept in `weights` */
    struct ddg_weights *weights; /* those that are looked up; NULL: none are kept */
    uint8_t *rooms; /* of each cell: what its rooms allow, public cells as complements */
    uint32_t *at;   /* which cell has a key; NULL: the model knows */
    /* without hope and with it, of each manner, for tables that are not too large */
    struct ddg_weights kept[2][DDG_MANNERS];
};

/* `mask` must outlive the ground and may change between uses.  Free with ddg_ground_free(), also
 * after an error. */
enum ddg_error ddg_ground_init(struct ddg_ground *ground, const struct ddg_mask *mask,
                               struct ddg_context *context);
void ddg_ground_free(struct ddg_ground *ground);

/* For moves of that manner that cost up to `most`; with `hope` among those cells alone that have
 * it.  No cell is changed by then. */
void ddg_ground_choose(struct ddg_ground *ground, enum ddg_manner manner,
                       const struct ddg_hope *hope, uint64_t most);

/* Sets by how much all steps together change a cell. */
void ddg_ground_change(struct ddg_ground *ground, uint32_t cell, int change);

/* The cell with a key, or DDG_NO_CELL. */
static inline uint32_t ddg_ground_cell(const struct ddg_ground *g, uint64_t key)
{
    return g->at ? g->at[key] : ddg_model_find_key(g->mask->model, key);
}

/* True where cells may leave their ranges; else what changes is unknown or can serve. */
static inline bool ddg_ground_leaves_ranges(const struct ddg_ground *g)
{
    return g->begun && g->excess != DDG_NO_WAY;
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

/* True when a change by 1 or -1 takes the cell out of its range, or farther out. */
static inline bool ddg_ground_leaves(const struct ddg_ground *g, uint32_t cell, int by)
{
    return ddg_ground_excess(g, cell, g->change[cell] + by) >
           ddg_ground_excess(g, cell, g->change[cell]);
}

static inline uint64_t ddg_ground_compute(const struct ddg_ground *g, uint64_t key, int by)
{
    uint32_t cell = ddg_ground_cell(g, key);

    if (cell == DDG_NO_CELL)
        return DDG_NO_WAY;
    if (ddg_ground_leaves(g, cell, by))
        return g->begun ? g->excess : DDG_NO_WAY;
    return g->change[cell] != 0 ? 1 : ddg_ground_price(g, cell);
}

/* What it weighs to change the cell with a key by 1 or -1. */
static inline uint64_t ddg_ground_weight(struct ddg_ground *g, uint64_t key, int by)
{
    uint32_t weight;

    g->work++;
    if (!g->weights)
        return ddg_ground_compute(g, key, by);
    weight = g->weights->of[by > 0][key];
    if (weight <= g->light)
        return weight;
    if (weight == DDG_WEIGHT_OUT)
        return g->begun ? g->excess : DDG_NO_WAY;
    return weight == DDG_WEIGHT_DEAR ? ddg_ground_compute(g, key, by) : DDG_NO_WAY;
}

#endif
