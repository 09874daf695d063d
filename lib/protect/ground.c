#include "protect/ground.h"

#include <stdlib.h>

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
    return DDG_OK;
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
    *g = (struct ddg_ground){0};
}

void ddg_ground_choose(struct ddg_ground *g, enum ddg_manner manner, const struct ddg_hope *hope)
{
    g->manner = manner;
    g->may = hope ? hope->of : g->rooms;
}
