#include "protect/balance.h"

#include <stdlib.h>

enum ddg_error ddg_balance_init(struct ddg_balance *b, const struct ddg_mask *mask,
                                struct ddg_context *context)
{
    const struct ddg_model *m = mask->model;
    enum ddg_error error;

    *b = (struct ddg_balance){.mask = mask};
    if ((error = ddg_allocate(&b->change, m->cells, 1, context)) ||
        (error = ddg_allocate(&b->imbalance, m->lines, sizeof *b->imbalance, context)) ||
        (error = ddg_allocate(&b->place, m->lines, sizeof *b->place, context)))
        return error;
    return ddg_allocate(&b->unbalanced, m->lines, sizeof *b->unbalanced, context);
}

void ddg_balance_free(struct ddg_balance *b)
{
    free(b->change);
    free(b->imbalance);
    free(b->place);
    free(b->unbalanced);
    *b = (struct ddg_balance){0};
}

static void shift_line(struct ddg_balance *b, uint32_t line, int by)
{
    b->imbalance[line] += by;
    if (b->imbalance[line] != 0 && b->place[line] == 0) {
        b->unbalanced[b->count++] = line;
        b->place[line] = b->count;
    } else if (b->imbalance[line] == 0 && b->place[line] != 0) {
        uint32_t last = b->unbalanced[--b->count];

        b->unbalanced[b->place[line] - 1] = last;
        b->place[last] = b->place[line];
        b->place[line] = 0;
    }
}

void ddg_balance_shift(struct ddg_balance *b, uint32_t cell, int by)
{
    const struct ddg_mask *mask = b->mask;
    const struct ddg_model *m = mask->model;

    b->change[cell] = (int8_t)(b->change[cell] + by);
    for (size_t i = m->cell_start[cell]; i < m->cell_start[cell + 1]; i++)
        shift_line(b, m->cell_line[i], by * mask->sign[i]);
}

uint32_t ddg_balance_tightest(const struct ddg_balance *b)
{
    const uint32_t *unknowns = b->mask->unknowns;
    uint32_t best = b->unbalanced[0];

    for (uint32_t i = 1; i < b->count; i++) {
        uint32_t line = b->unbalanced[i];

        if (unknowns[line] < unknowns[best] || (unknowns[line] == unknowns[best] && line < best))
            best = line;
    }
    return best;
}
