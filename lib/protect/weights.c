#include "protect/weights.h"

#include <stdlib.h>

enum ddg_error ddg_weights_init(struct ddg_weights *w, uint64_t keys, struct ddg_context *context)
{
    *w = (struct ddg_weights){0};
    for (int up = 0; up <= 1; up++) {
        enum ddg_error error = ddg_allocate(&w->of[up], keys, sizeof *w->of[up], context);

        if (error)
            return error;
        for (uint64_t key = 0; key < keys; key++)
            w->of[up][key] = DDG_WEIGHT_NOBODY;
    }
    return DDG_OK;
}

void ddg_weights_free(struct ddg_weights *w)
{
    free(w->of[0]);
    free(w->of[1]);
    *w = (struct ddg_weights){0};
}

static uint32_t price(const struct ddg_mask *mask, uint32_t cell)
{
    uint64_t cost = mask->kind[cell] == DDG_PUBLIC ? mask->cost[cell] : 0;

    if (cost >= DDG_WEIGHT_DEAR >> DDG_WEIGHT_BITS)
        return DDG_WEIGHT_DEAR;
    return ((uint32_t)cost << DDG_WEIGHT_BITS) + 1;
}

void ddg_weights_set(struct ddg_weights *w, const struct ddg_mask *mask, enum ddg_manner manner,
                     const uint8_t *may, uint32_t cell)
{
    uint64_t key = mask->model->key[cell];
    uint32_t weight = price(mask, cell);

    w->of[0][key] = ddg_hopes(may[cell], -1, manner) ? weight : DDG_WEIGHT_OUT;
    w->of[1][key] = ddg_hopes(may[cell], 1, manner) ? weight : DDG_WEIGHT_OUT;
}

void ddg_weights_update(struct ddg_weights *w, const struct ddg_mask *mask, enum ddg_manner manner,
                        const uint8_t *may, const struct ddg_hope *hope)
{
    const struct ddg_changes *m = &mask->changes, *h = hope ? &hope->changes : NULL;

    if (!w->filled || !ddg_changes_are_kept(m, w->mask_seen) ||
        (h && !ddg_changes_are_kept(h, w->hope_seen))) {
        for (uint32_t cell = 0; cell < mask->model->cells; cell++)
            ddg_weights_set(w, mask, manner, may, cell);
    } else {
        for (uint64_t i = w->mask_seen; i < m->count; i++)
            ddg_weights_set(w, mask, manner, may, m->cell[i % DDG_CHANGES_KEPT]);
        for (uint64_t i = w->hope_seen; h && i < h->count; i++)
            ddg_weights_set(w, mask, manner, may, h->cell[i % DDG_CHANGES_KEPT]);
    }
    w->filled = true;
    w->mask_seen = m->count;
    w->hope_seen = h ? h->count : 0;
}
