#include "protect/ground.h"

#include <stdlib.h>

/* Keys that weights are kept for: as a cube of a million cells has them; beyond, memory is dear. */
enum { MOST_KEYS = 1 << 21 };

static enum ddg_error keep_weights(struct ddg_ground *g, uint64_t keys, struct ddg_context *context)
{
    enum ddg_error error = DDG_OK;

    g->weights = &g->kept[0][DDG_ONCE];
    for (int hopeful = 0; hopeful <= 1; hopeful++)
        for (int manner = 0; !error && manner < DDG_MANNERS; manner++)
            error = ddg_weights_init(&g->kept[hopeful][manner], keys, context);
    return error;
}

/* A table from keys to cells, where it is not much larger than the cells are many. */
static enum ddg_error map_keys(struct ddg_ground *g, struct ddg_context *context)
{
    const struct ddg_model *m = g->mask->model;
    uint64_t keys = 1;
    enum ddg_error error;

    for (size_t d = 0; d < m->dimensions; d++)
        keys *= m->dimension[d].category.count;
    if (keys > 16 * (uint64_t)m->cells + 65536)
        return DDG_OK;
    if ((error = ddg_allocate(&g->at, keys, sizeof *g->at, context)))
        return error;
    for (uint64_t key = 0; key < keys; key++)
        g->at[key] = DDG_NO_CELL;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        g->at[m->key[cell]] = cell;
    return keys <= MOST_KEYS ? keep_weights(g, keys, context) : DDG_OK;
}

enum ddg_error ddg_ground_init(struct ddg_ground *g, const struct ddg_mask *mask,
                               struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error;

    *g = (struct ddg_ground){.mask = mask};
    if ((error = ddg_allocate(&g->change, m->cells, 1, context)) ||
        (error = ddg_allocate(&g->rooms, m->cells, 1, context)))
        return error;
    for (uint32_t cell = 0; cell < m->cells; cell++)
        g->rooms[cell] = ddg_hope_of_rooms(mask, cell);
    return map_keys(g, context);
}

void ddg_ground_free(struct ddg_ground *g)
{
    free(g->change);
    free(g->rooms);
    free(g->at);
    for (int hopeful = 0; hopeful <= 1; hopeful++)
        for (int manner = 0; manner < DDG_MANNERS; manner++)
            ddg_weights_free(&g->kept[hopeful][manner]);
    *g = (struct ddg_ground){0};
}

void ddg_ground_choose(struct ddg_ground *g, enum ddg_manner manner, const struct ddg_hope *hope,
                       uint64_t most)
{
    g->manner = manner;
    g->may = hope ? hope->of : g->rooms;
    g->most = most;
    if (!g->weights)
        return;
    g->light = most < DDG_WEIGHT_DEAR >> DDG_WEIGHT_BITS ? ((uint32_t)most << DDG_WEIGHT_BITS) + 1
                                                         : DDG_WEIGHT_DEAR - 1;
    g->weights = &g->kept[hope != NULL][manner];
    ddg_weights_update(g->weights, g->mask, manner, g->may, hope);
}

void ddg_ground_change(struct ddg_ground *g, uint32_t cell, int change)
{
    uint64_t key = g->mask->model->key[cell];

    g->change[cell] = (int8_t)change;
    if (!g->weights)
        return;
    ddg_weights_set(g->weights, g->mask, g->manner, g->may, cell);
    for (int up = 0; change != 0 && up <= 1; up++)
        g->weights->of[up][key] = ddg_ground_leaves(g, cell, up ? 1 : -1) ? DDG_WEIGHT_OUT : 1;
}
